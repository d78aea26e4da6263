import type { Api } from '../api.ts';
import { adfOfStorage, viewOfStorage } from '../body-formats.ts';
import { linksOf } from '../links.ts';
import { type Content, createdOf, type Space, type Version, versionOf } from '../model.ts';

export type BodyFormat = 'storage' | 'atlas_doc_format' | 'view';

const bodies: Readonly<Record<BodyFormat, (storage: string) => string>> = {
  storage: (storage) => storage,
  atlas_doc_format: adfOfStorage,
  view: viewOfStorage,
};

/** The schemas PageBulk and PageSingle. */
export function pageBean(content: Content, format: BodyFormat | null, api: Api) {
  return {
    ...placeBean(content, api),
    ownerId: createdOf(content).authorId,
    lastOwnerId: null,
    spaceId: content.spaceId,
    body: format === null ? {} : { [format]: { representation: format, value: bodies[format](content.storage) } },
    version: versionBean(versionOf(content)),
    _links: linksOf(content, api),
  };
}

/** The schemas FolderSingle, WhiteboardSingle and so on. */
export function containerBean(content: Content, api: Api) {
  return {
    ...placeBean(content, api),
    type: content.type,
    ownerId: createdOf(content).authorId,
    spaceId: content.spaceId,
    version: versionBean(versionOf(content)),
    _links: { ...linksOf(content, api), base: api.baseUrl() },
  };
}

function placeBean(content: Content, { store }: Api) {
  const parent = content.parentId === null ? null : store.content(content.parentId);
  const { authorId, createdAt } = createdOf(content);
  const { id, status, title } = content;
  return {
    id,
    status,
    title,
    parentId: parent?.id ?? null,
    parentType: parent?.type ?? null,
    position: 0,
    authorId,
    createdAt,
  };
}

export function versionBean({ number, createdAt, message, minorEdit, authorId }: Version) {
  return { number, createdAt, message, minorEdit, authorId };
}

/** The schema SpaceBulk. */
export function spaceBean({ id, key, name, createdAt }: Space, { accounts }: Api) {
  return {
    id,
    key,
    name,
    type: 'global',
    status: 'current',
    authorId: accounts.bot.accountId,
    createdAt,
    homepageId: null,
    description: null,
    icon: null,
    _links: { webui: `/spaces/${encodeURIComponent(key)}` },
  };
}
