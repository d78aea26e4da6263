import type { Address, SharedFile } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { FileStream } from '#ticket-ports.ts';
import { cutLine } from '../chat/clean-text.ts';
import type { Outgoing } from './connector.ts';
import { openFile } from './download.ts';
import { escapeMarkdown } from './markdown.ts';
import { type OutwardDeps, reach } from './reach.ts';

export type TeamsFiles = Pick<ChatPlatform, 'openFile' | 'shareFile' | 'findFile' | 'removeFile'>;

/** In bytes: in base64 and UTF-16 it becomes almost three times that, and a message holds 100 kB. */
const largestPicture = 36_000;
const pictureTypes = ['image/png', 'image/jpeg', 'image/gif'];

/**
 * Files of conversations. Bots may show pictures in a message, and no other files without rights in people's own storage:
 * those are named, and stay on the ticket.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export function createFiles(deps: OutwardDeps): TeamsFiles {
  return {
    openFile: (file) => openFile(deps, file),
    shareFile: (address, { file, content }) => shareFile(deps, address, { file, content }),
    // Teams shows bots no messages from before
    findFile: async () => null,
    removeFile: (fileId) => removeFile(deps, fileId),
  };
}

/** Returns `<address>/<activity>`. The content is read or cancelled in any case. */
async function shareFile(
  { chats, connector }: OutwardDeps,
  address: Address,
  { file, content }: { file: SharedFile; content: FileStream },
): Promise<string> {
  const picture = await readPicture(file, content);
  const to = await reach(chats, address);
  const activityId = await connector.send(to, picture === null ? nameFile(file) : showPicture(file, picture));
  return `${address.ref}/${activityId}`;
}

interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Null when it is none, or too large to be shown. */
async function readPicture({ mimeType, bytes }: SharedFile, content: FileStream): Promise<Picture | null> {
  const type = (mimeType ?? content.mimeType ?? '').replace(/\s*;.*$/s, '').toLowerCase();
  const isSmall = (bytes ?? 0) <= largestPicture && (content.bytes ?? 0) <= largestPicture;
  if (!pictureTypes.includes(type) || !isSmall) {
    await content.stream.cancel().catch(() => {});
    return null;
  }
  const read = await readAtMost(content.stream, largestPicture);
  return read === null ? null : { type, bytes: read };
}

/** Null when there is more. */
async function readAtMost(stream: ReadableStream<Uint8Array>, most: number): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    // ends the stream when it is left
    for await (const piece of stream) {
      bytes += piece.length;
      if (bytes > most) return null;
      pieces.push(piece);
    }
  } catch (error) {
    throw new RemoteError('teams', 'unavailable', { message: 'the content of a file broke off', cause: error });
  }
  return Buffer.concat(pieces);
}

function showPicture({ name }: SharedFile, { type, bytes }: Picture): Outgoing {
  const contentUrl = `data:${type};base64,${bytes.toString('base64')}`;
  return { type: 'message', attachments: [{ contentType: type, contentUrl, name: nameOf(name) }] };
}

function nameFile({ name, bytes }: SharedFile): Outgoing {
  const size = bytes === null ? '' : ` (${sizeOf(bytes)})`;
  return {
    type: 'message',
    textFormat: 'markdown',
    text: `📎 ${escapeMarkdown(nameOf(name))}${size} is on the ticket.`,
  };
}

function nameOf(name: string): string {
  return cutLine(name, 200) || 'A file';
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, size] = bytes < 1_000_000 ? ['kB', bytes / 1000] : ['MB', bytes / 1_000_000];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

async function removeFile({ chats, connector }: OutwardDeps, fileId: string): Promise<void> {
  const end = fileId.lastIndexOf('/');
  const [ref, activityId] = [fileId.slice(0, Math.max(end, 0)), fileId.slice(end + 1)];
  // Teams has told no id of it
  if (activityId === '') throw new RemoteError('teams', 'rejected', { message: 'Teams has told no id of the file' });
  const to = await reach(chats, { platform: 'teams', ref });
  await connector.remove({ ...to, activityId });
}
