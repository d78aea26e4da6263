import { createAccounts } from '../../../sandbox/jira/accounts.ts';
import { inOrder, testOf } from '../../../sandbox/jira/jql/match.ts';
import { parseJql } from '../../../sandbox/jira/jql/parse.ts';
import type { Issue } from '../../../sandbox/jira/model.ts';
import { Refusal } from '../../../sandbox/jira/refusal.ts';
import { seedIssue } from '../../../sandbox/jira/seed.ts';

const accounts = createAccounts([
  { name: 'Ada Poe', email: 'ada@acme.example' },
  { name: 'Ben Hall', email: 'ben@acme.example' },
]);
const now = new Date('2026-03-10T12:00:00Z');

let lastId = 100;
function issue(number: number, change: Partial<Issue>): Issue {
  const seed = seedIssue(
    {
      key: `IT-${number}`,
      created: `2026-03-0${number}T10:00:00Z`,
      resolved: `2026-03-0${number}T11:00:00Z`,
      reporter: 'ada@acme.example',
      assignee: 'ben@acme.example',
      summary: 'VPN drops',
      description: 'every hour',
      comments: [],
      resolution: 'Done',
      labels: [],
    },
    accounts,
    () => (lastId += 1),
  );
  return { ...seed, ...change };
}

const issues = [
  issue(1, { labels: ['firstline', 'vpn'] }),
  issue(2, { status: 'To Do', resolution: null, resolved: null, assignee: null, labels: ['Firstline'] }),
  issue(3, {
    status: 'In Progress',
    resolution: null,
    resolved: null,
    summary: 'Printer "jam"',
    reporter: accounts.named('ben@acme.example'),
  }),
  issue(4, { resolution: "Won't Do", priority: 'High', duedate: '2026-04-01' }),
];
const scene = {
  projectKey: 'IT',
  projectId: '10000',
  accounts,
  actor: accounts.named('ben@acme.example'),
  now,
  find: (idOrKey: string) => issues.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase()) ?? null,
};

function found(jql: string): number[] {
  const { where, orderBy } = parseJql(jql);
  const test = where === null ? () => true : testOf(where, scene);
  return inOrder(issues.filter(test), orderBy, scene).map(({ key }) => Number(key.slice(3)));
}

test.each([
  ['project = IT', [4, 3, 2, 1]],
  ['project = "it" ORDER BY key', [1, 2, 3, 4]],
  ['project in (IT) order by created asc', [1, 2, 3, 4]],
  ['labels = firstline ORDER BY key ASC', [1, 2]],
  ["labels = 'firstline' AND labels = vpn", [1]],
  ['labels in (vpn, other)', [1]],
  ['labels not in (vpn)', [2]],
  ['labels != vpn', [2]],
  ['labels is EMPTY', [4, 3]],
  ['labels is not empty', [2, 1]],
  ['labels = nobody-has-this', []],
  ['status = Done', [4, 1]],
  ['status != "In Progress" AND status != Done', [2]],
  ['statusCategory = "To Do"', [2]],
  ['statusCategory != Done', [3, 2]],
  ['status in ("To Do", Done) AND NOT labels = vpn', [4, 2]],
  ['reporter = "ben@acme.example"', [3]],
  ['reporter = currentUser()', [3]],
  [`reporter = ${accounts.named('ada@acme.example').accountId}`, [4, 2, 1]],
  ['assignee is EMPTY', [2]],
  ['assignee = EMPTY', [2]],
  ['assignee != EMPTY', [4, 3, 1]],
  ['resolution = Unresolved', [3, 2]],
  ['resolution = "Won\'t Do"', [4]],
  ['resolution is empty', [3, 2]],
  ['priority = High', [4]],
  ['key = IT-2', [2]],
  ['key in (IT-2, it-3) ORDER BY key DESC', [3, 2]],
  ['key > IT-2', [4, 3]],
  ['created >= "2026-03-03"', [4, 3]],
  ['created > "2026-03-02 10:00" AND created < 2026/03/04', [3]],
  ['created >= -7d', [4]],
  ['created >= startOfDay("-7d")', [4, 3]],
  ['created <= now()', [4, 3, 2, 1]],
  ['resolved >= "2026-03-04"', [4]],
  ['resolutiondate is EMPTY', [3, 2]],
  ['due <= 2026-04-01', [4]],
  ['text ~ "vpn"', [4, 2, 1]],
  ['summary ~ "drops vpn"', [4, 2, 1]],
  ['summary ~ "dro*"', [4, 2, 1]],
  ['summary ~ "dro"', []],
  ['summary ~ "\\"VPN drops\\""', [4, 2, 1]],
  ['summary ~ "\\"drops VPN\\""', []],
  ['summary !~ vpn', [3]],
  ['(labels = vpn OR status = "In Progress") AND reporter = "ada@acme.example"', [1]],
  ['labels = vpn OR status = "In Progress" AND reporter = "ben@acme.example"', [3, 1]],
  ['! status = Done && project = IT || key = IT-1', [3, 2, 1]],
  ['NOT (status = Done)', [3, 2]],
  ['project = IT ORDER BY status DESC, key ASC', [2, 3, 1, 4]],
  ['ORDER BY key DESC', [4, 3, 2, 1]],
] as [string, number[]][])('%s', (jql, numbers) => {
  expect(found(jql)).toEqual(numbers);
});

function refusalOf(jql: string): unknown {
  try {
    found(jql);
    return null;
  } catch (error) {
    return error instanceof Refusal ? error.answer : error;
  }
}

test.each([
  ['project = IT AND', 'Error in the JQL Query: Expecting a field name before the end of the query.'],
  [
    'project IT',
    "Error in the JQL Query: Expecting an operator: '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'IS' but got 'IT'.",
  ],
  ['project = "IT', `Error in the JQL Query: The quoted string '"IT' has not been completed.`],
  ['(project = IT', "Error in the JQL Query: Expecting ')' before the end of the query."],
  ['project = IT labels = x', "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'labels'."],
  ['project = AND', "Error in the JQL Query: Expecting either a value, list or function but got 'AND'."],
  ['project = NOPE', "The value 'NOPE' does not exist for the field 'project'."],
  ['status = Frozen', "The value 'Frozen' does not exist for the field 'status'."],
  ['reporter = "eve@acme.example"', "The value 'eve@acme.example' does not exist for the field 'reporter'."],
  ['key = IT-99', "An issue with key 'IT-99' does not exist for field 'key'."],
  ['colour = red', "Field 'colour' does not exist or you do not have permission to view it."],
  ['constructor = red', "Field 'constructor' does not exist or you do not have permission to view it."],
  ['project = IT ORDER BY colour', "Field 'colour' does not exist or you do not have permission to view it."],
  ['labels ~ vpn', "The operator '~' is not supported by the 'labels' field."],
  ['text = vpn', "The operator '=' is not supported by the 'text' field."],
  ['assignee = membersOf("x")', "Unable to find JQL function 'membersof()'."],
])('%s is refused', (jql, message) => {
  expect(refusalOf(jql)).toEqual({ status: 400, body: { errorMessages: [message], errors: {} } });
});

test('an impossible date is refused', () => {
  expect(refusalOf('created > yesterday')).toMatchObject({ status: 400 });
});
