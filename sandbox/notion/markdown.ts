import { isCopy, urlOf } from './answers.ts';
import type { Api } from './api.ts';
import { bare } from './ids.ts';
import { attributes, inlineMarkdown } from './inline-markdown.ts';
import { listOf, recordOf, textOf } from './json.ts';
import { blockLines } from './markdown-blocks.ts';
import type { Block, Database, Entity, Page } from './model.ts';
import { isShared, pageOf, titleOf } from './tree.ts';

/** Blocks that one answer holds. https://developers.notion.com/reference/retrieve-page-markdown#unknown-blocks */
const maxBlocks = 20_000;
/** Deeper nesting than people write. */
const maxDepth = 500;

/** A page as Markdown, and the blocks that are not in it though they should. */
export interface Rendered {
  readonly markdown: string;
  readonly unknown: readonly string[];
}

interface Rendering {
  readonly api: Api;
  readonly unknown: string[];
  /** Synced blocks whose content is being written: one that holds itself ends there. */
  readonly open: Set<string>;
  /** How many more blocks are put in. */
  left: number;
}

/**
 * The content of a page, or a block with its content, in Notion's enhanced Markdown.
 * https://developers.notion.com/guides/data-apis/enhanced-markdown
 */
export function markdownOf(holder: Page | Block, api: Api): Rendered {
  const isCut = holder.kind === 'page' && holder.truncated;
  const left = isCut ? Math.floor(holder.children.length / 2) : maxBlocks;
  const rendering: Rendering = { api, unknown: [], open: new Set(), left };
  const lines = holder.kind === 'page' ? childLines(holder.children, rendering, 0) : entityLines(holder, rendering, 0);
  return { markdown: lines.join('\n'), unknown: rendering.unknown };
}

function childLines(ids: readonly string[], rendering: Rendering, depth: number): string[] {
  return ids.flatMap((id) => {
    const child = rendering.api.store.find(id);
    return child === null || child.inTrash ? [] : entityLines(child, rendering, depth);
  });
}

function entityLines(entity: Entity, rendering: Rendering, depth: number): string[] {
  const { api } = rendering;
  rendering.left -= 1;
  if (entity.kind === 'block') {
    const isHidden = rendering.left < 0 || entity.unreadable || depth > maxDepth;
    return isHidden ? missing(entity, rendering) : linesOf(entity, rendering, depth);
  }
  if (entity.kind === 'dataSource') return [];
  if (rendering.left < 0 || !isShared(entity, api.store)) return missing(entity, rendering);
  return [entity.kind === 'page' ? pageLine(entity, api) : databaseLine(entity, api)];
}

/** A block that could not be loaded. Its id can be asked for. */
function missing(entity: Entity, rendering: Rendering): string[] {
  rendering.unknown.push(entity.id);
  return [unknownLine(entity, entity.kind === 'block' ? entity.type : entity.kind, rendering.api)];
}

function unknownLine(entity: Entity, what: string, api: Api): string {
  const page = pageOf(entity, api.store);
  const url = page === null ? api.url() : `${api.url()}/${bare(page.id)}#${bare(entity.id)}`;
  return `<unknown${attributes({ url, alt: what })}/>`;
}

function pageLine(page: Page, api: Api): string {
  return `<page${attributes({ url: urlOf(page, api) })}>${inlineMarkdown([titleItem(titleOf(page))], api)}</page>`;
}

function databaseLine(database: Database, api: Api): string {
  const [source] = database.dataSources;
  const marks = {
    url: urlOf(database, api),
    inline: String(database.isInline),
    ...(source === undefined ? {} : { 'data-source-url': `collection://${source}` }),
  };
  return `<database${attributes(marks)}>${inlineMarkdown([titleItem(database.title)], api)}</database>`;
}

function titleItem(content: string) {
  return { type: 'text', text: { content }, plain_text: content };
}

function linesOf(block: Block, rendering: Rendering, depth: number): string[] {
  const { api } = rendering;
  if (block.type === 'synced_block') rendering.open.add(block.id);
  const below = () => childLines(block.children, rendering, depth + 1).map((line) => (line === '' ? '' : `\t${line}`));
  const lines = specialLines(block, rendering, depth) ?? blockLines(block, { api, below });
  rendering.open.delete(block.id);
  return lines === null ? [unknownLine(block, nameOf(block), api)] : [...lines];
}

/** What the format does not know is named by its type, or by what Notion calls it inside. */
function nameOf({ type, content }: Block): string {
  return type === 'unsupported' ? textOf(content['block_type']) : type;
}

/** Blocks whose lines need other blocks. */
function specialLines(block: Block, rendering: Rendering, depth: number): string[] | null {
  const { api } = rendering;
  if (isCopy(block)) return copyLines(block, rendering, depth);
  if (block.type === 'table') return tableLines(block, api);
  if (block.type === 'link_to_page') return [linkLine(block, api)];
  return null;
}

function copyLines(block: Block, rendering: Rendering, depth: number): string[] {
  const { api } = rendering;
  const from = textOf(recordOf(block.content['synced_from'])['block_id']);
  if (rendering.open.has(from)) return [unknownLine(block, block.type, api)];
  const original = api.store.block(from);
  if (original === null || !isShared(original, api.store)) return missing(block, rendering);
  const page = pageOf(original, api.store);
  const url = page === null ? api.url() : `${api.url()}/${bare(page.id)}#${bare(original.id)}`;
  rendering.open.add(from);
  const inner = childLines(original.children, rendering, depth + 1).map((line) => `\t${line}`);
  rendering.open.delete(from);
  return [`<synced_block_reference${attributes({ url })}>`, ...inner, '</synced_block_reference>'];
}

function tableLines({ content, children }: Block, api: Api): string[] {
  const rows = children.map((id) => api.store.block(id)).filter((row) => row !== null);
  const marks = {
    'header-row': String(content['has_column_header'] === true),
    ...(content['has_row_header'] === true ? { 'header-column': 'true' } : {}),
  };
  const lines = rows.flatMap((row) => [
    '<tr>',
    ...listOf(row.content['cells']).map((cell) => `<td>${inlineMarkdown(cell, api)}</td>`),
    '</tr>',
  ]);
  return [`<table${attributes(marks)}>`, ...lines, '</table>'];
}

function linkLine({ content }: Block, api: Api): string {
  const id = textOf(content[textOf(content['type'])]);
  const type = content['type'] === 'database_id' ? 'database' : 'page';
  const mention = { type: 'mention', mention: { type, [type]: { id } } };
  return inlineMarkdown([mention], api);
}
