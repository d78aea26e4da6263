import type { Document } from '#domain/knowledge.ts';
import { DocumentFault } from '#errors.ts';
import { readBlocks } from '../blocks.ts';
import { readAudience } from './audience.ts';
import { decode } from './text.ts';
import { readYamlMap } from './yaml.ts';

/** People write some hundred. The time that the parser takes for a text made to keep it busy grows with the square. */
const maxFrontMatterCharacters = 20_000;
/** More is no title but a text in the wrong place. */
const maxTitleCharacters = 300;

/**
 * Reads a Markdown file with YAML front matter between two lines of dashes:
 * `title` (else the first heading of the first level), `url` (http or https; an answer cites it), `audience`
 * (see {@link readAudience}), `updated` (a date, optional). Other keys are ignored.
 *
 * @throws DocumentFault that says what is wrong and how to mend it.
 */
export function readDocument(bytes: Uint8Array, source: string): Omit<Document, 'source' | 'id' | 'revision'> {
  const { fields, markdown } = splitFrontMatter(decode(bytes));
  return {
    title: readTitle(fields.get('title'), markdown),
    url: readUrl(fields.get('url')),
    audience: readAudience(fields.get('audience'), source),
    updatedAt: readDate(fields.get('updated')),
    markdown,
    gaps: [],
    isComplete: true,
  };
}

function splitFrontMatter(text: string): { fields: ReadonlyMap<unknown, unknown>; markdown: string } {
  if (!/^---[ \t]*\n/.test(text)) return { fields: new Map(), markdown: text };
  const [all, yaml = ''] =
    /^---[ \t]*\n([^]*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text.slice(0, maxFrontMatterCharacters)) ?? [];
  if (all === undefined) {
    throw new DocumentFault('begins with front matter that does not end: close it with a line of three dashes.');
  }
  // The line break stands for the line of dashes, so that the parser counts the lines of the file.
  return { fields: readYamlMap(`\n${yaml}`, 'has front matter that '), markdown: text.slice(all.length) };
}

function readTitle(value: unknown, markdown: string): string {
  const title = oneLine(value ?? firstHeading(markdown));
  if (title === '') throw new DocumentFault('has no title: add a line `title: …` to its front matter.');
  if (title.length > maxTitleCharacters) throw new DocumentFault('has a title of over 300 characters: shorten it.');
  return title;
}

function oneLine(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new DocumentFault('has a `title` that is not a text: put it in quotes.');
  }
  // Control characters reach a title by YAML's escapes; a database refuses some of them.
  return String(value)
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function firstHeading(markdown: string): string {
  const first = readBlocks(markdown).blocks.find((block) => block.kind === 'heading' && block.level === 1);
  return first?.kind === 'heading' ? first.text : '';
}

function readUrl(value: unknown): string {
  if (value === undefined || value === null || value === '') {
    throw new DocumentFault('has no link to cite: add a line `url: https://…` to its front matter.');
  }
  const url = typeof value === 'string' ? URL.parse(value.trim()) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new DocumentFault('has a `url` that is not a web address: it must begin with https:// or http://.');
  }
  return url.href;
}

/** A day is taken as its first moment in UTC. */
function readDate(value: unknown): Date | null {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'string' ? value.trim() : '';
  const date = new Date(text);
  const [day] = /^\d{4}-\d{2}-\d{2}(?=$|T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$)/.exec(text) ?? [];
  // JavaScript reads February 30 as March 2.
  const isRealDay = day !== undefined && !Number.isNaN(date.getTime()) && new Date(day).toISOString().startsWith(day);
  if (isRealDay) return date;
  throw new DocumentFault('has an `updated` that is not a date: write it as 2026-01-31.');
}
