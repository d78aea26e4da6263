import type { Api, Version } from './api.ts';
import { slug } from './ids.ts';
import { isRecord, listOf, recordOf, textOf } from './json.ts';
import type { Block, Database, DataSource, Entity, Json, Page, Place } from './model.ts';
import { ownValue, propertyId } from './properties.ts';
import { toRichText } from './rich-text.ts';
import { visibleMentions } from './mentions.ts';
import { titleOf } from './tree.ts';
import { partialUser } from './users.ts';

/** References that a page shows of one property; the rest has an endpoint of its own. */
const maxReferences = 25;

/** Times are shown by the minute. https://developers.notion.com/changelog/last-edited-time-is-now-rounded-to-the-nearest-minute */
export function minute(time: string): string {
  return `${time.slice(0, 16)}:00.000Z`;
}

/** Where a person's browser finds it. */
export function urlOf(entity: Page | Database | DataSource, api: Api): string {
  return `${api.url()}/${slug(titleOf(entity), entity.id)}`;
}

function parentAnswer(parent: Place, { store }: Api): Json {
  switch (parent.kind) {
    case 'workspace':
      return { type: 'workspace', workspace: true };
    case 'page':
      return { type: 'page_id', page_id: parent.id };
    case 'block':
      return { type: 'block_id', block_id: parent.id };
    case 'database':
      return { type: 'database_id', database_id: parent.id };
    case 'dataSource': {
      const source = store.dataSource(parent.id);
      const database = source?.parent.kind === 'database' ? source.parent.id : parent.id;
      return { type: 'data_source_id', data_source_id: parent.id, database_id: database };
    }
  }
}

/** Before 2026-03-11 what is in the trash was called archived, too. */
function trashFields(inTrash: boolean, version: Version): Json {
  return version === '2025-09-03' ? { in_trash: inTrash, archived: inTrash } : { in_trash: inTrash };
}

function history({ created, edited, createdBy, editedBy }: Entity): Json {
  return {
    created_time: minute(created),
    last_edited_time: minute(edited),
    created_by: partialUser(createdBy),
    last_edited_by: partialUser(editedBy),
  };
}

/** https://developers.notion.com/reference/page @param only ids of properties; null for all. */
export function pageAnswer(page: Page, api: Api, about: { version: Version; only?: readonly string[] | null }): Json {
  const { version, only = null } = about;
  const properties = Object.entries(page.properties).map(([name, value]): [string, Json] => {
    return [name, { id: propertyId(name, value['type']), ...shortened(propertyValue(page, value, api)) }];
  });
  return {
    object: 'page',
    id: page.id,
    ...history(page),
    ...trashFields(page.inTrash, version),
    is_archived: page.inTrash,
    is_locked: false,
    url: urlOf(page, api),
    public_url: null,
    parent: parentAnswer(page.parent, api),
    properties: Object.fromEntries(properties.filter(([, { id }]) => only === null || only.includes(textOf(id)))),
    icon: page.icon,
    cover: page.cover,
  };
}

/** The whole value, with what only the page itself knows. */
export function propertyValue(page: Page, value: Json, api: Api): Json {
  const type = textOf(value['type']);
  const own = ownValue(type, page, minute);
  const given = own === undefined ? value[type] : own;
  return { type, [type]: type === 'title' || type === 'rich_text' ? visibleMentions(given, api) : given };
}

/** https://developers.notion.com/reference/retrieve-a-page#limits */
function shortened(value: Json): Json {
  const type = textOf(value['type']);
  const references = value[type];
  if (!Array.isArray(references) || references.length <= maxReferences || type === 'multi_select') return value;
  const more = type === 'relation' ? { has_more: true } : {};
  return { ...value, [type]: references.slice(0, maxReferences), ...more };
}

/** https://developers.notion.com/reference/block: pages and databases are blocks, too. */
export function blockAnswer(entity: Page | Block | Database, api: Api, version: Version): Json {
  const [type, content, hasChildren] = blockParts(entity, api, version);
  return {
    object: 'block',
    id: entity.id,
    parent: parentAnswer(entity.parent, api),
    ...history(entity),
    has_children: hasChildren,
    ...trashFields(entity.inTrash, version),
    type,
    [type]: content,
  };
}

function blockParts(
  entity: Page | Block | Database,
  api: Api,
  version: Version,
): [type: string, content: Json, hasChildren: boolean] {
  if (entity.kind === 'page') return ['child_page', { title: titleOf(entity) }, entity.children.length > 0];
  if (entity.kind === 'database') return ['child_database', { title: entity.title }, false];
  const content = contentAnswer(entity, api);
  const type = entity.type === 'meeting_notes' && version === '2025-09-03' ? 'transcription' : entity.type;
  return [type, content, entity.children.length > 0 || isCopy(entity)];
}

/** A synced block that shows another's content. */
export function isCopy({ type, content }: Block): boolean {
  return type === 'synced_block' && isRecord(content['synced_from']);
}

/** The block's content with all names of mentioned pages and people as they are now. */
function contentAnswer({ content }: Block, api: Api): Json {
  const entries = Object.entries(content).map(([name, value]): [string, unknown] => {
    if (name === 'cells') return [name, listOf(value).map((cell) => visibleMentions(cell, api))];
    const isText = name === 'rich_text' || name === 'caption' || (name === 'title' && Array.isArray(value));
    return [name, isText ? visibleMentions(value, api) : value];
  });
  return Object.fromEntries(entries);
}

/** https://developers.notion.com/reference/database */
export function databaseAnswer(database: Database, api: Api, version: Version): Json {
  const sources = database.dataSources.map((id) => api.store.dataSource(id)).filter((source) => source !== null);
  const { created_time, last_edited_time } = history(database);
  return {
    object: 'database',
    id: database.id,
    title: toRichText(database.title),
    description: [],
    parent: parentAnswer(database.parent, api),
    is_inline: database.isInline,
    ...trashFields(database.inTrash, version),
    is_locked: false,
    created_time,
    last_edited_time,
    data_sources: sources.filter(({ inTrash }) => !inTrash).map(({ id, name }) => ({ id, name })),
    icon: null,
    cover: null,
    url: urlOf(database, api),
    public_url: null,
  };
}

/** https://developers.notion.com/reference/data-source */
export function dataSourceAnswer(source: DataSource, api: Api, version: Version): Json {
  const database = source.parent.kind === 'database' ? api.store.database(source.parent.id) : null;
  return {
    object: 'data_source',
    id: source.id,
    title: toRichText(source.name),
    description: [],
    parent: parentAnswer(source.parent, api),
    database_parent: parentAnswer(database?.parent ?? { kind: 'workspace' }, api),
    is_inline: database?.isInline ?? false,
    ...trashFields(source.inTrash, version),
    ...history(source),
    properties: recordOf(source.schema),
    icon: null,
    cover: null,
    url: urlOf(source, api),
    public_url: null,
  };
}
