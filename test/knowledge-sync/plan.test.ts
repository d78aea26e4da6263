import { EVERYONE, NOBODY } from '#domain/knowledge.ts';
import { planSync } from '../../knowledge-sync/plan.ts';

const listed = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([id, revision]) => ({ id, revision, audience: EVERYONE }));

test.each([
  ['nothing stored, nothing listed', [], [], { read: [], keep: 0, verify: [] }],
  [
    'all is new',
    [],
    [
      ['b', '1'],
      ['a', '1'],
    ],
    { read: ['b', 'a'], keep: 0, verify: [] },
  ],
  [
    'all is as it was',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [
      ['b', '2'],
      ['a', '1'],
    ],
    { read: [], keep: 2, verify: [] },
  ],
  [
    'one has changed',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [
      ['a', '1'],
      ['b', '3'],
    ],
    { read: ['b'], keep: 1, verify: [] },
  ],
  [
    'one is gone',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [['b', '2']],
    { read: [], keep: 1, verify: ['a'] },
  ],
  ['one was renamed', [['old', '1']], [['new', '1']], { read: ['new'], keep: 0, verify: ['old'] }],
  [
    'one is listed twice, and had changed the first time only',
    [['a', '2']],
    [
      ['a', '1'],
      ['a', '2'],
    ],
    { read: [], keep: 1, verify: [] },
  ],
  [
    'one is listed twice, and changed in between',
    [['a', '1']],
    [
      ['a', '1'],
      ['a', '2'],
    ],
    { read: ['a'], keep: 0, verify: [] },
  ],
] as const)('%s', (...[, stored, current, plan]) => {
  const copies = stored.map(([id, revision]) => [id, { revision, audience: EVERYONE, isComplete: true }] as const);
  expect(planSync(new Map(copies), listed(...current))).toEqual({ rights: new Map(), ...plan });
});

const it = [['group:wiki/it']];

test('of a text that is out of date rights are only ever taken', () => {
  const stored = new Map([['a', { revision: '1', audience: it, isComplete: true }]]);
  expect(planSync(stored, [{ id: 'a', revision: '2', audience: EVERYONE }]).rights).toEqual(
    new Map([['a', [...it, ...EVERYONE]]]),
  );
  expect(planSync(stored, [{ id: 'a', revision: '1', audience: EVERYONE }]).rights).toEqual(new Map([['a', EVERYONE]]));
});

describe('rights', () => {
  const stored = new Map([['a', { revision: '1', audience: EVERYONE, isComplete: true }]]);

  test.each([
    ['changed', { revision: '1', audience: NOBODY }, { read: [], rights: new Map([['a', NOBODY]]), keep: 0 }],
    [
      'changed with the text',
      { revision: '2', audience: NOBODY },
      { read: ['a'], rights: new Map([['a', NOBODY]]), keep: 0 },
    ],
    ['not told by the listing', { revision: '1', audience: null }, { read: [], rights: new Map(), keep: 1 }],
    ['as they were', { revision: '1', audience: [['everyone']] }, { read: [], rights: new Map(), keep: 1 }],
  ])('%s', (_, now, plan) => {
    expect(planSync(stored, [{ id: 'a', ...now }])).toEqual({ ...plan, verify: [] });
  });
});
