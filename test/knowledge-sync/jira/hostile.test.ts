import { createFaults, listen, type Answer, type Call } from '../../../sandbox/http.ts';
import type { Listening } from '../../../sandbox/loopback.ts';
import { EVERYONE } from '../../../src/domain/knowledge.ts';
import { DocumentFault } from '../../../src/errors.ts';
import type { KnowledgeSource } from '../../../src/knowledge-ports.ts';
import { createJiraTickets } from '../../../knowledge-sync/jira/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';

// Answers that the local Jira does not give: what the real one may, or somebody in between.
type Answers = (call: Call) => unknown;

let server: Listening;
let logged: unknown[];
afterEach(() => server.close());

async function sourceWith(answers: Answers): Promise<KnowledgeSource> {
  server = await listen({
    port: 0,
    faults: createFaults(),
    handle: async (call) => {
      const body = answers(call);
      return isAnswer(body) ? body : { status: 200, body };
    },
  });
  logged = [];
  const note = (message: string, fields: unknown) => void logged.push({ message, fields });
  const log = { debug: () => undefined, info: note, warn: note, error: note };
  return createJiraTickets(
    {
      baseUrl: `${server.url}/`,
      email: 'bot@acme.example',
      apiToken: 'secret-token',
      jql: 'project = IT',
      resolutions: ['Done'],
      audience: EVERYONE,
      pace: createPace({ concurrency: 2, perSecond: null, log, tries: 3, wait: async () => undefined }),
    },
    { clock: () => new Date('2026-03-01T00:00:00Z'), log },
  );
}

function isAnswer(body: unknown): body is Answer {
  return typeof body === 'object' && body !== null && 'status' in body && 'body' in body;
}

async function listed(from: KnowledgeSource) {
  const ids = [];
  for await (const { id } of from.list()) ids.push(id);
  return ids;
}

const solved = {
  updated: '2026-02-03T10:00:00.000+0000',
  resolution: { name: 'Done' },
  status: { statusCategory: { key: 'done' } },
  security: null,
};

function issue(id: number, fields: object = {}) {
  return { id: String(id), key: `IT-${id}`, fields: { ...solved, ...fields } };
}

/** A site with the one ticket; parts of it as given. */
function site({ fields = {}, comments = [] }: { fields?: object; comments?: readonly unknown[] }): Answers {
  return ({ path }) => {
    if (path.endsWith('/comment')) return { comments, total: comments.length, startAt: 0, maxResults: 100 };
    if (path.endsWith('/users/search')) return [];
    return issue(1, fields);
  };
}

describe('listings', () => {
  test('a page that leads back to one it came from is an error', async () => {
    const from = await sourceWith(() => ({ issues: [issue(1)], nextPageToken: 'again' }));
    await expect(listed(from)).rejects.toMatchObject({ kind: 'rejected' });
  });

  test('pages that go on for ever without anything new are an error', async () => {
    let page = 0;
    const from = await sourceWith(() => ({ issues: [issue(1)], nextPageToken: String((page += 1)) }));
    await expect(listed(from)).rejects.toMatchObject({ kind: 'rejected' });
    expect(page).toBeLessThan(30);
  });

  test('an empty page is no end while it names a next one, unless it says that it is the last', async () => {
    const pages = [
      { issues: [], nextPageToken: 'a' },
      { issues: [issue(1)], nextPageToken: 'b', isLast: true },
      { issues: [issue(1), issue(2)], nextPageToken: 'c' },
      { issues: [], nextPageToken: 'd', isLast: true },
    ];
    const from = await sourceWith(() => pages.shift());
    expect(await listed(from)).toEqual(['1', '2']);
  });

  test('a token never seen before is sent on, and the first page asks with none', async () => {
    const bodies: unknown[] = [];
    const from = await sourceWith(({ body }) => {
      bodies.push(JSON.parse(body));
      return bodies.length === 1 ? { issues: [issue(1)], nextPageToken: 't' } : { issues: [issue(2)], isLast: true };
    });
    await listed(from);
    expect(bodies.map((body) => (body as { nextPageToken?: string }).nextPageToken)).toEqual([undefined, 't']);
  });

  test('tickets without the fields that decide are left out, and the log counts them', async () => {
    const { security: _, ...unmarked } = solved;
    const from = await sourceWith(() => ({
      issues: [
        issue(1),
        { id: '2', key: 'IT-2', fields: unmarked },
        { id: '3', key: 'IT-3', fields: { security: null, updated: solved.updated } },
        { id: '4', key: 'IT-4' },
        issue(5, { security: { id: '1' } }),
        issue(6, { status: { statusCategory: { key: 'new' } } }),
        issue(7, { resolution: null }),
      ],
    }));
    expect(await listed(from)).toEqual(['1']);
    expect(logged).toEqual([
      { message: expect.any(String), fields: { source: 'tickets', withoutSecurityField: 1, withoutStatus: 2 } },
    ]);
  });

  test.each<[string, unknown]>([
    ['a page of a proxy', { status: 200, body: '<html>sign in</html>' }],
    ['another shape', { issues: 'none' }],
    ['nothing', { status: 200, body: null }],
    ['a gateway that is out', { status: 504, body: '' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' }, body: null }],
  ])('%s is an error, and no empty site', async (_, answer) => {
    const from = await sourceWith(() => answer);
    await expect(listed(from)).rejects.toMatchObject({ name: expect.stringMatching(/Remote|JiraFailure/) });
  });

  test('no error repeats the token, or what the site wrote', async () => {
    const from = await sourceWith(() => ({ status: 500, body: 'Ada said secret-token' }));
    const error = await listed(from).catch((failure: unknown) => failure);
    expect(String((error as Error).stack)).not.toMatch(/secret-token|Ada|Basic/);
  });
});

describe('a site that shows nothing to who is not signed in', () => {
  const anonymous: Answers = ({ path }) => {
    if (path.endsWith('/search/jql')) return { issues: [], isLast: true };
    return path.endsWith('/myself') ? { status: 401, body: '' } : { status: 404, body: { errorMessages: ['none'] } };
  };

  test('is no site without tickets', async () => {
    const from = await sourceWith(anonymous);
    await expect(listed(from)).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('JIRA_API_TOKEN'),
    });
    await expect(from.lookUp('1')).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(from.read('1')).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('looking up', () => {
  test('a ticket that comes without its status is not gone', async () => {
    const from = await sourceWith(() => ({ issues: [{ id: '1', key: 'IT-1', fields: {} }] }));
    await expect(from.lookUp('1')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('another ticket than the one asked for is none', async () => {
    const from = await sourceWith(({ path }) => {
      if (path.endsWith('/myself')) return { accountId: 'bot' };
      return path.endsWith('/search/jql') ? { issues: [issue(2)] } : { status: 403, body: {} };
    });
    expect(await from.lookUp('1')).toBeNull();
  });
});

describe('tickets', () => {
  test.each<[name: string, fields: object, question: string]>([
    ['a description of null', { summary: 'Printer', description: null }, 'Printer'],
    ['a description as text', { summary: 'Printer', description: 'h1. *Jam*' }, 'h1. \\*Jam\\*'],
    ['a description of another kind', { summary: 'Printer', description: 7 }, 'Printer'],
    ['nothing at all', { summary: null, description: null, reporter: null, assignee: null }, ''],
  ])('%s is read', async (_, fields, question) => {
    const from = await sourceWith(site({ fields }));
    const document = await from.read('1');
    expect(document).toMatchObject({ isComplete: true, gaps: [], title: question === '' ? 'IT-1' : 'Printer' });
    expect(document?.markdown).toBe(`${question === '' ? '' : `## Question\n\n${question}\n\n`}## Outcome\n\nDone.\n`);
  });

  test.each<[name: string, comment: object, isRead: boolean]>([
    ['public', { jsdPublic: true }, true],
    [
      'public, said twice',
      { jsdPublic: true, properties: [{ key: 'sd.public.comment', value: { internal: false } }] },
      true,
    ],
    [
      'public, with other properties',
      { jsdPublic: true, properties: [{ key: 'x', value: 1 }], visibility: null },
      true,
    ],
    ['internal', { jsdPublic: false }, false],
    ['without a word about it', {}, false],
    ['with an odd word about it', { jsdPublic: 'true' }, false],
    [
      'public and internal',
      { jsdPublic: true, properties: [{ key: 'sd.public.comment', value: { internal: true } }] },
      false,
    ],
    ['public and odd', { jsdPublic: true, properties: [{ key: 'sd.public.comment', value: 'yes' }] }, false],
    ['public with odd properties', { jsdPublic: true, properties: { internal: true } }, false],
    ['for a role', { jsdPublic: true, visibility: { type: 'role', value: 'Users' } }, false],
    ['for an odd role', { jsdPublic: true, visibility: 'x' }, false],
  ])('a comment that is %s', async (_, comment, isRead) => {
    const from = await sourceWith(site({ comments: [{ id: '1', author: null, body: 'the comment', ...comment }] }));
    expect((await from.read('1'))?.markdown.includes('the comment')).toBe(isRead);
  });

  test('a conversation that changes while it is read makes an incomplete document', async () => {
    let total = 101;
    const from = await sourceWith((call) => {
      if (!call.path.endsWith('/comment')) return site({})(call);
      const startAt = Number(call.query.get('startAt'));
      const count = startAt === 0 ? 100 : 1;
      const comments = Array.from({ length: count }, (_, at) => {
        return { id: String(startAt + at), body: 'x', jsdPublic: true };
      });
      return { comments, total: startAt === 0 ? total : (total += 1) };
    });
    expect((await from.read('1'))?.isComplete).toBe(false);
  });

  test('comments without an end are bounded, and what is left out is told', async () => {
    let asked = 0;
    const from = await sourceWith((call) => {
      if (!call.path.endsWith('/comment')) return site({})(call);
      asked += 1;
      return { comments: [{ id: String(asked), body: 'x', jsdPublic: true }], total: 1e9 };
    });
    const document = await from.read('1');
    expect(asked).toBe(100);
    expect(document).toMatchObject({ isComplete: true, gaps: [{ kind: 'truncated', what: 'conversation', count: 1 }] });
  });

  test('a text that is too large is cut, and that is told', async () => {
    const from = await sourceWith(site({ fields: { description: 'word '.repeat(600_000) } }));
    const document = await from.read('1');
    expect(document?.markdown.length).toBeLessThan(2_000_100);
    expect(document?.gaps).toEqual([{ kind: 'truncated', what: 'conversation', count: 1 }]);
  });

  test('a document of 100 levels and one that nobody could draw are read', async () => {
    let node: object = { type: 'paragraph', content: [{ type: 'text', text: 'bottom' }] };
    for (let level = 0; level < 100; level += 1) {
      node = { type: 'bulletList', content: [{ type: 'listItem', content: [node] }] };
    }
    const description = { type: 'doc', content: [node, { type: 'table', content: [{ type: 'tableRow' }] }, 'x'] };
    const from = await sourceWith(site({ fields: { description } }));
    expect((await from.read('1'))?.markdown).toContain('bottom');
  });

  test('hostile text stays text, and names of files are redacted', async () => {
    const fields = {
      summary: '# <script>alert(1)</script> [x](javascript:alert(1)) of Ada Poe',
      reporter: { accountId: 'a', displayName: 'Ada Poe' },
      description: {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [{ type: 'text', text: '[name]: https://evil.example and Ada: yes (Ada)(x)' }],
          },
          { type: 'mediaGroup', content: [{ type: 'media', attrs: { alt: 'Ada.png' } }] },
        ],
      },
    };
    const from = await sourceWith(site({ fields }));
    const document = await from.read('1');
    expect(document?.title).toBe('# <script>alert(1)</script> [x](javascript:alert(1)) of [name]');
    expect(document?.markdown).toContain('\\[name\\]: https://evil.example and \\[name\\]: yes ([name])(x)');
    expect(document?.gaps).toEqual([{ kind: 'attachment', what: '[name].png', count: 1 }]);
  });

  test.each<[string, unknown]>([
    ['a ticket', { id: 7 }],
    ['a ticket without its status', { id: '1', key: 'IT-1', fields: {} }],
  ])('%s of an odd shape is one fault, and no end of the sync', async (_, answer) => {
    const from = await sourceWith(() => answer);
    await expect(from.read('1')).rejects.toBeInstanceOf(DocumentFault);
  });

  test('comments of an odd shape are one fault', async () => {
    const from = await sourceWith((call) => (call.path.endsWith('/comment') ? { comments: {} } : site({})(call)));
    await expect(from.read('1')).rejects.toBeInstanceOf(DocumentFault);
  });

  test('an outage while comments are read fails, and is tried again by the pace only', async () => {
    let asked = 0;
    const from = await sourceWith((call) => {
      if (!call.path.endsWith('/comment')) return site({})(call);
      asked += 1;
      return { status: 503, body: '' };
    });
    await expect(from.read('1')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(asked).toBe(3);
  });
});
