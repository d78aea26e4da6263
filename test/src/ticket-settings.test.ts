import { EVERYONE } from '#domain/knowledge.ts';
import { readConfig } from '../../src/config.ts';

const slackAndJira = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'secret',
  JIRA_BASE_URL: 'https://acme.atlassian.net',
  JIRA_EMAIL: 'bot@acme.example',
  JIRA_API_TOKEN: 'token',
  JIRA_PROJECT: 'IT',
  KNOWLEDGE_FOLDER: 'k',
};
const read = (settings: Readonly<Record<string, string>>) => readConfig({ ...slackAndJira, ...settings });

test('with nothing set a request goes by the defaults', () => {
  expect(read({}).tickets).toEqual({
    webhookSecret: null,
    pollSeconds: 60,
    routingFile: null,
    triageChannel: null,
    afterClosing: 'reopen',
    closeAfterDays: 5,
    incidents: { atLeast: 3, windowMinutes: 60 },
    files: {
      largestBytes: 20_000_000,
      refusedTypes: ['exe', 'msi', 'bat', 'cmd', 'com', 'scr', 'ps1', 'vbs', 'js', 'jar', 'dll', 'lnk'],
    },
    lessonsAudience: EVERYONE,
    hours: null,
  });
  expect(read({}).jira).toMatchObject({ serviceDesk: null, fields: {} });
});

test('everything that can be set is taken over', () => {
  const { tickets } = read({
    JIRA_WEBHOOK_SECRET: 'sesame-sesame-16',
    JIRA_POLL_SECONDS: '5',
    ROUTING_FILE: 'routing.yml',
    TRIAGE_CHANNEL: 'C0123456789',
    AFTER_CLOSING: 'follow-up',
    CLOSE_AFTER_DAYS: '14',
    INCIDENT_AT: '5',
    INCIDENT_MINUTES: '30',
    ATTACH_MAX_MB: '0',
    ATTACH_TYPES_REFUSED: '.EXE, zip,',
    LESSONS_AUDIENCE: 'confluence/it',
    BUSINESS_HOURS: 'Mon 09:00-10:00',
    BUSINESS_TIMEZONE: 'Europe/Lisbon',
    HOLIDAYS: '2026-12-25',
  });
  expect(tickets).toEqual({
    webhookSecret: 'sesame-sesame-16',
    pollSeconds: 5,
    routingFile: 'routing.yml',
    triageChannel: 'C0123456789',
    afterClosing: 'follow-up',
    closeAfterDays: 14,
    incidents: { atLeast: 5, windowMinutes: 30 },
    files: { largestBytes: 0, refusedTypes: ['exe', 'zip'] },
    lessonsAudience: [['group:confluence/it']],
    hours: {
      zone: 'Europe/Lisbon',
      week: [[{ from: 540, to: 600 }], [], [], [], [], [], []],
      holidays: ['2026-12-25'],
    },
  });
});

test('nobody looks for incidents where none are wanted', () => {
  expect(read({ INCIDENT_AT: '0' }).tickets.incidents).toBe(null);
});

test.each([
  ['those of solved tickets', { TICKETS_AUDIENCE: 'confluence/staff' }, [['group:confluence/staff']]],
  ['their own', { TICKETS_AUDIENCE: 'confluence/staff', LESSONS_AUDIENCE: 'everyone' }, EVERYONE],
])('the readers of what was learnt are %s', (_, settings, audience) => {
  expect(read(settings).tickets.lessonsAudience).toEqual(audience);
});

test.each([
  ['hours that cannot be read', { BUSINESS_HOURS: '9-5' }, 'BUSINESS_HOURS must look like Mon-Fri 09:00-17:30'],
  [
    'a zone that there is not',
    { BUSINESS_HOURS: 'Mon 09:00-10:00', BUSINESS_TIMEZONE: 'Lisbon' },
    'BUSINESS_TIMEZONE must name a time zone',
  ],
  [
    'a holiday that is none',
    { BUSINESS_HOURS: 'Mon 09:00-10:00', HOLIDAYS: 'Christmas' },
    'HOLIDAYS must list days such as',
  ],
  ['a field without a value', { JIRA_FIELDS: 'a=1, b' }, 'JIRA_FIELDS does not understand “b”: write field=value'],
  [
    'a request type without a desk',
    { JIRA_REQUEST_TYPE: '10' },
    'The service desk is set up in part: JIRA_SERVICE_DESK',
  ],
])('%s: refused with what to do', (_, settings, sentence) => {
  expect(() => read(settings)).toThrow(sentence);
});
