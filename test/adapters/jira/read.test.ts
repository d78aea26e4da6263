import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JiraSandbox } from '../../../sandbox/jira/index.ts';
import { ada, comment, draft, jiraAt, kindOf, nextMillisecond, rui, startSite } from './acme.ts';

let site: JiraSandbox;
let jira: ReturnType<typeof jiraAt>;
let id: string;
beforeEach(async () => {
  site = await startSite();
  jira = jiraAt(site);
  ({ id } = await jira.ensureTicket(draft));
});
afterEach(() => site.close());

const act = { as: rui, key: 'IT-1' };
const read = async () => (await jira.read(id))!;
const p = (...content: object[]) => ({ type: 'doc', version: 1, content: [{ type: 'paragraph', content }] });
const t = (text: string) => ({ type: 'text', text });

describe('a ticket', () => {
  test('is read as it is now', async () => {
    site.assign({ ...act, assignee: rui });
    expect(await read()).toEqual({
      id,
      key: 'IT-1',
      url: `${site.url}/browse/IT-1`,
      updatedAt: new Date(site.issue('IT-1')!.updated),
      summary: 'VPN drops',
      status: { name: 'To Do', category: 'waiting' },
      assignee: 'Rui Costa',
      resolution: null,
      isRestricted: false,
      comments: [],
      ours: new Map(),
      commands: [],
    });
    site.transition({ ...act, to: 'In Progress' });
    expect((await read()).status).toEqual({ name: 'In Progress', category: 'in-progress' });
    site.transition({ ...act, to: 'Done', resolution: "Won't Do" });
    expect(await read()).toMatchObject({ status: { category: 'done' }, resolution: "Won't Do" });
  });

  test('that was moved is followed, by its id', async () => {
    site.moveIssue({ ...act, projectKey: 'OPS' });
    expect(await read()).toMatchObject({ id, key: 'OPS-1', url: `${site.url}/browse/OPS-1` });
  });

  test('that was deleted is gone', async () => {
    site.removeIssue(act);
    expect(await jira.read(id)).toBeNull();
  });

  test('that may not be read any more is gone', async () => {
    site.faults.set({ match: `issue/${id}`, kind: 'status', status: 403, times: 1 });
    expect(await jira.read(id)).toBeNull();
  });

  test('is not gone when Jira does not know us', async () => {
    site.faults.set({ match: `issue/${id}`, kind: 'status', status: 404, times: 1 });
    site.faults.set({ match: 'myself', kind: 'status', status: 401, times: 1 });
    expect(await kindOf(jira.read(id))).toBe('unauthorized');
  });

  test('with a security level is restricted', async () => {
    site.setSecurity({ ...act, level: 'IT only' });
    expect((await read()).isRestricted).toBe(true);
  });
});

describe('comments', () => {
  test('are those for everybody, in order, with names and versions', async () => {
    const first = site.comment({ ...act, text: 'Try **again**, @Ada Poe' });
    site.comment({ ...act, text: 'a secret note', internal: true });
    site.comment({ ...act, text: 'for admins', visibility: { type: 'role', value: 'Administrators' } });
    const last = site.comment({ as: ada, key: 'IT-1', text: '@everyone it works' });
    expect((await read()).comments).toEqual([
      {
        id: first.id,
        author: 'Rui Costa',
        by: 'agent',
        markdown: String.raw`Try \*\*again\*\*, @Ada Poe`,
        at: new Date(first.created),
        version: expect.any(String),
        files: [],
      },
      expect.objectContaining({ id: last.id, author: 'Ada Poe', by: 'customer', markdown: '@everyone it works' }),
    ]);
  });

  test('have another version when they were edited, and are gone when they were removed', async () => {
    const { id: commentId } = site.comment({ ...act, text: 'one' });
    const [before] = (await read()).comments;
    await nextMillisecond();
    site.editComment({ ...act, commentId, text: 'two' });
    const [after] = (await read()).comments;
    expect(after).toMatchObject({ id: commentId, markdown: 'two' });
    expect(after?.version).not.toBe(before?.version);
    site.removeComment({ ...act, commentId });
    expect((await read()).comments).toEqual([]);
  });

  test('that are ours come by their marks', async () => {
    const { commentId } = await jira.ensureComment(id, comment);
    const hidden = await jira.ensureComment(id, { ...comment, mark: 'suggestion', internal: true, author: null });
    const state = await read();
    expect(state.comments).toEqual([]);
    expect(state.ours).toEqual(
      new Map([
        ['turn-7', commentId],
        ['suggestion', hidden.commentId],
      ]),
    );
  });

  test('show their files, and only what their author attached', async () => {
    const png = { name: 'shot.png', mimeType: 'image/png', bytes: Buffer.from('png') };
    const log = { name: 'vpn.log', mimeType: 'text/plain', bytes: Buffer.from('four') };
    site.comment({ ...act, text: 'internal', internal: true, files: [{ ...log, name: 'secret.log' }] });
    const secret = site.issue('IT-1')!.attachments[0]!;
    const address = `${site.url}/rest/api/3/attachment/content/${secret.id}`;
    site.comment({ ...act, text: 'see', files: [png, log] });
    site.comment({ as: ada, key: 'IT-1', text: `${address} secret.log` });
    const [shown, stolen] = (await read()).comments;
    const [, image, text] = site.issue('IT-1')!.attachments;
    expect(shown).toMatchObject({
      markdown: expect.stringMatching(/^see\n\n.*\[shot\.png\\\].*\[vpn\.log\\\]/s),
      files: [
        { name: 'shot.png', ref: image?.id, mimeType: 'image/png', bytes: 3 },
        { name: 'vpn.log', ref: text?.id, mimeType: 'text/plain', bytes: 4 },
      ],
    });
    expect(stolen?.files).toEqual([]);
  });

  test('are read to the last page', async () => {
    for (let index = 0; index < 230; index += 1) site.comment({ ...act, text: `number ${index}` });
    const { comments } = await read();
    expect(comments.map(({ markdown }) => markdown)).toEqual(
      Array.from({ length: 230 }, (_, index) => `number ${index}`),
    );
  });

  test('whose code is long are cut where a line ends, and it is said', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => `line ${index} ${'x'.repeat(20)}`).join('\n');
    site.comment({ ...act, body: { type: 'doc', version: 1, content: [{ type: 'codeBlock', content: [t(rows)] }] } });
    const [{ markdown } = { markdown: '' }] = (await read()).comments;
    expect(markdown.length).toBeLessThanOrEqual(20_000);
    expect(markdown).toMatch(/line \d+ x{20}\n```\n\n\(shortened; the whole comment is on the ticket\)$/);
  });
});

describe('a command', () => {
  test('is not shown, whoever may read it, and what follows it is kept', async () => {
    site.comment({ ...act, text: '/firstline approve', internal: true });
    const edit = site.comment({ ...act, text: '/firstline edit Restart it.\nThen wait.', internal: true });
    site.comment({ ...act, text: '/Firstline: Discard.', internal: true });
    expect(await read()).toMatchObject({
      comments: [],
      commands: [
        { author: 'Rui Costa', name: 'approve', text: '' },
        { commentId: edit.id, name: 'edit', text: 'Restart it.\n\nThen wait.' },
        { name: 'discard', text: '' },
      ],
    });
  });

  test.each(['/firstline', '/firstline aprove it', '/firstline: ?', '/firstline-approve'])(
    'that is none, %s, is not shown either',
    async (text) => {
      site.comment({ ...act, text });
      expect(await read()).toMatchObject({ comments: [], commands: [] });
    },
  );

  test('that customers may read is none in a service desk, and not shown', async () => {
    site.comment({ ...act, text: '/firstline approve' });
    expect(await read()).toMatchObject({ comments: [], commands: [] });
  });

  test('of who the ticket is for is none', async () => {
    site.comment({ as: ada, key: 'IT-1', text: '/firstline approve' });
    site.comment({ as: ada, key: 'IT-1', text: '/firstline approve', internal: true });
    expect(await read()).toMatchObject({ comments: [{ markdown: '/firstline approve' }], commands: [] });
  });

  test('of who the ticket is for is none either where the ticket does not say it', async () => {
    const mine = await jira.ensureTicket({ ...draft, conversation: '43', requester: { name: 'Ada Poe', email: null } });
    site.comment({ as: ada, key: mine.key, text: '/firstline approve', internal: true });
    site.comment({ as: ada, key: mine.key, text: 'still drops' });
    expect(await jira.read(mine.id, ada)).toMatchObject({ comments: [{ by: 'customer' }], commands: [] });
    expect(await jira.read(mine.id)).toMatchObject({ comments: [{ by: 'agent' }], commands: [{ name: 'approve' }] });
  });

  test.each(['/firstliner approve', 'please /firstline approve'])(
    'has to begin the comment as a word: %s',
    async (text) => {
      site.comment({ ...act, text });
      expect(await read()).toMatchObject({ comments: [{ markdown: text }], commands: [] });
    },
  );
});

/** What the local Jira would never answer. */
describe('an answer that is odd', () => {
  let server: Server;
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  async function at(listener: RequestListener) {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return jiraAt(site, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  }
  const fields = { status: { name: 'Open' }, updated: '2026-11-23T10:00:00.000+0000', security: null };
  const json = { 'content-type': 'application/json' };
  const author = { accountId: 'r', accountType: 'atlassian', displayName: 'Rui\nCosta' };
  const customer = { accountId: 'c', accountType: 'customer', displayName: 'Cara' };
  const said = { id: '1', jsdPublic: true, updated: '2026-11-23T10:00:00.000+0100', author };
  async function reading(comments: object[], change: object = {}, assignable: object[] = []) {
    const odd = await at((request, response) => {
      if (request.url?.includes('/user/assignable'))
        return void response.writeHead(200, json).end(JSON.stringify(assignable));
      if (request.url?.includes('/myself')) return void response.writeHead(200, json).end('{"accountId":"own"}');
      if (request.url?.includes('/user')) return void response.writeHead(404).end('{}');
      const isIssue = !request.url?.includes('/comment');
      const body = isIssue
        ? { id: '7', key: 'IT-7', fields: { ...fields, ...change } }
        : { comments, total: comments.length };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    return (await odd.read('7'))!;
  }

  test.each([
    ['has no security field', { security: undefined }, true],
    ['has none', {}, false],
    ['has one of an unknown shape', { security: 'x' }, true],
  ])('a ticket that %s', async (_, change, isRestricted) => {
    expect(await reading([], change)).toMatchObject({ isRestricted, status: { category: 'waiting' } });
  });

  test.each([
    ['says so', {}, 1],
    ['does not say', { jsdPublic: undefined }, 0],
    ['says the word', { jsdPublic: 'true' }, 0],
    ['is for a role', { visibility: { type: 'role' } }, 0],
    ['is marked as internal', { properties: [{ key: 'sd.public.comment', value: { internal: true } }] }, 0],
    ['is marked in an unknown way', { properties: [{ key: 'sd.public.comment', value: 'no' }] }, 0],
    ['has properties of an unknown shape', { properties: 'x' }, 0],
  ])('a comment that %s', async (_, change, shown) => {
    const { comments } = await reading([{ ...said, body: p(t('x')), ...change }]);
    expect(comments).toHaveLength(shown);
  });

  const software = { project: { projectTypeKey: 'software' } };
  test.each<[string, object, object, object[], number]>([
    ['who may have the issue, in a project that is no service desk', {}, software, [{ ...author, active: true }], 1],
    ['who may not', {}, software, [], 0],
    ['who may not, and says that it is internal', { jsdPublic: false }, software, [], 0],
    ['whose account is closed', {}, software, [{ ...author, active: false }], 0],
    ['the reporter', {}, { ...software, reporter: author }, [{ ...author, active: true }], 0],
    ['whose note is internal, in a project of an unknown kind', { jsdPublic: false }, {}, [], 1],
  ])('a command of %s', async (_, comment, change, assignable, count) => {
    const command = { ...said, body: p(t('/firstline approve')), ...comment };
    expect((await reading([command], change, assignable)).commands).toHaveLength(count);
  });

  test("a portal's customer commands nothing", async () => {
    const { comments, commands } = await reading([{ ...said, author: customer, body: p(t('/firstline approve')) }]);
    expect({ comments, commands }).toMatchObject({ comments: [{ author: 'Cara', by: 'customer' }], commands: [] });
  });

  test.each([
    ['a mention by its id', p({ type: 'mention', attrs: { id: 'r' } }), '@Rui Costa'],
    ['a mention of somebody unknown', p({ type: 'mention', attrs: { id: 'nobody' } }), '@someone'],
    ['unknown nodes', p({ type: 'novel', content: [t('kept')] }, { type: '__proto__', text: 'also' }), 'keptalso'],
    ['no document', 'h1. plain', 'h1. plain'],
    [
      'a picture without a name',
      { type: 'doc', content: [{ type: 'mediaSingle', content: [{ type: 'media', attrs: { id: 'u' } }] }] },
      String.raw`\[file\]`,
    ],
    ['a link in plain words', p(t('[name](javascript:alert(1))')), String.raw`\[name\](javascript:alert(1))`],
  ])('%s', async (_, body, markdown) => {
    const { comments } = await reading([{ ...said, body }]);
    expect(comments).toMatchObject([{ author: 'Rui Costa', markdown, at: new Date('2026-11-23T09:00:00Z') }]);
  });

  test.each([
    ['of one word', 'x'.repeat(100_000)],
    ['of signs', '*_[`\\\\'.repeat(20_000)],
    ['of many lines', '- a\n'.repeat(25_000)],
  ])('a comment of a hundred thousand characters, %s', async (_, text) => {
    const { comments } = await reading([{ ...said, body: p(t(text)) }]);
    expect(comments[0]?.markdown.length).toBeLessThanOrEqual(20_000);
    expect(comments[0]?.markdown).toMatch(/\n\n\(shortened; the whole comment is on the ticket\)$/);
  });

  test('a document a hundred thousand nodes deep', async () => {
    const deep = `${'{"type":"expand","content":['.repeat(100_000)}{"type":"text","text":"bottom"}${']}'.repeat(100_000)}`;
    const odd = await at((request, response) => {
      const body = request.url?.includes('/comment')
        ? `{"total":1,"comments":[{"id":"1","jsdPublic":true,"author":{"displayName":"R"},"body":${deep}}]}`
        : JSON.stringify({ id: '7', key: 'IT-7', fields });
      response.writeHead(200).end(request.url?.includes('/myself') ? '{"accountId":"own"}' : body);
    });
    expect((await odd.read('7'))?.comments).toMatchObject([{ markdown: 'bottom' }]);
  });

  test('comments that change with every page are not taken for deleted', async () => {
    let total = 300;
    const odd = await at((request, response) => {
      total -= 1;
      const comments = Array.from({ length: 100 }, (_, index) => ({ ...said, id: String(index), body: p(t('x')) }));
      const body = request.url?.includes('/comment') ? { comments, total } : { id: '7', key: 'IT-7', fields };
      response.writeHead(200).end(JSON.stringify(body));
    });
    expect(await kindOf(odd.read('7'))).toBe('unavailable');
  });
});
