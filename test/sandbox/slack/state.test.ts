import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { ana, bob, clientOf, help, startAcme } from './acme.ts';
import { until } from './until.ts';

let folder: string;
let statePath: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slack-state-'));
  statePath = path.join(folder, 'deep', 'slack.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('messages, direct messages, read marks and Home tabs survive a restart', async () => {
  const before = await startAcme({ statePath });
  const dm = before.dm(ana);
  const ts = await before.say({ as: ana, channel: dm, text: 'question' });
  const metadata = { event_type: 'answer', event_payload: { turn: '1' } };
  await clientOf(before).chat.postMessage({ channel: dm, thread_ts: ts, text: 'answer', metadata });
  await clientOf(before).views.publish({ user_id: ana, view: { type: 'home', blocks: [{ type: 'divider' }] } });
  await before.say({ as: bob, channel: help, text: 'news' });
  before.markRead(ana, help);
  const kept = before.thread(dm, ts);
  await before.close();

  const after = await startAcme({ statePath });
  const next = await after.say({ as: ana, channel: dm, text: 'another' });
  const unread = Object.fromEntries(after.channels(ana).map(({ id, unread: count }) => [id, count]));
  expect(after.dm(ana)).toBe(dm);
  expect(after.thread(dm, ts)).toEqual(kept);
  expect(kept.map(({ text }) => text)).toEqual(['question', 'answer']);
  expect(after.home(ana)?.type).toBe('home');
  expect([unread[help], unread[dm]]).toEqual([0, 1]);
  expect(next > ts).toBe(true);
  await after.close();
});

test('what happened is written soon, without being asked', async () => {
  const slack = await startAcme({ statePath });
  await slack.say({ as: ana, channel: help, text: 'remember me' });
  await until(() => readdirSync(path.dirname(statePath)).includes('slack.json'));
  expect(readFileSync(statePath, 'utf8')).toContain('remember me');
  await slack.close();
});

test.each([
  ['cut short', '{"version":1,"workspace":{"lastMic'],
  ['of another shape', '{"version":1,"messages":[]}'],
])('a file that is %s is set aside with a line on the console', async (_, content) => {
  const lines = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const first = await startAcme({ statePath });
  await first.close();
  writeFileSync(statePath, content);
  const slack = await startAcme({ statePath });
  const files = readdirSync(path.dirname(statePath));
  expect([slack.messages(help), files.filter((name) => name.startsWith('slack.json.broken-')).length]).toEqual([[], 1]);
  expect(lines.mock.calls).toEqual([[expect.stringContaining('could not be read')]]);
  lines.mockRestore();
  await slack.close();
});

test('unread counts what others said at top level and in own threads, until it is read', async () => {
  const slack = await startAcme();
  const count = (person: string) => slack.channels(person).find(({ id }) => id === help)?.unread;
  const client = clientOf(slack);
  const threadTs = await slack.say({ as: ana, channel: help, text: 'question' });
  await client.chat.postMessage({ channel: help, thread_ts: threadTs, text: 'answer' });
  const seen = [count(ana), count(bob)];
  slack.markRead(ana, help);
  await slack.say({ as: bob, channel: help, text: 'me too', threadTs });
  seen.push(count(ana), count(bob));
  await client.chat.postMessage({ channel: help, thread_ts: threadTs, text: 'for both' });
  seen.push(count(ana), count(bob));
  await slack.close();
  expect(seen).toEqual([1, 1, 1, 2, 2, 3]);
});
