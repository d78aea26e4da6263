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

describe('a file that is deleted', () => {
  const deleted = (id: string) =>
    clientOf(slack)
      .files.delete({ file: id })
      .then(
        () => 'deleted',
        ({ data }: { data?: { error?: string } }) => data?.error,
      );

  async function sharedByBot(name: string): Promise<string> {
    const client = clientOf(slack);
    const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename: name, length: png.length });
    await fetch(upload_url!, { method: 'POST', body: png });
    await client.files.completeUploadExternal({ files: [{ id: file_id! }], channel_id: help });
    return file_id!;
  }

  test('leaves a tombstone in its message, and its bytes are gone', async () => {
    slack = await startAcme();
    const [one, two] = [slack.upload(picture), slack.upload(picture)];
    const ts = await slack.say({ as: ana, channel: help, text: 'look', files: [one.id, two.id] });
    const address = filesOf(help)[0]?.['url_private'];
    slack.removeFile(ana, one.id);
    expect(slack.message(help, ts)).toMatchObject({
      text: 'look',
      files: [
        { id: one.id, mode: 'tombstone' },
        { id: two.id, mode: 'hosted' },
      ],
    });
    expect([slack.file(one.id), (await get(address, slack.botToken))[0]]).toEqual([null, 404]);
    const info = clientOf(slack).files.info({ file: one.id });
    await expect(info).rejects.toMatchObject({ data: { error: 'file_deleted' } });
    expect(() => slack.removeFile(ana, one.id)).toThrow('there is no file');
  });

  test('takes a message with it that had nothing else', async () => {
    slack = await startAcme();
    const [one, two] = [slack.upload(picture), slack.upload(picture)];
    const ts = await slack.say({ as: ana, channel: help, text: '', files: [one.id, two.id] });
    slack.removeFile(ana, one.id);
    expect(slack.message(help, ts)).not.toBeNull();
    slack.removeFile(ana, two.id);
    expect(slack.message(help, ts)).toBeNull();
  });

  test('is the bot’s own, once; of others it cannot delete any', async () => {
    slack = await startAcme();
    const own = await sharedByBot('guide.png');
    expect([await deleted(own), await deleted(own)]).toEqual(['deleted', 'file_not_found']);
    expect(slack.messages(help)).toEqual([]);
    const { id } = slack.upload(picture);
    expect(await deleted(id)).toBe('file_not_found');
    await slack.say({ as: ana, channel: help, text: 'look', files: [id] });
    expect(await deleted(id)).toBe('cant_delete_file');
    slack.removeFile(ana, id);
    expect(await deleted(id)).toBe('file_deleted');
  });

  test('is gone after a restart as well', async () => {
    const statePath = path.join(folder, 'slack.json');
    slack = await startAcme({ statePath });
    const { id } = slack.upload(picture);
    await slack.say({ as: ana, channel: help, text: 'look', files: [id] });
    slack.removeFile(ana, id);
    await slack.close();
    slack = await startAcme({ statePath });
    expect([slack.file(id), filesOf(help)]).toEqual([null, [{ id, mode: 'tombstone' }]]);
  });

  test('stays without the scope for it', async () => {
    slack = await startAcme({ scopes: ['files:read'] });
    expect(await deleted('F0')).toBe('missing_scope');
  });
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

describe('a file that the app uploads', () => {
  const bytes = Buffer.from([0x89, 0x50, 0xff, 0xfe, 0x00, 0x80]);
  const send = async (url: string | undefined, body: Buffer<ArrayBuffer>) => {
    const response = await fetch(String(url), { method: 'POST', body });
    return [response.status, await response.text()];
  };
  const place = () => clientOf(slack).files.getUploadURLExternal({ filename: 'fix.png', length: bytes.length });
  const complete = (id: string, at: { channel_id: string; thread_ts: string }) =>
    clientOf(slack).files.completeUploadExternal({ files: [{ id, title: 'fix.png' }], ...at });

  test('is sent to an address of its own, byte for byte, and then shown in the thread', async () => {
    slack = await startAcme();
    const ts = await slack.say({ as: ana, channel: help, text: 'help' });
    const { upload_url: url, file_id: id } = await place();
    expect(url).toMatch(new RegExp(`^${slack.url}/upload/v1/\\w+$`));
    expect(await send(url, bytes)).toEqual([200, 'OK - 6']);
    expect(slack.thread(help, ts)).toHaveLength(1);
    const done = await complete(id!, { channel_id: help, thread_ts: ts });
    expect(done.files).toEqual([{ id, title: 'fix.png' }]);
    expect(slack.thread(help, ts)[1]).toMatchObject({
      subtype: 'file_share',
      bot_id: slack.botId,
      thread_ts: ts,
      files: [{ id, name: 'fix.png', mimetype: 'image/png', size: 6 }],
    });
    expect(slack.file(id!)?.bytes()).toEqual(bytes);
    expect(await get(slack.thread(help, ts)[1]?.files?.[0]?.['url_private'], slack.botToken)).toEqual([
      200,
      null,
      bytes,
    ]);
    expect(slack.canSeeFile(bob, id!)).toBe(true);
  });

  test('is taken when it is as long as was said, and once', async () => {
    slack = await startAcme();
    const ts = await slack.say({ as: ana, channel: help, text: 'help' });
    const at = { channel_id: help, thread_ts: ts };
    const { upload_url: url, file_id: id } = await place();
    const refused = (error: string) => expect.objectContaining({ data: expect.objectContaining({ error }) });
    await expect(complete(id!, at)).rejects.toEqual(refused('file_not_found'));
    expect((await send(url, bytes.subarray(1)))[0]).toBe(400);
    expect((await send(`${url}0`, bytes))[0]).toBe(404);
    expect((await send(url, bytes))[0]).toBe(200);
    await expect(complete(id!, { ...at, thread_ts: '1.000001' })).rejects.toEqual(refused('thread_not_found'));
    await expect(complete(id!, { ...at, channel_id: elsewhere })).rejects.toEqual(refused('not_in_channel'));
    await complete(id!, at);
    await expect(complete(id!, at)).rejects.toEqual(refused('file_not_found'));
    expect(slack.thread(help, ts)).toHaveLength(2);
  });

  test('needs files:write, a name and a length', async () => {
    slack = await startAcme({ scopes: ['files:read'] });
    await expect(place()).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'files:write' } });
    await slack.close();
    slack = await startAcme();
    const files = clientOf(slack).files;
    await expect(files.getUploadURLExternal({ filename: '', length: 1 })).rejects.toMatchObject({
      data: { error: 'invalid_arguments' },
    });
    await expect(files.getUploadURLExternal({ filename: 'a', length: 0 })).rejects.toMatchObject({
      data: { error: 'invalid_arguments' },
    });
  });

  test('may be larger than any other request', async () => {
    slack = await startAcme();
    const large = Buffer.alloc(6 * 1024 * 1024, 7);
    const { upload_url: url } = await clientOf(slack).files.getUploadURLExternal({
      filename: 'a.log',
      length: large.length,
    });
    expect((await send(url, large))[0]).toBe(200);
  });
});
