import type { Gap } from '#domain/knowledge.ts';
import { bareId } from './ids.ts';
import { type ChildRef, childrenOf, type Part } from './part.ts';
import { writeMarkdown } from './write.ts';

export interface Rendered {
  readonly markdown: string;
  readonly gaps: readonly Gap[];
  /** False: something that is missing may be there the next time. */
  readonly isComplete: boolean;
  readonly children: readonly ChildRef[];
}

/**
 * Writes a page's content as Markdown, and tells what is missing and which pages are below it.
 *
 * @param site the page's own link: links to other pages lead to the same place.
 */
export function render(parts: readonly Part[], site = 'https://www.notion.so/'): Rendered {
  const { markdown, isFull } = writeMarkdown(withSite(parts, site));
  const found = collect(parts);
  const gaps = isFull ? [...found.gaps, { kind: 'truncated', what: 'text', count: 1 } as const] : found.gaps;
  return { ...found, markdown, gaps };
}

/** Links between pages lead to the site that the page's own link is at. A child that must not be named is not written. */
function withSite(parts: readonly Part[], site: string): readonly Part[] {
  return parts.map((part) => {
    if (part.kind === 'child' && part.title !== '') {
      return { kind: 'resource', name: part.title, url: onSite(`/${bareId(part.child.id)}`, site), caption: [] };
    }
    if (part.kind === 'resource' && part.url?.startsWith('/')) return { ...part, url: onSite(part.url, site) };
    return 'children' in part ? { ...part, children: withSite(part.children, site) } : part;
  });
}

function onSite(path: string, site: string): string | null {
  return URL.parse(path, site)?.href ?? null;
}

/** Gaps and children anywhere in the parts, each once. */
export function collect(parts: readonly Part[]): Omit<Rendered, 'markdown'> {
  const gaps = new Map<string, Gap>();
  const children = new Map<string, ChildRef>();
  let isComplete = true;
  const waiting: Part[] = [...parts];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    for (const child of childrenOf(part)) waiting.push(child);
    if (part.kind === 'child') children.set(part.child.id, part.child);
    if (part.kind !== 'gap') continue;
    const key = `${part.gap} ${part.what}`;
    gaps.set(key, { kind: part.gap, what: part.what, count: (gaps.get(key)?.count ?? 0) + 1 });
    if (part.again) isComplete = false;
  }
  const byName = [...gaps.values()].toSorted((a, b) => (`${a.kind} ${a.what}` < `${b.kind} ${b.what}` ? -1 : 1));
  return { gaps: byName, isComplete, children: [...children.values()] };
}
