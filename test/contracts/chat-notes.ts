import type { PlatformNotes } from '#chat-ports.ts';

/** Notes that outlive the platform they are of, as JSON as a database has them. */
export function createMemoryNotes(): PlatformNotes {
  const kept = new Map<string, string>();
  return {
    async find(key) {
      const found = kept.get(key);
      return found === undefined ? null : (JSON.parse(found) as unknown);
    },
    async save(key, value) {
      kept.set(key, JSON.stringify(value));
    },
    async remove(key) {
      kept.delete(key);
    },
  };
}
