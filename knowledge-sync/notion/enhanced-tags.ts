import { fileNameOf } from './block-parts.ts';
import { type InlineContext, parseTag, readInline, type Tag } from './enhanced-inline.ts';
import { linkTarget } from './ids.ts';
import { gapPart, type Part, plainRuns, type Run, textOf } from './part.ts';

export interface TagContext extends InlineContext {
  /** The page that is read: synced blocks of its own need no right. */
  readonly pageId: string;
  readonly mayShow: (pageId: string) => boolean;
  /** What stands for `<unknown>`: a block that Notion's Markdown has not. */
  readonly unknown: (blockId: string | null, what: string) => readonly Part[];
}

const names =
  'callout|details|columns|column|synced_block|synced_block_reference|meeting-notes|summary|notes|transcript|tabs|tab';
const closing = new RegExp(`^(?:</(?:${names}|table)>|:{3,})$`);
const opening = new RegExp(`^<(?:${names})(?:\\s[^<>]*)?>`);

/** Whether a line closes what was opened: `</callout>`, `:::`. */
export function isClosing(content: string): boolean {
  return closing.test(content);
}

/** The tag that a line opens, and what follows it on the line. Null: it opens none. */
export function openedBy(content: string): { readonly tag: Tag; readonly rest: string } | null {
  const [, attributes] = /^:{3,}\s*callout\s*(?:\{(.*)\})?$/.exec(content) ?? [null];
  const isFence = /^:{3,}\s*callout/.test(content);
  const source = isFence ? `<callout ${attributes ?? ''}>` : (opening.exec(content)?.[0] ?? '');
  const tag = parseTag(source);
  return tag === null ? null : { tag, rest: isFence ? '' : content.slice(source.length) };
}

/** What a container means with what it holds. */
export function contained(tag: Tag, children: readonly Part[], context: TagContext): readonly Part[] {
  switch (tag.name) {
    case 'callout':
      return [{ kind: 'quote', icon: emoji(tag.attributes.get('icon')), ...titled(children) }];
    case 'details':
    case 'tab':
      return [{ kind: 'toggle', ...titled(children) }];
    case 'summary':
      return children;
    case 'meeting-notes':
      return [{ kind: 'toggle', ...titled(children, 'Meeting notes') }];
    case 'transcript':
      return [gapPart('unsupported', 'transcript')];
    case 'synced_block_reference':
      return syncedReference(tag, children, context);
    default:
      return [{ kind: 'group', children }];
  }
}

/** The first line of a callout, a toggle, a tab or of meeting notes is its own text. */
function titled(parts: readonly Part[], otherwise = ''): { text: readonly Run[]; children: readonly Part[] } {
  const [first, ...others] = parts;
  if (first?.kind !== 'paragraph') return { text: plainRuns(otherwise), children: parts };
  const text = first.text.length === 0 ? plainRuns(otherwise) : first.text;
  return { text, children: [...first.children, ...others] };
}

/** What stands on another page is shown only to those who may read that one. */
function syncedReference(tag: Tag, children: readonly Part[], { pageId, mayShow }: TagContext): readonly Part[] {
  const { page } = linkTarget(tag.attributes.get('url') ?? '');
  const isOurs = page !== null && (page === pageId || mayShow(page));
  if (!isOurs || (children.length === 0 && tag.attributes.has('notice'))) return [gapPart('no-right', 'synced block')];
  return [{ kind: 'group', children }];
}

function emoji(icon = ''): string {
  return /^\p{Extended_Pictographic}/u.test(icon) ? icon.slice(0, 20) : '';
}

interface Leaf {
  readonly tag: Tag;
  readonly caption: readonly Run[];
  readonly context: TagContext;
}
type ReadLeaf = (leaf: Leaf) => readonly Part[];

const file: ReadLeaf = ({ tag, caption }) => attachment(tag.name, { url: tag.attributes.get('src') ?? '', caption });
const link: ReadLeaf = ({ tag: { attributes }, caption }) => [
  { kind: 'resource', name: '', url: attributes.get('src') ?? attributes.get('url') ?? null, caption },
];
const nothing: ReadLeaf = () => [];

const leaves: Readonly<Record<string, ReadLeaf>> = {
  page: (leaf) => child('page', leaf),
  database: (leaf) => child('database', leaf),
  audio: file,
  video: file,
  file,
  pdf: file,
  image: file,
  embed: link,
  bookmark: link,
  unknown: ({ tag: { attributes }, context }) => {
    const { block, page } = linkTarget(attributes.get('url') ?? '');
    return context.unknown(block ?? page, attributes.get('alt') ?? '');
  },
  table_of_contents: nothing,
  breadcrumb: nothing,
  'empty-block': nothing,
};

/** `<page …>Title</page>` and its like, with or without anything between. Null: no such tag. */
export function leafTag(content: string, context: TagContext): readonly Part[] | null {
  const [, opened = '', inner = ''] =
    /^(<[a-z][\w-]*(?:\s[^<>]*|\/)?>)(?:([^]*)<\/[\w-]+>)?(?:\s*\{[^{}]*\})?$/i.exec(content) ?? [];
  const tag = parseTag(opened);
  const read = tag === null ? undefined : leaves[tag.name];
  return tag === null || read === undefined ? null : read({ tag, caption: readInline(inner, context), context });
}

function child(kind: 'page' | 'database', { tag, caption, context }: Leaf): readonly Part[] {
  const { page: id } = linkTarget(tag.attributes.get('url') ?? '');
  const title = textOf(caption).trim();
  if (id === null) return title === '' ? [] : [gapPart('unresolved', kind)];
  const named = context.naming.nameOf(id, title === '' ? null : title) ?? '';
  return [{ kind: 'child', child: { kind, id }, title: named }];
}

/** `![caption](address)`. Null: no image. */
export function image(content: string, context: TagContext): readonly Part[] | null {
  const [, caption, url] = /^!\[((?:\\.|[^\]\\])*)\]\(([^\s)]*)\)(?:\s*\{[^{}]*\})?$/.exec(content) ?? [];
  return url === undefined ? null : attachment('image', { url, caption: readInline(caption ?? '', context) });
}

/** Named and never fetched; see `file` in block-parts.ts for why files that Notion keeps have no link. */
function attachment(type: string, { url, caption }: { url: string; caption: readonly Run[] }): readonly Part[] {
  const isElsewhere = /^https?:/.test(url) && !/[?&]X-Amz-|\/\/[^/]*(?:notion|amazonaws)[^/]*\//i.test(url);
  const name = fileNameOf(url);
  return [
    { kind: 'resource', name: name === '' ? type : `${type} ${name}`, url: isElsewhere ? url : null, caption },
    gapPart('attachment', name || textOf(caption) || type),
  ];
}
