import { withoutOrders } from '#domain/draft/orders.ts';
import { readPictureText } from '#domain/draft/read-draft.ts';
import type { SharedFile } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { ModelImage } from '#model-ports.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { FileStream } from '#ticket-ports.ts';
import type { ModelSession } from './model-session.ts';

/** A screenshot is well below it; a photo is made smaller by nobody. */
const LARGEST_BYTES = 5_000_000;
/** Each costs a call, and who shows more shows an album. */
const MOST_PICTURES = 3;
/** Then no further picture is begun: the answer has to be written in the same time. */
const READING_MS = 3_000;
/** What models of all makers read. */
const READABLE: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** The texts of what could be read, and how many pictures could not. A picture without text counts as read. */
export async function readPictures(
  pictures: readonly SharedFile[],
  { session, platform }: { session: ModelSession; platform: Pick<ChatPlatform, 'openFile'> },
): Promise<{ readonly texts: readonly string[]; readonly unread: number }> {
  if (!session.canRead) return { texts: [], unread: pictures.length };
  const texts: string[] = [];
  const began = performance.now();
  for (const picture of pictures.slice(0, MOST_PICTURES)) {
    if (session.deadline.aborted || performance.now() - began > READING_MS) break;
    const image = await imageOf(picture, platform, session.deadline);
    const json = image === null ? null : await session.ask('picture', { data: '', images: [image] });
    const text = json === null ? null : readPictureText(json);
    if (text !== null) texts.push(withoutOrders(text).text.trim());
  }
  return { texts: texts.filter((text) => text !== ''), unread: pictures.length - texts.length };
}

async function imageOf(
  { mimeType, bytes, ...file }: SharedFile,
  platform: Pick<ChatPlatform, 'openFile'>,
  deadline: AbortSignal,
): Promise<ModelImage | null> {
  if (mimeType === null || !READABLE.has(mimeType) || (bytes ?? 0) > LARGEST_BYTES) return null;
  try {
    const opening = platform.openFile({ ...file, mimeType, bytes });
    const opened = await Promise.race([opening, over(deadline)]);
    if (opened === 'over') {
      // nobody reads what may still come
      void opening.then((late) => late?.stream.cancel()).catch(() => {});
      return null;
    }
    const content = opened === null ? null : await contentOf(opened, deadline);
    return content === null ? null : { mimeType, bytes: content };
  } catch (error) {
    // the answer does not wait for a platform that does not give its file
    if (error instanceof RemoteError) return null;
    throw error;
  }
}

function over(deadline: AbortSignal): Promise<'over'> {
  return new Promise((resolve) => deadline.addEventListener('abort', () => resolve('over'), { once: true }));
}

/** Null when it is larger than it may be, whatever was said of it, when it breaks off, and when it comes too late. */
async function contentOf({ stream }: FileStream, deadline: AbortSignal): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      size += chunk.length;
      if (size > LARGEST_BYTES) throw new Error('larger than it may be');
      chunks.push(chunk);
    },
  });
  const isWhole = await stream.pipeTo(sink, { signal: deadline }).then(
    () => true,
    () => false,
  );
  return isWhole ? Buffer.concat(chunks) : null;
}
