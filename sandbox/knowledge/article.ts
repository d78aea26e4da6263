import type { Article } from '../page/articles.ts';
import { Refusal } from '../page/requests.ts';

/** What keeps documents, by the name that the program gives it as a source. */
export type KnowledgeSystem = 'confluence' | 'notion' | 'markdown';

/** A document where it is kept. `audience` is empty when nobody may read it. */
export interface StoredArticle extends Article {
  /** Its path below the company's folder, with forward slashes, wherever it is kept. */
  readonly id: string;
  readonly system: KnowledgeSystem;
  /** Where it was before it came to this system: other documents still link to it there. */
  readonly earlierUrl?: string;
  /** Whether it differs from what the sandbox brought along. */
  readonly isChanged: boolean;
  readonly isInTrash: boolean;
}

export interface ArticleChange {
  readonly id: string;
  readonly title: string;
  readonly markdown: string;
}

/** The documents of one system. */
export interface Shelf {
  readonly system: KnowledgeSystem;
  /** What people call the place: a space, a workspace, a folder. */
  readonly place: string;
  /** All of them, those in the trash too, sorted by id. */
  list(): Promise<StoredArticle[]>;
  /** Null when there is no such document here. */
  read(id: string): Promise<StoredArticle | null>;
  /** The document with this address, also one that it had before. */
  find(url: string): Promise<StoredArticle | null>;
  /**
   * Writes title and text of one document.
   *
   * @throws Refusal 400 for what no document can be, 403 where the sandbox only reads, 404 when there is no such one.
   */
  write(change: ArticleChange): Promise<void>;
  /** Puts back what the sandbox brought along. @throws Refusal as `write`. */
  restore(id: string): Promise<void>;
  /** Into the trash or out of it. @throws Refusal as `write`. */
  setInTrash(id: string, inTrash: boolean): Promise<void>;
  /** Whether only the IT staff may read it, or every employee. @throws Refusal as `write`; 400 where that cannot be said. */
  setOnlyStaff(id: string, isOnlyStaff: boolean): Promise<void>;
  /** Told of every change that the system knows of; returns what ends it. */
  on(listener: () => void): () => void;
}

const maxTextBytes = 200_000;
const maxTitleCharacters = 300;

/** @throws Refusal 400 for a title that no document can have. */
export function checkedTitle(title: string): string {
  const line = title.trim();
  if (line === '') throw new Refusal(400, 'Give the article a title.');
  if (line.length > maxTitleCharacters) throw new Refusal(400, 'The title is too long: keep it to 300 characters.');
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) throw new Refusal(400, 'The title holds a character that cannot be shown.');
  return line.toWellFormed();
}

/** @throws Refusal 400 for a text that no document can have. */
export function checkedText(markdown: string): string {
  const text = markdown.replaceAll(/\r\n?/g, '\n').toWellFormed();
  if (text.trim() === '') throw new Refusal(400, 'The article is empty.');
  if (Buffer.byteLength(text) > maxTextBytes) throw new Refusal(400, 'The article is too long: keep it to 200 kB.');
  if (/[^\P{Cc}\n\t]/u.test(text)) throw new Refusal(400, 'The article holds a character that cannot be shown.');
  return text;
}

export function noSuchArticle(): Refusal {
  return new Refusal(404, 'There is no such article.');
}

/** @throws Refusal 400: what lies in the trash is not changed. */
export function checkNotInTrash({ isInTrash }: StoredArticle): void {
  if (isInTrash) throw new Refusal(400, 'This article is in the trash. Take it out first.');
}
