import { createConfluence, type ConfluenceConfig } from '../../../knowledge-sync/confluence/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';
import { type ConfluenceSandbox, type Person, startConfluence } from '../../../sandbox/confluence/index.ts';
import type { ListedDocument, SourceMemory } from '../../../src/knowledge-ports.ts';
import type { Log } from '../../../src/ports.ts';

export const people: readonly Person[] = ['Ann', 'Bob', 'Cem', 'Dee'].map((name) => ({
  name: `${name} Lee`,
  email: `${name.toLowerCase()}@acme.example`,
}));
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Keeps values as a database does that has its own order of keys. */
export function createMemory(): SourceMemory & { readonly saves: ReadonlyMap<string, unknown>[] } {
  const rows = new Map<string, unknown>();
  const saves: ReadonlyMap<string, unknown>[] = [];
  return {
    saves,
    load: async () => new Map(rows),
    async save(_, entries) {
      saves.push(entries);
      for (const [key, value] of entries) {
        if (value === null) rows.delete(key);
        else rows.set(key, reordered(JSON.parse(JSON.stringify(value))));
      }
    },
  };
}

function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reordered(inner)]),
  );
}

export type Scene = Awaited<ReturnType<typeof startScene>>;

/** A site with an empty space IT that everyone in `staff` may read, and our source over it. Time stands until it is moved. */
export async function startScene(config: Partial<ConfluenceConfig> = {}) {
  let now = new Date('2026-03-01T08:00:00Z');
  const clock = () => now;
  const staff = people.map(({ email }) => email);
  const site: ConfluenceSandbox = await startConfluence({
    people,
    now: clock,
    groups: { staff, hr: ['dee@acme.example'] },
  });
  site.createSpace({ key: 'IT', name: 'IT', readers: { groups: ['staff'] } });
  const memory = createMemory();

  function source(changes: Partial<ConfluenceConfig> = {}, log = quiet) {
    const settings = { spaces: ['IT'], labels: [], everyoneGroups: ['staff'], sweepMinutes: 30, ...config, ...changes };
    const pace = createPace({ concurrency: 8, perSecond: null, log: quiet, wait: async () => {} });
    const { baseUrl, email, apiToken } = site;
    return createConfluence({ baseUrl, email, apiToken, pace, ...settings }, { memory, clock, log });
  }

  return {
    site,
    memory,
    clock,
    source,
    pass(minutes: number) {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    /** The paths that were asked for while `work` was done, without the root and the query; ids as `#`. */
    async asked(work: () => Promise<unknown>): Promise<readonly string[]> {
      const before = site.calls.length;
      await work();
      const calls = site.calls.slice(before).map(({ path }) => path.replace(/^\/wiki\/(?:api\/v2|rest\/api)/, ''));
      return calls.map((path) => path.replaceAll(/\d{3,}|[\da-f]{8}-[\da-f-]+/g, '#')).toSorted();
    },
  };
}

export async function listed(source: {
  list(): AsyncIterable<ListedDocument>;
}): Promise<ReadonlyMap<string, ListedDocument>> {
  const documents = new Map<string, ListedDocument>();
  for await (const document of source.list()) documents.set(document.id, document);
  return documents;
}

/** The answer with users of restrictions counted, and not named. */
export async function withoutUsers(response: Response): Promise<Response> {
  const { status, headers } = response;
  const blanked: unknown = JSON.parse(await response.text(), (key, value: unknown) => {
    const isUsers = key === 'user' && typeof value === 'object' && value !== null && 'results' in value;
    if (!isUsers || !Array.isArray(value.results)) return value;
    return { ...value, results: [], totalSize: value.results.length, size: 0 };
  });
  const type = headers.get('content-type') ?? 'application/json';
  return new Response(JSON.stringify(blanked), { status, headers: { 'content-type': type } });
}
