import type { Audience } from '#domain/knowledge.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import type { Clock, KnowledgeSource, ListedDocument, Log, SourceMemory } from '#ports.ts';
import type { Pace } from '../pace.ts';
import { askAbove, isTrashed, pageNode } from './above.ts';
import { createClient, type NotionClient } from './client.ts';
import { readId } from './ids.ts';
import { createReader, stateOf } from './read.ts';
import { isSettled, revisionAt, settledPart } from './revision.ts';
import type { Page } from './schema.ts';
import { survey } from './survey.ts';
import { type Declared, type Known, type Nodes, readNotes, standingOf } from './tree.ts';

export { createNotionWebhook } from './webhook.ts';

export interface NotionConfig {
  /** The integration's secret. */
  readonly token: string;
  /** `https://api.notion.com`; the sandbox's in tests and trials. */
  readonly apiUrl: string;
  /** Who may read what is below a page or database, by its id (32 hex digits); `*`: all that is shared otherwise. */
  readonly audiences: ReadonlyMap<string, Audience>;
  readonly pace: Pace;
}
export interface NotionDeps {
  readonly memory: SourceMemory;
  readonly clock: Clock;
  readonly log: Log;
}

const name = 'notion';
/** More unknown pages above one than that are not asked for one by one while somebody waits for an answer. */
const maxAbove = 8;
/** How long a page that is being edited is taken for as it was read. */
const recentMs = 20_000;

/**
 * Pages and database rows of Notion that are shared with an integration. Who may read them is declared: Notion's API
 * does not tell. https://developers.notion.com/reference/intro
 */
export function createNotion(config: NotionConfig, deps: NotionDeps): KnowledgeSource {
  const { audiences } = config;
  const client = createClient(config);
  const reader = createReader(client, audiences);
  const notes = createNotes(deps.memory);
  const reads = createRecentReads();
  const find = async (id: string) => findPage(id, { client, audiences, nodes: await notes.nodes() });

  return {
    name,
    groups: () => Promise.resolve([]),

    async *list(): AsyncGenerator<ListedDocument> {
      const before = await notes.load();
      const { nodes, pages } = await survey({ ...deps, client, audiences, before, keep: notes.keep });
      await notes.replace(before, nodes);
      const now = deps.clock();
      for (const page of pages.values()) {
        const standing = standingOf(page.id, nodes, audiences);
        if (standing.kind !== 'readable') continue;
        const state = stateOf(page, { audience: standing.audience, nodes, audiences });
        yield { id: page.id, audience: standing.audience, revision: revisionAt(state, now) };
      }
    },

    async lookUp(id) {
      const pageId = readId(id);
      const found = pageId === null ? null : await find(pageId);
      if (found === null) return null;
      const { page, audience } = found;
      const now = deps.clock();
      const revision = revisionAt(stateOf(page, { ...found, audiences }), now);
      return { id: page.id, audience, revision: reads.latest(page.id, { revision, now }) };
    },

    async read(id) {
      const pageId = readId(id);
      if (pageId === null) throw new DocumentFault('has an id that is none of Notion’s.');
      const now = deps.clock();
      const found = await find(pageId);
      if (found === null) return null;
      const revision = revisionAt(stateOf(found.page, { ...found, audiences }), now);
      const document = await reader.read(found.page, { ...found, revision });
      if (!isSettled(found.page, now)) reads.note(pageId, { revision, now });
      return document;
    },
  };
}

/** What is known of the tree: loaded once, and as the latest listing found it from then on. */
function createNotes(memory: SourceMemory) {
  let current: Promise<Nodes> | null = null;
  return {
    load: async () => readNotes(await memory.load(name)),
    keep: (found: ReadonlyMap<string, Known>) => memory.save(name, found),
    async nodes(): Promise<Nodes> {
      current ??= memory.load(name).then(readNotes);
      try {
        return await current;
      } catch (error) {
        current = null;
        throw error;
      }
    },
    async replace(before: Nodes, after: Nodes): Promise<void> {
      await memory.save(name, changes(before, after));
      current = Promise.resolve(after);
    },
  };
}

/**
 * The latest readings of pages that were being edited. Looked up a moment later such a page would differ from what was
 * read (see `isSettled`), which is as good as it gets.
 */
function createRecentReads() {
  const reads = new Map<string, Told>();
  return {
    note(id: string, told: Told): void {
      if (reads.size > 1_000) reads.clear();
      reads.set(id, told);
    },
    latest(id: string, { revision, now }: Told): string {
      const read = reads.get(id);
      if (read === undefined || now.getTime() - read.now.getTime() > recentMs) return revision;
      return settledPart(read.revision) === settledPart(revision) ? read.revision : revision;
    },
  };
}
interface Told {
  readonly revision: string;
  readonly now: Date;
}

interface Found {
  readonly page: Page;
  readonly audience: Audience;
  readonly nodes: Nodes;
}

/** The page with all that is above it; null when it, or anything above it, is gone. */
async function findPage(
  id: string,
  { client, audiences, nodes }: { client: NotionClient; audiences: Declared; nodes: Nodes },
): Promise<Found | null> {
  const page = await client.page(id);
  if (page === null) return null;
  if (isTrashed(page)) {
    nodes.set(id, 'gone');
    return null;
  }
  nodes.set(id, pageNode(page, nodes.get(id)));
  for (let asked = 0; asked <= maxAbove; asked += 1) {
    const standing = standingOf(id, nodes, audiences);
    if (standing.kind === 'gone') return null;
    if (standing.kind === 'readable') return { page, audience: standing.audience, nodes };
    await askAbove(standing.missing, client, nodes);
  }
  throw new RemoteError('Notion', 'unavailable', { message: 'what stands above a page is not known yet' });
}

/** What is to be written of the notes: what is new or other, and null for what is gone or of no use any more. */
function changes(before: Nodes, after: Nodes): ReadonlyMap<string, Known | null> {
  const live = [...after].flatMap(([id, node]) => (node === 'gone' ? [] : [[id, node] as const]));
  const used = new Set(live.flatMap(([, node]) => [node.parent.id, ...node.children.map(({ id }) => id)]));
  // Blocks, and what is not shared with us, are worth remembering only where something stands below or above them.
  const wanted = new Map(live.filter(([id, { kind }]) => used.has(id) || !['outside', 'block'].includes(kind)));
  const changed = new Map<string, Known | null>();
  for (const [id, node] of wanted) {
    if (JSON.stringify(before.get(id)) !== JSON.stringify(node)) changed.set(id, node);
  }
  for (const id of before.keys()) if (!wanted.has(id)) changed.set(id, null);
  return changed;
}
