import type { TeamsChange } from './contract.ts';

/** Where the app shows that it is typing. */
export interface Typing {
  start(chat: string, threadId: string | undefined): void;
  /** Its message is there. */
  stop(chat: string, threadId: string | undefined): void;
  isOn(chat: string, threadId: string | undefined): boolean;
  close(): void;
}

/** How long clients show it. */
const shownMs = 10_000;

export function createTyping(tell: (change: TeamsChange) => void): Typing {
  const shown = new Map<string, NodeJS.Timeout>();
  const key = (chat: string, threadId: string | undefined) => `${chat} ${threadId ?? ''}`;
  function stop(chat: string, threadId: string | undefined): void {
    const timer = shown.get(key(chat, threadId));
    if (timer === undefined) return;
    clearTimeout(timer);
    shown.delete(key(chat, threadId));
    tell({ type: 'typing', chat, ...(threadId === undefined ? {} : { threadId }) });
  }
  return {
    stop,
    start(chat, threadId) {
      clearTimeout(shown.get(key(chat, threadId)));
      shown.set(
        key(chat, threadId),
        setTimeout(() => stop(chat, threadId), shownMs),
      );
      tell({ type: 'typing', chat, ...(threadId === undefined ? {} : { threadId }) });
    },
    isOn: (chat, threadId) => shown.has(key(chat, threadId)),
    close() {
      for (const timer of shown.values()) clearTimeout(timer);
      shown.clear();
    },
  };
}
