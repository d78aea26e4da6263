import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SandboxFault } from '../../sandbox/fault.ts';
import type { Fault } from '../../sandbox/http.ts';
import { type OpenAiSandbox, startOpenAi } from '../../sandbox/openai/index.ts';
import { createOperator } from '../../sandbox/operator.ts';
import { startPage, type Page } from '../../sandbox/page.ts';
import type { PageIssue, PageMessage, PageParts } from '../../sandbox/page/parts.ts';

type ChatChange = Parameters<Parameters<PageParts['slack']['on']>[0]>[0];

const mia = {
  slackId: 'U1',
  name: 'Mia Okafor',
  email: 'mia@brindlow.example',
  title: 'Buyer',
  team: 'Purchasing',
  role: 'employee',
  office: 'Leeds',
};
const ben = { ...mia, slackId: 'U2', name: 'Ben Ito', email: 'ben@brindlow.example', role: 'it-staff' };

const messages: readonly PageMessage[] = [
  {
    ts: '1767225600.000100',
    user: 'U1',
    text: 'my vpn keeps droping',
    reply_count: 1,
    reply_users: ['UBOT'],
    latest_reply: '1767225601.000100',
  },
  { ts: '1767225601.000100', thread_ts: '1767225600.000100', user: 'UBOT', bot_id: 'B1', text: 'Try this' },
  { ts: '1767225700.000100', user: 'U2', text: 'hello' },
];

const files = [
  { id: 'F1', name: 'screen "1".png', mimetype: 'image/png', size: 3, bytes: () => Buffer.from('png') },
  { id: 'F2', name: 'page.html', mimetype: 'text/html', size: 8, bytes: () => Buffer.from('<script>') },
];

function issueOf(key: string, status: string, created: string): PageIssue {
  const reporter = { accountId: 'a1', displayName: 'Mia Okafor', emailAddress: 'mia@brindlow.example' };
  return {
    key,
    summary: `About ${key}`,
    status,
    created,
    reporter,
    assignee: null,
    labels: ['vpn'],
    priority: 'Medium',
    properties: {},
    remoteLinks: [],
    comments: [],
  };
}

/** A workplace that only remembers what was asked of it. */
function createWorkplace(issues: readonly PageIssue[] = []) {
  const asked: unknown[] = [];
  const faults: Record<'slack' | 'jira', Fault[]> = { slack: [], jira: [] };
  const heard = {
    slack: new Set<(change: ChatChange) => void>(),
    bot: new Set<(state: 'starting' | 'up' | 'down') => void>(),
  };
  const knowledgeFolder = mkdtempSync(path.join(tmpdir(), 'page-knowledge-'));
  writeFileSync(
    path.join(knowledgeFolder, 'vpn.md'),
    '---\ntitle: "VPN keeps dropping"\nurl: https://wiki.example/vpn\naudience: [everyone]\nupdated: 2026-06-09\n---\n\nRestart it.\n',
  );
  writeFileSync(path.join(knowledgeFolder, 'untitled.md'), 'No front matter here.');
  const faultsOf = (system: 'slack' | 'jira') => ({
    set: (fault: Fault) => void faults[system].push(fault),
    clear: () => void faults[system].splice(0),
  });
  const parts: PageParts = {
    company: { name: 'Brindlow', people: [mia, ben], knowledgeFolder },
    slack: {
      url: 'http://127.0.0.1:2',
      botUserId: 'UBOT',
      deliveries: [],
      calls: [],
      clickInView: async () => 200,
      closeView: async () => 200,
      command: async () => 200,
      shortcut: async () => 200,
      submitView: async () => ({ status: 200, errors: null, problem: null }),
      suggest: async () => ({ status: 200, options: [], groups: [] }),
      modal: () => null,
      home: () => null,
      openApp: () => undefined,
      faults: faultsOf('slack'),
      app: { commands: [], shortcuts: [], homeTab: false },
      delivery: { copies: 1, delayMs: 0, paused: false },
      ledger: () => ({
        channels: [{ id: 'DU1', isDirect: true, messages }],
        sentAgain: 3,
        givenUp: [{ channel: 'DU1', ts: '1767225700.000100' }],
      }),
      channels: (as) => [
        { id: 'C1', name: 'it-help', kind: 'channel', topic: 'Ask', unread: 2 },
        { id: `D${as}`, name: 'Firstline', kind: 'dm', topic: '', unread: 0 },
      ],
      isMember: (as, channel) => ['C1', `D${as}`].includes(channel),
      markRead: (...read) => void asked.push(['markRead', ...read]),
      markUnread: (...unread) => void asked.push(['markUnread', ...unread]),
      readUntil: (_as, _channel, threadTs) => (threadTs === undefined ? '1767225600.000100' : '0000000000.000000'),
      messages: () => messages,
      top: (_, wish) => {
        asked.push(['top', wish]);
        return { messages: messages.filter(({ text }) => text !== 'Try this'), hasEarlier: true, hasLater: false };
      },
      message: (_, ts) => messages.find((message) => message.ts === ts) ?? null,
      dismiss: (whisper) => void asked.push(['dismiss', whisper]),
      react: async (reaction) => void asked.push(['react', reaction]),
      upload: ({ bytes, ...upload }) => {
        asked.push(['upload', upload]);
        return { ...upload, id: 'F1', size: bytes.length };
      },
      file: (id) => files.find((file) => file.id === id) ?? null,
      canSeeFile: (as) => as === 'U1',
      thread: (_, ts) => messages.filter((message) => message.ts === ts || message.thread_ts === ts),
      whispers: (_, as) => (as === 'U2' ? [{ ts: '1767225800.000100', user: 'UBOT', bot_id: 'B1', text: 'psst' }] : []),
      status: () => 'is searching the IT guides…',
      canStop: (channel) => channel === 'C1',
      stopSession: (stop) => void asked.push(['stop', stop]),
      say: async (saying) => {
        asked.push(['say', saying]);
        return '1767225900.000100';
      },
      edit: async (change) => void asked.push(['edit', change]),
      remove: async (change) => void asked.push(['remove', change]),
      click: async (click) => {
        asked.push(['click', click]);
        return 200;
      },
      on: (listener) => {
        heard.slack.add(listener);
        return () => heard.slack.delete(listener);
      },
    },
    jira: {
      url: 'http://127.0.0.1:1',
      projectKey: 'IT',
      calls: [],
      faults: faultsOf('jira'),
      issues: () => issues,
      issue: (key) => issues.find((issue) => issue.key === key) ?? null,
      on: () => () => undefined,
    },
    bot: {
      state: () => 'up',
      on: (listener) => {
        heard.bot.add(listener);
        return () => heard.bot.delete(listener);
      },
      kill: () => void asked.push(['kill']),
      restart: () => void asked.push(['restart']),
      kills: () => 1,
    },
    operator: createOperator({ url: () => null, token: '' }),
  };
  return { parts, asked, faults, heard };
}

let page: Page;
let workplace: ReturnType<typeof createWorkplace>;

beforeEach(async () => {
  workplace = createWorkplace([
    issueOf('IT-2', 'To Do', '2026-01-02T00:00:00Z'),
    issueOf('IT-3', 'To Do', '2026-01-03T00:00:00Z'),
    issueOf('IT-1', 'Done', '2026-01-01T00:00:00Z'),
  ]);
  page = await startPage({ port: 0, ...workplace.parts });
});

afterEach(() => page.close());

async function get(at: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(page.url + at);
  return { status: response.status, body: await response.json() };
}

async function post(at: string, body: unknown): Promise<{ status: number; body: unknown }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(page.url + at, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

/** With a path exactly as given and headers that fetch would not send. */
function rawGet(at: string, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(page.url, { path: at, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('what a browser may do', () => {
  test.each(['/', '/main.js', '/api/board', '/nowhere'])('%s comes with the strict policy', async (at) => {
    const response = await fetch(page.url + at);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('answers of the API are never kept', async () => {
    const response = await fetch(`${page.url}/api/board`);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['another site that resolves to this machine', { host: 'evil.example' }, 403],
    ['another site with a number in front', { host: '127.0.0.1.evil.example' }, 403],
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['localhost by name', { host: 'localhost:1234' }, 200],
    ['the loopback address of IPv6', { host: '[::1]:1234' }, 200],
  ])('%s', async (_, headers, status) => {
    expect((await rawGet('/api/board', headers)).status).toBe(status);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'a POST of %s is refused before it does anything',
    async (type) => {
      const body = JSON.stringify({ action: 'kill' });
      const response = await fetch(`${page.url}/api/bot`, { method: 'POST', headers: { 'content-type': type }, body });
      expect(response.status).toBe(415);
      expect(workplace.asked).toEqual([]);
    },
  );
});

describe('the files', () => {
  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/app.js', 'text/javascript; charset=utf-8'],
    ['/styles/theme.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
    ['/vendor/preact.js', 'text/javascript; charset=utf-8'],
    ['/vendor/hooks.js', 'text/javascript; charset=utf-8'],
    ['/vendor/htm.js', 'text/javascript; charset=utf-8'],
    ['/vendor/markdown-it.js', 'text/javascript; charset=utf-8'],
    ['/vendor/adaptivecards.js', 'text/javascript; charset=utf-8'],
  ])('%s is served as %s', async (at, type) => {
    const response = await fetch(page.url + at);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  });

  test('a package that imports another by its bare name is pointed at where that one is served', async () => {
    const source = await (await fetch(`${page.url}/vendor/hooks.js`)).text();
    expect(source).toContain('from"/vendor/preact.js"');
    expect(source).not.toMatch(/from\s*["']preact["']/);
  });

  test('the page preloads every module that it imports, at any depth, and nothing else', async () => {
    const html = await (await fetch(page.url)).text();
    const preloaded = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, href]) => href ?? '');
    expect(preloaded[0]).toBe('/main.js');
    expect(new Set(preloaded).size).toBe(preloaded.length);
    const seen = new Set<string>();
    async function follow(at: string): Promise<void> {
      if (seen.has(at)) return;
      seen.add(at);
      const source = await (await fetch(page.url + at)).text();
      const imports = [...source.matchAll(/(?:from|import)\s*["']((?:\.{0,2}\/)[^"']+\.js)["']/g)];
      for (const [, target = ''] of imports) await follow(new URL(target, page.url + at).pathname);
    }
    await follow('/main.js');
    expect(preloaded.toSorted()).toEqual([...seen].toSorted());
  });

  test('the style sheet holds every style sheet there is, and asks for no other', async () => {
    const joined = await (await fetch(`${page.url}/styles.css`)).text();
    expect(joined).not.toContain('@import');
    for (const name of readdirSync('sandbox/web/styles')) {
      expect(joined).toContain(readFileSync(`sandbox/web/styles/${name}`, 'utf8'));
    }
  });

  test.each([
    '/../page.ts',
    '/%2e%2e/page.ts',
    '/..%2fpage.ts',
    '/styles/../../page.ts',
    '/..\\page.ts',
    '/%00',
    '/%E0%A4%A',
    '/vendor/../../../package.json',
    '/../../package.json',
    '/styles',
  ])('%s leads nowhere', async (at) => {
    const { status, text } = await rawGet(at);
    expect([status, JSON.parse(text)]).toEqual([404, { error: 'There is nothing at this address.' }]);
  });
});

describe('the chat', () => {
  test('bootstrap says who is who, and nothing of anybody that the page does not show', async () => {
    const { body } = await get('/api/bootstrap');
    expect(body).toEqual({
      company: { name: 'Brindlow' },
      people: [mia, ben],
      ai: null,
      model: null,
      bot: { userId: 'UBOT', name: 'Firstline' },
      jira: { url: 'http://127.0.0.1:1', projectKey: 'IT' },
      teams: null,
      articles: ['https://wiki.example/vpn'],
      botState: 'up',
      faults: { slack: 'none', jira: 'none' },
      copies: 1,
      app: { commands: [], shortcuts: [], homeTab: false },
      sites: [],
      knowledgeIsOwn: true,
    });
  });

  test('channels are those of the person', async () => {
    expect((await get('/api/chat/channels?as=U1')).body).toEqual([
      { id: 'C1', name: 'it-help', kind: 'channel', topic: 'Ask', unread: 2 },
      { id: 'DU1', name: 'Firstline', kind: 'dm', topic: '', unread: 0 },
    ]);
  });

  test('messages are a page of the top level with authors and replies; reading them marks nothing', async () => {
    const { body } = await get('/api/chat/messages?as=U1&channel=C1&limit=2&before=1767225900.000100');
    expect(body).toEqual({
      messages: [
        {
          ...messages[0],
          author: { id: 'U1', name: 'Mia Okafor', bot: false },
          replyCount: 1,
          lastReply: '1767225601.000100',
          repliers: [{ id: 'UBOT', name: 'Firstline', bot: true }],
          hasNewReplies: true,
          isWhisper: false,
        },
        {
          ...messages[2],
          author: { id: 'U2', name: 'Ben Ito', bot: false },
          replyCount: 0,
          lastReply: null,
          repliers: [],
          hasNewReplies: false,
          isWhisper: false,
        },
      ],
      hasEarlier: true,
      hasLater: false,
      readUntil: '1767225600.000100',
    });
    expect(workplace.asked).toEqual([['top', { limit: 2, before: '1767225900.000100' }]]);
  });

  test('one message is found by its ts, several by theirs, without those that stand in threads', async () => {
    const at = '/api/chat/message?as=U1&channel=C1&ts=';
    expect((await get(`${at}1767225601.000100`)).body).toMatchObject({ text: 'Try this', author: { bot: true } });
    expect((await get(`${at}1767225999.000100`)).status).toBe(404);
    const wanted = '1767225601.000100,1767225700.000100,1767225999.000100';
    expect((await get(`/api/chat/some?as=U1&channel=C1&ts=${wanted}`)).body).toMatchObject({
      messages: [{ text: 'hello' }],
    });
  });

  test('reading, dismissing and reacting reach Slack as they were asked', async () => {
    const place = { as: 'U1', channel: 'C1' };
    const on = { ...place, ts: '1767225700.000100' };
    await post('/api/chat/read', place);
    await post('/api/chat/read', { ...place, threadTs: '1767225600.000100' });
    await post('/api/chat/unread', on);
    await post('/api/chat/dismiss', on);
    await post('/api/chat/react', { ...on, name: '+1', on: true });
    expect(workplace.asked).toEqual([
      ['markRead', 'U1', 'C1', undefined],
      ['markRead', 'U1', 'C1', '1767225600.000100'],
      ['markUnread', 'U1', 'C1', on.ts],
      ['dismiss', on],
      ['react', { ...on, name: '+1', on: true }],
    ]);
    expect((await post('/api/chat/react', { ...on, name: '<b>', on: true })).status).toBe(400);
    expect((await post('/api/chat/react', { ...on, ts: '1.1', name: 'x', on: true })).status).toBe(404);
  });

  test('what the app whispers to one person stands where it came, for that person alone', async () => {
    const { body } = await get('/api/chat/messages?as=U2&channel=C1');
    expect(body).toMatchObject({
      messages: [{}, {}, { text: 'psst', isWhisper: true, author: { name: 'Firstline', bot: true } }],
    });
  });

  test('a file is taken as bytes and given back; only pictures are shown in the page', async () => {
    const headers = { 'content-type': 'application/octet-stream', 'x-file-type': 'image/png' };
    const name = encodeURIComponent('../../a/screen "1".png');
    const sent = await fetch(`${page.url}/api/files?as=U1&name=${name}`, { method: 'POST', headers, body: 'png' });
    const taken = { name: 'screen "1".png', mimetype: 'image/png' };
    expect([sent.status, await sent.json()]).toEqual([200, { id: 'F1', ...taken, size: 3 }]);
    expect(workplace.asked).toEqual([['upload', { as: 'U1', ...taken }]]);
    const seen = await Promise.all(
      ['F1', 'F2'].map(async (id) => {
        const response = await fetch(`${page.url}/api/file?as=U1&id=${id}`);
        const { headers: had } = response;
        return [had.get('content-type'), had.get('content-disposition'), had.get('x-content-type-options')];
      }),
    );
    expect(seen).toEqual([
      ['image/png', "inline; filename*=UTF-8''screen%20%221%22.png", 'nosniff'],
      ['application/octet-stream', "attachment; filename*=UTF-8''page.html", 'nosniff'],
    ]);
    expect((await get('/api/file?as=U2&id=F1')).status).toBe(404);
    expect((await get('/api/file?as=U1&id=F9')).status).toBe(404);
  });

  test('a name that is cut in the middle of a character is still a name', async () => {
    const headers = { 'content-type': 'application/octet-stream' };
    const name = encodeURIComponent(`${'😀'.repeat(99)}a.txt`);
    await fetch(`${page.url}/api/files?as=U1&name=${name}`, { method: 'POST', headers, body: 'x' });
    const [[, { name: taken }]] = workplace.asked as [[string, { name: string }]];
    expect([taken.isWellFormed(), taken.endsWith('😀a.txt'), taken.length]).toEqual([true, true, 200]);
  });

  test.each([
    ['application/json', 'a.png', 'x', 415],
    ['text/plain', 'a.png', 'x', 415],
    ['application/octet-stream', '', 'x', 400],
    ['application/octet-stream', 'a.png', 'x'.repeat(20 * 1024 * 1024 + 1), 413],
  ])('a file sent as %s with the name "%s" may be refused', async (type, name, body, status) => {
    const headers = { 'content-type': type };
    const sent = await fetch(`${page.url}/api/files?as=U1&name=${name}`, { method: 'POST', headers, body });
    expect([sent.status, workplace.asked]).toEqual([status, []]);
  });

  test('a thread has its first message, its replies and the status', async () => {
    const { body } = await get('/api/chat/thread?as=U1&channel=C1&ts=1767225600.000100');
    expect(body).toMatchObject({
      messages: [
        { text: 'my vpn keeps droping', replyCount: 1 },
        { text: 'Try this', author: { id: 'UBOT', name: 'Firstline', bot: true } },
      ],
      status: 'is searching the IT guides…',
      canStop: true,
    });
  });

  test('Stop is pressed where it is shown, and is nothing where it is not any more', async () => {
    const stop = { as: 'U1', channel: 'C1', threadTs: '1767225600.000100' };
    expect(await post('/api/chat/stop', stop)).toEqual({ status: 200, body: {} });
    expect((await post('/api/chat/stop', { ...stop, channel: 'DU1' })).status).toBe(200);
    expect((await post('/api/chat/stop', { ...stop, channel: 'DU2' })).status).toBe(404);
    expect(workplace.asked).toEqual([['stop', stop]]);
  });

  test.each([
    ['/api/chat/messages?as=U1&channel=DU2', 404, 'This person cannot see that conversation.'],
    ['/api/chat/thread?as=U1&channel=C9&ts=1', 404, 'This person cannot see that conversation.'],
    ['/api/chat/channels?as=U9', 404, 'There is nobody with this id in the company.'],
    ['/api/chat/channels', 400, 'Please check as: missing, too long or not understood.'],
    ['/api/chat/nonsense', 404, 'There is nothing at this address.'],
    ['/api/constructor', 404, 'There is nothing at this address.'],
  ])('%s is refused in a sentence', async (at, status, error) => {
    expect(await get(at)).toEqual({ status, body: { error } });
  });

  test('the members of a DM are the one person whose it is', async () => {
    expect((await get('/api/chat/members?channel=DU2')).body).toEqual({ people: ['U2'] });
  });

  test('saying, editing, removing and clicking reach Slack as they were asked', async () => {
    const place = { as: 'U1', channel: 'C1' };
    const own = { ...place, ts: '1767225600.000100' };
    expect(await post('/api/chat/say', { ...place, text: 'hi', more: 'ignored' })).toEqual({
      status: 200,
      body: { ts: '1767225900.000100' },
    });
    await post('/api/chat/say', { ...place, text: 'and', threadTs: '1767225600.000100' });
    await post('/api/chat/edit', { ...own, text: 'my vpn drops' });
    await post('/api/chat/remove', own);
    expect(await post('/api/chat/click', { ...own, actionId: 'human' })).toEqual({
      status: 200,
      body: { status: 200 },
    });
    expect(workplace.asked).toEqual([
      ['say', { ...place, text: 'hi' }],
      ['say', { ...place, text: 'and', threadTs: '1767225600.000100' }],
      ['edit', { ...own, text: 'my vpn drops' }],
      ['remove', own],
      ['click', { ...own, actionId: 'human' }],
    ]);
  });

  test.each(['1767225999.000100', '1767225601.000100'])(
    'a reply below %s, which opens no thread, is refused',
    async (threadTs) => {
      expect(await post('/api/chat/say', { as: 'U1', channel: 'C1', text: 'and', threadTs })).toEqual({
        status: 404,
        body: { error: 'The message that you reply to is no longer there.' },
      });
      expect(workplace.asked).toEqual([]);
    },
  );

  test.each(['edit', 'remove'])('%s of what another person said is refused', async (verb) => {
    const wish = { as: 'U2', channel: 'C1', ts: '1767225600.000100', text: 'something else' };
    expect(await post(`/api/chat/${verb}`, wish)).toEqual({
      status: 403,
      body: { error: 'Only your own messages can be changed.' },
    });
    expect(workplace.asked).toEqual([]);
  });

  test('a body that is too long or no JSON is refused', async () => {
    const long = await post('/api/chat/say', { as: 'U1', channel: 'C1', text: 'x'.repeat(600_000) });
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${page.url}/api/chat/say`, { method: 'POST', headers, body: '{"as":' });
    expect([long.status, broken.status]).toEqual([413, 400]);
    expect(workplace.asked).toEqual([]);
  });
});

describe('the board', () => {
  test('has three columns, newest first', async () => {
    const { body } = await get('/api/board');
    const card = (key: string, created: string) => ({
      key,
      summary: `About ${key}`,
      created,
      labels: ['vpn'],
      reporter: { name: 'Mia Okafor' },
      assignee: null,
      priority: 'Medium',
      type: null,
      status: null,
      comments: 0,
    });
    expect(body).toEqual({
      project: { key: 'IT', name: 'Brindlow IT support' },
      total: 3,
      newest: '2026-01-03T00:00:00Z',
      labels: ['vpn'],
      reporters: ['Mia Okafor'],
      columns: [
        {
          name: 'To Do',
          total: 2,
          issues: [card('IT-3', '2026-01-03T00:00:00Z'), card('IT-2', '2026-01-02T00:00:00Z')],
        },
        { name: 'In Progress', total: 0, issues: [] },
        { name: 'Done', total: 1, issues: [card('IT-1', '2026-01-01T00:00:00Z')] },
      ],
    });
  });

  test('shows at most thirty that are done, and says how many there are', async () => {
    const done = Array.from({ length: 41 }, (_, index) => issueOf(`IT-${index}`, 'Done', '2026-01-01T00:00:00Z'));
    const other = await startPage({ port: 0, ...createWorkplace(done).parts });
    const board = (await (await fetch(`${other.url}/api/board`)).json()) as {
      columns: { total: number; issues: [] }[];
    };
    await other.close();
    expect(board.columns.map(({ total, issues }) => [total, issues.length])).toEqual([
      [0, 0],
      [0, 0],
      [41, 30],
    ]);
  });

  test('an issue is given as Jira has it; an unknown one is not there', async () => {
    expect(await get('/api/board/issue?key=IT-2')).toMatchObject({
      status: 200,
      body: { key: 'IT-2', status: 'To Do' },
    });
    expect(await get('/api/board/issue?key=IT-9')).toEqual({ status: 404, body: { error: 'There is no issue IT-9.' } });
  });

  test('an article is found by its address', async () => {
    expect((await get('/api/knowledge/article?url=https%3A%2F%2Fwiki.example%2Fvpn')).body).toMatchObject({
      id: 'vpn.md',
      title: 'VPN keeps dropping',
      url: 'https://wiki.example/vpn',
      updated: '2026-06-09',
      markdown: 'Restart it.',
    });
    expect((await get('/api/knowledge/article?url=https%3A%2F%2Fwiki.example%2Fother')).status).toBe(404);
  });
});

describe('the switches', () => {
  test('a fault holds until it is taken back, and the page is told of it', async () => {
    await post('/api/faults', { system: 'jira', fault: 'down' });
    expect(workplace.faults.jira).toEqual([
      { match: '', kind: 'status', status: 503, times: Number.POSITIVE_INFINITY },
    ]);
    expect((await get('/api/bootstrap')).body).toMatchObject({ faults: { slack: 'none', jira: 'down' } });
    await post('/api/faults', { system: 'jira', fault: 'none' });
    expect(workplace.faults).toEqual({ slack: [], jira: [] });
  });

  test('what keeps documents can be disturbed as well, when there is any', async () => {
    expect((await post('/api/faults', { system: 'notion', fault: 'down' })).status).toBe(400);
    const set: Fault[] = [];
    const faults = { set: (fault: Fault) => void set.push(fault), clear: () => void set.splice(0) };
    const notion = { url: 'http://127.0.0.1:3103', calls: [], faults };
    const other = await startPage({ port: 0, ...workplace.parts, notion });
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ system: 'notion', fault: 'rate-limited' });
    await fetch(`${other.url}/api/faults`, { method: 'POST', headers, body });
    expect(set).toMatchObject([{ kind: 'rate-limit', retryAfterSeconds: 5 }]);
    expect(await (await fetch(`${other.url}/api/bootstrap`)).json()).toMatchObject({
      faults: { slack: 'none', jira: 'none', notion: 'rate-limited' },
      sites: ['http://127.0.0.1:3103/'],
    });
    await other.close();
  });

  test("while Slack is down its events wait; Jira's faults leave them alone", async () => {
    const { delivery } = workplace.parts.slack;
    await post('/api/faults', { system: 'jira', fault: 'down' });
    expect(delivery.paused).toBe(false);
    await post('/api/faults', { system: 'slack', fault: 'down' });
    expect(delivery.paused).toBe(true);
    await post('/api/faults', { system: 'slack', fault: 'slow' });
    expect(delivery).toEqual({ copies: 1, delayMs: 3000, paused: false });
  });

  test.each([
    { system: 'slack', fault: 'on fire' },
    { system: 'teams', fault: 'down' },
    { system: 'slack', fault: null },
  ])('%j is refused', async (wish) => {
    expect((await post('/api/faults', wish)).status).toBe(400);
    expect(workplace.faults).toEqual({ slack: [], jira: [] });
  });

  test('the tally is worked out from what Slack and Jira hold', async () => {
    expect((await get('/api/tally')).body).toEqual({
      asked: 2,
      answered: 0,
      handedOver: 0,
      waiting: 1,
      lost: 1,
      doubled: 0,
      tickets: 0,
      sentAgain: 3,
      killed: 1,
    });
  });

  test('deliveries are copied', async () => {
    await post('/api/delivery', { copies: 5 });
    expect(workplace.parts.slack.delivery.copies).toBe(5);
    expect((await post('/api/delivery', { copies: 1000 })).status).toBe(400);
  });

  test('the bot is killed and restarted', async () => {
    await post('/api/bot', { action: 'kill' });
    await post('/api/bot', { action: 'restart' });
    expect((await post('/api/bot', { action: 'state' })).status).toBe(400);
    expect(workplace.asked).toEqual([['kill'], ['restart']]);
  });
});

describe('the model', () => {
  let openai: OpenAiSandbox;
  let other: Page;
  let turned: boolean[];
  let isOn: boolean;
  /** Ends the turns that are under way. */
  let end: PromiseWithResolvers<void>;

  beforeEach(async () => {
    openai = await startOpenAi({});
    [turned, isOn, end] = [[], false, Promise.withResolvers<void>()];
    await serve(false);
  });

  afterEach(async () => {
    await other.close();
    await openai.close();
  });

  async function serve(isOwn: boolean): Promise<void> {
    const ai = {
      isOwn,
      isOn: () => isOwn || isOn,
      async turn(on: boolean) {
        turned.push(on);
        isOn = on;
        await end.promise;
      },
    };
    other = await startPage({ port: 0, ...workplace.parts, openai, ai });
  }

  async function asked(at: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(other.url + at, sent);
    return { status: response.status, body: await response.json() };
  }

  async function turnsOut(ai: object): Promise<void> {
    const giveUpAt = Date.now() + 10_000;
    for (;;) {
      const { body } = await asked('/api/bootstrap');
      if (Date.now() > giveUpAt || Object(body).ai.isTurning === false) return expect(body).toMatchObject({ ai });
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  test('without one the page is told so, and nothing can be turned', async () => {
    expect((await get('/api/bootstrap')).body).toMatchObject({ ai: null, model: null });
    expect([(await post('/api/ai', { on: true })).status, (await post('/api/model', {})).status]).toEqual([404, 404]);
  });

  test('is off at first; turning it on is told while the bot is started anew', async () => {
    expect((await asked('/api/bootstrap')).body).toMatchObject({
      ai: { isOn: false, isOwn: false, isTurning: false, problem: null },
      model: { fault: 'none', mode: 'good', every: 0 },
    });
    expect((await asked('/api/ai', { on: true })).body).toMatchObject({ isOn: true, isTurning: true });
    expect((await asked('/api/ai', { on: true })).body).toMatchObject({ isOn: true, isTurning: true });
    expect((await asked('/api/ai', {})).status).toBe(400);
    end.resolve();
    await turnsOut({ isOn: true, problem: null });
    expect(turned).toEqual([true]);
  });

  test('can be turned off again before it is on', async () => {
    await asked('/api/ai', { on: true });
    await asked('/api/ai', { on: false });
    end.resolve();
    await turnsOut({ isOn: false, problem: null });
    expect(turned).toEqual([true, false]);
  });

  test('that the bot does not come up with it is told in a sentence, until it is turned again', async () => {
    end.reject(new SandboxFault('The bot could not start: no port.'));
    await asked('/api/ai', { on: true });
    await turnsOut({ isOn: true, problem: 'The bot could not start: no port.' });
    end = Promise.withResolvers<void>();
    expect((await asked('/api/ai', { on: false })).body).toMatchObject({ isTurning: true, problem: null });
    end.resolve();
    await turnsOut({ isOn: false, problem: null });
  });

  test('of the visitor’s own is always on, and the stand-in is not shown', async () => {
    await other.close();
    await serve(true);
    expect((await asked('/api/bootstrap')).body).toMatchObject({ ai: { isOn: true, isOwn: true }, model: null });
    expect((await asked('/api/ai', { on: false })).status).toBe(409);
    expect(turned).toEqual([]);
  });

  test.each([
    ['slow', { kind: 'slow', delayMs: 3000 }],
    ['never', { kind: 'never' }],
    ['rate-limited', { kind: 'rate-limit', retryAfterSeconds: 5 }],
    ['down', { kind: 'status', status: 503 }],
    ['refuses', { kind: 'refusal' }],
    ['broken-json', { kind: 'malformed-json' }],
    ['cut-off', { kind: 'truncated-stream' }],
  ])('is made to be %s, and put right again', async (fault, kept) => {
    expect((await asked('/api/model', { fault })).body).toEqual({ fault, mode: 'good', every: 0 });
    expect(openai.failing()).toMatchObject([kept]);
    expect((await asked('/api/bootstrap')).body).toMatchObject({ model: { fault } });
    expect((await asked('/api/model', { fault: 'none' })).body).toMatchObject({ fault: 'none' });
    expect(openai.failing()).toEqual([]);
  });

  test('is made to lie, at once or now and then, without a word on its faults', async () => {
    await asked('/api/model', { fault: 'down' });
    const lying = { fault: 'down', mode: 'foreign-url', every: 0 };
    expect((await asked('/api/model', { mode: 'foreign-url' })).body).toEqual(lying);
    expect((await asked('/api/model', { every: 3 })).body).toEqual({ ...lying, every: 3 });
    expect(openai.behaviour()).toMatchObject({ mode: 'foreign-url', lieEvery: 3 });
    const calm = { fault: 'none', mode: 'good', every: 0 };
    expect((await asked('/api/model', calm)).body).toEqual(calm);
  });

  test.each([{ fault: 'on fire' }, { mode: 'sings' }, { every: 1.5 }, { every: -1 }])('%j is refused', async (wish) => {
    expect((await asked('/api/model', wish)).status).toBe(400);
    expect([openai.failing(), openai.behaviour().mode]).toEqual([[], 'good']);
  });

  test('an open page hears how it misbehaves, whoever made it so, and not of each request to it', async () => {
    const response = await fetch(`${other.url}/api/events`);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const until = async (text: string) => {
      while (!heard.includes(text)) heard += (await reader.read()).value ?? '';
    };
    await until('retry: 1000');
    await fetch(`${openai.url}/models`, { headers: { authorization: `Bearer ${openai.apiKey}` } });
    openai.behave('huge');
    await until('"type":"bot"');
    for (const listener of workplace.heard.bot) listener('down');
    await until('"state":"down"');
    expect(heard.match(/"type":"bot"/g)).toHaveLength(2);
    await reader.cancel();
  });
});

test('every open page hears of each change, and is let go when the server closes', async () => {
  const response = await fetch(`${page.url}/api/events`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  async function until(text: string): Promise<void> {
    while (!heard.includes(text)) heard += (await reader.read()).value ?? '';
  }
  await until('retry: 1000');
  for (const listener of workplace.heard.slack) listener({ type: 'message', channel: 'C1', ts: '1.1' });
  await until('data: {"type":"message","channel":"C1","ts":"1.1"}\n\n');
  for (const listener of workplace.heard.bot) listener('down');
  await until('data: {"type":"bot","state":"down"}\n\n');
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await page.close();
  expect((await reader.read()).done).toBe(true);
  expect([workplace.heard.slack.size, workplace.heard.bot.size]).toEqual([0, 0]);
  page = await startPage({ port: 0, ...workplace.parts });
});
