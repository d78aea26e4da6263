import { type Audience, EVERYONE } from '#domain/knowledge.ts';
import type { KnowledgeSource, ListedDocument, SourceMemory } from '#knowledge-ports.ts';
import { createNotion } from '../../../knowledge-sync/notion/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';
import { type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Notes in memory; a restart is a new source with the same memory. */
export function createMemory(): SourceMemory & { readonly notes: Map<string, unknown> } {
  const notes = new Map<string, unknown>();
  return {
    notes,
    load: async () => new Map(notes),
    async save(_, entries) {
      // As a database keeps it: JSON.
      for (const [key, value] of entries) {
        if (value === null) notes.delete(key);
        else notes.set(key, JSON.parse(JSON.stringify(value)));
      }
    },
  };
}

export interface Workspace {
  readonly notion: NotionSandbox;
  readonly memory: ReturnType<typeof createMemory>;
  readonly waits: number[];
  readonly warnings: string[];
  /** The time, for Notion and for us; edits are settled after two minutes. */
  pass(minutes: number): void;
  source(options?: { audiences?: ReadonlyMap<string, Audience>; token?: string; tries?: number }): KnowledgeSource;
  /** Requests since the last call, as `GET /v1/pages/…`, ids left out. */
  requests(): string[];
}

export async function startWorkspace(): Promise<Workspace> {
  let now = new Date('2026-03-02T09:00:30.000Z');
  const clock = () => now;
  const notion = await startNotion({
    now: clock,
    people: [{ name: 'Ana Sousa', email: 'ana@example.com' }] as never,
  });
  const memory = createMemory();
  const waits: number[] = [];
  const warnings: string[] = [];
  let seen: unknown = null;
  return {
    notion,
    memory,
    waits,
    warnings,
    pass(minutes) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    source({ audiences = new Map([['*', EVERYONE]]), token = notion.token, tries = 2 } = {}) {
      const wait = async (ms: number) => void waits.push(ms);
      const pace = createPace({ concurrency: 3, perSecond: null, log, wait, tries });
      const noting = { ...log, warn: (message: string) => void warnings.push(message) };
      return createNotion({ token, apiUrl: notion.url, audiences, pace }, { memory, clock, log: noting });
    },
    requests() {
      // The record keeps the last ten thousand only.
      const calls = [...notion.calls];
      const fresh = calls.slice(calls.findLastIndex((call) => call === seen) + 1);
      seen = calls.at(-1) ?? seen;
      return fresh
        .map(({ method, path }) => `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`)
        .toSorted();
    },
  };
}

export async function listed(source: KnowledgeSource): Promise<ReadonlyMap<string, ListedDocument>> {
  const documents = new Map<string, ListedDocument>();
  for await (const document of source.list()) documents.set(document.id, document);
  return documents;
}
