import { z } from 'zod';
import type { Knowledge, StoredArticle } from '../knowledge.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

const Id = z.string().min(1).max(500);
const ById = z.object({ id: Id });

export interface KnowledgeParts extends Pick<PageParts, 'operator' | 'bot'> {
  readonly knowledge: Knowledge;
  /** Tells every open page that the documents were asked to be read. */
  readonly tell: () => void;
}

/** The documents, to read and to edit, and the program's reading of them. */
export function knowledgeRoutes({ knowledge, operator, bot, tell }: KnowledgeParts): Routes {
  /** `queued` is null while the program cannot be asked; it reads what has changed at its next start or round. */
  async function askForSync(): Promise<{ askedAt: string; queued: readonly string[] | null }> {
    const askedAt = new Date().toISOString();
    const queued = await operator.syncNow();
    tell();
    return { askedAt, queued };
  }

  return {
    'GET /api/knowledge': route(z.object({ text: z.string().max(200).default('') }), async ({ text }) => {
      const articles = await knowledge.list();
      const found = articles.filter((article) => holds(article, wordsOf(text)));
      return {
        articles: found.map(toEntry),
        total: articles.length,
        isOwn: knowledge.isOwn,
        folder: knowledge.isOwn ? knowledge.folder : null,
      };
    }),
    'GET /api/knowledge/article': route(
      z.object({ id: Id.optional(), url: z.string().max(2000).optional() }),
      async (named) => toText(await find(knowledge, named), knowledge),
    ),
    'POST /api/knowledge/article': route(ById.extend({ title: z.string(), markdown: z.string() }), async (change) => {
      await knowledge.write(change);
      return { article: toText(await find(knowledge, change), knowledge), sync: await askForSync() };
    }),
    'POST /api/knowledge/restore': route(ById, async ({ id }) => {
      await knowledge.restore(id);
      return { article: toText(await find(knowledge, { id }), knowledge), sync: await askForSync() };
    }),
    'POST /api/knowledge/sync': route(z.object({}), askForSync),
    'GET /api/knowledge/sync': async () => {
      const syncs = await operator.syncs();
      return { available: syncs !== null, botState: bot.state(), syncs: syncs ?? [] };
    },
  };
}

/** @throws Refusal 404 */
async function find(knowledge: Knowledge, named: { id?: string | undefined; url?: string | undefined }) {
  const { id, url } = named;
  const found =
    id === undefined
      ? (await knowledge.list()).find((article) => article.url !== '' && article.url === url)
      : await knowledge.read(id);
  if (found === undefined || found === null) throw new Refusal(404, 'There is no such article.');
  return found;
}

function toEntry({ id, title, url, updated, audience, isChanged }: StoredArticle) {
  const end = id.lastIndexOf('/');
  return { id, folder: end === -1 ? '' : id.slice(0, end), title, url, updated, audience, isChanged };
}

function toText(article: StoredArticle, { isOwn, folder }: Knowledge) {
  return { ...toEntry(article), markdown: article.markdown, path: isOwn ? `${folder}/${article.id}` : null };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** Every word occurs in the article, in its place or in the names of its readers. */
function holds({ id, title, audience, markdown }: StoredArticle, words: readonly string[]): boolean {
  const text = [id, title, ...audience, markdown].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
