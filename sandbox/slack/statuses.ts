/** A status goes by itself after this long. https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
const lifetimeMs = 120_000;

/** "is thinking…" lines that apps show in threads until they post. */
export interface Statuses {
  /** The empty text clears. */
  set(channelId: string, threadTs: string, status: string): void;
  get(channelId: string, threadTs: string): string;
  close(): void;
}

/** @param onChange told of every status that comes or goes. */
export function createStatuses(onChange: (channelId: string, threadTs: string) => void): Statuses {
  const current = new Map<string, { status: string; timer: NodeJS.Timeout }>();

  function set(channelId: string, threadTs: string, status: string): void {
    const key = `${channelId}/${threadTs}`;
    const before = current.get(key);
    if (before === undefined && status === '') return;
    clearTimeout(before?.timer);
    if (status === '') current.delete(key);
    else current.set(key, { status, timer: setTimeout(() => set(channelId, threadTs, ''), lifetimeMs) });
    onChange(channelId, threadTs);
  }

  return {
    set,
    get: (channelId, threadTs) => current.get(`${channelId}/${threadTs}`)?.status ?? '',
    close() {
      for (const { timer } of current.values()) clearTimeout(timer);
      current.clear();
    },
  };
}
