import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, type Dirent } from 'node:fs';
import { readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Article, parseArticle, rewriteArticle } from './page/articles.ts';
import { Refusal } from './page/requests.ts';

/** A document of the folder. */
export interface StoredArticle extends Article {
  /** Its path below the folder, with forward slashes. */
  readonly id: string;
  /** Whether it differs from what the sandbox brought along. */
  readonly isChanged: boolean;
}

/** The documents that the bot answers from. */
export interface Knowledge {
  /** Absolute. */
  readonly folder: string;
  /** The visitor's own folder, which the sandbox only reads. */
  readonly isOwn: boolean;
  /** All of them, sorted by id. One whose front matter cannot be read has its file's name for a title. */
  list(): Promise<StoredArticle[]>;
  /** Null when there is no such document in the folder. */
  read(id: string): Promise<StoredArticle | null>;
  /**
   * Writes title and text of one document, dated today; the rest of its front matter stays.
   *
   * @throws Refusal 400 for what no document can be, 403 in the visitor's own folder, 404 when there is no such one.
   */
  write(change: { readonly id: string; readonly title: string; readonly markdown: string }): Promise<void>;
  /** Puts back what the sandbox brought along. @throws Refusal as `write`. */
  restore(id: string): Promise<void>;
}

export interface KnowledgeOptions {
  readonly folder: string;
  /** The folder of the documents as they were; null when this is the visitor's own folder. */
  readonly shipped: string | null;
  readonly now?: () => Date;
}

const maxTextBytes = 200_000;
const maxTitleCharacters = 300;

/** Copies the shipped documents to the folder, unless it is there already. It appears as a whole or not at all. */
export function copyKnowledge(shipped: string, folder: string): void {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  cpSync(shipped, unfinished, { recursive: true });
  renameSync(unfinished, folder);
}

/** Reads and writes the documents of a folder: Markdown files with front matter, in folders or not. */
export function createKnowledge({ folder, shipped, now = () => new Date() }: KnowledgeOptions): Knowledge {
  async function read(id: string): Promise<StoredArticle | null> {
    const [text, before] = await Promise.all([
      readInside(folder, id),
      shipped === null ? null : readInside(shipped, id),
    ]);
    if (text === null) return null;
    return { id, ...(parseArticle(text) ?? unreadable(id, text)), isChanged: shipped !== null && text !== before };
  }

  /** The document's file as it is now. */
  async function editable(id: string): Promise<string> {
    if (shipped === null) throw new Refusal(403, 'These documents are yours: change them in their own place.');
    const text = await readInside(folder, id);
    if (text === null) throw new Refusal(404, 'There is no such article.');
    return text;
  }

  return {
    folder: path.resolve(folder),
    isOwn: shipped === null,
    read,
    async list() {
      const articles = await Promise.all((await idsIn(folder)).map(read));
      return articles.filter((article) => article !== null);
    },
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
  return ids.flat().toSorted();
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

function checkedTitle(title: string): string {
  const line = title.trim();
  if (line === '') throw new Refusal(400, 'Give the article a title.');
  if (line.length > maxTitleCharacters) throw new Refusal(400, 'The title is too long: keep it to 300 characters.');
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) throw new Refusal(400, 'The title holds a character that cannot be shown.');
  return line.toWellFormed();
}

function checkedText(markdown: string): string {
  const text = markdown.replaceAll(/\r\n?/g, '\n').toWellFormed();
  if (text.trim() === '') throw new Refusal(400, 'The article is empty.');
  if (Buffer.byteLength(text) > maxTextBytes) throw new Refusal(400, 'The article is too long: keep it to 200 kB.');
  if (/[^\P{Cc}\n\t]/u.test(text)) throw new Refusal(400, 'The article holds a character that cannot be shown.');
  return text;
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
