import type { Api } from '../api.ts';
import { adfOfStorage, viewOfStorage } from '../body-formats.ts';
import { v1LabelBean } from '../labels.ts';
import { linksOf } from '../links.ts';
import { type Content, createdOf, type Space, type Version, versionOf } from '../model.ts';
import { ancestorsOf } from '../tree.ts';
import type { Expand } from './expand.ts';
import { userBean } from './people-beans.ts';
import { restrictionBean, restrictionLinks } from './restriction-bean.ts';

const noWindow = { start: 0, limit: 200 };

/** The schema Content. What is not expanded is named in `_expandable`. */
export function contentBean(content: Content, expand: Expand, api: Api): Record<string, unknown> {
  const parts = Object.entries(expandables).map(([name, make]) => ({ name, make, isAsked: expand.has(name) }));
  const asked = parts.filter(({ isAsked }) => isAsked);
  const rest = parts.filter(({ isAsked }) => !isAsked);
  const self = `${api.baseUrl()}/rest/api/content/${content.id}`;
  return {
    id: content.id,
    type: content.type,
    status: content.status,
    title: content.title,
    macroRenderedOutput: {},
    extensions: { position: 0 },
    ...Object.fromEntries(asked.map(({ name, make }) => [name, make(content, expand.of(name), api)])),
    _expandable: Object.fromEntries(rest.map(({ name }) => [name, ''])),
    _links: { self, ...linksOf(content, api) },
  };
}

/** The links that a single answer has besides. */
export function siteLinks({ baseUrl }: Api) {
  return { base: baseUrl(), context: '/wiki' };
}

type Make = (content: Content, expand: Expand, api: Api) => unknown;

const expandables: Readonly<Record<string, Make>> = {
  space: ({ spaceId }, _, api) => {
    const space = api.store.space(spaceId);
    return space === null ? null : spaceBean(space, api);
  },
  version: (content, _, api) => versionBean(versionOf(content), api),
  history: historyBean,
  // highest first
  ancestors: (content, expand, api) =>
    ancestorsOf(content, api.store)
      .toReversed()
      .map((above) => contentBean(above, expand, api)),
  body: bodyBean,
  metadata: ({ labels }, expand) =>
    expand.has('labels')
      ? { labels: { results: labels.map(v1LabelBean), ...noWindow, size: labels.length, _links: {} }, _expandable: {} }
      : { _expandable: { labels: '' } },
  restrictions: (content, expand, api) => ({
    ...(expand.has('read') ? { read: restrictionBean('read', { content, expand: expand.of('read') }, api) } : {}),
    ...(expand.has('update')
      ? { update: restrictionBean('update', { content, expand: expand.of('update') }, api) }
      : {}),
    _expandable: Object.fromEntries(['read', 'update'].filter((name) => !expand.has(name)).map((name) => [name, ''])),
    _links: restrictionLinks(content, api),
  }),
  children: () => ({ _expandable: { attachment: '', comment: '', page: '' } }),
};

function bodyBean({ storage }: Content, expand: Expand) {
  const bodies = { storage, view: viewOfStorage(storage), atlas_doc_format: adfOfStorage(storage) };
  const asked = Object.entries(bodies).filter(([name]) => expand.has(name));
  const rest = Object.keys(bodies).filter((name) => !expand.has(name));
  return {
    ...Object.fromEntries(
      asked.map(([name, value]) => [name, { value, representation: name, embeddedContent: [], _expandable: {} }]),
    ),
    _expandable: Object.fromEntries(rest.map((name) => [name, ''])),
  };
}

function historyBean(content: Content, expand: Expand, api: Api) {
  const created = createdOf(content);
  return {
    latest: true,
    createdBy: userBean(api.accounts.byId(created.authorId) ?? api.accounts.bot, api),
    createdDate: created.createdAt,
    ...(expand.has('lastUpdated') ? { lastUpdated: versionBean(versionOf(content), api) } : {}),
    _expandable: { lastUpdated: '', previousVersion: '', contributors: '', nextVersion: '' },
    _links: { self: `${api.baseUrl()}/rest/api/content/${content.id}/history` },
  };
}

export function versionBean({ number, createdAt, message, minorEdit, authorId }: Version, api: Api) {
  const by = userBean(api.accounts.byId(authorId) ?? api.accounts.bot, api);
  return { by, when: createdAt, friendlyWhen: createdAt.slice(0, 10), message, number, minorEdit };
}

/** The schema Space; its id is a number here. */
export function spaceBean({ id, key, name }: Space, { baseUrl }: Api) {
  return {
    id: Number(id),
    key,
    name,
    type: 'global',
    status: 'current',
    _expandable: {
      settings: '',
      metadata: '',
      operations: '',
      permissions: '',
      icon: '',
      description: '',
      homepage: '',
    },
    _links: { webui: `/spaces/${key}`, self: `${baseUrl()}/rest/api/space/${key}` },
  };
}
