import { text } from 'node:stream/consumers';
import { type Connection, connect, disconnect, type WebApiAnswer } from './doubles.ts';
import type { Address, SharedFile } from '#domain/conversation.ts';

afterEach(disconnect);

const address: Address = { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' };
const picture: SharedFile = { name: 'error.png', ref: 'F0SHOT001', mimeType: 'image/png', bytes: 5 };

type Answers = Record<string, WebApiAnswer>;

describe('a file of a thread', () => {
  const png = { status: 200, headers: { 'content-type': 'image/png', 'content-length': '5' }, text: 'bytes' };
  const page = { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: '<html>Sign in</html>' };
  const signIn =
    'files: a sign-in page instead of the file. The token lacks the scope files:read; install the app again';

  /** A Slack whose `files.info` gives these fields; `/f` is the address of the content. */
  async function withFile(fields: object, answers: Answers): Promise<Connection> {
    const held: { url: string } = { url: '' };
    const info = () => {
      const file = { id: 'F0SHOT001', name: 'error.png', mimetype: 'image/png', size: 5, mode: 'hosted' };
      return { ok: true, file: { ...file, url_private_download: `${held.url}/f`, ...fields } };
    };
    const connection = await connect({ 'files.info': info, ...answers });
    held.url = connection.api.url;
    return connection;
  }
  const seen = ({ api }: Connection) => api.calls.map(({ method, token }) => [method, token]);

  test('is got by its id from the address of the moment, with the token', async () => {
    const connection = await withFile({}, { '/f': png });
    const content = await connection.slack.openFile(picture);
    expect([content?.mimeType, content?.bytes]).toEqual(['image/png', 5]);
    expect(await text(content!.stream)).toBe('bytes');
    expect(connection.api.calls[0]?.args).toEqual({ file: 'F0SHOT001' });
    expect(seen(connection)).toEqual([
      ['files.info', 'Bearer xoxb-test'],
      ['/f', 'Bearer xoxb-test'],
    ]);
  });

  test('of which nothing is known tells its sort when it comes', async () => {
    const plain = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, text: 'a' };
    const { slack } = await withFile({ mimetype: undefined }, { '/f': plain });
    const content = await slack.openFile(picture);
    expect([content?.mimeType, content?.bytes]).toEqual(['text/plain', null]);
    await content?.stream.cancel();
  });

  test('that has no ref is not asked for', async () => {
    const { slack, api } = await withFile({}, {});
    expect(await slack.openFile({ ...picture, ref: null })).toBeNull();
    expect(api.calls).toEqual([]);
  });

  test.each<[string, object, Answers]>([
    ['not found', {}, { 'files.info': { ok: false, error: 'file_not_found' } }],
    ['deleted', {}, { 'files.info': { ok: false, error: 'file_deleted' } }],
    ['a tombstone', { mode: 'tombstone' }, {}],
    ['kept elsewhere', { is_external: true, mode: 'external' }, {}],
    ['not for us', { file_access: 'access_denied' }, {}],
    ['without an address', { url_private_download: undefined }, {}],
    ['gone from its address', {}, { '/f': { status: 404, text: 'not found' } }],
    ['gone for good', {}, { '/f': { status: 410, text: '' } }],
  ])('that is %s is none', async (_, fields, answers) => {
    const { slack, api } = await withFile(fields, answers);
    expect(await slack.openFile(picture)).toBeNull();
    expect(api.calls.length).toBe('/f' in answers ? 2 : 1);
  });

  test.each<[string, object, Answers]>([
    ['at once', {}, { '/f': page }],
    [
      'after a redirect',
      {},
      { '/f': { status: 302, headers: { location: '/?redir=%2Ff' }, text: '' }, '/?redir=%2Ff': page },
    ],
    ['in place of a page of another length', { mimetype: 'text/html', size: 7 }, { '/f': page }],
    [
      'after a redirect, in place of a page',
      { mimetype: 'text/html' },
      { '/f': { status: 302, headers: { location: '/s' }, text: '' }, '/s': page },
    ],
  ])('that is a sign-in page (%s) lacks a scope, which is named', async (_, fields, answers) => {
    const sized = Object.entries(answers).map(([path, answer]) =>
      answer === page ? [path, { ...page, headers: { ...page.headers, 'content-length': '20' } }] : [path, answer],
    );
    const connection = await withFile(fields, Object.fromEntries(sized) as Answers);
    await expect(connection.slack.openFile(picture)).rejects.toMatchObject({
      name: 'RemoteError',
      kind: 'unauthorized',
      message: `slack: ${signIn}`,
    });
    expect(
      seen(connection)
        .slice(2)
        .every(([, token]) => token === ''),
    ).toBe(true);
  });

  test.each([
    ['a page', { mimetype: 'text/html', size: 20 }],
    ['a canvas', { mimetype: 'application/vnd.slack-docs', size: 3 }],
  ])('that is %s itself is one', async (_, fields) => {
    const { slack } = await withFile(fields, { '/f': page });
    const content = await slack.openFile(picture);
    expect(await text(content!.stream)).toBe('<html>Sign in</html>');
  });

  test('that is somewhere else is got there, without the token', async () => {
    const away = { status: 302, headers: { location: '/elsewhere?signed=1' }, text: '' };
    const connection = await withFile({}, { '/f': away, '/elsewhere?signed=1': png });
    expect(await text((await connection.slack.openFile(picture))!.stream)).toBe('bytes');
    expect(seen(connection).slice(1)).toEqual([
      ['/f', 'Bearer xoxb-test'],
      ['/elsewhere?signed=1', ''],
    ]);
  });

  test.each<[string, string, string]>([
    ['not by https', 'http://files.slack.com/f', 'the address of a file is not one by https'],
    ['no web address', 'file:///etc/passwd', 'the address of a file is not one by https'],
    ['of another', 'https://slack.com.evil.example/f', 'files.info: the file is at an address that is not Slack’s'],
    ['of a name like Slack’s', 'https://notslack.com/f', 'files.info: the file is at an address that is not Slack’s'],
  ])('whose address is %s is not asked for with our token', async (_, url, message) => {
    const { slack, api } = await withFile({ url_private_download: url }, {});
    await expect(slack.openFile(picture)).rejects.toMatchObject({ kind: 'rejected', message: `slack: ${message}` });
    expect(api.calls).toHaveLength(1);
  });

  test.each<[string, Answers, object]>([
    ['a redirect to nowhere by http', { '/f': redirect('http://127.0.0.2:9/f') }, { kind: 'rejected' }],
    ['a redirect without end', { '/f': redirect('/f') }, { kind: 'unavailable' }],
    ['403', { '/f': { status: 403, text: '' } }, { kind: 'unauthorized', message: 'slack: files: HTTP status 403' }],
    ['503', { '/f': { status: 503, text: '' } }, { kind: 'unavailable', message: 'slack: files: HTTP status 503' }],
    [
      '429',
      { '/f': { status: 429, headers: { 'retry-after': '3' }, text: '' } },
      { kind: 'rate-limited', retryAfterMs: 3000 },
    ],
    ['no answer', { '/f': 'hang-up' }, { kind: 'unavailable', message: 'slack: files: no answer' }],
    [
      'a missing scope',
      { 'files.info': { ok: false, error: 'missing_scope' } },
      { kind: 'unauthorized', message: 'slack: files.info: missing_scope' },
    ],
    ['an answer without a file', { 'files.info': { ok: true } }, { kind: 'unavailable' }],
  ])('%s is a failure', async (_, answers, expected) => {
    const { slack } = await withFile({}, answers);
    await expect(slack.openFile(picture)).rejects.toMatchObject({ name: 'RemoteError', ...expected });
  });

  function redirect(location: string): WebApiAnswer {
    return { status: 302, headers: { location }, text: '' };
  }
});

describe('sharing a file', () => {
  const uploaded: Answers = { '/upload/v1/t0k3n': { status: 200, text: 'OK - 5' } };

  async function withUploads(answers: Answers = {}): Promise<Connection> {
    const held: { url: string } = { url: '' };
    const place = () => ({ ok: true, upload_url: `${held.url}/upload/v1/t0k3n`, file_id: 'F0NEW0001' });
    const connection = await connect({ 'files.getUploadURLExternal': place, ...uploaded, ...answers });
    held.url = connection.api.url;
    return connection;
  }

  /** The content in pieces; says whether it was given back unread. */
  function contentOf(pieces: readonly string[], bytes: number | null) {
    const state = { cancelled: false };
    const waiting = [...pieces];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = waiting.shift();
        if (next === undefined) controller.close();
        else controller.enqueue(Buffer.from(next));
      },
      cancel() {
        state.cancelled = true;
      },
    });
    return { content: { stream, mimeType: null, bytes }, state };
  }
  const fileOf = (name: string): SharedFile => ({ ...picture, name, ref: '10001' });
  const methodsOf = ({ api }: Connection) => api.calls.map(({ method }) => method);

  test.each([
    ['of known length, as it comes', 5],
    ['of unknown length', null],
  ])('%s: an address is asked for, the content sent there, and then it is shown in the thread', async (_, bytes) => {
    const connection = await withUploads();
    const { content } = contentOf(['by', 'tes'], bytes);
    expect(await connection.slack.shareFile(address, { file: fileOf('a.png'), content, again: false, known: [] })).toBe(
      'F0NEW0001',
    );
    const [place, upload, complete] = connection.api.calls;
    expect([place?.method, place?.args]).toEqual(['files.getUploadURLExternal', { filename: 'a.png', length: '5' }]);
    expect([upload?.method, upload?.token, upload?.headers['content-length'], upload?.body.toString()]).toEqual([
      '/upload/v1/t0k3n',
      '',
      '5',
      'bytes',
    ]);
    const { files, ...where } = complete!.args;
    expect([complete?.method, where, JSON.parse(files!)]).toEqual([
      'files.completeUploadExternal',
      { channel_id: 'C0HELP001', thread_ts: '1767225600.000200' },
      [{ id: 'F0NEW0001', title: 'a.png' }],
    ]);
    expect(connection.api.calls).toHaveLength(3);
  });

  test.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\temp\\a.png', 'C:_temp_a.png'],
    ['\u202Egnp.exe\n', 'gnp.exe'],
    ['..', 'file'],
    ['', 'file'],
    [`${'ä'.repeat(400)}.jpeg`, `${'ä'.repeat(195)}.jpeg`],
  ])('a file by the name %j is named %s', async (name, filename) => {
    const { slack, api } = await withUploads();
    const { content } = contentOf(['bytes'], 5);
    await slack.shareFile(address, { file: fileOf(name), content, again: false, known: [] });
    expect(api.calls[0]?.args).toEqual({ filename, length: '5' });
  });

  const post = (fields: object) => ({
    ok: true,
    messages: [
      { ts: '1767225600.000200', user: 'U0ANA0001', files: [{ id: 'F0OTHER01', name: 'a.png', size: 5 }] },
      { ts: '1767225601.000100', bot_id: 'B0FIRST01', files: [{ id: 'F0SHOWN01', name: 'a.png', size: 5, ...fields }] },
    ],
  });

  test.each([5, null])('again finds the file of the first attempt (length %s)', async (bytes) => {
    const connection = await withUploads({ 'conversations.replies': post({}) });
    const { content, state } = contentOf(['bytes'], bytes);
    const sharing = connection.slack.shareFile(address, { file: fileOf('a.png'), content, again: true, known: [] });
    expect(await sharing).toBe('F0SHOWN01');
    expect(methodsOf(connection)).toEqual(['auth.test', 'conversations.replies']);
    expect(state.cancelled).toBe(bytes !== null);
  });

  test.each([
    ['of another size', { size: 6 }],
    ['of another name', { name: 'b.png' }],
    ['that is deleted', { mode: 'tombstone' }],
  ])('again shares it when there is only one %s', async (_, fields) => {
    const { slack } = await withUploads({ 'conversations.replies': post(fields) });
    const { content } = contentOf(['bytes'], 5);
    expect(await slack.shareFile(address, { file: fileOf('a.png'), content, again: true, known: [] })).toBe(
      'F0NEW0001',
    );
  });

  test.each<[string, Partial<SharedFile>, readonly string[], object, string | null]>([
    ['is found by its name and size', {}, [], {}, 'F0SHOWN01'],
    ['is found by its name when its size is not known', { bytes: null }, [], { size: 7 }, 'F0SHOWN01'],
    ['is another when it has another size', {}, [], { size: 7 }, null],
    ['is another when it is known', {}, ['F0SHOWN01'], {}, null],
    ['is gone when it is deleted', {}, [], { mode: 'tombstone' }, null],
  ])('what an attempt may have left in the thread %s', async (_, fields, known, shown, found) => {
    const { slack } = await withUploads({ 'conversations.replies': post(shown) });
    expect(await slack.findFile(address, { file: { ...fileOf('a.png'), ...fields }, known })).toBe(found);
  });

  test('again does not share when it cannot look', async () => {
    const connection = await withUploads({ 'conversations.replies': { ok: false, error: 'internal_error' } });
    const { content, state } = contentOf(['bytes'], 5);
    const sharing = connection.slack.shareFile(address, { file: fileOf('a.png'), content, again: true, known: [] });
    await expect(sharing).rejects.toMatchObject({ kind: 'unavailable' });
    expect([methodsOf(connection), state.cancelled]).toEqual([['auth.test', 'conversations.replies'], true]);
  });

  test.each<[string, Answers, object]>([
    [
      'a file that is too large for the workspace',
      { 'files.getUploadURLExternal': { ok: false, error: 'file_upload_size_restricted' } },
      { kind: 'rejected', message: 'slack: files.getUploadURLExternal: file_upload_size_restricted' },
    ],
    [
      'a missing scope',
      { 'files.getUploadURLExternal': { ok: false, error: 'missing_scope' } },
      { kind: 'unauthorized' },
    ],
    [
      'an address that is not by https',
      { 'files.getUploadURLExternal': { ok: true, file_id: 'F0NEW0001', upload_url: 'http://127.0.0.2:9/upload' } },
      { kind: 'rejected', message: 'slack: the address of a file is not one by https' },
    ],
    [
      'an answer without an address',
      { 'files.getUploadURLExternal': { ok: true, file_id: 'F1' } },
      { kind: 'rejected' },
    ],
    ['content that is refused', { '/upload/v1/t0k3n': { status: 413, text: '' } }, { kind: 'rejected' }],
    ['an outage', { '/upload/v1/t0k3n': { status: 502, text: '' } }, { kind: 'unavailable' }],
    [
      'a redirect',
      { '/upload/v1/t0k3n': { status: 307, headers: { location: '/elsewhere' }, text: '' } },
      { kind: 'rejected' },
    ],
    [
      'a channel that is gone',
      { 'files.completeUploadExternal': { ok: false, error: 'channel_not_found' } },
      { kind: 'rejected', message: 'slack: files.completeUploadExternal: channel_not_found' },
    ],
  ])('%s is a failure', async (_, answers, expected) => {
    const { slack } = await withUploads(answers);
    const { content, state } = contentOf(['bytes'], 5);
    const sharing = slack.shareFile(address, { file: fileOf('a.png'), content, again: false, known: [] });
    await expect(sharing).rejects.toMatchObject({ name: 'RemoteError', ...expected });
    if ('files.getUploadURLExternal' in answers) expect(state.cancelled).toBe(true);
  });

  test.each([
    ['shorter', 9],
    ['longer', 3],
  ])('content that is %s than it was said to be is not shown', async (_, bytes) => {
    const connection = await withUploads();
    const { content } = contentOf(['by', 'tes'], bytes);
    const sharing = connection.slack.shareFile(address, { file: fileOf('a.png'), content, again: false, known: [] });
    await expect(sharing).rejects.toMatchObject({ kind: 'unavailable', message: 'slack: files: no answer' });
    expect(methodsOf(connection)).not.toContain('files.completeUploadExternal');
  });

  test.each([null, 5])('content that breaks off is not shown (length %s)', async (bytes) => {
    const connection = await withUploads();
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.error(new Error('the other side hung up'));
      },
    });
    const content = { stream, mimeType: null, bytes };
    const sharing = connection.slack.shareFile(address, { file: fileOf('a.png'), content, again: false, known: [] });
    await expect(sharing).rejects.toMatchObject({ name: 'RemoteError', kind: 'unavailable' });
    expect(methodsOf(connection)).not.toContain('files.completeUploadExternal');
  });

  test('content of unknown length is read up to 64 MiB', async () => {
    const connection = await withUploads();
    const mebibyte = 'x'.repeat(1024 * 1024);
    const { content, state } = contentOf(
      Array.from({ length: 70 }, () => mebibyte),
      null,
    );
    const sharing = connection.slack.shareFile(address, { file: fileOf('a.png'), content, again: false, known: [] });
    await expect(sharing).rejects.toMatchObject({
      kind: 'rejected',
      message: 'slack: a file of unknown length is longer than 67108864 bytes',
    });
    expect([connection.api.calls, state.cancelled]).toEqual([[], true]);
  });
});

describe('deleting a file', () => {
  test.each<[string, WebApiAnswer]>([
    ['that is there', { ok: true }],
    ['that is not found', { ok: false, error: 'file_not_found' }],
    ['that is deleted already', { ok: false, error: 'file_deleted' }],
  ])('%s is done when it is gone', async (_, answer) => {
    const { slack, api } = await connect({ 'files.delete': answer });
    await slack.removeFile('F0SHOWN01');
    expect(api.calls.map(({ method, args }) => [method, args])).toEqual([['files.delete', { file: 'F0SHOWN01' }]]);
  });

  test.each([
    ['cant_delete_file', 'rejected'],
    ['missing_scope', 'unauthorized'],
    ['internal_error', 'unavailable'],
  ])('that is refused with %s is %s', async (error, kind) => {
    const { slack } = await connect({ 'files.delete': { ok: false, error } });
    await expect(slack.removeFile('F0SHOWN01')).rejects.toMatchObject({ name: 'RemoteError', kind });
  });
});
