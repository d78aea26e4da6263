import { toBoard } from '../../../sandbox/page/board.ts';
import type { PageIssue } from '../../../sandbox/page/parts.ts';

function issue(key: string, part: Partial<PageIssue> = {}): PageIssue {
  return {
    key,
    summary: `About ${key}`,
    status: 'To Do',
    created: '2026-01-01T00:00:00Z',
    reporter: { displayName: 'Mia Okafor' },
    assignee: null,
    labels: [],
    priority: 'Medium',
    issuetype: 'Task',
    properties: {},
    remoteLinks: [],
    comments: [],
    ...part,
  };
}

const issues = [
  issue('IT-1', { summary: 'VPN drops', labels: ['vpn', 'lisbon'], status: 'Done' }),
  issue('IT-2', { summary: 'New monitor', reporter: { displayName: 'Ben Ito' }, assignee: { displayName: 'Hannah' } }),
  issue('IT-10', { summary: 'vpn on linux', labels: ['vpn'], status: { name: 'In Progress' } }),
  issue('IT-11', { status: 'Waiting for the moon', reporter: null, priority: null }),
];

test('a card names its status where the column holds several, and counts its comments', () => {
  const said = { properties: {} };
  const all = [
    issue('IT-3', { status: 'Waiting for customer', comments: [said, said] }),
    issue('IT-4', { status: 'In Progress', comments: [said] }),
    issue('IT-5', { status: 'Waiting for the moon' }),
    issue('IT-6', { status: 'Done' }),
    issue('OPS-1', { status: 'To Do' }),
  ];
  const { columns, total } = toBoard({ issues: () => all, projectKey: 'IT' }, 'Brindlow Instruments', {
    text: '',
    label: '',
    reporter: '',
    done: 30,
  });
  const seen = columns.map(({ issues: cards }) => cards.map(({ key, status, comments }) => [key, status, comments]));
  expect([total, seen]).toEqual([
    4,
    [
      [['IT-5', 'Waiting for the moon', 0]],
      [
        ['IT-4', null, 1],
        ['IT-3', 'Waiting for customer', 2],
      ],
      [['IT-6', null, 0]],
    ],
  ]);
});

test('an issue that waits for the customer is found by that', () => {
  const waiting = [issue('IT-3', { status: 'Waiting for customer' }), issue('IT-4', { status: 'In Progress' })];
  expect(keys({ text: 'waiting' }, waiting)).toEqual([[], ['IT-3'], []]);
  expect(keys({ text: 'in progress' }, waiting)).toEqual([[], ['IT-4', 'IT-3'], []]);
});

function keys(wish: Partial<Parameters<typeof toBoard>[2]> = {}, all: readonly PageIssue[] = issues) {
  const whole = { text: '', label: '', reporter: '', done: 30, ...wish };
  const board = toBoard({ issues: () => all, projectKey: 'IT' }, 'Brindlow Instruments', whole);
  return board.columns.map((column) => column.issues.map(({ key }) => key));
}

test.each([
  ['everything, newest first, a status of another name under To Do', {}, [['IT-11', 'IT-2'], ['IT-10'], ['IT-1']]],
  ['a word of the summary in any case', { text: 'VPN' }, [[], ['IT-10'], ['IT-1']]],
  ['a key', { text: 'it-10' }, [[], ['IT-10'], []]],
  ['words of the label and of the summary', { text: 'lisbon drops' }, [[], [], ['IT-1']]],
  ['the reporter', { text: 'ben' }, [['IT-2'], [], []]],
  ['the assignee', { text: 'hannah' }, [['IT-2'], [], []]],
  ['a status', { text: 'in progress' }, [[], ['IT-10'], []]],
  ['a chosen label, whole', { label: 'vpn' }, [[], ['IT-10'], ['IT-1']]],
  ['a part of a label', { label: 'vp' }, [[], [], []]],
  ['a chosen reporter', { reporter: 'Ben Ito' }, [['IT-2'], [], []]],
  ['a label and a word', { label: 'vpn', text: 'linux' }, [[], ['IT-10'], []]],
  ['what is in no issue', { text: 'printer' }, [[], [], []]],
])('the board shows %s', (_, wish, columns) => expect(keys(wish)).toEqual(columns));

test('the last column shows as many as are asked for, and counts all', () => {
  const done = Array.from({ length: 41 }, (_, index) => issue(`IT-${index + 1}`, { status: 'Done' }));
  expect(keys({}, done)[2]).toHaveLength(30);
  expect(keys({ done: 60 }, done)[2]?.slice(0, 3)).toEqual(['IT-41', 'IT-40', 'IT-39']);
});

test('what can be asked for is the same whatever is asked for', () => {
  const wish = { text: 'nothing', label: '', reporter: '', done: 30 };
  expect(toBoard({ issues: () => issues, projectKey: 'IT' }, 'Brindlow Instruments', wish)).toEqual({
    project: { key: 'IT', name: 'Brindlow IT support' },
    total: 4,
    newest: '2026-01-01T00:00:00Z',
    labels: ['lisbon', 'vpn'],
    reporters: ['Ben Ito', 'Mia Okafor'],
    columns: [
      { name: 'To Do', total: 0, issues: [] },
      { name: 'In Progress', total: 0, issues: [] },
      { name: 'Done', total: 0, issues: [] },
    ],
  });
});
