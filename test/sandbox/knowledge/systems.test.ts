import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Company, loadCompany } from '../../../sandbox/company.ts';
import { createConfluenceShelf } from '../../../sandbox/knowledge/confluence.ts';
import { copyKnowledge, createKnowledge, type Knowledge } from '../../../sandbox/knowledge/index.ts';
import { createNotionShelf } from '../../../sandbox/knowledge/notion.ts';
import { placeArticles, type PlacedArticles } from '../../../sandbox/knowledge/shipped.ts';
import { openPortMemory } from '../../../sandbox/port-memory.ts';
import { knowledgeSettingsFor, startVendors, type Vendors } from '../../../sandbox/vendors.ts';

// The sample company's documents where each is kept.

const company: Company = loadCompany();
const vpn = 'network/vpn-keeps-dropping.md';
const close = 'access/finance-close-access.md';
const leaver = 'people/leaver-checklist.md';
const room = 'rooms/room-booking.md';
const mail = 'email/mailbox-full.md';

let folder: string;
let placed: PlacedArticles;
let vendors: Vendors;
let knowledge: Knowledge;
const closing: (() => Promise<void>)[] = [];

async function start(): Promise<void> {
  const memory = openPortMemory(path.join(folder, 'ports.json'));
  const ports = { slack: 0, jira: 0, notion: 0, confluence: 0, teams: 0 };
  const opened = (closeOne: () => Promise<void>) => void closing.push(closeOne);
  vendors = await startVendors({ company, placed, pageUrl: 'http://127.0.0.1:1', folder, ports, memory, opened });
  const elsewhere = new Set([...placed.confluence, ...placed.notion].map(({ id }) => id));
  const markdown = path.join(folder, 'markdown');
  copyKnowledge(company.knowledgeFolder, markdown, (id) => !elsewhere.has(id));
  knowledge = createKnowledge({
    folder: markdown,
    shipped: company.knowledgeFolder,
    others: [createConfluenceShelf(vendors.confluence, placed), createNotionShelf(vendors.notion, placed)],
  });
}

async function stop(): Promise<void> {
  for (const closeOne of closing.splice(0)) await closeOne();
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'systems-'));
  placed = (await placeArticles(company))!;
  await start();
});
afterEach(stop);

test('each folder is kept by one system, unchanged, and by none besides', async () => {
  const articles = await knowledge.list();
  const folders = Map.groupBy(articles, ({ system }) => system);
  const names = (system: 'confluence' | 'notion' | 'markdown') => [
    ...new Set((folders.get(system) ?? []).map(({ id }) => id.split('/')[0] ?? '')),
  ];
  expect(names('confluence').toSorted()).toEqual(['access', 'accounts', 'devices', 'network', 'security']);
  expect(names('notion').toSorted()).toEqual(['people', 'phones', 'rooms', 'software']);
  expect(names('markdown')).toEqual(['email', 'printing']);
  expect(articles).toHaveLength(66);
  expect(new Set(articles.map(({ id }) => id)).size).toBe(66);
  expect(articles.filter(({ isChanged, isInTrash }) => isChanged || isInTrash)).toEqual([]);
});

test('who may read an article is what its file said', async () => {
  const shipped = createKnowledge({ folder: company.knowledgeFolder, shipped: null });
  for (const { id, audience } of await knowledge.list()) {
    expect([id, audience]).toEqual([id, (await shipped.read(id))?.audience]);
  }
  expect((await knowledge.read(close))?.audience).toEqual(['finance']);
  expect((await knowledge.read(leaver))?.audience).toEqual(['people-team']);
  const groups = vendors.confluence.spaces().map(({ readers }) => readers.groups);
  expect(groups).toEqual([['brindlow-staff']]);
});

test('an article is found by its address, by one with other words, and by the one it had before', async () => {
  for (const id of [vpn, room]) {
    const { url } = (await knowledge.read(id))!;
    expect((await knowledge.find(url))?.id).toBe(id);
    await knowledge.write({ id, title: 'Another title', markdown: 'Text.' });
    expect((await knowledge.read(id))?.url).not.toBe(url);
    expect((await knowledge.find(url))?.id).toBe(id);
  }
  expect((await knowledge.find('https://wiki.brindlow.example/it/vpn-keeps-dropping'))?.id).toBe(vpn);
  expect((await knowledge.find('https://wiki.brindlow.example/it/mailbox-full'))?.id).toBe(mail);
  for (const url of ['', 'https://wiki.brindlow.example/it/none', 'http://127.0.0.1:1/wiki/spaces/IT/pages/12/None'])
    expect(await knowledge.find(url)).toBeNull();
});

test.each([vpn, leaver, mail])('%s is changed, thrown away, taken out again and restored', async (id) => {
  const before = (await knowledge.read(id))!;
  await knowledge.write({ id, title: 'Another title', markdown: '\nOther **words**.\n' });
  const changed = { title: 'Another title', markdown: 'Other **words**.', isChanged: true, isInTrash: false };
  expect(await knowledge.read(id)).toMatchObject(changed);
  await knowledge.setInTrash(id, true);
  expect(await knowledge.read(id)).toMatchObject({ ...changed, isInTrash: true });
  await expect(knowledge.restore(id)).rejects.toMatchObject({ status: 400 });
  await knowledge.setInTrash(id, false);
  expect(await knowledge.read(id)).toMatchObject(changed);
  await knowledge.restore(id);
  const { title, markdown, audience } = before;
  expect(await knowledge.read(id)).toMatchObject({ title, markdown, audience, isChanged: false });
});

test('an article of Confluence can be closed to all but the IT staff, and opened; restoring undoes both', async () => {
  await knowledge.setOnlyStaff(vpn, true);
  expect(await knowledge.read(vpn)).toMatchObject({ audience: ['it-staff'], isChanged: true });
  await knowledge.restore(vpn);
  expect(await knowledge.read(vpn)).toMatchObject({ audience: ['everyone'], isChanged: false });
  await knowledge.setOnlyStaff(close, false);
  expect(await knowledge.read(close)).toMatchObject({ audience: ['everyone'], isChanged: true });
  await knowledge.restore(close);
  expect(await knowledge.read(close)).toMatchObject({ audience: ['finance'], isChanged: false });
  for (const id of [leaver, mail])
    await expect(knowledge.setOnlyStaff(id, true)).rejects.toMatchObject({ status: 400 });
});

test('a title that another page has is refused in words', async () => {
  const { title } = (await knowledge.read(close))!;
  await expect(knowledge.write({ id: vpn, title, markdown: 'Text.' })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('Confluence refuses this'),
  });
});

test('changes are told, and outlive a restart', async () => {
  let told = 0;
  const off = knowledge.on(() => void (told += 1));
  await knowledge.write({ id: vpn, title: 'VPN', markdown: 'New.' });
  await knowledge.setInTrash(room, true);
  expect(told).toBeGreaterThanOrEqual(2);
  off();
  const last = told;
  await knowledge.setInTrash(room, false);
  expect(told).toBe(last);
  const [{ url }] = [(await knowledge.read(vpn))!];
  await stop();
  await start();
  expect(await knowledge.read(vpn)).toMatchObject({ title: 'VPN', markdown: 'New.', url, isChanged: true });
  expect(await knowledge.read(room)).toMatchObject({ isInTrash: false, isChanged: false });
});

test('the settings name the local systems, and who may read what in Notion', () => {
  const { people } = company;
  const settings = knowledgeSettingsFor({ vendors, placed, people, webhookToken: 'secret_x', own: {} });
  const closed = vendors.notion.pages().find(({ title }) => title === 'People team only');
  expect(settings).toEqual({
    NOTION_TOKEN: vendors.notion.token,
    NOTION_REQUESTS_PER_SECOND: '200',
    NOTION_API_URL: vendors.notion.url,
    NOTION_AUDIENCES: `${closed?.url} = markdown/people-team; * = everyone`,
    NOTION_WEBHOOK_TOKEN: 'secret_x',
    CONFLUENCE_BASE_URL: vendors.confluence.baseUrl,
    CONFLUENCE_EMAIL: vendors.confluence.email,
    CONFLUENCE_API_TOKEN: vendors.confluence.apiToken,
    CONFLUENCE_SPACES: 'IT',
    CONFLUENCE_EVERYONE_GROUPS: 'brindlow-staff',
    CONFLUENCE_SWEEP_MINUTES: '0',
    CONFLUENCE_REQUESTS_PER_SECOND: '200',
    TICKETS_AUDIENCE: 'everyone',
    TICKETS_REQUESTS_PER_SECOND: '200',
    ADMINS: 'hannah.aldersley@brindlow.example',
  });
  const own = { NOTION_TOKEN: 'theirs', CONFLUENCE_BASE_URL: 'https://theirs.example/wiki' };
  const names = Object.keys(knowledgeSettingsFor({ vendors, placed, people, webhookToken: 'secret_x', own }));
  expect(names).toEqual(['TICKETS_AUDIENCE', 'TICKETS_REQUESTS_PER_SECOND', 'ADMINS']);
});

test('a company that says nothing of places keeps all in its folder', async () => {
  const { places: _, ...without } = company;
  expect(await placeArticles(without)).toBeNull();
  expect(readFileSync(path.join(company.knowledgeFolder, vpn), 'utf8')).toContain('title:');
});
