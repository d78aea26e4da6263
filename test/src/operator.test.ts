import type { LinkedMessage } from '#chat-ports.ts';
import type { Store } from '#ports.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform, Webhook } from '#chat-ports.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { Trail } from '#domain/trail.ts';
import { createOperator } from '../../src/operator.ts';
import { type Server, startServer } from '../../src/server.ts';
import { bareTurn } from './domain/bare-turn.ts';

const token = 'sesame-sesame-sesame';
const at = new Date('2026-03-01T09:00:00Z');
const address = { platform: 'slack', ref: 'T1/C1/1' } as const;
const known = 'https://chat.example/known';

const trail: Trail = {
  conversation: {
    id: '1',
    name: 'a-name',
    platform: 'slack',
    place: 'direct',
    requesterRef: 'slack/T1/U1',
    handledThrough: '0',
  },
  turns: [
    {
      ...bareTurn,
      id: '1',
      author: 'requester',
      text: 'my vpn drops',
      at,
      recordedAt: at,
      messageId: 'T1/C1/1',
      addressed: true,
    },
  ],
  events: [{ id: 'slack/Ev1', receivedAt: at, turnId: '1' }],
  jobs: [],
  ticket: null,
};
const run: SyncRun = {
  source: 'markdown',
  state: 'running',
  startedAt: at,
  endedAt: null,
  dry: false,
  listed: 7,
  toRead: 3,
  done: 1,
  added: 0,
  changed: 0,
  removed: 0,
  rights: 0,
  kept: 0,
  chunks: 4,
  failed: [],
  warnings: [],
  error: null,
};

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A platform that knows two links, of which the store knows one. */
const links: Pick<ChatPlatform, 'messageOf' | 'linkOf'> = {
  async messageOf(link): Promise<LinkedMessage | null> {
    if (link === 'https://chat.example/down') throw new RemoteError('slack', 'unavailable', { message: 'down' });
    const place = /^https:\/\/chat\.example\/(\w+)$/.exec(link)?.[1];
    return place === undefined ? null : { address, messageId: place, postRefStart: place };
  },
  linkOf: ({ messageId }, like) => (messageId === null ? null : `${like}#${messageId}`),
};

const gapped = {
  id: '12',
  title: 'VPN',
  url: 'https://wiki.example/12',
  isComplete: true,
  gaps: [{ kind: 'unsupported' as const, what: 'drawio', count: 1 }],
};

async function started() {
  const logged: unknown[] = [];
  const sent: unknown[] = [];
  const note = (message: string, fields?: unknown) => void logged.push([message, fields]);
  const log = { debug: note, info: note, warn: note, error: note };
  const store: Pick<Store, 'trails' | 'syncRuns' | 'jobs' | 'knowledge'> = {
    trails: {
      async ofMessage({ messageId }) {
        if (messageId === 'broken') throw new Error('the database is gone');
        return messageId === 'known' ? { trail, address } : null;
      },
    },
    syncRuns: {
      latest: async () => [run],
      fault: async (source: string) => (source === 'wiki' ? 'refuses the token' : null),
    } as unknown as Store['syncRuns'],
    knowledge: {
      coverage: async (source: string) => ({ documents: 2, gaps: source === 'wiki' ? [gapped] : [] }),
    } as unknown as Store['knowledge'],
    jobs: { sendUnlessWaiting: async (...job: unknown[]) => void sent.push(job) } as unknown as Store['jobs'],
  };
  const platforms = [links as ChatPlatform];
  const webhooks: readonly Webhook[] = createOperator({ token, platforms, store, sources: ['markdown', 'wiki'], log });
  const server = await startServer({ host: '127.0.0.1', port: 0 }, { webhooks, readiness: async () => ({}), log });
  servers.push(server);
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` }, ...init });
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
  };
  return {
    ask,
    logged,
    sent,
    why: (link: string) => ask(`/operator/why?${new URLSearchParams({ message: link }).toString()}`),
  };
}

describe('the token', () => {
  test.each([
    ['is missing', {}],
    ['is another one', { authorization: 'Bearer sesame-sesame-other' }],
    ['is a part of it', { authorization: `Bearer ${token.slice(0, -1)}` }],
    ['is longer', { authorization: `Bearer ${token}x` }],
    ['is empty', { authorization: 'Bearer ' }],
    ['comes by another scheme', { authorization: `Basic ${token}` }],
  ])('that %s opens nothing, and nothing else of the request is looked at', async (_, headers) => {
    const { ask, sent } = await started();
    for (const [path, method] of [
      [`/operator/why?message=${known}`, 'GET'],
      ['/operator/why', 'DELETE'],
      ['/operator/syncs', 'GET'],
      ['/operator/coverage', 'GET'],
      ['/operator/sync', 'POST'],
    ] as const) {
      const {
        status,
        body,
        headers: answered,
      } = await ask(path, { method, headers: headers as Record<string, string> });
      expect([status, body]).toEqual([401, { error: expect.stringMatching(/OPERATOR_TOKEN/) }]);
      expect(answered.get('www-authenticate')).toBe('Bearer');
    }
    expect(sent).toEqual([]);
  });

  test('of a request whose body never ends is refused at once', async () => {
    const { ask } = await started();
    const body = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(1024)) });
    const refused = await ask('/operator/sync', {
      method: 'POST',
      headers: {},
      body,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([401, 'cut off']).toContain(refused);
  });
});

describe('GET /operator/why', () => {
  test('tells the trail, with a link for each message', async () => {
    const { why } = await started();
    const { status, headers, body } = await why(known);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const json = JSON.parse(JSON.stringify(trail));
    expect(body).toEqual({ ...json, turns: [{ ...json.turns[0], link: `${known}#T1/C1/1` }] });
  });

  test.each([
    ['a message that is not stored', 'https://chat.example/other', 404, 'Nothing is stored about this message.'],
    ['what is no link', 'vpn', 400, 'This is not the link of a message: copy it in the chat with “Copy link”.'],
    ['nothing', '', 400, 'The parameter “message” is missing: the link of a message.'],
    [
      'a message of a platform that cannot be asked',
      'https://chat.example/down',
      503,
      'The chat platform cannot be asked at present; try again in a minute.',
    ],
    [
      'a message while the store fails',
      'https://chat.example/broken',
      500,
      'The question could not be answered; the log says why.',
    ],
  ])('says in a sentence what is wrong about %s', async (_, link, status, error) => {
    const { why } = await started();
    expect(await why(link)).toMatchObject({ status, body: { error } });
  });

  test('logs no word of the conversation', async () => {
    const { why, logged } = await started();
    await why(known);
    await why('https://chat.example/broken');
    expect(logged.length).toBeGreaterThan(1);
    expect(JSON.stringify(logged)).not.toMatch(/vpn|sesame/);
  });
});

describe('the syncs', () => {
  test('are told as they are recorded', async () => {
    const { ask } = await started();
    expect(await ask('/operator/syncs')).toMatchObject({
      status: 200,
      body: { syncs: [JSON.parse(JSON.stringify(run))] },
    });
  });

  test.each([
    ['all sources', '{}', ['markdown', 'wiki']],
    ['all sources by an empty body', '', ['markdown', 'wiki']],
    ['one source', '{"source":"wiki"}', ['wiki']],
  ])('of %s can be asked for', async (_, body, queued) => {
    const { ask, sent } = await started();
    expect(await ask('/operator/sync', { method: 'POST', body })).toMatchObject({ status: 202, body: { queued } });
    expect(sent).toEqual(queued.map((source) => ['sync', source, { source }]));
  });

  test.each([
    ['of an unknown source', '{"source":"notes"}', 404, 'There is no such source; there is: markdown, wiki.'],
    ['in something else than JSON', 'source=wiki', 400, /^The body must be JSON/],
    ['of a source that is no name', '{"source":1}', 400, /^The body must be JSON/],
    ['with a misspelt field', '{"sources":["wiki"]}', 400, /^The body must be JSON/],
    ['in a list', '[]', 400, /^The body must be JSON/],
    ['in JSON’s null', 'null', 400, /^The body must be JSON/],
    ['at great length', `{"source":"${'x'.repeat(20_000)}"}`, 400, /^The body must be JSON/],
  ])('asked for %s are refused in a sentence', async (_, body, status, error) => {
    const { ask, sent } = await started();
    const reply = await ask('/operator/sync', { method: 'POST', body });
    expect(reply).toMatchObject({
      status,
      body: { error: typeof error === 'string' ? error : expect.stringMatching(error) },
    });
    expect(sent).toEqual([]);
  });
});

test.each([
  ['/operator/why', 'POST', 'GET'],
  ['/operator/syncs', 'DELETE', 'GET'],
  ['/operator/sync', 'GET', 'POST'],
])('%s takes no %s', async (path, method, allowed) => {
  const { ask } = await started();
  const { status, headers, body } = await ask(path, { method });
  expect([status, headers.get('allow'), body]).toEqual([405, allowed, { error: `Only ${allowed} is answered here.` }]);
});

describe('coverage', () => {
  const wiki = { source: 'wiki', documents: 2, gaps: [gapped], fault: 'refuses the token' };

  test('tells of each source what was not read, and what needs somebody', async () => {
    const { ask } = await started();
    expect(await ask('/operator/coverage')).toMatchObject({
      status: 200,
      body: { sources: [{ source: 'markdown', documents: 2, gaps: [], fault: null }, wiki] },
    });
    expect((await ask('/operator/coverage?source=wiki')).body).toEqual({ sources: [wiki] });
  });

  test('of a source that there is not names those that there are', async () => {
    const { ask } = await started();
    expect(await ask('/operator/coverage?source=x')).toMatchObject({
      status: 404,
      body: { error: 'There is no such source; there is: markdown, wiki.' },
    });
  });
});

test('a dry run is a job of its own, which writes nothing', async () => {
  const { ask, sent } = await started();
  const body = JSON.stringify({ source: 'wiki', dry: true });
  expect(
    await ask('/operator/sync', { method: 'POST', body, headers: { authorization: `Bearer ${token}` } }),
  ).toMatchObject({
    status: 202,
    body: { queued: ['wiki'] },
  });
  expect(sent).toEqual([['sync', 'wiki dry', { source: 'wiki', dry: 'yes' }]]);
});
