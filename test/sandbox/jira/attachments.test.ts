import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { adf, startSite, type TestSite } from './site.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0x00]);
const picture = { name: 'screen shot.png', type: 'image/png', bytes: png };

let site: TestSite;
let others: TestSite[] = [];
beforeEach(async () => {
  site = await startSite();
});
afterEach(async () => {
  for (const one of [site, ...others]) await one.jira.close();
  others = [];
});

/** A request whose body is written by hand. */
async function raw(body: string | Buffer, headers: Record<string, string>) {
  const basic = Buffer.from(`${site.jira.email}:${site.jira.apiToken}`).toString('base64');
  const response = await fetch(`${site.jira.url}/rest/api/3/issue/IT-1/attachments`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, text: await response.text() };
}

describe('uploading', () => {
  test('several files become attachments of the issue, with bytes, names and types as sent', async () => {
    const text = { name: 'Übersicht "1".txt', type: 'text/plain', bytes: Buffer.from('a\r\nb\r\n') };
    const { status, body } = await site.upload('IT-1', [picture, text]);
    expect([status, body]).toMatchObject([
      200,
      [
        { filename: 'screen shot.png', mimeType: 'image/png', size: 10, author: { displayName: 'Firstline' } },
        { filename: 'Übersicht "1".txt', mimeType: 'text/plain', size: 6 },
      ],
    ]);
    const [first, second] = body;
    expect(site.jira.attachment(first.id)?.bytes()).toEqual(png);
    expect(site.jira.attachment(second.id)?.bytes().toString()).toBe('a\r\nb\r\n');
    const issue = await site.call('GET', '/rest/api/3/issue/IT-1?fields=attachment');
    expect(issue.body.fields.attachment).toEqual(body);
    expect((await site.call('GET', `/rest/api/3/attachment/${first.id}`)).body).toMatchObject({
      id: Number(first.id),
      filename: 'screen shot.png',
      content: `${site.jira.url}/rest/api/3/attachment/content/${first.id}`,
    });
  });

  test('changes when the issue was updated, and is in its history', async () => {
    const before = site.jira.issue('IT-1')?.updated ?? '';
    await site.upload('IT-1', [picture]);
    const issue = site.jira.issue('IT-1');
    expect(Date.parse(issue?.updated ?? '')).toBeGreaterThan(Date.parse(before));
    expect(issue?.history.at(-1)).toMatchObject({ kind: 'attachment', from: null, to: 'screen shot.png' });
  });

  test('without the header against forged forms is refused', async () => {
    const answer = await raw('--x--\r\n', { 'content-type': 'multipart/form-data; boundary=x' });
    expect(answer).toEqual({ status: 403, text: 'XSRF check failed' });
  });

  test.each([
    ['of another type', 'application/json', '{}', 415],
    ['without a boundary', 'multipart/form-data', '--x--', 415],
    ['cut off', 'multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="file"', 415],
    ['without files', 'multipart/form-data; boundary=x', '--x--\r\n', 400],
    [
      'with the file under another name',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="upload"; filename="a"\r\n\r\na\r\n--x--\r\n',
      400,
    ],
  ])('a body %s is refused', async (...[, type, body, status]) => {
    expect((await raw(body, { 'content-type': type, 'x-atlassian-token': 'no-check' })).status).toBe(status);
    expect(site.jira.issue('IT-1')?.attachments).toEqual([]);
  });

  test.each([
    ['filename="../../etc/passwd"', 'passwd'],
    ['filename="C:\\\\temp\\\\a.txt"', 'a.txt'],
    ['filename=plain.txt', 'plain.txt'],
    [`filename="x"; filename*=UTF-8''%C3%84.txt`, 'Ä.txt'],
    ['filename="say \\"hi\\".txt"', 'say "hi".txt'],
    ['filename="say %22hi%22.txt"', 'say "hi".txt'],
    ['filename=""', 'file'],
  ])('%s names the file %s', async (filename, name) => {
    const body = `--x\r\nContent-Disposition: form-data; name="file"; ${filename}\r\nContent-Type: a b\r\n\r\n1\r\n--x--\r\n`;
    await raw(body, { 'content-type': 'multipart/form-data; boundary="x"', 'x-atlassian-token': 'no-check' });
    expect(site.jira.issue('IT-1')?.attachments).toMatchObject([
      { name, mimeType: 'application/octet-stream', size: 1 },
    ]);
  });

  test('over the limit nothing is taken, and the limit is told', async () => {
    expect((await site.call('GET', '/rest/api/3/attachment/meta')).body).toEqual({
      enabled: true,
      uploadLimit: 10 * 1024 * 1024,
    });
    site.jira.uploadLimitBytes = 9;
    const small = { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('a') };
    expect((await site.upload('IT-1', [small, picture])).status).toBe(413);
    expect(site.jira.issue('IT-1')?.attachments).toEqual([]);
    expect((await site.call('GET', '/rest/api/3/attachment/meta')).body.uploadLimit).toBe(9);
  });

  test('files over the usual limit of a body are taken, and more than 60 are not', async () => {
    const large = { name: 'large.bin', type: 'application/octet-stream', bytes: Buffer.alloc(6 * 1024 * 1024, 7) };
    const { status, body } = await site.upload('IT-1', [large]);
    expect([status, body[0].size]).toEqual([200, 6 * 1024 * 1024]);
    expect(
      (
        await site.upload(
          'IT-1',
          Array.from({ length: 61 }, () => picture),
        )
      ).status,
    ).toBe(413);
  });

  test('to an issue that is not there is refused', async () => {
    expect((await site.upload('IT-99', [picture])).status).toBe(404);
  });
});

describe('downloading', () => {
  const idOf = async () => (await site.upload('IT-1', [picture])).body[0].id as string;

  test('leads to an address that needs no credentials, and names the media id', async () => {
    const id = await idOf();
    const { status, headers } = await site.call('GET', `/rest/api/3/attachment/content/${id}`);
    const location = headers.get('location') ?? '';
    expect(status).toBe(303);
    expect(location).toContain(`/file/${site.jira.issue('IT-1')?.attachments[0]?.mediaId}/binary?`);
    const file = await fetch(location);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(png);
    expect(file.headers.get('content-type')).toBe('image/png');
    expect(file.headers.get('content-disposition')).toContain('screen%20shot.png');
  });

  test('an address with another token opens nothing', async () => {
    const id = await idOf();
    const location = (await site.call('GET', `/rest/api/3/attachment/content/${id}`)).headers.get('location') ?? '';
    const other = new URL(location);
    other.searchParams.set('token', `${other.searchParams.get('token')?.slice(0, -2)}xx`);
    expect((await fetch(other)).status).toBe(403);
    expect((await fetch(location.split('?')[0] ?? '')).status).toBe(403);
    expect((await fetch(location.replace(/file\/[^/]+/, 'file/another'))).status).toBe(404);
  });

  test('can be done at once, and in parts', async () => {
    const id = await idOf();
    const basic = Buffer.from(`${site.jira.email}:${site.jira.apiToken}`).toString('base64');
    const get = async (range?: string) => {
      const headers = { authorization: `Basic ${basic}`, ...(range === undefined ? {} : { range }) };
      const response = await fetch(`${site.jira.url}/rest/api/3/attachment/content/${id}?redirect=false`, { headers });
      return [response.status, Buffer.from(await response.arrayBuffer())];
    };
    expect(await get()).toEqual([200, png]);
    expect(await get('bytes=1-3')).toEqual([206, png.subarray(1, 4)]);
    expect(await get('bytes=8-')).toEqual([206, png.subarray(8)]);
    expect(await get('bytes=-2')).toEqual([206, png.subarray(8)]);
    expect((await get('bytes=10-'))[0]).toBe(416);
    expect((await get('bytes=a'))[0]).toBe(400);
  });

  test('needs credentials at the API, and a file that is there', async () => {
    const id = await idOf();
    expect((await fetch(`${site.jira.url}/rest/api/3/attachment/content/${id}`, { redirect: 'manual' })).status).toBe(
      401,
    );
    expect((await site.call('GET', '/rest/api/3/attachment/content/1')).status).toBe(404);
    expect((await site.call('DELETE', `/rest/api/3/attachment/${id}`)).status).toBe(204);
    expect((await site.call('GET', `/rest/api/3/attachment/${id}`)).status).toBe(404);
    expect(site.jira.issue('IT-1')?.attachments).toEqual([]);
    expect(site.jira.issue('IT-1')?.history.at(-1)).toMatchObject({ kind: 'attachment', from: 'screen shot.png' });
  });
});

describe('shown in a comment', () => {
  const showing = (mediaId: string, wrap = 'mediaSingle') => ({
    ...adf('See'),
    content: [
      ...adf('See <this>').content,
      { type: wrap, content: [{ type: 'media', attrs: { type: 'file', id: mediaId, collection: '' } }] },
    ],
  });

  test('by its media id, it is a picture of the attachment in the rendered body', async () => {
    const id = (await site.upload('IT-1', [picture])).body[0].id;
    const mediaId = site.jira.issue('IT-1')?.attachments[0]?.mediaId ?? '';
    const made = await site.call('POST', '/rest/api/3/issue/IT-1/comment?expand=renderedBody', {
      body: showing(mediaId),
    });
    expect(made.body.renderedBody).toBe(
      `<p>See &lt;this&gt;</p><span class="image-wrap"><img src="${site.jira.url}/rest/api/3/attachment/content/${id}" alt="screen shot.png"/></span>`,
    );
    const list = await site.call('GET', '/rest/api/3/issue/IT-1/comment?expand=renderedBody');
    expect(list.body.comments).toMatchObject([{ renderedBody: made.body.renderedBody }]);
    const plain = await site.call('GET', '/rest/api/3/issue/IT-1/comment');
    expect(plain.body.comments[0]).not.toHaveProperty('renderedBody');
  });

  test('a file that is no picture is a link', async () => {
    const { body } = await site.upload('IT-1', [{ name: 'log.txt', type: 'text/plain', bytes: Buffer.from('x') }]);
    const mediaId = site.jira.issue('IT-1')?.attachments[0]?.mediaId ?? '';
    const made = await site.call('POST', '/rest/api/3/issue/IT-1/comment?expand=renderedBody', {
      body: showing(mediaId, 'mediaGroup'),
    });
    expect(made.body.renderedBody).toContain(`<a href="${body[0].content}" title="log.txt">log.txt</a>`);
  });

  test('by its number, or by the id of another issue’s file, it is refused', async () => {
    const { body } = await site.upload(await site.create(), [picture]);
    const elsewhere = site.jira.issue('IT-2')?.attachments[0]?.mediaId ?? '';
    for (const id of [body[0].id as string, elsewhere, '5b2c3d4e-0000-4000-8000-000000000000']) {
      const answer = await site.call('POST', '/rest/api/3/issue/IT-1/comment', { body: showing(id) });
      expect(answer).toMatchObject({ status: 400, body: { errorMessages: ['ATTACHMENT_VALIDATION_ERROR'] } });
    }
  });
});

test('bytes are kept in files beside the state, and go with their issue', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jira-'));
  const statePath = path.join(folder, 'jira.json');
  const before = await startSite({ statePath });
  const id = (await before.upload('IT-1', [picture])).body[0].id as string;
  await before.jira.close();
  expect(readdirSync(path.join(folder, 'jira-attachments'))).toEqual([id]);
  expect(readFileSync(statePath, 'utf8')).not.toContain(png.toString('base64'));
  const after = await startSite({ statePath });
  others.push(after);
  expect(after.jira.attachment(id)?.bytes()).toEqual(png);
  expect(after.jira.issues()).toHaveLength(1);
  await after.call('DELETE', '/rest/api/3/issue/IT-1');
  expect(after.jira.attachment(id)).toBeNull();
  expect(existsSync(path.join(folder, 'jira-attachments', id))).toBe(false);
});

test('a link in the words is told apart from a file', async () => {
  const text = { type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href: 'https://x.example/?a&b' } }] };
  const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text] }] };
  const made = await site.call('POST', '/rest/api/3/issue/IT-1/comment?expand=renderedBody', { body });
  expect(made.body.renderedBody).toBe(
    '<p><a href="https://x.example/?a&amp;b" class="external-link" rel="nofollow noreferrer">here</a></p>',
  );
});
