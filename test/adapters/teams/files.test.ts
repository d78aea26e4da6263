import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createFiles } from '../../../adapters/teams/files.ts';
import { weigh } from '../../../adapters/teams/cards.ts';
import type { SharedFile } from '#domain/conversation.ts';
import type { FileStream } from '#ticket-ports.ts';
import { inChannel, outward, settings, unavailable } from './outward-doubles.ts';

const servers: http.Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
});

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
}

/** A server that is both the connector and where files are, and files as its adapter reads them. */
async function serving(answer: (path: string, response: http.ServerResponse) => void) {
  const asked: Asked[] = [];
  const server = http.createServer(({ url = '', headers }, response) => {
    asked.push({ path: url, authorization: headers.authorization });
    answer(url, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { deps, logged } = await outward();
  const files = createFiles({ ...deps, settings: { ...settings, serviceHosts: [host] } });
  return { files, asked, logged, url: `http://${host}` };
}

const picturePath = '/v3/attachments/1/views/original';
const awayPath = '/v3/attachments/away/views/original';
const fileAt = (url: string, kind: 'download' | 'inline' = 'download'): SharedFile => ({
  name: 'error.png',
  ref: JSON.stringify({ url, kind }),
  mimeType: null,
  bytes: null,
});

describe('a file of a message', () => {
  const png = (_: string, response: http.ServerResponse) => {
    response.writeHead(200, { 'content-type': 'image/png; x=y', 'content-length': '5' }).end('bytes');
  };

  test('is read from its address, which needs no token', async () => {
    const { files, asked, url } = await serving(png);
    const content = await files.openFile(fileAt(`${url}/f?tempauth=1`));
    expect([content?.mimeType, content?.bytes]).toEqual(['image/png', 5]);
    expect(await text(content!.stream)).toBe('bytes');
    expect(asked).toEqual([{ path: '/f?tempauth=1', authorization: undefined }]);
  });

  test('within the text is read with our token', async () => {
    const { files, asked, url } = await serving(png);
    const content = await files.openFile({
      ...fileAt(`${url}/emea/v3/attachments/0-weu-d1-a/views/original`, 'inline'),
      mimeType: 'image/gif',
    });
    expect(content?.mimeType).toBe('image/gif');
    await content?.stream.cancel();
    expect(asked).toEqual([
      { path: '/emea/v3/attachments/0-weu-d1-a/views/original', authorization: 'Bearer bot-token' },
    ]);
  });

  test.each([
    '/emea/v3/conversations/a:1/members',
    '/emea/v3/conversations/a:1/v3/attachments/1/views/original',
    '/emea/v3/attachments/1',
    '/emea/v3/attachments/1/views/',
    '/emea/v3/attachments/..%2F..%2Fconversations/views/original',
    '/emea/v3/attachments/1/views/original/../../../conversations',
    '/v3/attachments//views/original',
  ])('within the text is a picture of a message, not %s', async (path) => {
    const { files, asked, url, logged } = await serving(png);
    expect(await files.openFile(fileAt(`${url}${path}`, 'inline'))).toBeNull();
    expect(asked).toEqual([]);
    expect(logged).toEqual(['teams: a file is at an address that is not Microsoft’s']);
  });

  test.each(['application/json', 'text/html; charset=utf-8', undefined])(
    'within the text that is no picture is none: %s',
    async (type) => {
      const { files, url, logged } = await serving((_, response) => {
        response.writeHead(200, type === undefined ? {} : { 'content-type': type }).end('[]');
      });
      expect(await files.openFile(fileAt(`${url}${picturePath}`, 'inline'))).toBeNull();
      expect(logged).toEqual(['teams: what was to be a picture is none']);
    },
  );

  test.each<[string, number, 'download' | 'inline']>([
    ['is not found', 404, 'download'],
    ['is gone', 410, 'inline'],
    ['has an address that opens it no more', 401, 'download'],
    ['is not for who asks', 403, 'download'],
  ])('that %s is none', async (...[, status, kind]) => {
    const { files, url } = await serving((_, response) => void response.writeHead(status).end('no'));
    expect(await files.openFile(fileAt(`${url}${picturePath}`, kind))).toBeNull();
  });

  test.each<[number, 'download' | 'inline', object]>([
    [401, 'inline', { kind: 'unauthorized' }],
    [429, 'download', { kind: 'rate-limited', retryAfterMs: 7000 }],
    [503, 'download', { kind: 'unavailable' }],
    [400, 'download', { kind: 'rejected' }],
  ])('status %i (%s) is a failure', async (status, kind, expected) => {
    const { files, url } = await serving(
      (_, response) => void response.writeHead(status, { 'retry-after': '7' }).end(),
    );
    await expect(files.openFile(fileAt(`${url}${picturePath}`, kind))).rejects.toMatchObject(expected);
  });

  test.each([
    ['plain http', 'http://acme.sharepoint.com/f'],
    ['another host', 'https://evil.example/f'],
    ['a host that only looks like one', 'https://evilsharepoint.com/f'],
    ['a host before another', 'https://acme.sharepoint.com.evil.example/f'],
    ['a user name before the host', 'https://acme.sharepoint.com@evil.example/f'],
    ['a user name', 'https://me@acme.sharepoint.com/f'],
    ['another port', 'https://acme.sharepoint.com:8443/f'],
    ['this machine', 'http://127.0.0.1:1/f'],
    ['this machine by name', 'http://localhost/f'],
    ['the cloud’s own data', 'http://169.254.169.254/latest/meta-data'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,x'],
  ])('at %s is not asked for', async (_, url) => {
    const { files, logged } = await serving(png);
    expect(await files.openFile(fileAt(url))).toBeNull();
    expect(logged).toEqual(['teams: a file is at an address that is not Microsoft’s']);
  });

  test('in SharePoint never gets our token', async () => {
    const { files } = await serving(png);
    expect(await files.openFile(fileAt('https://acme.sharepoint.com/f', 'inline'))).toBeNull();
  });

  test.each([null, '', 'no json', '{"url":1}', '{"url":"/f","kind":"download"}'])('that is %j is none', async (ref) => {
    const { files, asked } = await serving(png);
    expect(await files.openFile({ ...fileAt(''), ref })).toBeNull();
    expect(asked).toEqual([]);
  });

  test('is followed within its host, and nowhere else', async () => {
    const other = await serving(png);
    const { files, asked, url } = await serving((path, response) => {
      if (path === picturePath) response.writeHead(302, { location: '/v3/attachments/2/views/original' }).end();
      else if (path === '/v3/attachments/3/views/original') response.writeHead(302, { location: '/v3/bots' }).end();
      else if (path === awayPath) response.writeHead(302, { location: `${other.url}/g` }).end();
      else if (path === '/round') response.writeHead(302, { location: '/round' }).end();
      else png(path, response);
    });
    const content = await files.openFile(fileAt(`${url}${picturePath}`, 'inline'));
    expect(await text(content!.stream)).toBe('bytes');
    for (const path of [awayPath, '/v3/attachments/3/views/original']) {
      await expect(files.openFile(fileAt(`${url}${path}`, 'inline'))).rejects.toMatchObject({ kind: 'rejected' });
    }
    await expect(files.openFile(fileAt(`${url}/round`))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(other.asked).toEqual([]);
    expect(asked[1]).toEqual({ path: '/v3/attachments/2/views/original', authorization: 'Bearer bot-token' });
    expect(asked.map(({ path }) => path)).not.toContain('/v3/bots');
  });

  test('that does not come is waited for', async () => {
    const { files, url } = await serving((_, response) => void response.destroy());
    await expect(files.openFile(fileAt(`${url}/f`))).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('a file that IT shares', () => {
  const picture: SharedFile = { name: 'a [1]\n.png', ref: 'x', mimeType: 'image/png', bytes: 5 };
  const known = { again: false, known: [] };

  /** Content that says whether it was cancelled. */
  function contentOf(bytes: number, mimeType: string | null = 'image/png') {
    const state = { cancelled: false };
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let left = bytes; left > 0; left -= 1000) controller.enqueue(new Uint8Array(Math.min(left, 1000)));
        controller.close();
      },
      cancel() {
        state.cancelled = true;
      },
    });
    return { state, content: { stream, mimeType, bytes: null } satisfies FileStream };
  }

  test('is shown in the message when it is a small picture', async () => {
    const { deps, calls } = await outward();
    const { content } = contentOf(36_000);
    const id = await createFiles(deps).shareFile(inChannel, { file: picture, content, ...known });
    expect(id).toBe(`${inChannel.ref}/1700000001001`);
    const activity = calls[0]?.args[1];
    expect(activity).toMatchObject({ attachments: [{ contentType: 'image/png', name: 'a [1] .png' }] });
    expect(Object(activity).attachments[0].contentUrl).toBe(
      `data:image/png;base64,${Buffer.alloc(36_000).toString('base64')}`,
    );
    expect(weigh(activity)).toBeLessThan(100 * 1024 - 2000);
  });

  test.each<[string, Partial<SharedFile>, number, string | null, string]>([
    ['a picture that is too large', { bytes: 36_001 }, 100, null, '📎 a \\[1\\] .png (36 kB) is on the ticket.'],
    ['a picture that is larger than it said', { bytes: null }, 40_000, null, '📎 a \\[1\\] .png is on the ticket.'],
    [
      'a drawing that may hold scripts',
      { mimeType: 'image/svg+xml' },
      5,
      null,
      '📎 a \\[1\\] .png (5 bytes) is on the ticket.',
    ],
    ['a log', { mimeType: null, bytes: 2_345_678 }, 5, 'text/plain', '📎 a \\[1\\] .png (2.3 MB) is on the ticket.'],
  ])('is named when it is %s', async (...[, fields, bytes, mimeType, line]) => {
    const { deps, calls } = await outward();
    const { content, state } = contentOf(bytes, mimeType);
    await createFiles(deps).shareFile(inChannel, { file: { ...picture, ...fields }, content, ...known });
    expect(calls[0]?.args[1]).toEqual({ type: 'message', textFormat: 'markdown', text: line });
    // read to its end, or cancelled
    expect(state.cancelled || (await content.stream.getReader().read()).done).toBe(true);
  });

  test('whose content breaks off is a failure of ours to say', async () => {
    const { deps, calls } = await outward();
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('reset')) });
    const content = { stream, mimeType: 'image/png', bytes: 5 };
    const shared = createFiles(deps).shareFile(inChannel, { file: picture, content, ...known });
    await expect(shared).rejects.toMatchObject({ kind: 'unavailable' });
    expect(calls).toEqual([]);
  });

  test('is taken away with its message, and looked for in vain', async () => {
    const { deps, calls, state } = await outward();
    const files = createFiles(deps);
    expect(await files.findFile(inChannel, { file: picture, known: [] })).toBeNull();
    await files.removeFile(`${inChannel.ref}/1700000001001`);
    expect(calls).toMatchObject([{ verb: 'remove', args: [{ thread: '1700000000001', activityId: '1700000001001' }] }]);
    await expect(files.removeFile(`${inChannel.ref}/`)).rejects.toMatchObject({ kind: 'rejected' });
    state.fail = () => unavailable;
    await expect(files.removeFile(`${inChannel.ref}/1`)).rejects.toBe(unavailable);
  });
});
