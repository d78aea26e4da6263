import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One of the sample company's documents, as its wiki would show it. */
export interface Article {
  readonly title: string;
  readonly url: string;
  /** YYYY-MM-DD, or '' when the document does not say. */
  readonly updated: string;
  readonly markdown: string;
}

/**
 * The documents of a folder, read anew each time: somebody may be editing them. What has no title or address is left
 * out. The links in the bot's answers lead to a wiki that does not exist; the page shows these instead.
 */
export async function readArticles(folder: string): Promise<Article[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.md'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
  return texts.map(parseArticle).filter((article) => article !== null);
}

/** Front matter of plain `name: value` lines, which is all that the page needs of it. */
export function parseArticle(text: string): Article | null {
  const found = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text);
  if (found === null) return null;
  const [, front = '', markdown = ''] = found;
  const title = fieldOf(front, 'title');
  const url = fieldOf(front, 'url');
  if (title === '' || url === '') return null;
  return { title, url, updated: fieldOf(front, 'updated'), markdown: markdown.trim() };
}

function fieldOf(front: string, name: string): string {
  const line = front.split(/\r?\n/).find((candidate) => candidate.startsWith(`${name}:`)) ?? '';
  return line
    .slice(name.length + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2');
}
