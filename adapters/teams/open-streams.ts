import { z } from 'zod';
import type { PlatformNotes } from '#chat-ports.ts';
import { toChatRef } from './addresses.ts';
import type { TeamsChat } from './chat.ts';

/** Milliseconds since 1970. */
const Moment = z.number();

const Open = z.object({
  streamId: z.string().min(1),
  /** Of its last part. */
  sequence: z.number().int(),
  stage: z.string(),
  startedAt: Moment,
  /** When its last part was taken. */
  lastAt: Moment,
  /** Of the conversation for which it was begun: the ref of its address. */
  ref: z.string(),
});
/** A stream that shows how far an answer is. */
export type Open = z.infer<typeof Open>;

const Last = Open.pick({ streamId: true, startedAt: true, ref: true }).extend({ turnId: z.string() });
/** The stream that a post has ended, or tried to: what comes of a lost answer is known by it. */
export type Last = z.infer<typeof Last>;

const Note = z.object({ open: Open.nullable(), last: Last.nullable() });
export type StreamNote = z.infer<typeof Note>;

/** What is known of the streams of a chat: another process may have begun the one that is to be ended. */
export interface OpenStreams {
  find(chat: TeamsChat): Promise<StreamNote>;
  /** Writes what differs; of what came in between nothing is kept. */
  change(chat: TeamsChat, change: (note: StreamNote) => StreamNote): Promise<void>;
}

/** Under `stream/<tenantId>/<id>`, one note a chat. */
export function createOpenStreams(notes: PlatformNotes): OpenStreams {
  const find = async (chat: TeamsChat) =>
    Note.safeParse(await notes.find(keyOf(chat))).data ?? { open: null, last: null };
  return {
    find,
    async change(chat, change) {
      const before = await find(chat);
      const after = change(before);
      if (JSON.stringify(after) !== JSON.stringify(before)) await notes.save(keyOf(chat), after);
    },
  };
}

function keyOf({ tenantId, id }: TeamsChat): string {
  return `stream/${toChatRef({ tenantId, chatId: id })}`;
}
