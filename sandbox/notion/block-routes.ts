import type { Answer } from '../http.ts';
import { blockAnswer, isCopy } from './answers.ts';
import { type Api, holderOfPath, idOf, type Request, visible } from './api.ts';
import { listAnswer, wantedByQuery } from './lists.ts';
import type { Block, Page } from './model.ts';
import { notFound, refusal } from './refusal.ts';
import { visibleChildren } from './tree.ts';

/** https://developers.notion.com/reference/retrieve-a-block */
export function getBlock(request: Request, api: Api): Answer {
  const id = idOf(request, 'block_id');
  const entity = visible(id, api);
  if (entity === null || entity.kind === 'dataSource') throw notFound('block', id, api.integrationName);
  return { status: 200, body: blockAnswer(entity, api, request.version) };
}

/** https://developers.notion.com/reference/get-block-children: the first level only. */
export function getChildren(request: Request, api: Api): Answer {
  const database = visible(idOf(request, 'block_id'), api);
  if (database?.kind === 'database') return listAnswer('block', [], null);
  const holder = holderOfPath(request, api, 'block_id');
  if (holder.unreadable) throw refusal(500);
  // what is seen in the wild: only the original's children can be listed
  if (holder.kind === 'block' && isCopy(holder)) throw notFound('block', holder.id, api.integrationName);
  const children = api.store.cached(`children ${holder.id}`, () => listedChildren(holder, api));
  const { items, nextCursor } = api.cursors.slice(children, `children ${holder.id}`, wantedByQuery(request));
  return listAnswer(
    'block',
    items.map((child) => blockAnswer(child, api, request.version)),
    nextCursor,
  );
}

function listedChildren({ children }: Page | Block, { store }: Api) {
  return visibleChildren(children, store).filter((child) => child.kind !== 'dataSource');
}
