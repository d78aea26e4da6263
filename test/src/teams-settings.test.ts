import { SetupError } from '#errors.ts';
import { readConfig } from '../../src/config.ts';

const appId = '22222222-2222-2222-2222-222222222222';
const tenantId = '11111111-1111-1111-1111-111111111111';
const partner = '33333333-3333-3333-3333-333333333333';
const others = {
  JIRA_BASE_URL: 'https://acme.atlassian.net',
  JIRA_EMAIL: 'bot@acme.example',
  JIRA_API_TOKEN: 'secret-3',
  JIRA_PROJECT: 'IT',
  KNOWLEDGE_FOLDER: 'k',
};
const teams = { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId, TEAMS_APP_PASSWORD: 'secret-1' };
const emulator = { TEAMS_AUTH: 'none', TEAMS_SERVICE_HOSTS: 'localhost:56150, 127.0.0.1:3979' };

function problems(set: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig({ ...others, ...set });
    return [];
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''));
  }
}

test('Teams alone is a chat platform; its own tenant may always write', () => {
  expect(readConfig({ ...others, ...teams }).teams).toEqual({
    appId,
    tenantId,
    credentials: { kind: 'secret', secret: 'secret-1' },
    allowedTenants: [tenantId],
    serviceHosts: ['smba.trafficmanager.net', '.botframework.com'],
    openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    loginUrl: 'https://login.microsoftonline.com',
    webUrl: 'https://teams.microsoft.com',
  });
});

test('further tenants are listed', () => {
  const { teams: config } = readConfig({ ...others, ...teams, TEAMS_ALLOWED_TENANTS: `${partner}, ${tenantId}` });
  expect(config?.allowedTenants).toEqual([tenantId, partner]);
});

test('letters’ case is nothing to what Microsoft names', () => {
  const [large, other] = ['AAAAAAAA-1111-1111-1111-11111111111A', 'BBBBBBBB-1111-1111-1111-11111111111B'];
  const set = {
    TEAMS_APP_ID: large,
    TEAMS_TENANT_ID: large,
    TEAMS_ALLOWED_TENANTS: `${other}, ${large.toLowerCase()}`,
  };
  expect(readConfig({ ...others, ...teams, ...set }).teams).toMatchObject({
    appId: large.toLowerCase(),
    tenantId: large.toLowerCase(),
    allowedTenants: [large.toLowerCase(), other.toLowerCase()],
  });
});

test('a way to sign in alone is a set-up in part', () => {
  expect(problems({ TEAMS_AUTH: 'managed-identity' })).toEqual([
    'Teams is set up in part: TEAMS_APP_ID is missing',
    'Teams is set up in part: TEAMS_TENANT_ID is missing',
  ]);
});

test.each(['TEAMS_OPENID_METADATA_URL', 'TEAMS_LOGIN_URL'])('%s is plain http on this machine only', (name) => {
  const said = `${name} must begin with https:, for by it people and we are verified; plain http is for this machine only`;
  expect(problems({ ...teams, [name]: 'http://evil.example/keys' })).toEqual([said]);
  expect(problems({ ...teams, [name]: 'http://localhost.evil.example/keys' })).toEqual([said]);
  for (const url of ['http://127.0.0.1:3105/keys', 'http://[::1]/keys', 'https://login.example/keys']) {
    expect(problems({ ...teams, [name]: url })).toEqual([]);
  }
});

test('on Azure there is no secret', () => {
  const set = { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId, TEAMS_AUTH: 'managed-identity' };
  expect(readConfig({ ...others, ...set }).teams?.credentials).toEqual({ kind: 'managed-identity' });
  expect(problems({ ...set, TEAMS_APP_PASSWORD: 'x' })).toEqual([
    'TEAMS_APP_PASSWORD must be empty with TEAMS_AUTH=managed-identity',
  ]);
});

test('an emulator on this machine needs no credentials', () => {
  expect(readConfig({ ...others, ...emulator }).teams).toMatchObject({
    appId: '',
    credentials: { kind: 'none' },
    allowedTenants: [],
    serviceHosts: ['localhost:56150', '127.0.0.1:3979'],
  });
});

test('an emulator names its tenant as it likes', () => {
  const set = { ...others, ...emulator, TEAMS_TENANT_ID: '00000000-0000-0000-0000-0000000000001' };
  expect(readConfig(set).teams).toMatchObject({ tenantId: set.TEAMS_TENANT_ID, allowedTenants: [set.TEAMS_TENANT_ID] });
  expect(problems({ ...emulator, TEAMS_TENANT_ID: 'a/b' })).toEqual([
    expect.stringMatching(/^TEAMS_TENANT_ID must be /),
  ]);
});

test.each([
  ['to the whole network', { ...emulator, HOST: '0.0.0.0' }, /HOST must be 127\.0\.0\.1/],
  ['with the hosts of Microsoft', { TEAMS_AUTH: 'none' }, /TEAMS_SERVICE_HOSTS must name hosts of this machine only/],
  [
    'with one host elsewhere',
    { ...emulator, TEAMS_SERVICE_HOSTS: 'localhost:1, evil.example' },
    /of this machine only/,
  ],
])('nothing is unverified %s', (_, set, said) => {
  expect(problems(set)).toEqual([expect.stringMatching(said)]);
});

test.each([
  ['TEAMS_TENANT_ID', { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: 'x' }],
  ['TEAMS_APP_ID', { TEAMS_TENANT_ID: tenantId, TEAMS_APP_PASSWORD: 'x' }],
  ['TEAMS_APP_PASSWORD', { TEAMS_APP_ID: appId, TEAMS_TENANT_ID: tenantId }],
])('%s is missed', (name, set) => {
  expect(problems(set)).toEqual([`Teams is set up in part: ${name} is missing`]);
});

test.each(['TEAMS_APP_ID', 'TEAMS_TENANT_ID'])('%s that is no GUID is named, and not repeated', (name) => {
  const [told = '', ...more] = problems({ ...teams, [name]: 'hunter2' });
  expect(told).toMatch(/^TEAMS_\w+_ID must be a GUID/);
  expect(told).toContain(name);
  expect(told).not.toContain('hunter2');
  expect(more).toEqual([]);
});

test('a channel of Teams can be the triage channel', () => {
  const channel = '19:0123456789abcdef@thread.tacv2';
  expect(readConfig({ ...others, ...teams, TRIAGE_CHANNEL: channel }).tickets.triageChannel).toBe(channel);
});
