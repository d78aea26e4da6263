import {
  foundRestriction,
  isEmptyPart,
  partialRestriction,
  restrictionOf,
} from '../../../knowledge-sync/confluence/restriction.ts';

const users = (...ids: (string | null)[]) => ({ results: ids.map((accountId) => ({ accountId })), limit: 100 });
const groups = (...names: string[]) => ({ results: names.map((name) => ({ name, id: `id-${name}` })), limit: 100 });
const read = (user: object, group: object) => ({ restrictions: { user, group } });
const found = (restrictions: unknown) => foundRestriction({ id: '1', restrictions: restrictions as never });

test.each([
  ['no users and groups: not restricted', { read: read(users(), groups()) }, 'none'],
  [
    'users and groups',
    { read: read(users('b', 'a', 'b'), groups('it')) },
    { accountIds: ['a', 'b'], groups: [{ id: 'id-it', name: 'it' }] },
  ],
  [
    'somebody without an id is a restriction all the same',
    { read: read(users(null), groups()) },
    { accountIds: [], groups: [] },
  ],
  ['a full list may have more', { read: read({ ...users('a'), limit: 1 }, groups()) }, null],
  ['a list that says that it has more', { read: read({ ...users('a'), totalSize: 2 }, groups()) }, null],
  [
    'a list with a link to more',
    { read: read(users('a'), { ...groups('it'), _links: { next: '/rest/api/x' } }) },
    null,
  ],
  ['an empty list that counts somebody', { read: read({ ...users(), totalSize: 1 }, groups()) }, null],
  ['an empty list of groups that counts one', { read: read(users(), { ...groups(), size: 1 }) }, null],
  ['an empty list with a link to more', { read: read({ ...users(), _links: { next: '/x' } }, groups()) }, null],
  ['empty lists that count nobody', { read: read({ ...users(), size: 0, totalSize: 0 }, groups()) }, 'none'],
  ['not expanded', {}, null],
  ['nothing', null, null],
  ['users not expanded', { read: { restrictions: { group: groups() } } }, null],
  ['groups not expanded', { read: { restrictions: { user: users() } } }, null],
  ['not expanded inside', { read: { _expandable: { restrictions: '' } } }, null],
  ['another shape', { read: 'everyone' }, null],
])('what a search tells: %s', (_, restrictions, restriction) => {
  expect(found(restrictions)).toEqual(restriction);
});

test('parts are put together, and an empty one is the last', () => {
  expect(restrictionOf([read(users('a'), groups('it')), read(users('b'), groups())] as never)).toEqual({
    accountIds: ['a', 'b'],
    groups: [{ id: 'id-it', name: 'it' }],
  });
});

test('whoever is counted and never named is a restriction to nobody', () => {
  const part = read({ ...users(), totalSize: 3 }, groups()) as never;
  expect(partialRestriction(part)).toBe(true);
  expect(isEmptyPart(part)).toBe(true);
  expect(restrictionOf([part])).toEqual({ accountIds: [], groups: [] });
});
