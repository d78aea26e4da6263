import type { Api } from './api.ts';
import { bare, parseId } from './ids.ts';
import { isRecord, listOf, recordOf, textOf } from './json.ts';
import type { Json } from './model.ts';
import { isShared, titleOf } from './tree.ts';

/**
 * Rich text as it is answered: mentions of people and pages have the names these have now. A page that is not shared
 * has none. https://developers.notion.com/reference/rich-text#mention
 */
export function visibleMentions(items: unknown, api: Api): unknown[] {
  return listOf(items).map((item) => (isRecord(item) && item['type'] === 'mention' ? named(item, api) : item));
}

function named(item: Json, api: Api): Json {
  const mention = recordOf(item['mention']);
  const type = textOf(mention['type']);
  const id = parseId(textOf(recordOf(mention[type])['id'])) ?? '';
  if (type === 'user') return { ...item, plain_text: `@${api.users.find(id)?.name ?? 'Anonymous'}` };
  if (type !== 'page' && type !== 'database') return item;
  return { ...item, plain_text: nameOf(id, api), href: `${api.url()}/${bare(id)}` };
}

function nameOf(id: string, { store }: Api): string {
  const entity = store.find(id);
  if (entity === null || entity.kind === 'block' || !isShared(entity, store)) return 'Untitled';
  return titleOf(entity) || 'Untitled';
}
