import { readFileSync } from 'node:fs';
import { SetupError } from '#errors.ts';
import { readConfig } from '../../src/config.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_SIGNING_SECRET: 'secret-2' };
const jira = {
  JIRA_BASE_URL: 'https://acme.atlassian.net',
  JIRA_EMAIL: 'bot@acme.example',
  JIRA_API_TOKEN: 'secret-3',
  JIRA_PROJECT: 'IT',
};
const whole = { ...slack, ...jira, KNOWLEDGE_FOLDER: './knowledge' };

/** What is said about these settings, a line for each problem; empty when nothing is. */
function problems(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const [first, ...lines] = error.message.split('\n');
    expect(first).toBe('The settings need mending (see .env.example):');
    return lines.map((line) => line.replace('  - ', ''));
  }
}

test('with nothing set there are no platforms, and everything else has its default', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    logLevel: 'info',
    databaseUrl: null,
    folder: '.firstline',
    operatorToken: null,
    slack: null,
    teams: null,
    jira: null,
    admins: [],
    knowledge: { folder: null, notion: null, confluence: null, tickets: null, language: 'english', syncMinutes: 10 },
    tickets: expect.any(Object), // told by ticket-settings.test.ts
    models: null, // told by model-settings.test.ts
    policy: { answerAt: null, suggestAt: null, excludedTopics: [], weightsFile: null },
    sandbox: { port: 3100, settings: {} },
  });
});

test('everything that can be set is taken over', () => {
  const config = readConfig({
    ...whole,
    HOST: '0.0.0.0',
    PORT: '8080',
    LOG_LEVEL: 'debug',
    DATABASE_URL: 'postgres://me:pass@db.internal:5432/firstline',
    FIRSTLINE_FOLDER: '/var/lib/firstline',
    OPERATOR_TOKEN: 'sesame-sesame-16',
    SLACK_APP_TOKEN: 'xapp-secret-4',
    SLACK_API_URL: 'http://127.0.0.1:4000/api/',
    JIRA_ISSUE_TYPE: 'Service request',
    JIRA_SEARCH_LAG_SECONDS: '2.5',
    JIRA_SERVICE_DESK: '1',
    JIRA_REQUEST_TYPE: 'Get IT help',
    JIRA_FIELDS: 'customfield_10050=IT, Cost centre = 1234',
    KNOWLEDGE_LANGUAGE: 'german',
    KNOWLEDGE_SYNC_MINUTES: '0.5',
    ANSWER_AT: '0.8',
    SUGGEST_AT: '0',
    CONFIDENCE_WEIGHTS: './weights.json',
    EXCLUDED_TOPICS: ' payroll, wage garnishment ,,',
    SANDBOX_PORT: '0',
  });
  expect({ ...config, sandbox: config.sandbox.port }).toEqual({
    host: '0.0.0.0',
    port: 8080,
    logLevel: 'debug',
    databaseUrl: 'postgres://me:pass@db.internal:5432/firstline',
    folder: '/var/lib/firstline',
    operatorToken: 'sesame-sesame-16',
    slack: {
      botToken: 'xoxb-secret-1',
      signingSecret: 'secret-2',
      appToken: 'xapp-secret-4',
      apiUrl: 'http://127.0.0.1:4000/api/',
    },
    teams: null,
    jira: {
      baseUrl: 'https://acme.atlassian.net',
      email: 'bot@acme.example',
      apiToken: 'secret-3',
      projectKey: 'IT',
      issueType: 'Service request',
      serviceDesk: { id: '1', requestType: 'Get IT help' },
      fields: { customfield_10050: 'IT', 'Cost centre': '1234' },
      searchLagMs: 2500,
    },
    admins: [],
    tickets: expect.any(Object),
    knowledge: {
      folder: './knowledge',
      notion: null,
      confluence: null,
      tickets: null,
      language: 'german',
      syncMinutes: 0.5,
    },
    policy: {
      answerAt: 0.8,
      suggestAt: 0,
      excludedTopics: ['payroll', 'wage garnishment'],
      weightsFile: './weights.json',
    },
    models: null,
    sandbox: 0,
  });
});

test('an empty variable, or one of blanks, counts as not set', () => {
  const blank = Object.fromEntries(Object.keys(whole).map((name, index) => [name, ' '.repeat(index)]));
  expect(readConfig({ ...blank, PORT: '', DATABASE_URL: ' ', ANSWER_AT: '' })).toEqual(readConfig({}));
});

test('what the program does not know is left aside, and not handed on to the sandbox', () => {
  const { sandbox } = readConfig({
    PATH: '/bin',
    AWS_SECRET_ACCESS_KEY: 'x',
    LOG_LEVEL: 'debug',
    KNOWLEDGE_FOLDER: 'k',
  });
  expect(sandbox.settings).toEqual({ LOG_LEVEL: 'debug', KNOWLEDGE_FOLDER: 'k' });
});

test.each([
  ['by HTTP', slack, { signingSecret: 'secret-2', appToken: null }],
  [
    'by Socket Mode, without a signing secret',
    { SLACK_BOT_TOKEN: 'xoxb-secret-1', SLACK_APP_TOKEN: 'xapp-1' },
    { signingSecret: null, appToken: 'xapp-1' },
  ],
] as const)('Slack is set up %s', (_, set, expected) => {
  expect(readConfig({ ...jira, KNOWLEDGE_FOLDER: 'k', ...set }).slack).toEqual({
    botToken: 'xoxb-secret-1',
    apiUrl: 'https://slack.com/api/',
    ...expected,
  });
});

test.each([
  [
    'a bot token alone',
    { SLACK_BOT_TOKEN: 'x' },
    [
      'Slack is set up in part: SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing',
      'Slack is set up but no ticket system is: JIRA_BASE_URL is missing',
      'there is nothing to answer from: set one of KNOWLEDGE_FOLDER, NOTION_TOKEN, CONFLUENCE_BASE_URL, TICKETS_AUDIENCE',
    ],
  ],
  ['a signing secret alone', { SLACK_SIGNING_SECRET: 'x' }, ['Slack is set up in part: SLACK_BOT_TOKEN is missing']],
  ['an app-level token alone', { SLACK_APP_TOKEN: 'x' }, ['Slack is set up in part: SLACK_BOT_TOKEN is missing']],
  [
    'half of Jira',
    { ...whole, JIRA_EMAIL: '', JIRA_API_TOKEN: undefined },
    ['Jira is set up in part: JIRA_EMAIL, JIRA_API_TOKEN are missing'],
  ],
  [
    'half of a service desk',
    { ...whole, JIRA_SERVICE_DESK: '1' },
    ['The service desk is set up in part: JIRA_REQUEST_TYPE is missing'],
  ],
  ['Jira but for one', { ...whole, JIRA_PROJECT: '' }, ['Jira is set up in part: JIRA_PROJECT is missing']],
  [
    'one variable of Jira alone',
    { JIRA_EMAIL: 'bot@acme.example' },
    ['Jira is set up in part: JIRA_BASE_URL, JIRA_API_TOKEN, JIRA_PROJECT are missing'],
  ],
  [
    'Jira without Slack',
    { ...jira, KNOWLEDGE_FOLDER: 'k' },
    ['Jira is set up but no chat platform is: SLACK_BOT_TOKEN or TEAMS_APP_ID is missing'],
  ],
  [
    'Slack without Jira',
    { ...slack, KNOWLEDGE_FOLDER: 'k' },
    ['Slack is set up but no ticket system is: JIRA_BASE_URL is missing'],
  ],
  [
    'both without documents',
    { ...slack, ...jira },
    [
      'there is nothing to answer from: set one of KNOWLEDGE_FOLDER, NOTION_TOKEN, CONFLUENCE_BASE_URL, TICKETS_AUDIENCE',
    ],
  ],
])('%s is a problem', (_, set, expected) => {
  expect(problems(set)).toEqual(expected);
});

test.each([
  ['PORT', 'http'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3000.5'],
  ['SANDBOX_PORT', 'NaN'],
  ['SANDBOX_AI', 'yes'],
  ['LOG_LEVEL', 'loud'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['DATABASE_URL', 'localhost:5432'],
  ['OPERATOR_TOKEN', 'fifteen-letters'],
  ['OPERATOR_TOKEN', 'sixteen or more, with blanks'],
  ['OPERATOR_TOKEN', 'sixteen-or-more-but-not-ascii-é'],
  ['SLACK_API_URL', 'slack.com/api'],
  ['JIRA_BASE_URL', 'acme.atlassian.net'],
  ['JIRA_BASE_URL', 'ftp://acme.atlassian.net'],
  ['JIRA_PROJECT', 'it help'],
  ['JIRA_SEARCH_LAG_SECONDS', '-1'],
  ['JIRA_FIELDS', 'customfield_10050'],
  ['JIRA_FIELDS', 'customfield_10050='],
  ['JIRA_FIELDS', '=IT'],
  ['JIRA_WEBHOOK_SECRET', 'short'],
  ['JIRA_POLL_SECONDS', '4'],
  ['JIRA_POLL_SECONDS', '3601'],
  ['TRIAGE_CHANNEL', '#it-triage'],
  ['AFTER_CLOSING', 'nothing'],
  ['CLOSE_AFTER_DAYS', '0'],
  ['CLOSE_AFTER_DAYS', '1.5'],
  ['INCIDENT_AT', '-1'],
  ['INCIDENT_MINUTES', '0'],
  ['ATTACH_MAX_MB', '1001'],
  ['LESSONS_AUDIENCE', 'staff'],
  ['BUSINESS_HOURS', 'nine to five'],
  ['BUSINESS_HOURS', ' 09:00-17:00'],
  ['KNOWLEDGE_LANGUAGE', "english'; drop"],
  ['KNOWLEDGE_SYNC_MINUTES', '0'],
  ['KNOWLEDGE_SYNC_MINUTES', 'often'],
  ['ANSWER_AT', '80 %'],
  ['ANSWER_AT', '1.1'],
  ['SUGGEST_AT', '-0.1'],
])('%s cannot be %j', (name, value) => {
  expect(problems({ ...whole, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} .`))]);
});

test('all problems are told together', () => {
  const set = { ...slack, JIRA_EMAIL: 'bot@acme.example', PORT: 'x', LOG_LEVEL: 'loud', ANSWER_AT: '2' };
  expect(problems(set).map((line) => line.split(' ')[0])).toEqual([
    'PORT',
    'LOG_LEVEL',
    'ANSWER_AT',
    'Jira',
    'Slack',
    'there',
  ]);
});

test('no problem repeats what was set: it may be a secret in the wrong place', () => {
  const secret = 'hunter2-hunter2';
  const names = [
    'PORT',
    'LOG_LEVEL',
    'DATABASE_URL',
    'SLACK_API_URL',
    'JIRA_BASE_URL',
    'JIRA_PROJECT',
    'ANSWER_AT',
    'OPERATOR_TOKEN',
  ];
  const told = problems({ ...whole, ...Object.fromEntries(names.map((name) => [name, secret])) });
  expect(told).toHaveLength(names.length);
  expect(told.join('\n')).not.toContain(secret);
});

test('.env.example explains every setting, and none that there is not', () => {
  const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const namesIn = (text: string, name: RegExp) => new Set(Array.from(text.matchAll(name), ([, found]) => found));
  const settings = namesIn(
    ['config', 'knowledge-settings', 'ticket-settings', 'teams-settings', 'model-settings']
      .map((name) => read(`src/${name}.ts`))
      .join(''),
    /^  ([A-Z][A-Z_]+): /gm,
  );
  expect(settings).toContain('SLACK_BOT_TOKEN');
  expect(namesIn(read('.env.example'), /^#?([A-Z][A-Z_]+)=/gm)).toEqual(settings);
});
