import type { GapKind } from '#domain/knowledge.ts';
import { bareId, readId } from './ids.ts';
import { gapPart, type Item, type Naming, type Part, plain, plainRuns, type Row } from './part.ts';
import { namedRun, plainText, readRichText } from './rich-text.ts';
import type { Block } from './schema.ts';

/** A block with what is below it, as far as it could be read. */
export interface BlockNode {
  readonly block: Block;
  readonly children: readonly BlockNode[];
  /** Why the children are missing; null when they are not. */
  readonly fault: { readonly gap: GapKind; readonly what: string; readonly again: boolean } | null;
}

type Payload = Readonly<Record<string, unknown>>;
interface Reading {
  readonly node: BlockNode;
  readonly payload: Payload;
  readonly naming: Naming;
}
type Reader = (reading: Reading) => readonly Part[];

/**
 * Reads blocks of every type that the API has; of one that it has not, the text and what is below it are kept and its
 * type is a gap. https://developers.notion.com/reference/block
 */
export function partsOf(nodes: readonly BlockNode[], naming: Naming): readonly Part[] {
  return nodes.flatMap((node) => {
    const { type } = node.block;
    const payload = recordOf(node.block[type]);
    const read = readers[type] ?? unknown;
    const fault = node.fault === null ? [] : [gapPart(node.fault.gap, node.fault.what, node.fault.again)];
    return [...read({ node, payload, naming }), ...fault];
  });
}

const none: Reader = () => [];
const group: Reader = (reading) => [{ kind: 'group', children: below(reading) }];
const titled: Reader = (reading) => [{ kind: 'toggle', text: richText(reading), children: below(reading) }];
const paragraph: Reader = (reading) => [{ kind: 'paragraph', text: richText(reading), children: below(reading) }];

const readers: Readonly<Record<string, Reader>> = {
  paragraph,
  heading_1: heading(1),
  heading_2: heading(2),
  heading_3: heading(3),
  heading_4: heading(4),
  bulleted_list_item: (reading) => [item(reading, 'bullet')],
  numbered_list_item: (reading) => [item(reading, 'number')],
  to_do: (reading) => [item(reading, reading.payload.checked === true ? 'done' : 'open')],
  toggle: titled,
  quote: (reading) => [{ kind: 'quote', icon: '', text: richText(reading), children: below(reading) }],
  callout: (reading) => [
    { kind: 'quote', icon: iconOf(reading.payload.icon), text: richText(reading), children: below(reading) },
  ],
  code: ({ payload, naming }) => [
    {
      kind: 'code',
      language: stringOf(payload.language),
      code: readRichText(payload.rich_text, naming)
        .map(({ text }) => text)
        .join(''),
      caption: readRichText(payload.caption, naming),
    },
  ],
  equation: ({ payload }) => [{ kind: 'code', language: 'math', code: stringOf(payload.expression), caption: [] }],
  table,
  table_row: (reading) => [{ kind: 'table', headerRow: false, headerColumn: false, rows: [row(reading)] }],
  column_list: group,
  column: group,
  synced_block: group,
  template: paragraph,
  tab,
  child_page: child('page'),
  child_database: child('database'),
  link_to_page: linkToPage,
  bookmark: resource,
  embed: resource,
  link_preview: resource,
  image: file,
  video: file,
  audio: file,
  file,
  pdf: file,
  divider: () => [{ kind: 'divider' }],
  // They show what stands elsewhere: the way to the page, its headings.
  breadcrumb: none,
  table_of_contents: none,
  meeting_notes: meetingNotes,
  transcription: meetingNotes,
  unsupported: (reading) => [gapPart('unsupported', stringOf(reading.payload.block_type)), ...group(reading)],
};

function unknown(reading: Reading): readonly Part[] {
  return [...paragraph(reading), gapPart('unsupported', reading.node.block.type)];
}

function below({ node, naming }: Reading): readonly Part[] {
  return partsOf(node.children, naming);
}

function richText({ payload, naming }: Reading) {
  return readRichText(payload.rich_text, naming);
}

function heading(level: number): Reader {
  return (reading) => [{ kind: 'heading', level, text: richText(reading), children: below(reading) }];
}

function item(reading: Reading, mark: Item['mark']): Item {
  const { list_start_index: start } = reading.payload;
  const isNumber = typeof start === 'number' && Number.isSafeInteger(start) && start >= 0;
  return { kind: 'item', mark, start: isNumber ? start : null, text: richText(reading), children: below(reading) };
}

/** Its children are the tabs: a title each, and what it opens. */
function tab({ node, naming }: Reading): readonly Part[] {
  return node.children.flatMap((one) => {
    const opened = partsOf([one], naming);
    return opened.map((part): Part => (part.kind === 'paragraph' ? { ...part, kind: 'toggle' } : part));
  });
}

function table({ node, payload, naming }: Reading): readonly Part[] {
  const rows = node.children.map((one) => row({ node: one, payload: recordOf(one.block.table_row), naming }));
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      headerRow: payload.has_column_header === true,
      headerColumn: payload.has_row_header === true,
      rows,
    },
  ];
}

function row({ payload, naming }: Reading): Row {
  return Array.isArray(payload.cells) ? payload.cells.map((cell: unknown) => readRichText(cell, naming)) : [];
}

function child(kind: 'page' | 'database'): Reader {
  return ({ node, payload, naming }) => {
    const title = naming.nameOf(node.block.id, stringOf(payload.title).trim() || 'Untitled');
    const ref = { kind, id: node.block.id };
    // It is a child whether it may be named or not: without a title it is not written.
    return [{ kind: 'child', child: ref, title: title ?? '' }];
  };
}

function linkToPage({ payload, naming }: Reading): readonly Part[] {
  const id = readId(payload.page_id) ?? readId(payload.database_id);
  if (id === null) return [];
  const run = namedRun({ ...plain, text: '', href: `/${bareId(id)}` }, { id, given: null, naming });
  return [{ kind: 'paragraph', text: [run], children: [] }];
}

/** A link with its caption; named by its address. */
function resource({ payload, naming }: Reading): readonly Part[] {
  const url = stringOf(payload.url);
  const caption = readRichText(payload.caption, naming);
  return url === '' && caption.length === 0 ? [] : [{ kind: 'resource', name: '', url, caption }];
}

/**
 * Named and never fetched. The address of a file that Notion keeps is signed and works for an hour, so it is no link
 * that could be shown later; that of one elsewhere is. https://developers.notion.com/reference/file-object
 */
function file({ node, payload, naming }: Reading): readonly Part[] {
  const { type } = node.block;
  const url = stringOf(recordOf(payload.external).url) || null;
  const kept = stringOf(recordOf(payload.file).url);
  const caption = readRichText(payload.caption, naming);
  const name = stringOf(payload.name) || fileNameOf(url ?? kept);
  const said = plainText(payload.caption, naming);
  return [
    { kind: 'resource', name: name === '' ? type : `${type} ${name}`, url, caption },
    gapPart('attachment', name || said || type),
  ];
}

/** The last part of the address' path. */
export function fileNameOf(url: string): string {
  const path = URL.parse(url)?.pathname ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last).slice(0, 200);
  } catch {
    return last.slice(0, 200);
  }
}

/** Title, summary and notes. What was said word by word is left out: it is no knowledge, and it is about people. */
function meetingNotes({ node, payload, naming }: Reading): readonly Part[] {
  const transcript = readId(recordOf(payload.children).transcript_block_id);
  const rest = node.children.filter(({ block }) => block.id !== transcript);
  const text = readRichText(payload.title, naming);
  const title = text.length === 0 ? plainRuns('Meeting notes') : text;
  const gaps = transcript === null ? [] : [gapPart('unsupported', 'transcript')];
  return [{ kind: 'toggle', text: title, children: partsOf(rest, naming) }, ...gaps];
}

/** An emoji says something (⚠️), a picture does not. */
function iconOf(icon: unknown): string {
  return stringOf(recordOf(icon).emoji).slice(0, 20);
}

export function recordOf(value: unknown): Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
