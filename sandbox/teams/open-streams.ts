import type { TeamsChange } from './contract.ts';

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/streaming-ux */
export const streamLifeMs = 2 * 60_000;

/** A message that grows. */
export interface Stream {
  readonly id: string;
  readonly chat: string;
  readonly startedAt: number;
  sequence: number;
  /** What was streamed so far; informative text does not count. */
  text: string;
  /** What the app says that it is doing; '' once it streams its words. */
  informative: string;
  isOver: boolean;
  /** Who reads it has pressed Stop. */
  isCancelled: boolean;
}

/** Why the next part of a stream is refused, whatever it is. */
export type StreamFault = 'cancelled' | 'exceeded' | 'not-allowed' | 'rate-limited';

/** The streams of all chats. They do not outlive the server. */
export interface OpenStreams {
  find(chat: string, id: string): Stream | null;
  /** That which is open in the chat; there is one at a time. */
  openIn(chat: string): Stream | null;
  add(stream: Stream): void;
  /** Presses Stop. False: there is nothing to stop. */
  stop(chat: string): boolean;
  /** The next part is refused. */
  failNext(fault: StreamFault): void;
  /** Takes one use of the first fault that waits, or null. */
  nextFault(): StreamFault | null;
  close(): void;
}

export function createOpenStreams(tell: (change: TeamsChange) => void): OpenStreams {
  const streams = new Map<string, Stream>();
  const faults: StreamFault[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const openIn = (chat: string) =>
    Array.from(streams.values()).find((stream) => stream.chat === chat && isOpen(stream)) ?? null;

  return {
    openIn,
    find: (chat, id) => streams.get(`${chat} ${id}`) ?? null,
    add(stream) {
      streams.set(`${stream.chat} ${stream.id}`, stream);
      // whoever watches sees it end
      const timer = setTimeout(() => {
        timers.delete(timer);
        tell({ type: 'typing', chat: stream.chat });
      }, streamLifeMs + 1);
      timers.add(timer);
    },
    stop(chat) {
      const open = openIn(chat);
      if (open === null) return false;
      open.isCancelled = true;
      tell({ type: 'typing', chat });
      return true;
    },
    failNext: (fault) => void faults.push(fault),
    nextFault: () => faults.shift() ?? null,
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function isOpen({ isOver, isCancelled, startedAt }: Stream): boolean {
  return !isOver && !isCancelled && Date.now() - startedAt < streamLifeMs;
}
