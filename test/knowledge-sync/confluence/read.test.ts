import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConfluence } from '../../../knowledge-sync/confluence/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';
import { DocumentFault } from '../../../src/errors.ts';
import { createMemory } from './site.ts';

/** A site of one page, with the body that is given. */
let server: Server;
let asked: string[];
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

const log = { debug() {}, info() {}, warn() {}, error() {} };
const spaces = { results: [{ id: '1', key: 'IT' }], _links: {} };
const permissions = {
  results: [{ principal: { type: 'group', id: 'g' }, operation: { key: 'read', targetType: 'space' } }],
};
const unrestricted = { restrictions: { user: { results: [], limit: 100 }, group: { results: [], limit: 100 } } };
const page = {
  id: '7',
  status: 'current',
  title: 'Page',
  spaceId: 1,
  parentId: null,
  version: { number: 3 },
  _links: null,
};

async function sourceOver(answer: unknown, status = 200) {
  asked = [];
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const isPage = path.includes('/pages/7');
    const body = isPage ? answer : Object.entries(others).find(([part]) => path.includes(part))?.[1];
    const found = body === undefined ? 404 : 200;
    response.writeHead(isPage ? status : found, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const pace = createPace({ concurrency: 4, perSecond: null, log, wait: async () => {} });
  return createConfluence(
    {
      baseUrl: `http://127.0.0.1:${port}/wiki/`,
      email: 'bot@acme.example',
      apiToken: 't',
      spaces: ['it'],
      labels: [],
      everyoneGroups: ['g'],
      sweepMinutes: 30,
      pace,
    },
    { memory: createMemory(), clock: () => new Date('2026-03-01T08:00:00Z'), log },
  );
}
const others = {
  '/permissions': permissions,
  '/restriction/': unrestricted,
  '/spaces?': spaces,
  '/group/by-id': { name: 'g' },
};

test.each([
  ['an empty text', { storage: { value: '' } }, { markdown: '', gaps: [], isComplete: true }],
  [
    'text in another form only',
    { atlas_doc_format: { value: '{}' } },
    {
      markdown: '',
      gaps: [{ kind: 'unsupported', what: 'text in Atlassian document format only', count: 1 }],
      isComplete: true,
    },
  ],
  [
    'no text at all this time',
    {},
    { markdown: '', gaps: [{ kind: 'unreadable', what: 'text of the page', count: 1 }], isComplete: false },
  ],
  [
    'null for a text',
    null,
    { markdown: '', gaps: [{ kind: 'unreadable', what: 'text of the page', count: 1 }], isComplete: false },
  ],
])('a page with %s', async (_, body, expected) => {
  const source = await sourceOver({ ...page, body });
  expect(await source.read('7')).toMatchObject({
    ...expected,
    audience: [['everyone']],
    updatedAt: null,
    url: expect.stringMatching(/\/wiki\/pages\/viewpage\.action\?pageId=7$/),
  });
});

test.each([
  ['too large', {}, 413],
  ['of another shape', { id: '7' }, 200],
])('a page that is %s is a fault of this page, and is not asked for again', async (_, answer, status) => {
  const source = await sourceOver(answer, status);
  await expect(source.read('7')).rejects.toBeInstanceOf(DocumentFault);
  expect(asked.filter((path) => path.includes('/pages/7'))).toHaveLength(1);
});

test('an answer that is no JSON is asked for again, and is no fault of the page', async () => {
  const source = await sourceOver('<html>Sign in</html>');
  await expect(source.read('7')).rejects.toMatchObject({ kind: 'unavailable' });
  expect(asked.filter((path) => path.includes('/pages/7'))).toHaveLength(6);
});

test('a redirect is not followed', async () => {
  const source = await sourceOver({}, 302);
  await expect(source.lookUp('7')).rejects.toMatchObject({ kind: 'rejected' });
});

test.each([
  ['trashed', { status: 'trashed' }],
  ['a draft', { status: 'draft' }],
  ['of another space', { spaceId: '2' }],
])('a page that is %s is none of ours', async (_, change) => {
  const source = await sourceOver({ ...page, ...change, body: { storage: { value: 'x' } } });
  expect([await source.read('7'), await source.lookUp('7')]).toEqual([null, null]);
});

test('an id that is no number does not lead elsewhere', async () => {
  const source = await sourceOver(page);
  await source.lookUp('../../x?y').catch(() => null);
  expect(asked.some((path) => path.includes('/pages/..%2F..%2Fx%3Fy'))).toBe(true);
});
