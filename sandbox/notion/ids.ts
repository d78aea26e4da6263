import { createHash, randomUUID } from 'node:crypto';

/** An id that nothing has yet. */
export function newId(): string {
  return randomUUID();
}

/** The same id for the same words, on every machine. */
export function idFrom(...words: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 32);
  // the marks of a version 4 UUID: some clients look at them
  return dashed(`${hex.slice(0, 12)}4${hex.slice(13, 16)}8${hex.slice(17)}`);
}

/** The id of the page that a seeded article becomes. */
export function articleId(key: string): string {
  return idFrom('article', key);
}

/** With dashes and in lower case; null when it is no id. Notion takes ids with and without dashes. */
export function parseId(text: string): string | null {
  const hex = text.replaceAll('-', '').toLowerCase();
  const isId = /^[0-9a-f]{32}$/.test(hex) && (text.length === 32 || text.length === 36);
  return isId ? dashed(hex) : null;
}

/** 32 hexadecimal digits, as they stand in addresses. */
export function bare(id: string): string {
  return id.replaceAll('-', '');
}

/** What a page's address calls it: the words of its title and its id. */
export function slug(title: string, id: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return [...words, bare(id)].join('-');
}

/** A short name as Notion gives to properties, the same for the same words. */
export function shortId(...words: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 4);
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
