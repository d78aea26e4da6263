import { createDesk, type Desk } from '../../../sandbox/page/desk.ts';
import { deskRoutes } from '../../../sandbox/page/desk-routes.ts';
import type { PageJira } from '../../../sandbox/page/jira-parts.ts';
import { Refusal } from '../../../sandbox/page/requests.ts';
import type { Routes } from '../../../sandbox/page/route.ts';

const reading = {
  calls: [],
  url: 'http://127.0.0.1:1',
  projectKey: 'IT',
  faults: { set: () => undefined, clear: () => undefined },
  issues: () => [],
  issue: () => null,
  on: () => () => undefined,
} satisfies PageJira;

/** A Jira that remembers what it was asked, and refuses what concerns the issue IT-404. */
function recordedJira() {
  const asked: unknown[] = [];
  function record(name: string) {
    return (act: { readonly key: string }): never => {
      if (act.key === 'IT-404') throw new Error('Issue does not exist or you do not have permission to see it.');
      asked.push([name, act]);
      return { id: '7' } as never;
    };
  }
  const jira: PageJira = {
    ...reading,
    uploadLimitBytes: 10 * 1024 * 1024,
    staff: () => [{ displayName: 'Hannah Aldersley', emailAddress: 'hannah@brindlow.example' }],
    comment: record('comment'),
    editComment: record('editComment'),
    removeComment: record('removeComment'),
    attach: record('attach'),
    assign: record('assign'),
    transition: record('transition'),
    removeIssue: record('removeIssue'),
    moveIssue(act) {
      record('moveIssue')(act);
      return 'OPS-1';
    },
    attachment: (id) => (id === '7' ? { name: 'a.png', mimeType: 'image/png', bytes: () => Buffer.from('a') } : null),
  };
  return { jira, asked };
}

let asked: unknown[];
let desk: Desk;
let routes: Routes;

beforeEach(() => {
  const recorded = recordedJira();
  asked = recorded.asked;
  desk = createDesk(recorded.jira)!;
  routes = deskRoutes(desk);
});

const by = { as: 'hannah@brindlow.example', key: 'IT-31' };
const file = { name: 'a.png', mimeType: 'image/png', bytes: Buffer.from('abc') };

function post(path: string, body: object): unknown {
  return routes[`POST /api/board/${path}`]?.(body);
}

function refusalOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error instanceof Refusal ? [error.status, error.message] : error;
  }
}

test.each([
  [
    'comment',
    { ...by, text: 'Hello', isInternal: false },
    ['comment', { ...by, text: 'Hello', internal: false, files: [] }],
  ],
  [
    'comment',
    { ...by, text: 'Psst', isInternal: true },
    ['comment', { ...by, text: 'Psst', internal: true, files: [] }],
  ],
  ['comment/edit', { ...by, id: '7', text: 'New' }, ['editComment', { ...by, commentId: '7', text: 'New' }]],
  ['comment/remove', { ...by, id: '7' }, ['removeComment', { ...by, commentId: '7' }]],
  ['assign', { ...by, assignee: by.as }, ['assign', { ...by, assignee: by.as }]],
  ['assign', { ...by, assignee: null }, ['assign', { ...by, assignee: null }]],
  ['transition', { ...by, to: 'In Progress' }, ['transition', { ...by, to: 'In Progress' }]],
  [
    'transition',
    { ...by, to: 'Done', resolution: 'Duplicate' },
    ['transition', { ...by, to: 'Done', resolution: 'Duplicate' }],
  ],
  ['remove', by, ['removeIssue', by]],
  ['move', by, ['moveIssue', { ...by, projectKey: 'OPS' }]],
])('%s with %j is done in Jira', (path, body, expected) => {
  post(path, body);
  expect(asked).toEqual([expected]);
});

test.each([
  ['comment', { ...by, text: 'Hello' }],
  ['comment', { ...by, text: 'Hello', isInternal: 'yes' }],
  ['comment', { ...by, text: '  ', isInternal: false }],
  ['comment', { ...by, text: 'a'.repeat(32_768), isInternal: false }],
  ['comment', { ...by, text: '', isInternal: false, files: Array.from({ length: 11 }, () => 'f') }],
  ['comment/edit', { ...by, id: '7', text: '' }],
  ['attach', { ...by, files: [] }],
  ['transition', { ...by, to: 'Gone' }],
  ['assign', by],
  ['remove', { key: 'IT-31' }],
])('%s with what is not understood is refused: %#', (path, body) => {
  expect(refusalOf(() => post(path, body))).toEqual([400, expect.stringMatching(/^Please check/)]);
  expect(asked).toEqual([]);
});

test('what Jira refuses is refused in its words', () => {
  expect(refusalOf(() => post('assign', { ...by, key: 'IT-404', assignee: null }))).toEqual([
    400,
    'Issue does not exist or you do not have permission to see it.',
  ]);
});

test('files wait until a comment takes them, and wait on when Jira refuses it', () => {
  const ids = [desk.stage(file), desk.stage({ ...file, name: 'b.txt' })];
  const comment = { ...by, text: '', isInternal: true, files: ids };
  expect(refusalOf(() => post('comment', { ...comment, key: 'IT-404' }))).toMatchObject([400, expect.any(String)]);
  expect(desk.staged(ids[0] ?? '')).toEqual(file);
  post('comment', comment);
  expect(asked).toMatchObject([['comment', { files: [{ name: 'a.png' }, { name: 'b.txt' }] }]]);
  expect(ids.map((id) => desk.staged(id))).toEqual([null, null]);
  expect(refusalOf(() => post('comment', comment))).toEqual([
    404,
    'One of the files is no longer there. Please choose it again.',
  ]);
});

test('files that nobody sends make room for others', () => {
  const ids = Array.from({ length: 60 }, () => desk.stage(file));
  expect(ids.filter((id) => desk.staged(id) !== null)).toEqual(ids.slice(20));
  const large = { ...file, bytes: Buffer.alloc(50 * 1024 * 1024) };
  const [first, ...last] = [desk.stage(large), desk.stage(large), desk.stage(large)];
  expect([desk.staged(first ?? ''), ...last.map((id) => desk.staged(id)?.name)]).toEqual([null, 'a.png', 'a.png']);
});

test('each file that is attached is one act', () => {
  post('attach', { ...by, files: [desk.stage(file), desk.stage(file)] });
  expect(asked).toEqual([
    ['attach', { ...by, ...file }],
    ['attach', { ...by, ...file }],
  ]);
});

test('who works on tickets is told, with the longest file', () => {
  expect(routes['GET /api/board/desk']?.({})).toEqual({
    staff: [{ name: 'Hannah Aldersley', email: 'hannah@brindlow.example' }],
    maxFileBytes: 10 * 1024 * 1024,
    otherProject: 'OPS',
  });
});

test('a Jira that can only be read has no desk', () => {
  expect(createDesk(reading)).toBeNull();
  expect(Object.keys(deskRoutes(null))).toEqual(['GET /api/board/desk']);
  expect(deskRoutes(null)['GET /api/board/desk']?.({})).toMatchObject({ staff: [] });
});
