import { ADMINS, EVERYONE } from '#domain/knowledge.ts';
import { readConfig } from '../../src/config.ts';

const slackAndJira = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'secret',
  JIRA_BASE_URL: 'https://acme.atlassian.net',
  JIRA_EMAIL: 'bot@acme.example',
  JIRA_API_TOKEN: 'token',
  JIRA_PROJECT: 'IT',
};
const read = (settings: Readonly<Record<string, string>>) => readConfig({ ...slackAndJira, ...settings }).knowledge;

const root = '0123456789abcdef0123456789abcdef';

test('each source is set up by its own variables, and nothing else is needed', () => {
  expect(read({ NOTION_TOKEN: 'ntn_1', NOTION_AUDIENCES: 'everyone' })).toMatchObject({
    folder: null,
    notion: {
      token: 'ntn_1',
      apiUrl: 'https://api.notion.com',
      audiences: new Map([['*', EVERYONE]]),
      webhookToken: null,
      perSecond: 3,
    },
    confluence: null,
    tickets: null,
  });
  expect(read({ TICKETS_AUDIENCE: 'everyone' }).tickets).toEqual({
    jql: 'project = IT AND statusCategory = Done ORDER BY updated DESC',
    resolutions: ['Done', 'Fixed', 'Resolved'],
    audience: EVERYONE,
    perSecond: 20,
  });
  const confluence = {
    CONFLUENCE_BASE_URL: 'https://acme.atlassian.net/wiki/',
    CONFLUENCE_EMAIL: 'bot@acme.example',
    CONFLUENCE_API_TOKEN: 'token',
    CONFLUENCE_SPACES: 'IT, HR',
  };
  expect(
    read({ ...confluence, CONFLUENCE_EVERYONE_GROUPS: 'staff', TICKETS_AUDIENCE: 'confluence/hr, markdown/it' })
      .confluence,
  ).toEqual({
    baseUrl: 'https://acme.atlassian.net/wiki',
    email: 'bot@acme.example',
    apiToken: 'token',
    spaces: ['IT', 'HR'],
    labels: [],
    everyoneGroups: ['staff'],
    namedGroups: ['hr'],
    sweepMinutes: 30,
    perSecond: 20,
  });
});

test.each([
  ['nobody', {}, 'there is nothing to answer from: set one of KNOWLEDGE_FOLDER, NOTION_TOKEN'],
  [
    'half of Confluence',
    { CONFLUENCE_BASE_URL: 'https://a.example', KNOWLEDGE_FOLDER: 'x' },
    'Confluence is set up in part',
  ],
  ['an audience that is none', { TICKETS_AUDIENCE: 'staff' }, 'TICKETS_AUDIENCE does not understand “staff”'],
  ['an empty audience', { NOTION_TOKEN: 'x', NOTION_AUDIENCES: '* = ,' }, 'NOTION_AUDIENCES names nobody'],
  ['a root without an id', { NOTION_TOKEN: 'x', NOTION_AUDIENCES: 'IT = everyone' }, 'holds no id of a Notion page'],
])('settings for %s are refused with what to do', (_, settings, sentence) => {
  expect(() => read(settings)).toThrow(sentence);
});

test.each([
  [root, root],
  ['01234567-89ab-cdef-0123-456789abcdef', root],
  [`https://www.notion.so/acme/IT-handbook-${root}?pvs=4`, root],
  [`https://www.notion.so/${root.toUpperCase()}#part`, root],
  ['*', '*'],
])('the root %s of Notion is %s', (written, id) => {
  const { notion } = read({
    NOTION_TOKEN: 'x',
    NOTION_AUDIENCES: `${written} = confluence/it-staff, Ann@acme.example`,
  });
  expect([...(notion?.audiences ?? [])]).toEqual([[id, [['group:confluence/it-staff', 'person:ann@acme.example']]]]);
});

test('several roots have several audiences', () => {
  const { notion } = read({ NOTION_TOKEN: 'x', NOTION_AUDIENCES: `everyone; ${root} = admins;` });
  expect([...(notion?.audiences ?? [])]).toEqual([
    ['*', EVERYONE],
    [root, ADMINS],
  ]);
});

test('admins are named by their addresses', () => {
  const { admins } = readConfig({
    ...slackAndJira,
    KNOWLEDGE_FOLDER: 'x',
    ADMINS: 'Ann@acme.example, bob@acme.example',
  });
  expect(admins).toEqual(['ann@acme.example', 'bob@acme.example']);
});
