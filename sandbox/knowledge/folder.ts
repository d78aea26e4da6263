import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, type Dirent } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Article, parseArticle, rewriteArticle } from '../page/articles.ts';
import { Refusal } from '../page/requests.ts';
import {
  checkedText,
  checkedTitle,
  checkNotInTrash,
  noSuchArticle,
  type Shelf,
  type StoredArticle,
} from './article.ts';

export interface FolderOptions {
  readonly folder: string;
  /** The folder of the documents as they were; null when this is the visitor's own folder. */
  readonly shipped: string | null;
  readonly now?: () => Date;
}

/** Below the folder; hidden, so that a sync passes it over. */
const trashName = '.trash';

/**
 * Copies the shipped documents to the folder, unless it is there already. It appears as a whole or not at all.
 *
 * @param isKept which documents, by their id; all when not given. Other files are always copied.
 */
export function copyKnowledge(shipped: string, folder: string, isKept: (id: string) => boolean = () => true): void {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  cpSync(shipped, unfinished, {
    recursive: true,
    filter: (source) => {
      const id = path.relative(shipped, source).replaceAll(path.sep, '/');
      return !isDocument(id) || isKept(id);
    },
  });
  renameSync(unfinished, folder);
}

/** Reads and writes the documents of a folder: Markdown files with front matter, in folders or not. */
export function createFolderShelf(options: FolderOptions): Shelf {
  const reading = createReading(options);
  return {
    system: 'markdown',
    place: path.resolve(options.folder),
    ...reading,
    find: async (url) => (await reading.list()).find((article) => article.url !== '' && article.url === url) ?? null,
    ...createWriting(options, reading),
    on: () => () => undefined,
  };
}

type Reading = Pick<Shelf, 'read' | 'list'>;

function createReading({ folder, shipped }: FolderOptions): Reading {
  const trash = path.join(folder, trashName);

  async function read(id: string): Promise<StoredArticle | null> {
    const [text, thrown, before] = await Promise.all([
      readInside(folder, id),
      shipped === null ? null : readInside(trash, id),
      shipped === null ? null : readInside(shipped, id),
    ]);
    const found = text ?? thrown;
    if (found === null) return null;
    const article = parseArticle(found) ?? unreadable(id, found);
    const isChanged = shipped !== null && found !== before;
    return { id, system: 'markdown', ...article, isChanged, isInTrash: text === null };
  }

  return {
    read,
    async list() {
      const ids = [...(await idsIn(folder)), ...(shipped === null ? [] : await idsIn(trash))];
      const articles = await Promise.all([...new Set(ids)].toSorted().map(read));
      return articles.filter((article) => article !== null);
    },
  };
}

function createWriting(
  { folder, shipped, now = () => new Date() }: FolderOptions,
  { read }: Reading,
): Pick<Shelf, 'write' | 'restore' | 'setInTrash' | 'setOnlyStaff'> {
  const trash = path.join(folder, trashName);

  /** The document's file as it is now, below one of the two folders. */
  async function editable(id: string, below: string = folder): Promise<string> {
    if (shipped === null) throw new Refusal(403, 'These documents are yours: change them in their own place.');
    const [text, article] = [await readInside(below, id), await read(id)];
    if (below === folder && article !== null) checkNotInTrash(article);
    if (text === null) throw noSuchArticle();
    return text;
  }

  return {
    async write({ id, title, markdown }) {
      const before = await editable(id);
      const change = { title: checkedTitle(title), markdown: checkedText(markdown), updated: dayOf(now()) };
      const text = rewriteArticle(before, change);
      if (text === null)
        throw new Refusal(400, 'The lines at the top of this file cannot be read. Restore the original.');
      await replace(path.join(folder, id), text);
    },
    async restore(id) {
      await editable(id);
      const original = shipped === null ? null : await readInside(shipped, id);
      if (original === null) throw new Refusal(404, 'The sandbox did not bring this article along.');
      await replace(path.join(folder, id), original);
    },
    async setInTrash(id, inTrash) {
      if (shipped !== null && (await read(id))?.isInTrash === inTrash) return;
      const [from, to] = inTrash ? [folder, trash] : [trash, folder];
      await editable(id, from);
      await mkdir(path.dirname(path.join(to, id)), { recursive: true });
      await rename(path.join(from, id), path.join(to, id));
    },
    async setOnlyStaff() {
      throw new Refusal(400, 'Who may read this article stands in its file.');
    },
  };
}

/** What the folder holds: Markdown files, hidden ones and those of packages apart, as the program reads them. */
async function idsIn(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch((): Dirent[] => []);
  const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const ids = await Promise.all(
    shown.map(async (entry) => {
      const id = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return await idsIn(folder, id);
      return isDocument(id) ? [id] : [];
    }),
  );
  return ids.flat();
}

function isDocument(id: string): boolean {
  return /\.(?:md|markdown)$/i.test(id);
}

/**
 * The text of a document, or null when the folder has none of this id: ids that lead out of it, by dots or by a link,
 * name nothing.
 */
async function readInside(folder: string, id: string): Promise<string | null> {
  // dots, empty names and what only other systems take for a path are no names of documents
  const names = id.split('/');
  if (!isDocument(id) || /[\\\p{Cc}]/u.test(id) || names.some((name) => name === '' || name.startsWith('.')))
    return null;
  try {
    const root = await realpath(folder);
    const real = await realpath(path.join(root, id));
    if (!real.startsWith(root + path.sep) || !(await stat(real)).isFile()) return null;
    return await readFile(real, 'utf8');
  } catch {
    return null; // gone, or not for us to read
  }
}

/** Replaces the file as a whole: whoever reads it meanwhile sees the old text or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const real = await realpath(file);
  // hidden, so that a sync passes it over
  const unfinished = path.join(path.dirname(real), `.${randomBytes(6).toString('hex')}.new`);
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, real);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function unreadable(id: string, text: string): Article {
  return { title: path.posix.basename(id), url: '', updated: '', audience: [], markdown: text };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
