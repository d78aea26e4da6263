import { isRecord, listOf, recordOf, textOf } from './json.ts';
import type { Json } from './model.ts';
import { toRichText } from './rich-text.ts';

/** A block as requests write it, without id. Children stand in the type's object or beside it. */
export type BlockInput = Json;

const text = { rich_text: [], color: 'default' };
const heading = { ...text, is_toggleable: false };
const media = { caption: [] };

/** What the API gives for each type where the block says nothing. https://developers.notion.com/reference/block */
const defaults: Readonly<Record<string, Json>> = {
  paragraph: { ...text, icon: null },
  heading_1: heading,
  heading_2: heading,
  heading_3: heading,
  heading_4: heading,
  bulleted_list_item: text,
  numbered_list_item: text,
  quote: text,
  to_do: { ...text, checked: false },
  toggle: text,
  template: { rich_text: [] },
  callout: { ...text, icon: null },
  code: { rich_text: [], caption: [], language: 'plain text' },
  equation: { expression: '' },
  table_of_contents: { color: 'default' },
  table: { table_width: 1, has_column_header: false, has_row_header: false },
  table_row: { cells: [] },
  synced_block: { synced_from: null },
  bookmark: { url: '', caption: [] },
  embed: { url: '', caption: [] },
  link_preview: { url: '' },
  image: media,
  video: media,
  pdf: media,
  audio: media,
  file: { ...media, name: 'file' },
  meeting_notes: { title: [], status: 'notes_ready' },
  unsupported: { block_type: 'unknown' },
};

/** The block's type, also where only its field tells it. */
export function typeOf(input: BlockInput): string {
  const said = textOf(input['type']);
  return said !== '' ? said : (Object.keys(input).find((name) => isRecord(input[name])) ?? 'unsupported');
}

export function childrenOf(input: BlockInput): readonly BlockInput[] {
  const within = recordOf(input[typeOf(input)])['children'];
  // a meeting note's own field of that name holds ids, no blocks
  return listOf(Array.isArray(within) ? within : input['children']).filter(isRecord);
}

/** What stands under the type's name in an answer: complete, with all its rich text, without children. */
export function contentOf(input: BlockInput): Json {
  const type = typeOf(input);
  const given = { ...recordOf(input[type]) };
  if (Array.isArray(given['children'])) delete given['children'];
  const content: Record<string, unknown> = { ...defaults[type], ...given };
  for (const name of ['rich_text', 'caption']) if (name in content) content[name] = toRichText(content[name]);
  if (type === 'meeting_notes') content['title'] = toRichText(content['title']);
  if (Array.isArray(content['cells'])) content['cells'] = content['cells'].map(toRichText);
  return 'caption' in content && !('url' in content) ? withFile(type, content) : content;
}

/** A file says whether it is Notion's own or lies elsewhere. */
function withFile(type: string, content: Json): Json {
  if (type === 'code') return content;
  const isOwn = content['type'] === 'file' || isRecord(content['file']);
  if (!isOwn) return { ...content, type: 'external', external: { url: '', ...recordOf(content['external']) } };
  const file = { url: '', expiry_time: '2030-01-01T00:00:00.000Z', ...recordOf(content['file']) };
  return { ...content, type: 'file', file };
}
