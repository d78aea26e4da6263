/**
 * Notion's ids come with dashes from the API and without in links and settings; both mean the same. Kept with dashes
 * and in lower case. Null for what is no id.
 */
export function readId(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const hex = text.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(hex) ? dashed(hex) : null;
}

/** The id as links and settings have it: 32 digits, lower case. */
export function bareId(id: string): string {
  return id.replaceAll('-', '').toLowerCase();
}

/** What a link of Notion's leads to: a page or database, and, behind the `#`, a block of it. */
export interface LinkTarget {
  readonly page: string | null;
  readonly block: string | null;
}

/** Reads `https://…/Title-<32 digits>?v=…#<32 digits>`, `user://<id>`, `collection://<id>` or a bare id. */
export function linkTarget(link: string): LinkTarget {
  const [address = '', fragment = ''] = link.split('#', 2);
  const path = address.split('?', 1)[0] ?? '';
  return { page: lastId(path), block: lastId(fragment) };
}

function lastId(text: string): string | null {
  const found = /(?:^|[^0-9a-f])([0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i.exec(text)?.[1];
  return readId(found);
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
