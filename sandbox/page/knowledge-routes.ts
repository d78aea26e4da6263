import { z } from 'zod';
import type { Knowledge, KnowledgeSystem, StoredArticle } from '../knowledge/index.ts';
import { toBoard } from './board.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

const Id = z.string().min(1).max(500);
const ById = z.object({ id: Id });

export interface KnowledgeParts extends Pick<PageParts, 'operator' | 'bot' | 'jira' | 'company'> {
  readonly knowledge: Knowledge;
  /** Tells every open page that the documents were asked to be read. */
  readonly tell: () => void;
}

/** The documents, to read and to edit, and the program's reading of them. */
export function knowledgeRoutes(parts: KnowledgeParts): Routes {
  const { knowledge, operator, bot } = parts;
  const askForSync = syncing(parts);

  /** The article after a change, which the bot is asked to read. */
  async function changed(id: string) {
    const article = await find(knowledge, { id });
    return { article: toText(article, knowledge), sync: await askForSync(article.system) };
  }

  return {
    'GET /api/knowledge': route(z.object({ text: z.string().max(200).default('') }), ({ text }) => toList(parts, text)),
    'GET /api/knowledge/article': route(
      z.object({ id: Id.optional(), url: z.string().max(2000).optional() }),
      async (named) => toText(await find(knowledge, named), knowledge),
    ),
    'POST /api/knowledge/article': route(ById.extend({ title: z.string(), markdown: z.string() }), async (change) => {
      await knowledge.write(change);
      return await changed(change.id);
    }),
    'POST /api/knowledge/restore': route(ById, async ({ id }) => {
      await knowledge.restore(id);
      return await changed(id);
    }),
    'POST /api/knowledge/trash': route(ById.extend({ inTrash: z.boolean() }), async ({ id, inTrash }) => {
      await knowledge.setInTrash(id, inTrash);
      return await changed(id);
    }),
    'POST /api/knowledge/readers': route(ById.extend({ isOnlyStaff: z.boolean() }), async ({ id, isOnlyStaff }) => {
      await knowledge.setOnlyStaff(id, isOnlyStaff);
      return await changed(id);
    }),
    'POST /api/knowledge/sync': route(z.object({}), () => askForSync()),
    'GET /api/knowledge/sync': async () => {
      const syncs = await operator.syncs();
      return { available: syncs !== null, botState: bot.state(), syncs: syncs ?? [] };
    },
    'GET /api/knowledge/coverage': async () => ({ sources: (await operator.coverage()) ?? [] }),
  };
}

/** `queued` is null while the program cannot be asked; it reads what has changed at its next start or round. */
function syncing({ operator, tell }: Pick<KnowledgeParts, 'operator' | 'tell'>) {
  return async (source?: string): Promise<{ askedAt: string; queued: readonly string[] | null }> => {
    const askedAt = new Date().toISOString();
    const queued = await operator.syncNow(source);
    tell();
    return { askedAt, queued };
  };
}

async function toList({ knowledge, jira, company }: KnowledgeParts, text: string) {
  const articles = await knowledge.list();
  const found = articles.filter((article) => holds(article, wordsOf(text)));
  const done = toBoard(jira, company.name, { text: '', label: '', reporter: '', done: 0 }).columns.at(-1);
  return {
    articles: found.map(toEntry),
    total: articles.length,
    isOwn: knowledge.isOwn,
    folder: knowledge.isOwn ? knowledge.folder : null,
    systems: knowledge.systems.map(({ system, place }) => ({
      system,
      place: system === 'markdown' ? null : place,
      total: articles.filter((article) => article.system === system).length,
    })),
    // the bot reads them when it reads other systems too
    tickets: knowledge.systems.length > 1 ? (done?.total ?? 0) : null,
  };
}

/** @throws Refusal 404 */
async function find(knowledge: Knowledge, named: { id?: string | undefined; url?: string | undefined }) {
  const { id, url } = named;
  const found = id === undefined ? await knowledge.find(url ?? '') : await knowledge.read(id);
  if (found === null) throw new Refusal(404, 'There is no such article.');
  return found;
}

function toEntry({ id, system, title, url, updated, audience, isChanged, isInTrash }: StoredArticle) {
  const end = id.lastIndexOf('/');
  const folder = end === -1 ? '' : id.slice(0, end);
  return { id, system, folder, title, url, updated, audience, isChanged, isInTrash };
}

function toText(article: StoredArticle, { isOwn, folder, systems }: Knowledge) {
  return {
    ...toEntry(article),
    markdown: article.markdown,
    place: placeOf(article.system, systems),
    path: isOwn ? `${folder}/${article.id}` : null,
  };
}

/** Null for the folder, whose name says nothing. */
function placeOf(system: KnowledgeSystem, systems: Knowledge['systems']): string | null {
  return system === 'markdown' ? null : (systems.find((one) => one.system === system)?.place ?? null);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Every word occurs in the article, in its place or in the names of its readers. */
function holds({ id, system, title, audience, markdown }: StoredArticle, words: readonly string[]): boolean {
  const text = [id, system, title, ...audience, markdown].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
