import { RemoteError } from '#errors.ts';
import type { Person } from '#domain/conversation.ts';
import { createAnswerCommand, readCommand } from '../../../adapters/slack/commands.ts';
import { createSlack } from '../../../adapters/slack/index.ts';
import { deliveryOf } from './deliveries.ts';
import {
  createRecordingInbox,
  createRecordingLog,
  identity,
  type Listening,
  listen,
  type RecordingInbox,
  signed,
  signingSecret,
  startWebApi,
  type WebApiAnswer,
} from './doubles.ts';

const sorry = 'I cannot look that up right now. Please try again in a minute.';
const ana = { id: 'U0ANA0001', team_id: 'T0FIRST01', profile: { display_name: 'Ana', email: 'ana@example.com' } };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function start(users: WebApiAnswer = { ok: true, user: ana }) {
  const api = await startWebApi(({ method }) => (method === 'auth.test' ? identity : users));
  const inbox = createRecordingInbox();
  const log = createRecordingLog();
  const config = { botToken: 'xoxb-test', signingSecret, appToken: null, apiUrl: `${api.url}/api/` };
  const slack = createSlack(config, { inbox, log, clock: () => new Date() });
  const server = await listen((request, response) => slack.webhook?.handle(request, response));
  closing.push(
    () => api.close(),
    () => server.close(),
  );
  return { inbox, log, server };
}

const bodyOf = (fields: object = {}) =>
  new URLSearchParams({ ...deliveryOf('slash-command'), ...fields } as Record<string, string>).toString();

async function type({ url }: Listening, body = bodyOf(), headers = signed(body)): Promise<Response> {
  const contentType = 'application/x-www-form-urlencoded; charset=utf-8';
  return fetch(`${url}/slack/events`, { method: 'POST', body, headers: { 'content-type': contentType, ...headers } });
}

test('who types the command is looked up and answered in the acknowledgement, for them alone', async () => {
  const { inbox, server } = await start();
  inbox.answer = {
    parts: [
      { kind: 'text', text: 'Your <requests>' },
      { kind: 'prompts', prompts: ['a'] },
    ],
    // there is no turn that it could be about
    buttons: ['get-human'],
  };
  const answer = await type(server);
  const line = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      response_type: 'ephemeral',
      text: 'Your &lt;requests&gt;',
      blocks: [line('Your &lt;requests&gt;'), line('You can ask:\n• a')],
    },
  ]);
  const person: Person = {
    ref: 'slack/T0FIRST01/U0ANA0001',
    name: 'Ana',
    email: 'ana@example.com',
    outsider: false,
    bot: false,
  };
  expect(inbox.commands).toEqual([{ person, text: 'status & more' }]);
});

test('without words behind it the text is empty', () => {
  const { text: _, ...body } = deliveryOf('slash-command');
  expect(readCommand(body)).toEqual({ personRef: 'slack/T0FIRST01/U0ANA0001', text: '' });
});

test.each([
  ['Slack does not say who it is', { status: 503, text: '' }, null],
  ['what is asked for cannot be read', undefined, new Error('select secret')],
])('when %s there is a plain sentence', async (_, users, fail) => {
  const { inbox, log, server } = await start(users);
  inbox.fail = fail;
  const answer = await type(server);
  expect([answer.status, await answer.json()]).toMatchObject([200, { response_type: 'ephemeral', text: sorry }]);
  const [line, ...more] = log.lines.filter(({ level }) => level === 'warn' || level === 'error');
  expect([line?.message, more]).toEqual(['slack: a command could not be answered', []]);
  expect(JSON.stringify(log.lines)).not.toMatch(/secret|status & more/);
});

test('what takes too long is not waited for', async () => {
  const inbox: RecordingInbox = createRecordingInbox();
  const log = createRecordingLog();
  const person = () => Promise.withResolvers<Person>().promise;
  const answerCommand = createAnswerCommand({ inbox, log, person, limitMs: 20 });
  expect(await answerCommand({ personRef: 'slack/T1/U1', text: '' })).toMatchObject({ text: sorry });
  expect(inbox.commands).toEqual([]);
  expect(log.lines[0]?.fields['error']).toBeInstanceOf(RemoteError);
});

test('a command of another app is acknowledged without an answer, and a forged one is refused', async () => {
  const { inbox, server } = await start();
  const other = await type(server, bodyOf({ command: '/deploy' }));
  expect([other.status, await other.text()]).toEqual([200, '']);
  expect((await type(server, bodyOf(), signed('another body'))).status).toBe(401);
  expect(inbox.commands).toEqual([]);
});
