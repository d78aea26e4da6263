import type { Audience } from '#domain/knowledge.ts';
import { DocumentFault } from '#errors.ts';
import type { KnowledgeSource, ListedDocument, SourceMemory } from '#knowledge-ports.ts';
import type { Clock, Log } from '#ports.ts';
import type { Pace } from '../pace.ts';
import { createClient } from './client.ts';
import { type Found, findPage, findPageAnew } from './find.ts';
import { readId } from './ids.ts';
import { createNotes, type Notes } from './notes.ts';
import { createReader, namedWithout, type PageRead, type Reader, stateOf } from './read.ts';
import { isSettledState, revisionAt, settledPart } from './revision.ts';
import type { Page } from './schema.ts';
import { survey } from './survey.ts';
import { type Declared, isSeen, type Known, type Nodes, type Shown, standingOf } from './tree.ts';

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
  const notes = createNotes(name, deps.memory);
  const reads = createRecentReads();
  const finding = async () => ({ client, audiences, nodes: await notes.nodes() });

  return {
    name,
    groups: () => Promise.resolve([]),

    async *list(): AsyncGenerator<ListedDocument> {
      const before = await notes.load();
      const keep = (found: ReadonlyMap<string, Known>) => notes.keep(found);
      const { nodes, pages, unsure } = await survey({ ...deps, client, audiences, before, keep });
      await notes.replace(before, nodes);
      const now = deps.clock();
      for (const page of pages.values()) {
        const standing = standingOf(page.id, nodes, audiences);
        if (standing.kind !== 'readable' || unsure.has(standing.outside?.id ?? '')) continue;
        const state = stateOf(page, { audience: standing.audience, nodes, audiences });
        yield { id: page.id, audience: standing.audience, revision: revisionAt(state, now) };
      }
    },

    async lookUp(id) {
      const pageId = readId(id);
      const found = pageId === null ? null : await findPageAnew(pageId, await finding());
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
      const found = await findPage(pageId, await finding());
      if (found === null) return null;
      const read = await readNoting(found, { reader, notes, audiences });
      if (read === null) return null;
      const revision = revisionAt(read.state, now);
      if (!isSettledState(read.state, now)) reads.note(pageId, { revision, now });
      return { ...read.document, revision };
    },
  };
}

interface Reading {
  readonly reader: Reader;
  readonly notes: Notes;
  readonly audiences: Declared;
}

/** Reads a page, and notes what of other pages its text depends on. */
async function readNoting(found: Found, { reader, notes, audiences }: Reading) {
  const { page, audience } = found;
  // What is learned meanwhile of other pages must not get into the revision: the text is from before.
  const nodes = new Map(found.nodes);
  const read = await reader.read(page, { audience, nodes });
  if (read === null) return null;
  const shown = shownBy(read, { page, nodes });
  await notes.noteShown(page.id, shown);
  const node = nodes.get(page.id);
  if (isSeen(node)) nodes.set(page.id, { ...node, ...shown });
  return { document: read.document, state: stateOf(page, { audience, nodes, audiences }) };
}

/**
 * What of other pages the stored copy depends on. What did before still counts after an incomplete reading, which does not
 * replace the copy, and where something is not shown: of what is not shared, Notion does not tell where it stands.
 */
function shownBy({ document, shown }: PageRead, { page, nodes }: { page: Page; nodes: Nodes }): Shown {
  const node = nodes.get(page.id);
  const isAll = document.isComplete && !document.gaps.some(({ kind }) => kind === 'no-right');
  const kept = isAll || !isSeen(node) ? { titles: [], texts: [] } : node;
  const named = namedWithout(page, nodes);
  const all = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id !== page.id).toSorted();
  return {
    titles: all([...kept.titles, ...shown.titles.filter((id) => !named.has(id))]),
    texts: all([...kept.texts, ...shown.texts]),
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
