import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Company, CompanyPlaces } from '../company.ts';
import { type Article, parseArticle } from '../page/articles.ts';

/** A document as the sandbox brings it along. */
export interface ShippedArticle extends Article {
  readonly id: string;
  /** Names of the groups that may read it; none: every employee. */
  readonly restrictedTo: readonly string[];
}

/** The company's documents by the system that keeps them; those of the Markdown folder are not read. */
export interface PlacedArticles {
  readonly places: CompanyPlaces;
  readonly confluence: readonly ShippedArticle[];
  readonly notion: readonly ShippedArticle[];
  /** E-mail addresses by the group's name. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** Null when the company keeps all of its documents in the folder. */
export async function placeArticles(
  company: Pick<Company, 'knowledgeFolder' | 'places'>,
): Promise<PlacedArticles | null> {
  const { knowledgeFolder, places } = company;
  if (places === undefined) return null;
  const groups = await readGroups(path.join(knowledgeFolder, 'groups.yml'));
  const inFolders = async (folders: readonly string[]) =>
    (await Promise.all(folders.map((folder) => readFolder(knowledgeFolder, folder)))).flat();
  return {
    places,
    groups,
    confluence: await inFolders(places.confluence.folders),
    notion: await inFolders(places.notion.folders),
  };
}

/** `remote-work` as the title of a page: `Remote work`. */
export function folderTitle(folder: string): string {
  const words = folder.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The top folder of a document. */
export function folderOf({ id }: Pick<ShippedArticle, 'id'>): string {
  return id.split('/')[0] ?? '';
}

async function readFolder(root: string, folder: string): Promise<ShippedArticle[]> {
  const names = (await readdir(path.join(root, folder))).filter((name) => name.endsWith('.md')).toSorted();
  const articles = await Promise.all(
    names.map(async (name) => {
      const article = parseArticle(await readFile(path.join(root, folder, name), 'utf8'));
      return article === null ? null : toShipped(`${folder}/${name}`, article);
    }),
  );
  return articles.filter((article) => article !== null);
}

/** Null for one whose readers only a file can name: nobody, or single people. It stays where it is. */
function toShipped(id: string, article: Article): ShippedArticle | null {
  const { audience } = article;
  if (audience.includes('everyone')) return { id, ...article, restrictedTo: [] };
  if (audience.length === 0 || audience.some((name) => name.includes(':'))) return null;
  return { id, ...article, restrictedTo: audience };
}

async function readGroups(file: string): Promise<PlacedArticles['groups']> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return z.record(z.string(), z.array(z.string())).parse(parse(text) ?? {});
}
