import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, elsewhere, help, startAcme } from './acme.ts';
import { until } from './until.ts';

let folder: string;
let slack: SlackSandbox;
let app: Server;
let events: { id: string; text: string }[];
let status: number;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'slack-ledger-'));
  events = [];
  status = 200;
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += String(part);
    });
    request.on('end', () => take(body, response));
  });
  function take(body: string, response: ServerResponse): void {
    const { event_id: id, event } = JSON.parse(body) as { event_id: string; event: { text: string } };
    events.push({ id, text: event.text });
    response.statusCode = status;
    response.end();
  }
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  slack = await start();
});
afterEach(async () => {
  await slack.close();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const start = () => startAcme({ statePath: path.join(folder, 'slack.json') });
const connect = () => slack.connectApp(`http://127.0.0.1:${(app.address() as AddressInfo).port}/`);

test('holds what was said where the app is, and nothing of elsewhere', async () => {
  await slack.say({ as: ana, channel: help, text: 'in a channel' });
  await slack.say({ as: ana, channel: elsewhere, text: 'without the app' });
  await slack.say({ as: ana, channel: slack.dm(ana), text: 'in direct messages' });
  const said = slack
    .ledger()
    .channels.flatMap(({ isDirect, messages }) => messages.map(({ text }) => [isDirect, text]));
  expect(said).toEqual([
    [false, 'in a channel'],
    [true, 'in direct messages'],
  ]);
});

test('an event that no attempt brings to the app is given up, and that outlives a restart', async () => {
  connect();
  status = 500;
  const dm = slack.dm(ana);
  const ts = await slack.say({ as: ana, channel: dm, text: 'lost' });
  await until(() => slack.ledger().givenUp.length > 0);
  expect(slack.ledger()).toMatchObject({ givenUp: [{ channel: dm, ts }], sentAgain: 3 });
  await slack.close();
  slack = await start();
  expect(slack.ledger()).toMatchObject({ givenUp: [{ channel: dm, ts }], sentAgain: 0 });
});

test('an event that is taken at the last attempt is not lost', async () => {
  connect();
  status = 500;
  await slack.say({ as: ana, channel: slack.dm(ana), text: 'in the end' });
  await until(() => events.length === 2);
  status = 200;
  await until(() => slack.deliveries.some((delivery) => delivery.status === 200));
  expect(slack.ledger().givenUp).toEqual([]);
});

test('what is on its way when the server stops is delivered, once, after it has started again', async () => {
  connect();
  await slack.say({ as: ana, channel: slack.dm(ana), text: 'before' });
  await until(() => events.length === 1);
  slack.delivery.paused = true;
  await slack.say({ as: ana, channel: slack.dm(ana), text: 'while it was down' });
  await slack.close();
  slack = await start();
  connect();
  await until(() => events.length === 2);
  await slack.say({ as: ana, channel: slack.dm(ana), text: 'after' });
  await until(() => events.length === 3);
  expect(events.map(({ text }) => text)).toEqual(['before', 'while it was down', 'after']);
  await slack.close();
  slack = await start();
  connect();
  await slack.say({ as: ana, channel: slack.dm(ana), text: 'and again' });
  await until(() => events.length === 4);
  expect(events[3]?.text).toBe('and again');
});
