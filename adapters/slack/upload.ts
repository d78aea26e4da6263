import type { webApi } from '@slack/bolt';
import type { Address, SharedFile } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { FileStream } from '#ticket-ports.ts';
import { oneLine } from '../chat/clean-text.ts';
import { call, incomplete } from './call.ts';
import { fromAddress } from './events.ts';
import { fileAddress, type Sending, send } from './http.ts';
import type { Identity } from './identity.ts';
import { eachReply } from './thread.ts';

/** Slack wants the length before the content: one that does not tell it is read into memory, up to here. */
const largestHeldBytes = 64 * 1024 * 1024;

/** How long an upload may take: a minute for any file, and what its bytes take at 100 kB a second. */
const longestUploadMs = 60_000;
const leastBytesPerMs = 100;

const longestName = 200;

interface Sharing {
  readonly address: Address;
  readonly file: SharedFile;
  readonly content: FileStream;
  readonly again: boolean;
  readonly known: readonly string[];
}

/** A file with its length. */
interface Sized extends Sending {
  readonly name: string;
}

/**
 * Uploads a file into a thread. The content is read to its end, or cancelled.
 *
 * Slack shows the file some moments after it has said yes: an attempt that comes right after one whose answer was lost
 * may not see it yet. https://docs.slack.dev/messaging/working-with-files#uploading_files
 *
 * @returns the file's id.
 */
export async function shareFile(
  client: webApi.WebClient,
  { address, file, content, again, known }: Sharing,
  { identify, origin }: { identify: () => Promise<Identity>; origin: string },
): Promise<string> {
  try {
    const sized = await withLength(fileName(file.name), content);
    const earlier = again ? await findShared(client, address, { ...sized, known, own: await identify() }) : null;
    return earlier ?? (await upload(client, sized, { address, origin }));
  } finally {
    // refused when it was read
    await content.stream.cancel().catch(() => {});
  }
}

async function upload(
  client: webApi.WebClient,
  { name, bytes, body }: Sized,
  { address, origin }: { address: Address; origin: string },
): Promise<string> {
  const place = await call('files.getUploadURLExternal', () =>
    client.files.getUploadURLExternal({ filename: name, length: bytes }),
  );
  const { file_id: id } = place;
  if (id === undefined) throw incomplete('files.getUploadURLExternal');
  const url = fileAddress(place.upload_url, { origin });
  await send(url, { body, bytes }, longestUploadMs + Math.ceil(bytes / leastBytesPerMs));
  const { channel, thread } = fromAddress(address);
  await call('files.completeUploadExternal', () =>
    client.files.completeUploadExternal({ files: [{ id, title: name }], channel_id: channel, thread_ts: thread }),
  );
  return id;
}

/** The file of an earlier attempt; of one whose size is not known, by its name alone. */
export async function findFile(
  client: webApi.WebClient,
  { address, file, known }: Pick<Sharing, 'address' | 'file' | 'known'>,
  identify: () => Promise<Identity>,
): Promise<string | null> {
  const wanted = { name: fileName(file.name), bytes: file.bytes, known };
  return findShared(client, address, { ...wanted, own: await identify() });
}

interface Wanted {
  readonly name: string;
  /** Null: any. */
  readonly bytes: number | null;
  readonly known: readonly string[];
  readonly own: Identity;
}

/** A file of an earlier attempt in the thread: our own, with this name and size. */
async function findShared(
  client: webApi.WebClient,
  address: Address,
  { name, bytes, known, own }: Wanted,
): Promise<string | null> {
  for await (const { bot_id: botId, user, files = [] } of eachReply(client, address)) {
    if (botId !== own.botId && user !== own.userId) continue;
    const found = files.find(
      ({ id = '', mode, size, name: called, title }) =>
        id !== '' &&
        mode !== 'tombstone' &&
        !known.includes(id) &&
        (bytes === null || size === bytes) &&
        (called === name || title === name),
    );
    if (found?.id !== undefined) return found.id;
  }
  return null;
}

async function withLength(name: string, { stream, bytes }: FileStream): Promise<Sized> {
  if (bytes !== null) return { name, bytes, body: stream };
  const body = await readWhole(stream);
  return { name, bytes: body.length, body: [body] };
}

async function readWhole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(unreadable);
    if (done) return Buffer.concat(chunks);
    bytes += value.length;
    if (bytes > largestHeldBytes) {
      await reader.cancel();
      const message = `a file of unknown length is longer than ${largestHeldBytes} bytes`;
      throw new RemoteError('slack', 'rejected', { message });
    }
    chunks.push(value);
  }
}

function unreadable(error: unknown): never {
  throw new RemoteError('slack', 'unavailable', { message: 'a file to be shared breaks off', cause: error });
}

/** Without what could be taken for a path; a long name keeps its ending. */
function fileName(name: string): string {
  const plain = oneLine(name).replaceAll(/[/\\]/g, '_').replace(/^\.+/, '');
  if (plain === '') return 'file';
  if (plain.length <= longestName) return plain;
  const ending = /\.[^.]{1,20}$/.exec(plain)?.[0] ?? '';
  return `${plain.slice(0, longestName - ending.length).replace(/[\uD800-\uDBFF]$/, '')}${ending}`;
}
