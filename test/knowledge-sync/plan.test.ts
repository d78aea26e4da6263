import { planSync } from '../../knowledge-sync/plan.ts';

const listed = (...pairs: readonly (readonly [string, string])[]) => pairs.map(([id, revision]) => ({ id, revision }));

test.each([
  ['nothing stored, nothing listed', [], [], { read: [], keep: 0, remove: [] }],
  [
    'all is new',
    [],
    [
      ['b', '1'],
      ['a', '1'],
    ],
    { read: ['b', 'a'], keep: 0, remove: [] },
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
    { read: [], keep: 2, remove: [] },
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
    { read: ['b'], keep: 1, remove: [] },
  ],
  [
    'one is gone',
    [
      ['a', '1'],
      ['b', '2'],
    ],
    [['b', '2']],
    { read: [], keep: 1, remove: ['a'] },
  ],
  ['one was renamed', [['old', '1']], [['new', '1']], { read: ['new'], keep: 0, remove: ['old'] }],
  [
    'one is listed twice, and had changed the first time only',
    [['a', '2']],
    [
      ['a', '1'],
      ['a', '2'],
    ],
    { read: [], keep: 1, remove: [] },
  ],
  [
    'one is listed twice, and changed in between',
    [['a', '1']],
    [
      ['a', '1'],
      ['a', '2'],
    ],
    { read: ['a'], keep: 0, remove: [] },
  ],
] as const)('%s', (...[, stored, current, plan]) => {
  expect(planSync(new Map(stored), listed(...current))).toEqual(plan);
});
