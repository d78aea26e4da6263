import { newId } from './ids.ts';
import type { Entity, Json, Place, User } from './model.ts';
import type { Store } from './store.ts';
import { isShared } from './tree.ts';
import type { Happening } from './workspace.ts';

/** An event as it is sent, without what differs from one delivery to the next. */
export type WebhookEvent = Json & { readonly id: string; readonly type: string };

const entityTypes = { page: 'page', block: 'block', database: 'database', dataSource: 'data_source' } as const;

/**
 * What a webhook says of something that happened; null when the integration may not see it.
 * https://developers.notion.com/reference/webhooks-events-delivery
 */
export function toEvent(
  { type, id, parts }: Happening,
  about: { store: Store; now: Date; workspaceName: string; author: User },
): WebhookEvent | null {
  const { store, now, workspaceName, author } = about;
  const entity = store.find(id);
  if (entity === null || !isShared(entity, store)) return null;
  return {
    id: newId(),
    timestamp: now.toISOString(),
    workspace_id: store.secrets.workspaceId,
    workspace_name: workspaceName,
    integration_id: store.secrets.integrationId,
    type,
    authors: [{ id: author.id, type: author.email === null ? 'bot' : 'person' }],
    api_version: '2026-03-11',
    entity: { id, type: entityTypes[entity.kind] },
    data: { parent: parentOf(entity.parent, store), ...partsOf(type, parts ?? [], store) },
  };
}

function parentOf(parent: Place, store: Store): Json {
  if (parent.kind === 'workspace') return { id: store.secrets.workspaceId, type: 'space' };
  if (parent.kind !== 'dataSource') return { id: parent.id, type: parent.kind };
  const source = store.dataSource(parent.id);
  const database = source?.parent.kind === 'database' ? source.parent.id : parent.id;
  return { id: database, type: 'database', data_source_id: parent.id };
}

function partsOf(type: Happening['type'], parts: readonly string[], store: Store): Json {
  if (type.endsWith('.properties_updated')) return { updated_properties: parts };
  if (!type.endsWith('.content_updated')) return {};
  const blocks = parts.map((id) => store.find(id)).filter((part): part is Entity => part !== null);
  return {
    updated_blocks: blocks.map(({ id, kind }) => ({
      id,
      type: kind === 'page' || kind === 'database' ? kind : 'block',
    })),
  };
}
