import type { Audience } from '../../../src/domain/knowledge.ts';
import {
  audienceOf,
  isWithin,
  type Naming,
  type Principal,
  spaceReaders,
} from '../../../knowledge-sync/confluence/audience.ts';
import type { Restriction } from '../../../knowledge-sync/confluence/restriction.ts';

const emails: Readonly<Record<string, string>> = { ann: 'ann@acme.example', bob: 'bob@acme.example' };
const naming: Naming = {
  email: (id) => emails[id] ?? null,
  group: ({ id, name }) => ({ g1: 'it', g2: 'hr', g3: 'all-staff' })[id ?? ''] ?? name ?? id ?? '',
  everyoneGroups: new Set(['all-staff', 'all-licensed-users', 'g4']),
};
const person = (accountId: string): Principal => ({ kind: 'person', accountId });
const group = (id: string): Principal => ({ kind: 'group', group: { id, name: null } });
const to = (accountIds: readonly string[], groups: readonly string[] = []): Restriction => ({
  accountIds: [...accountIds],
  groups: groups.map((id) => ({ id, name: null })),
});
const everyone: Principal = { kind: 'everyone' };

test.each<[string, readonly Principal[], readonly Restriction[], Audience]>([
  [
    'the space alone',
    [group('g1'), person('ann')],
    ['none', 'none'],
    [['group:confluence/it', 'person:ann@acme.example']],
  ],
  ['a space for everyone', [everyone, person('ann')], ['none'], [['everyone']]],
  ['a group that every employee is in, by name', [group('g3')], ['none'], [['everyone']]],
  ['a group that every employee is in, by id', [group('g4')], ['none'], [['everyone']]],
  ['a group whose name cannot be known', [group('g9')], ['none'], [['group:confluence/g9']]],
  [
    'the page restricted',
    [everyone],
    [to(['ann'], ['g1'])],
    [['everyone'], ['group:confluence/it', 'person:ann@acme.example']],
  ],
  [
    'a page above restricted',
    [group('g1')],
    ['none', to([], ['g2'])],
    [['group:confluence/hr'], ['group:confluence/it']],
  ],
  [
    'both, and each of them counts',
    [everyone],
    [to(['ann']), to([], ['g2'])],
    [['everyone'], ['group:confluence/hr'], ['person:ann@acme.example']],
  ],
  [
    'the same restriction twice counts once',
    [group('g1')],
    [to([], ['g1']), to([], ['g1'])],
    [['group:confluence/it']],
  ],
  [
    'somebody whose address is hidden is left out',
    [everyone],
    [to(['ann', 'zoe'])],
    [['everyone'], ['person:ann@acme.example']],
  ],
  ['a restriction to nobody we know', [everyone], [to(['zoe'])], []],
  ['a restriction to nobody', [everyone], [to([])], []],
  ['a restriction that is not known', [everyone], ['none', 'unknown'], []],
  ['a space that lets nobody in', [], ['none'], []],
  ['a space that lets in nobody we know', [person('zoe')], ['none'], []],
])('%s', (_, space, restrictions, audience) => {
  expect(audienceOf({ space, restrictions }, naming)).toEqual(audience);
});

test('the same access in another order is the same audience', () => {
  const access = { space: [person('bob'), group('g1')], restrictions: [to(['ann', 'bob']), to([], ['g2', 'g1'])] };
  const other = { space: [group('g1'), person('bob')], restrictions: [to([], ['g1', 'g2']), to(['bob', 'ann'])] };
  expect(audienceOf(access, naming)).toEqual(audienceOf(other, naming));
});

test.each<[string, Audience, Audience, boolean]>([
  ['the same', [['a', 'b']], [['a', 'b']], true],
  ['fewer names', [['a']], [['a', 'b']], true],
  ['more names', [['a', 'b']], [['a']], false],
  ['everyone may read the other', [['a']], [['everyone']], true],
  ['everyone, and the other is restricted', [['everyone']], [['everyone'], ['a']], false],
  ['one more list', [['everyone'], ['a']], [['everyone']], true],
  ['lists met one by one', [['everyone'], ['a'], ['b']], [['b', 'c'], ['a']], true],
  ['one list not met', [['a'], ['b']], [['a'], ['c']], false],
  ['the other is for nobody', [['a']], [], false],
  ['the other has an empty list', [['a']], [[]], false],
  ['both are for nobody', [], [], false],
  ['for nobody, the other restricted', [], [['a']], false],
  ['an empty list proves nothing', [[]], [['a']], false],
])('whether who may read the one may read the other: %s', (_, narrow, wide, within) => {
  expect(isWithin(narrow, wide)).toBe(within);
});

const permission = (type: string, id: string, key = 'read', targetType = 'space') => ({
  principal: { type, id },
  operation: { key, targetType },
});
const assignment = (principalType: string, principalId: string, roleId: string) => ({
  principal: { principalType, principalId },
  roleId,
});

test.each<[string, Parameters<typeof spaceReaders>[0], Parameters<typeof spaceReaders>[1], readonly Principal[]]>([
  ['users and groups', [permission('user', 'ann'), permission('GROUP', 'g1')], [], [person('ann'), group('g1')]],
  [
    'only those who may read',
    [permission('user', 'ann', 'administer'), permission('group', 'g1', 'read', 'page')],
    [],
    [],
  ],
  ['the whole world', [permission('role', 'anonymous-users')], [], [everyone]],
  ['the whole world, as it was called', [permission('anonymous', 'x')], [], [everyone]],
  ['a kind that is not known', [permission('robot', 'r1')], [], []],
  ['no principal at all', [{ principal: null, operation: { key: 'read', targetType: 'space' } }], [], []],
  [
    'the members of a role that may read',
    [permission('role', 'viewer')],
    [assignment('USER', 'ann', 'viewer'), assignment('GROUP', 'g1', 'viewer'), assignment('USER', 'bob', 'other')],
    [person('ann'), group('g1')],
  ],
  [
    'an access class is a group by its name',
    [permission('role', 'viewer')],
    [assignment('ACCESS_CLASS', 'all-licensed-users', 'viewer')],
    [{ kind: 'group', group: { id: null, name: 'all-licensed-users' } }],
  ],
  [
    'the whole world, in a role',
    [permission('role', 'viewer')],
    [assignment('ACCESS_CLASS', 'anonymous-users', 'viewer')],
    [everyone],
  ],
  [
    'a role without any right to read',
    [permission('role', 'writer', 'create', 'page')],
    [assignment('USER', 'ann', 'writer')],
    [],
  ],
])('a space lets read: %s', (_, permissions, assignments, principals) => {
  expect(spaceReaders(permissions, assignments)).toEqual(principals);
});

test('a user or group whose id looks like the whole world is none', () => {
  expect(spaceReaders([permission('user', 'anonymous'), permission('group', 'anonymous-users')], [])).toEqual([
    person('anonymous'),
    group('anonymous-users'),
  ]);
});
