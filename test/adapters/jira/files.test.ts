import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SharedFile } from '../../../src/domain/conversation.ts';
import type { FileStream } from '../../../src/ticket-ports.ts';
import { safeFileName } from '../../../adapters/jira/file-name.ts';
import type { JiraSandbox } from '../../../sandbox/jira/index.ts';
import { draft, jiraAt, kindOf, rui, startSite } from './acme.ts';

let site: JiraSandbox;
let jira: ReturnType<typeof jiraAt>;
let id: string;
beforeEach(async () => {
  site = await startSite();
  jira = jiraAt(site);
  ({ id } = await jira.ensureTicket(draft));
});
afterEach(() => site.close());

const file = (name: string, bytes: number | null = null): SharedFile => ({ name, ref: null, mimeType: null, bytes });
/** Pieces of so many bytes; `pulled` counts those that were asked for, `cancelled` whether the rest was given up. */
function streamOf(pieces: readonly Buffer[], told: number | null = null, mimeType: string | null = 'image/png') {
  const seen = { pulled: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = pieces[seen.pulled];
        if (piece === undefined) return controller.close();
        seen.pulled += 1;
        controller.enqueue(piece);
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const content: FileStream = { stream, mimeType, bytes: told };
  return { content, seen };
}
const attach = async (name: string, { content }: { content: FileStream }, again = false, known: string[] = []) =>
  await jira.ensureFile(id, { file: file(name, content.bytes), content, again, known });
const attachments = () => site.issue('IT-1')!.attachments;

describe('a file', () => {
  test.each([
    ['of a known length', 6],
    ['of an unknown length', null],
  ])('%s is attached as it is', async (_, told) => {
    const { attachmentId } = await attach(
      'Bild \u00e4 "1".png',
      streamOf([Buffer.from('abc'), Buffer.from('\r\n-')], told),
    );
    expect(attachments()).toMatchObject([
      { id: attachmentId, name: "Bild \u00e4 '1'.png", mimeType: 'image/png', size: 6 },
    ]);
    expect(site.attachment(attachmentId)?.bytes().toString()).toBe('abc\r\n-');
  });

  test('with a strange type is just bytes', async () => {
    await attach('a', streamOf([Buffer.from('x')], 1, 'text/plain\r\nx-evil: 1'));
    expect(attachments()).toMatchObject([{ mimeType: 'application/octet-stream' }]);
  });

  test('whose answer was lost is found again; the same name of somebody else or of before is another', async () => {
    const body = () => streamOf([Buffer.from('abc')], 3);
    site.attach({ as: rui, key: 'IT-1', name: 'a.png', mimeType: 'image/png', bytes: Buffer.from('abc') });
    const { attachmentId: first } = await attach('a.png', body());
    site.faults.set({ match: '/attachments', kind: 'drop-after', times: 1 });
    expect(await kindOf(attach('a.png', body()))).toBe('unavailable');
    const unread = body();
    const found = await attach('a.png', unread, true, [first]);
    expect(found.attachmentId).toBe(attachments()[2]?.id);
    expect(unread.seen).toEqual({ pulled: 0, cancelled: true });
    expect(attachments()).toHaveLength(3);
    await attach('a.png', body(), true, [first, found.attachmentId]);
    expect(attachments()).toHaveLength(4);
  });

  test.each([
    ['is told before anything is sent', 11, 0],
    ['is noticed while it is sent', null, 2],
  ])('that is too large is rejected, which %s', async (_, told, pulled) => {
    site.uploadLimitBytes = 10;
    const pieces = Array.from({ length: 100 }, () => Buffer.alloc(6));
    const large = streamOf(pieces, told);
    expect(await kindOf(attach('a', large))).toBe('rejected');
    expect(large.seen.pulled).toBeGreaterThanOrEqual(pulled);
    expect(large.seen.pulled).toBeLessThan(20);
    expect(large.seen.cancelled).toBe(true);
    expect(attachments()).toEqual([]);
  });

  test('that Jira finds too large is rejected', async () => {
    site.faults.set({ match: '/attachments', kind: 'status', status: 413, times: 1 });
    expect(await kindOf(attach('a', streamOf([Buffer.from('x')], 1)))).toBe('rejected');
  });

  test.each([
    ['shorter', 9],
    ['longer', 2],
  ])('that is %s than was told is rejected', async (_, told) => {
    expect(await kindOf(attach('a', streamOf([Buffer.from('abc')], told)))).toBe('rejected');
    expect(attachments()).toEqual([]);
  });

  test('that breaks off is to be tried again', async () => {
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('secret')) });
    expect(await kindOf(attach('a', { content: { stream, mimeType: null, bytes: null } }))).toBe('unavailable');
  });

  test('never names the largest size more than once an hour', async () => {
    let now = new Date();
    const at = jiraAt(site, {}, () => now);
    expect(await at.largestFileBytes()).toBe(10 * 1024 * 1024);
    site.uploadLimitBytes = 5;
    expect(await at.largestFileBytes()).toBe(10 * 1024 * 1024);
    now = new Date(now.getTime() + 3_600_000);
    expect(await at.largestFileBytes()).toBe(5);
  });
});

describe('a file of ours', () => {
  test('is found by its name and size, and deleted once', async () => {
    site.attach({ as: rui, key: 'IT-1', name: 'a.png', mimeType: 'image/png', bytes: Buffer.from('abc') });
    const { attachmentId } = await attach('C:\\a.png', streamOf([Buffer.from('abc')], 3));
    const found = (name: string, bytes: number | null, known: string[] = []) =>
      jira.findFile(id, { file: file(name, bytes), known });
    expect([await found('C:\\a.png', 3), await found('a.png', null)]).toEqual([attachmentId, attachmentId]);
    expect([await found('a.png', 4), await found('b.png', 3), await found('a.png', 3, [attachmentId])]).toEqual([
      null,
      null,
      null,
    ]);
    await jira.removeFile(attachmentId);
    await jira.removeFile(attachmentId);
    expect(attachments().map(({ author }) => author.emailAddress)).toEqual([rui]);
    expect(await found('a.png', 3)).toBeNull();
  });

  test.each([
    [403, 'rejected'],
    [401, 'unauthorized'],
    [500, 'unavailable'],
  ])('whose deletion is answered with %d is %s', async (status, kind) => {
    const { attachmentId } = await attach('a.png', streamOf([Buffer.from('abc')], 3));
    site.faults.set({ match: '/attachment/', kind: 'status', status, times: 1 });
    expect(await kindOf(jira.removeFile(attachmentId))).toBe(kind);
    expect(attachments()).toHaveLength(1);
  });
});

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.png', 'a.png'],
  ['a\u0000\r\n"b".png', "a 'b'.png"],
  ['exe\u202Egnp.exe', 'exegnp.exe'],
  ['', 'file'],
  ['..', 'file'],
  ['.', 'file'],
  ['\u202E', 'file'],
  [`${'x'.repeat(300)}.png`, `${'x'.repeat(196)}.png`],
  ['.env', '.env'],
  ['👩‍💻 ünï.txt', '👩‍💻 ünï.txt'],
])('the name %j is kept as %j', (name, kept) => {
  expect(safeFileName(name)).toBe(kept);
});

describe("a comment's file", () => {
  const png = { name: 'shot.png', mimeType: 'image/png', bytes: Buffer.from('png') };

  test('is opened where Jira keeps it', async () => {
    const { id: ref } = site.attach({ as: rui, key: 'IT-1', ...png });
    const opened = (await jira.openFile({ ...file('shot.png', 3), ref }))!;
    expect(opened).toMatchObject({ mimeType: expect.stringContaining('image/png'), bytes: 3 });
    expect(await text(opened.stream)).toBe('png');
  });

  test.each([null, '99999', '../../myself', '1?x'])('that is not there, %j, is null', async (ref) => {
    expect(await jira.openFile({ ...file('a'), ref })).toBeNull();
  });

  describe('elsewhere', () => {
    const servers: Server[] = [];
    afterEach(async () => {
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    });
    async function serve(listener: RequestListener): Promise<string> {
      const server = createServer(listener);
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }
    async function leadingTo(location: string) {
      const baseUrl = await serve((_, response) => response.writeHead(303, { location }).end());
      return jiraAt(site, { baseUrl, timeoutMs: 500 }).openFile({ ...file('a'), ref: '1' });
    }

    test('is asked for without our credentials', async () => {
      const asked: IncomingMessage[] = [];
      const media = await serve((request, response) => {
        asked.push(request);
        response.writeHead(200, { 'content-type': 'image/png' }).end('png');
      });
      expect(await text((await leadingTo(`${media}/m?token=1`))!.stream)).toBe('png');
      expect(asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/m?token=1', undefined]]);
    });

    test.each([
      [404, null],
      [403, 'unavailable'],
      [401, 'unavailable'],
      [429, 'rate-limited'],
      [302, 'unavailable'],
      [500, 'unavailable'],
    ])('and answered with %d is %j', async (status, kind) => {
      const media = await serve((_, response) => response.writeHead(status, { location: '/again' }).end());
      const opening = leadingTo(media);
      if (kind === null) expect(await opening).toBeNull();
      else expect(await kindOf(opening)).toBe(kind);
    });

    test.each(['file:///etc/passwd', 'nonsense://', ''])('is not followed to %j', async (location) => {
      const outcome = await kindOf(leadingTo(location));
      expect(['rejected', 'unavailable']).toContain(outcome);
    });

    test('may take its time once it has begun', async () => {
      let finish = () => {};
      const baseUrl = await serve((_, response) => {
        response.writeHead(200).write('a');
        finish = () => void response.end('b');
      });
      const opened = (await jiraAt(site, { baseUrl, timeoutMs: 500 }).openFile({ ...file('a'), ref: '1' }))!;
      const reader = opened.stream.getReader();
      expect(Buffer.from((await reader.read()).value!).toString()).toBe('a');
      const rest = reader.read();
      setTimeout(() => finish(), 600);
      expect(Buffer.from((await rest).value!).toString()).toBe('b');
    });

    test('that never begins is unavailable', async () => {
      const baseUrl = await serve(() => {});
      const opening = jiraAt(site, { baseUrl, timeoutMs: 30 }).openFile({ ...file('a'), ref: '1' });
      expect(await kindOf(opening)).toBe('unavailable');
    });
  });
});

test('a large file is never held as a whole, and may take longer than a call', async () => {
  const piece = Buffer.alloc(1024 * 1024, 1);
  let received = 0;
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/meta')) return void response.end('{"enabled":true,"uploadLimit":300000000}');
    request.on('data', (part: Buffer) => {
      received += part.length;
    });
    request.on('end', () => void response.end('[{"id":"5"}]'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let ahead = 0;
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        ahead = Math.max(ahead, sent * piece.length - received);
        if (sent === 100) return controller.close();
        sent += 1;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  const content = { stream, mimeType: null, bytes: 100 * piece.length };
  const attached = jiraAt(site, { baseUrl }).ensureFile('1', {
    file: file('big.bin'),
    content,
    again: false,
    known: [],
  });
  expect(await attached).toEqual({ attachmentId: '5' });
  expect(received).toBeGreaterThan(100 * piece.length);
  expect(ahead).toBeLessThan(30 * piece.length);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
