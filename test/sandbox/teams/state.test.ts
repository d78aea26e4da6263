import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import { activitiesOf, ana, type App, askToken, bob, connectorOf, startAcme, startApp, until } from './acme.ts';

let folder: string;
let statePath: string;
let app: App;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'teams-state-'));
  statePath = path.join(folder, 'deep', 'teams.json');
  app = await startApp();
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

test('messages, files, marks, keys and installations survive a restart', async () => {
  const before = await startAcme({ statePath });
  before.connectApp(app.url);
  const personal = before.personal(ana);
  const { access_token: token } = (await (await askToken(before)).json()) as { access_token: string };
  const { id: file } = before.upload({ as: ana, name: 'a.log', mimetype: 'text/plain', bytes: Buffer.from('down') });
  const id = await before.say({ as: ana, chat: personal, text: 'question', files: [file] });
  const call = await connectorOf(before);
  await call('POST', activitiesOf(personal), { type: 'message', text: 'answer' });
  before.markRead(ana, personal);
  await before.uninstall({ as: ana, chat: before.chatOf('leeds') });
  await until(() => app.of('message').length === 1 && app.of('installationUpdate').length === 5);
  const kept = before.messages(personal);
  const keys = await (await fetch(`${before.url}/v1/.well-known/keys`)).text();
  await before.close();

  const after = await startAcme({ statePath });
  const received = app.received.length;
  after.connectApp(app.url);
  expect(after.personal(ana)).toBe(personal);
  expect(after.messages(personal)).toEqual(kept);
  expect(kept.map(({ text }) => text)).toEqual(['<p>question</p>', 'answer']);
  expect(after.chats(ana)[0]?.unread).toBe(0);
  expect(after.file(file)?.bytes()?.toString()).toBe('down');
  expect(await (await fetch(`${after.url}/v1/.well-known/keys`)).text()).toBe(keys);
  const again = await connectorOf(after);
  expect(await again('POST', activitiesOf(personal), { type: 'message', text: 'more' }, token)).toMatchObject({
    status: 201,
  });
  expect((await again('POST', activitiesOf(after.chatOf('leeds')), { type: 'message', text: 'x' })).status).toBe(403);
  const next = await after.say({ as: ana, chat: personal, text: 'next' });
  expect(Number(next)).toBeGreaterThan(Number(id));
  // nothing is told twice: neither the question nor the installations
  await until(() => app.of('message').length === 2);
  expect(app.received).toHaveLength(received + 1);
  await after.close();
});

test('what was not delivered is delivered after the restart, from its new address', async () => {
  const before = await startAcme({ statePath });
  const id = await before.say({ as: bob, chat: before.personal(bob), text: 'are you there?' });
  await before.close();
  const after = await startAcme({ statePath });
  after.connectApp(app.url);
  await until(() => app.of('message').length === 1);
  expect(app.of('message')).toMatchObject([{ id, text: 'are you there?', serviceUrl: after.serviceUrl }]);
  await after.close();
});

test('a broken state is a new beginning', async () => {
  const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  statePath = path.join(folder, 'teams.json');
  writeFileSync(statePath, '{ broken');
  const teams = await startAcme({ statePath });
  expect(teams.messages(teams.personal(ana))).toEqual([]);
  expect(complaint).toHaveBeenCalledTimes(1);
  await teams.close();
  complaint.mockRestore();
});
