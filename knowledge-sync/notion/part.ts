import type { GapKind } from '#domain/knowledge.ts';

/** Text of one look. `href` is as the source gave it; what may be linked is decided when it is written. */
export interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  readonly href: string | null;
}

/**
 * A page's content, the same from blocks and from Notion's Markdown, so that both give the same text: only what is said
 * is kept, without colours, widths and icons of no meaning.
 */
export type Part =
  | { readonly kind: 'paragraph'; readonly text: readonly Run[]; readonly children: readonly Part[] }
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly text: readonly Run[];
      readonly children: readonly Part[];
    }
  | Item
  /** A quotation or a callout, which has an icon. */
  | { readonly kind: 'quote'; readonly icon: string; readonly text: readonly Run[]; readonly children: readonly Part[] }
  /** A title that opens and closes what is below it; a tab. */
  | { readonly kind: 'toggle'; readonly text: readonly Run[]; readonly children: readonly Part[] }
  | { readonly kind: 'code'; readonly language: string; readonly code: string; readonly caption: readonly Run[] }
  | {
      readonly kind: 'table';
      readonly headerRow: boolean;
      readonly headerColumn: boolean;
      readonly rows: readonly Row[];
    }
  /** Columns, synced blocks, templates: what is in them counts, not that they are there. */
  | { readonly kind: 'group'; readonly children: readonly Part[] }
  | { readonly kind: 'divider' }
  /** Something with an address of its own: a bookmark, an embedded page, a file. `name` says what when nothing else does. */
  | { readonly kind: 'resource'; readonly name: string; readonly url: string | null; readonly caption: readonly Run[] }
  /** A page or database below this one. */
  | { readonly kind: 'child'; readonly child: ChildRef; readonly title: string }
  /** Something that is not there. `again`: the next reading may have it. */
  | { readonly kind: 'gap'; readonly gap: GapKind; readonly what: string; readonly again: boolean };

export interface Item {
  readonly kind: 'item';
  readonly mark: 'bullet' | 'number' | 'open' | 'done';
  /** Where the numbering begins anew; null goes on. */
  readonly start: number | null;
  readonly text: readonly Run[];
  readonly children: readonly Part[];
}
export type Row = readonly (readonly Run[])[];

export interface ChildRef {
  readonly kind: 'page' | 'database';
  readonly id: string;
}

/** Decides which pages a text may name: the title of one that its readers may not open is none of their business. */
export interface Naming {
  /**
   * @param given the title as the source wrote it; null when it left it out.
   * @returns the title to show; null when the page must not be named.
   */
  nameOf(pageId: string | null, given: string | null): string | null;
}

export const plain: Omit<Run, 'text'> = { bold: false, italic: false, strike: false, code: false, href: null };

/** Text without any look; none for an empty one. */
export function plainRuns(text: string): readonly Run[] {
  return text === '' ? [] : [{ ...plain, text }];
}

/** The text of runs, as it is read out. */
export function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

export function gapPart(gap: GapKind, what: string, again = false): Part {
  const name = what.replaceAll(/\s+/g, ' ').trim();
  return { kind: 'gap', gap, what: (name === '' ? 'block' : name).slice(0, 200), again };
}

/** Parts below a part, whatever its kind. */
export function childrenOf(part: Part): readonly Part[] {
  return 'children' in part ? part.children : [];
}
