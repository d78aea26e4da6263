import { isMap, parseDocument } from 'yaml';

/** One of the company's documents, as its wiki would show it. */
export interface Article {
  readonly title: string;
  /** '' when the document does not say. */
  readonly url: string;
  /** YYYY-MM-DD, or '' when the document does not say. */
  readonly updated: string;
  /** Names of those who may read it; `everyone` is everybody, and nobody may read what names none. */
  readonly audience: readonly string[];
  readonly markdown: string;
}

/** People write some hundred characters. The time of a text that keeps the parser busy grows with the square. */
const maxFrontMatterCharacters = 20_000;

/** A document with its front matter; null when there is none that can be read, or no title in it. */
export function parseArticle(text: string): Article | null {
  const parts = split(text);
  const fields = parts === null ? null : fieldsOf(parts.front);
  if (parts === null || fields === null) return null;
  const title = oneLine(fields['title']);
  if (title === '') return null;
  return {
    title,
    url: oneLine(fields['url']),
    updated: oneLine(fields['updated']).slice(0, 10),
    audience: audienceOf(fields['audience']),
    markdown: parts.markdown.trim(),
  };
}

/**
 * The document with another title, text and date; every other field and the comments in its front matter stay.
 * Null when its front matter cannot be read.
 */
export function rewriteArticle(
  text: string,
  change: { readonly title: string; readonly markdown: string; readonly updated: string },
): string | null {
  const front = split(text)?.front;
  if (front === undefined) return null;
  const fields = parseDocument(front);
  if (fields.errors.length > 0 || !isMap(fields.contents)) return null;
  fields.set('title', change.title);
  fields.set('updated', change.updated);
  // a long title stays on its line: whoever reads the file line by line finds it whole
  return `---\n${fields.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n\n${change.markdown.trim()}\n`;
}

function split(text: string): { front: string; markdown: string } | null {
  const found = /^---[ \t]*\r?\n([\s\S]*?\r?\n)??---[ \t]*(?:\r?\n|$)/.exec(text.slice(0, maxFrontMatterCharacters));
  return found === null ? null : { front: found[1] ?? '', markdown: text.slice(found[0].length) };
}

function fieldsOf(front: string): Readonly<Record<string, unknown>> | null {
  const document = parseDocument(front);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  try {
    return document.toJS({ maxAliasCount: 100 }) as Readonly<Record<string, unknown>>;
  } catch {
    return null; // more aliases than people write
  }
}

function oneLine(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value).replaceAll(/\s+/g, ' ').trim();
}

function audienceOf(value: unknown): string[] {
  const names: readonly unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  return names.map(oneLine).filter((name) => name !== '');
}
