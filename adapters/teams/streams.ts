import type { Address } from '#domain/conversation.ts';
import type { WorkStage } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform, Inbox } from '#chat-ports.ts';
import type { Clock } from '#ports.ts';
import { toChatRef } from './addresses.ts';
import type { Outgoing } from './connector.ts';
import { createOpenStreams, type Last, type Open, type OpenStreams } from './open-streams.ts';
import type { OutwardDeps, Reached } from './reach.ts';

export interface StreamDeps extends OutwardDeps {
  readonly inbox: Pick<Inbox, 'stopped'>;
  readonly clock: Clock;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  readonly members: ChatPlatform['members'];
}

/**
 * Messages that say how far an answer is, and become the answer. Teams has them in personal chats only, one at a time in
 * each. Nothing but the stage is ever in them before the whole answer is.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/streaming-ux
 */
export interface Streams {
  /** False: it is not shown, and something else may be. Nothing is to be shown any more after a Stop. */
  show(to: Reached, shown: { address: Address; stage: WorkStage }): Promise<boolean>;
  /** Whether {@link Streams.finish} would try. */
  isOpen(to: Reached, post: PostOf): Promise<boolean>;
  /**
   * Ends the stream that is open in the chat with this message. Null: there is none, or Teams does not take the message
   * for its end, and it has to be sent by itself. `stopped`: who reads it has pressed Stop, which is handed over.
   *
   * Called again for the same turn it finds what the call before has left. @throws RemoteError
   */
  finish(to: Reached, post: PostOf & { message: Outgoing }): Promise<Ended | null>;
  /** The id of the message by which this turn ended a stream, or was to. */
  endedBy(to: Reached, turnId: string): Promise<string | null>;
}
export interface PostOf {
  readonly turnId: string;
  /** An attempt before this one may have come through. */
  readonly again: boolean;
}
export interface Ended {
  readonly activityId: string;
  /** The ref of the conversation for which the stream was begun; null when nobody has stopped it. */
  readonly stopped: string | null;
}

/** Teams ends a stream after two minutes. */
const lifeMs = 110_000;
/** Teams takes one part a second. */
const betweenPartsMs = 1000;

const words: Readonly<Record<WorkStage, string>> = {
  searching: 'Searching the IT guides…',
  reading: 'Reading what I found…',
  checking: 'Checking the answer…',
};

export function createStreams(deps: StreamDeps): Streams {
  const streams: Known = { ...deps, open: createOpenStreams(deps.notes) };
  return {
    async show(to, { address, stage }) {
      if (to.chat.scope !== 'personal') return false;
      const { open } = await streams.open.find(to.chat);
      const current = open !== null && isFresh(open, deps.clock) ? open : null;
      // Most answers are found in less than the second that Teams wants between two parts: those need no stream.
      if (current === null && stage === 'searching') return false;
      if (current?.stage === stage) return true;
      return current === null ? begin(streams, to, { address, stage }) : goOn(streams, to, { open: current, stage });
    },
    isOpen: async (to, post) => (await findFor(streams, to, post)) !== null,
    finish: (to, post) => finish(streams, to, post),
    async endedBy(to, turnId) {
      if (to.chat.scope !== 'personal') return null;
      const { last } = await streams.open.find(to.chat);
      return last?.turnId === turnId ? last.streamId : null;
    },
  };
}

interface Known extends StreamDeps {
  readonly open: OpenStreams;
}

function isFresh({ startedAt }: Pick<Open, 'startedAt'>, clock: Clock): boolean {
  return clock().getTime() - startedAt < lifeMs;
}

async function begin(
  { connector, open, clock }: Known,
  to: Reached,
  { address, stage }: { address: Address; stage: WorkStage },
): Promise<boolean> {
  const answer = await connector.stream(to, part(words[stage], { streamType: 'informative', streamSequence: 1 }));
  if (answer.kind === 'over' || answer.id === '') return false;
  const startedAt = clock().getTime();
  const begun = { streamId: answer.id, sequence: 1, stage, startedAt, lastAt: startedAt, ref: address.ref };
  await open.change(to.chat, (note) => ({ ...note, open: begun }));
  return true;
}

async function goOn(known: Known, to: Reached, { open, stage }: { open: Open; stage: WorkStage }): Promise<boolean> {
  const { connector, clock } = known;
  const { streamId } = open;
  await keepPace(known, open);
  const sequence = open.sequence + 1;
  const info = { streamType: 'informative', streamId, streamSequence: sequence } as const;
  const answer = await connector.stream(to, part(words[stage], info));
  const after = answer.kind === 'over' ? null : { ...open, sequence, stage, lastAt: clock().getTime() };
  // it may have come to its end meanwhile
  await known.open.change(to.chat, (note) => (note.open?.streamId === streamId ? { ...note, open: after } : note));
  if (answer.kind === 'taken') return true;
  if (answer.why === 'stopped') await handOver(known, to, open);
  return answer.why === 'stopped';
}

async function keepPace({ clock, pause }: Known, { lastAt }: Open): Promise<void> {
  const waitMs = Math.min(lastAt + betweenPartsMs - clock().getTime(), betweenPartsMs);
  if (waitMs > 0) await pause(waitMs);
}

/**
 * The stream that the post is to end: the one that it was to end before, or the one that is open. What is said anew has
 * nothing to do with what it has ended before.
 */
async function findFor(known: Known, to: Reached, { turnId, again }: PostOf): Promise<Open | Last | null> {
  if (to.chat.scope !== 'personal') return null;
  const { open, last } = await known.open.find(to.chat);
  if (again && last?.turnId === turnId) return last;
  if (last?.turnId === turnId) await forgetTurn(known, to, turnId);
  return open !== null && isFresh(open, known.clock) ? open : null;
}

async function finish(
  known: Known,
  to: Reached,
  { turnId, again, message }: PostOf & { message: Outgoing },
): Promise<Ended | null> {
  const stream = await findFor(known, to, { turnId, again });
  if (stream === null || typeof message['text'] !== 'string') return null;
  const { streamId, startedAt, ref } = stream;
  const last: Last = { turnId, streamId, startedAt, ref };
  // from now on it is nobody else's to end
  await known.open.change(to.chat, ({ open }) => ({ open: open?.streamId === streamId ? null : open, last }));
  if ('lastAt' in stream) await keepPace(known, stream);
  const ended = isFresh(stream, known.clock)
    ? await sendEnd(known, to, { message, stream })
    : await putEnd(known, to, { message, streamId });
  return ended ?? forgetTurn(known, to, turnId);
}

async function sendEnd(
  known: Known,
  to: Reached,
  { message, stream }: { message: Outgoing; stream: Open | Last },
): Promise<Ended | null> {
  const { streamId } = stream;
  const answer = await known.connector.stream(to, endOf(message, streamId)).catch(refusedEnd);
  if (answer.kind === 'taken') return { activityId: streamId, stopped: null };
  switch (answer.why) {
    case 'stopped':
      await handOver(known, to, stream);
      return { activityId: streamId, stopped: stream.ref };
    case 'late':
      return putEnd(known, to, { message, streamId });
    case 'completed':
      // by the attempt before this one, or else by another post
      return 'turnId' in stream ? { activityId: streamId, stopped: null } : null;
    case 'refused':
      return null;
  }
}

/** What Teams does not take as the end of a stream it may take by itself. */
function refusedEnd(error: unknown): { readonly kind: 'over'; readonly why: 'refused' } {
  if (error instanceof RemoteError && error.kind === 'rejected') return { kind: 'over', why: 'refused' };
  throw error;
}

/** A stream that is over is a message like any other. Null: it is gone. */
async function putEnd(
  { connector }: Known,
  to: Reached,
  { message, streamId }: { message: Outgoing; streamId: string },
): Promise<Ended | null> {
  const isThere = await connector.update({ ...to, activityId: streamId }, message);
  return isThere ? { activityId: streamId, stopped: null } : null;
}

/** It is said in another message, and is not to be looked for here. */
async function forgetTurn({ open }: Known, to: Reached, turnId: string): Promise<null> {
  await open.change(to.chat, (note) => (note.last?.turnId === turnId ? { ...note, last: null } : note));
  return null;
}

/** Teams tells of a Stop by refusing the next part alone. The id is ours: told twice, it is the same. */
async function handOver(
  { inbox, members, clock, log }: Known,
  { chat }: Reached,
  { streamId, ref }: Pick<Open, 'streamId' | 'ref'>,
): Promise<void> {
  const address: Address = { platform: 'teams', ref };
  const [personRef] = (await members(address)) ?? [];
  if (personRef === undefined) return log.warn('teams: a stop of nobody', { streamId });
  const eventId = `teams/stop/${toChatRef({ tenantId: chat.tenantId, chatId: chat.id })}/${streamId}`;
  await inbox.stopped({ eventId, address, personRef, at: clock() }).catch((cause: unknown) => {
    throw new RemoteError('teams', 'unavailable', { message: 'a stop could not be stored', cause });
  });
}

interface StreamInfo {
  readonly streamType: 'informative' | 'final';
  readonly streamId?: string;
  readonly streamSequence?: number;
}

/** Microsoft's own SDKs say it twice. */
function part(text: string, info: StreamInfo): Outgoing {
  return { type: 'typing', text, entities: [{ type: 'streaminfo', ...info }], channelData: info };
}

function endOf(message: Outgoing, streamId: string): Outgoing {
  const info: StreamInfo = { streamType: 'final', streamId };
  const entities: readonly unknown[] = Array.isArray(message['entities']) ? message['entities'] : [];
  return {
    ...message,
    entities: [...entities, { type: 'streaminfo', ...info }],
    channelData: { ...Object(message['channelData']), ...info },
  };
}
