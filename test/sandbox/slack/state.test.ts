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

test('a thread has a mark of its own, watchers hear of what was read, and nothing is told twice', async () => {
  const slack = await startAcme();
  const heard: unknown[] = [];
  const first = await slack.say({ as: ana, channel: help, text: 'question' });
  const reply = await slack.say({ as: bob, channel: help, text: 'answer', threadTs: first });
  slack.on((change) => void heard.push(change));
  const marks = () => [slack.readUntil(ana, help), slack.readUntil(ana, help, first)];
  const never = '0000000000.000000';
  expect(marks()).toEqual([never, never]);
  slack.markRead(ana, help, first);
  slack.markRead(ana, help, first);
  expect(marks()).toEqual([never, reply]);
  slack.markRead(ana, help);
  slack.markRead(ana, help);
  expect(marks()).toEqual([reply, reply]);
  expect(heard).toEqual([
    { type: 'read', as: ana, channel: help, threadTs: first },
    { type: 'read', as: ana, channel: help },
  ]);
  await slack.close();
});

test('an ephemeral message is dismissed by the one person who sees it', async () => {
  const slack = await startAcme();
  const client = clientOf(slack);
  await client.chat.postEphemeral({ channel: help, user: ana, text: 'psst' });
  await client.chat.postEphemeral({ channel: help, user: bob, text: 'psst' });
  const [own] = slack.whispers(help, ana);
  slack.dismiss({ as: bob, channel: help, ts: own?.ts ?? '' });
  expect(slack.whispers(help, ana)).toHaveLength(1);
  slack.dismiss({ as: ana, channel: help, ts: own?.ts ?? '' });
  expect([slack.whispers(help, ana).length, slack.whispers(help, bob).length]).toEqual([0, 1]);
  await slack.close();
});

test('a large state is written in pieces, with others having their turn, and is read again whole', async () => {
  const slack = await startAcme({ statePath });
  for (let index = 0; index < 3000; index += 1) await slack.say({ as: ana, channel: help, text: `message ${index}` });
  const kept = slack.messages(help);
  let turns = 0;
  const turn = () => {
    turns += 1;
    timer = setImmediate(turn);
  };
  let timer = setImmediate(turn);
  await until(() => readdirSync(path.dirname(statePath)).includes('slack.json.new'));
  turns = 0;
  await until(() => readdirSync(path.dirname(statePath)).includes('slack.json'));
  clearImmediate(timer);
  expect(turns).toBeGreaterThan(3);
  await slack.say({ as: ana, channel: help, text: 'the last one' });
  await slack.close();
  const after = await startAcme({ statePath });
  expect(after.messages(help).slice(0, -1)).toEqual(kept);
  expect(after.messages(help).at(-1)?.text).toBe('the last one');
  await after.close();
});
