import {
  APIErrorCode,
  Client,
  collectPaginatedAPI,
  isFullBlock,
  isFullPage,
  verifyWebhookSignature,
} from '@notionhq/client';
import { createFaults, listen } from '../../../sandbox/http.ts';
import { type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';

let notion: NotionSandbox;
let client: Client;
let root: string;
beforeAll(async () => {
  notion = await startNotion({ people: [{ name: 'Ada Poe', email: 'ada@acme.example' }] });
  client = new Client({
    auth: notion.token,
    baseUrl: notion.url,
    notionVersion: '2026-03-11',
    retry: false,
    logger: () => undefined,
  });
  root = notion.createPage({
    parent: { workspace: true },
    title: 'Root',
    markdown: Array.from({ length: 250 }, (_, n) => `p${n}`).join('\n\n'),
  });
});
afterAll(() => notion.close());

test("Notion's own client reads pages, blocks and Markdown", async () => {
  const page = await client.pages.retrieve({ page_id: root });
  expect(isFullPage(page) && page.url).toBe(notion.page(root)?.url);
  const blocks = await collectPaginatedAPI(client.blocks.children.list, { block_id: root });
  expect(blocks.length).toBe(250);
  expect(blocks.every(isFullBlock)).toBe(true);
  expect((await client.pages.retrieveMarkdown({ page_id: root })).markdown.split('\n')).toHaveLength(250);
  expect((await client.users.me({})).type).toBe('bot');
});

test("Notion's own client walks databases with several data sources", async () => {
  const made = notion.createDatabase({
    parentPageId: root,
    title: 'Assets',
    dataSources: [{ name: 'Laptops' }, { name: 'Phones' }],
  });
  const rows = made.dataSourceIds.flatMap((dataSourceId) =>
    Array.from({ length: 120 }, (_, index) => notion.createPage({ parent: { dataSourceId }, title: `R${index}` })),
  );
  const database = await client.databases.retrieve({ database_id: made.id });
  const sources = 'data_sources' in database ? database.data_sources : [];
  expect(sources.map(({ name }) => name)).toEqual(['Laptops', 'Phones']);
  const found = await Promise.all(
    sources.map(({ id }) => collectPaginatedAPI(client.dataSources.query, { data_source_id: id })),
  );
  expect(new Set(found.flat().map(({ id }) => id))).toEqual(new Set(rows));
  const searched = await collectPaginatedAPI(client.search, { query: 'R11' });
  expect(searched).toHaveLength(22);
});

test("Notion's own client knows the errors", async () => {
  const refused = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      ({ status, code }) => ({ status, code }),
    );
  expect(await refused(client.pages.retrieve({ page_id: crypto.randomUUID() }))).toEqual({
    status: 404,
    code: APIErrorCode.ObjectNotFound,
  });
  notion.faults.set({ match: '/v1/users', kind: 'rate-limit', times: 1 });
  expect(await refused(client.users.me({}))).toEqual({ status: 429, code: APIErrorCode.RateLimited });
  notion.faults.set({ match: '/v1/users', kind: 'status', status: 529, times: 1 });
  expect(await refused(client.users.me({}))).toEqual({ status: 529, code: APIErrorCode.ServiceOverload });
});

test("Notion's own client takes the signature of events", async () => {
  const verified: boolean[] = [];
  let verificationToken = '';
  const receiver = await listen({
    port: 0,
    faults: createFaults(),
    handle: async ({ body, headers }) => {
      const signature = String(headers['x-notion-signature']);
      if (verificationToken === '')
        verificationToken = (JSON.parse(body) as { verification_token: string }).verification_token;
      else verified.push(await verifyWebhookSignature({ body, signature, verificationToken }));
      return { status: 200, body: null };
    },
  });
  try {
    await notion.subscribe(receiver.url);
    notion.updatePage(root, { title: 'Renamed' });
    await notion.webhooks.settled();
    expect(verified).toEqual([true]);
  } finally {
    notion.unsubscribe();
    await receiver.close();
  }
});
