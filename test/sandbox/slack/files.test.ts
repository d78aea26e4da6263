import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, bob, clientOf, elsewhere, help, secret, startAcme } from './acme.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { as: ana, name: 'screen shot.png', mimetype: 'image/png', bytes: png };

let slack: SlackSandbox;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'slack-files-'));
});
afterEach(async () => {
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
});

async function get(url: unknown, token?: string): Promise<[number, string | null, Buffer]> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(String(url), { headers, redirect: 'manual' });
  return [response.status, response.headers.get('location'), Buffer.from(await response.arrayBuffer())];
}

function filesOf(channel: string): readonly Record<string, unknown>[] {
  return slack.messages(channel).at(-1)?.files ?? [];
}

test('a shared file is a file_share message whose bytes the bot gets with its token, and nobody else', async () => {
  slack = await startAcme();
  const { id } = slack.upload(picture);
  await slack.say({ as: ana, channel: help, text: '', files: [id] });
  const [file] = filesOf(help);
  expect(slack.messages(help).at(-1)).toMatchObject({ subtype: 'file_share', text: '', user: ana });
  expect(file).toMatchObject({
    id,
    name: 'screen shot.png',
    mimetype: 'image/png',
    filetype: 'png',
    size: png.length,
    user: ana,
    original_w: 5,
    original_h: 5,
    mode: 'hosted',
  });
  for (const name of ['url_private', 'url_private_download', 'thumb_64', 'thumb_360']) {
    expect([name, await get(file?.[name], slack.botToken)]).toEqual([name, [200, null, png]]);
  }
  const [status, location] = await get(file?.['url_private']);
  expect([status, location?.startsWith(`${slack.url}/?redir=%2Ffiles-pri%2F`)]).toEqual([302, true]);
  expect((await get(location))[2].toString()).toContain('Sign in');
  expect((await get(file?.['url_private'], 'xoxb-wrong'))[0]).toBe(302);
  expect((await get(String(file?.['url_private']).replace(id, 'F000000000'), slack.botToken))[0]).toBe(404);
  expect(await clientOf(slack).files.info({ file: id })).toMatchObject({
    ok: true,
    file: { id, name: 'screen shot.png' },
  });
  await expect(clientOf(slack).files.info({ file: 'F0' })).rejects.toMatchObject({ data: { error: 'file_not_found' } });
});

test('without files:read the bot gets neither the bytes nor the file', async () => {
  slack = await startAcme({ scopes: ['chat:write'] });
  const { id } = slack.upload(picture);
  await slack.say({ as: ana, channel: help, text: 'look', files: [id] });
  expect((await get(filesOf(help)[0]?.['url_private'], slack.botToken))[0]).toBe(302);
  await expect(clientOf(slack).files.info({ file: id })).rejects.toMatchObject({ data: { error: 'missing_scope' } });
});

test('the bot sees a file only in the conversations that it is in', async () => {
  slack = await startAcme();
  const { id } = slack.upload(picture);
  const info = () =>
    clientOf(slack)
      .files.info({ file: id })
      .then(
        () => 'seen',
        (error: { data: { error: string } }) => error.data.error,
      );
  const status = async (channel: string) => (await get(filesOf(channel)[0]?.['url_private'], slack.botToken))[0];
  expect(await info()).toBe('file_not_found');
  await slack.say({ as: ana, channel: elsewhere, text: 'not for the bot', files: [id] });
  expect([await info(), await status(elsewhere)]).toEqual(['file_not_found', 404]);
  const ts = await slack.say({ as: ana, channel: help, text: 'look', files: [id] });
  expect([await info(), await status(help)]).toEqual(['seen', 200]);
  await slack.remove({ as: ana, channel: help, ts });
  expect(await info()).toBe('file_not_found');
});

test('a file is seen by who uploaded it, and by those who read a message with it, until that is deleted', async () => {
  slack = await startAcme();
  const { id } = slack.upload(picture);
  const seen = () => [ana, bob, 'U0GUEST'].map((person) => slack.canSeeFile(person, id));
  expect(seen()).toEqual([true, false, false]);
  const ts = await slack.say({ as: ana, channel: secret, text: 'for two', files: [id] });
  expect(seen()).toEqual([true, true, false]);
  await slack.remove({ as: ana, channel: secret, ts });
  expect(seen()).toEqual([true, false, false]);
  await expect(slack.say({ as: bob, channel: help, text: 'mine', files: [id] })).rejects.toThrow('there is no file');
});

test('files outlive a restart, also those that were not sent yet', async () => {
  const statePath = path.join(folder, 'slack.json');
  slack = await startAcme({ statePath });
  const sent = slack.upload(picture);
  const waiting = slack.upload({ ...picture, name: 'later.txt', mimetype: 'text/plain', bytes: Buffer.from('later') });
  await slack.say({ as: ana, channel: help, text: 'look', files: [sent.id] });
  await slack.close();
  slack = await startAcme({ statePath });
  expect(slack.file(sent.id)?.bytes()).toEqual(png);
  expect(slack.canSeeFile(bob, sent.id)).toBe(true);
  await slack.say({ as: ana, channel: help, text: 'and this', files: [waiting.id] });
  expect(await get(filesOf(help)[0]?.['url_private'], slack.botToken)).toEqual([200, null, Buffer.from('later')]);
  expect(['../slack', 'F0../../etc', ''].map((id) => slack.file(id))).toEqual([null, null, null]);
});
