import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyKnowledge, createKnowledge } from '../../../sandbox/knowledge/index.ts';
import { knowledgeRoutes } from '../../../sandbox/page/knowledge-routes.ts';
import { coverage } from '../stand-in-operator.ts';

const faults = { set: () => undefined, clear: () => undefined };
const still = { kills: () => 0, on: () => () => undefined, kill: () => undefined, restart: () => undefined };

function article(title: string, text: string): string {
  return `---\ntitle: ${title}\nurl: https://wiki.example/${title}\naudience: [everyone]\nupdated: 2026-01-31\n---\n\n${text}\n`;
}

function open(queued: readonly string[] | null = ['markdown']) {
  const root = mkdtempSync(path.join(tmpdir(), 'knowledge-routes-'));
  const shipped = path.join(root, 'shipped');
  copyKnowledge(mkdtempSync(path.join(tmpdir(), 'empty-')), shipped);
  writeFileSync(path.join(shipped, 'vpn.md'), article('vpn', 'It drops. Restart the heron.'));
  writeFileSync(path.join(shipped, 'wifi.md'), article('wifi', 'Choose the network.'));
  const folder = path.join(root, 'copy');
  copyKnowledge(shipped, folder);
  let told = 0;
  const operator = {
    why: async () => null,
    syncs: async () => (queued === null ? null : []),
    coverage: async () => (queued === null ? null : [coverage]),
    async syncNow(source?: string) {
      asked.push(source ?? 'all');
      return queued;
    },
  };
  const asked: string[] = [];
  const bot = { ...still, state: () => 'up' as const };
  const knowledge = createKnowledge({ folder, shipped });
  const jira = {
    calls: [],
    url: '',
    projectKey: 'IT',
    faults,
    issues: () => [],
    issue: () => null,
    on: () => () => undefined,
  };
  const company = { name: 'Brindlow', people: [], knowledgeFolder: folder };
  const routes = knowledgeRoutes({ knowledge, operator, bot, jira, company, tell: () => void (told += 1) });
  return { ask: async (name: string, input: unknown = {}) => routes[name]?.(input), told: () => told, asked };
}

test.each([
  ['', ['vpn.md', 'wifi.md']],
  ['HERON', ['vpn.md']],
  ['drops restart', ['vpn.md']],
  ['drops network', []],
  ['wifi everyone', ['wifi.md']],
])('the search %j finds articles by all of its words', async (text, ids) => {
  const answer = (await open().ask('GET /api/knowledge', { text })) as { articles: { id: string }[] };
  const systems = [{ system: 'markdown', place: null, total: 2 }];
  expect(answer).toMatchObject({ total: 2, isOwn: false, folder: null, systems, tickets: null });
  expect(answer.articles.map(({ id }) => id)).toEqual(ids);
});

test('an article is found by its id or by its address', async () => {
  const { ask } = open();
  const whole = {
    id: 'vpn.md',
    system: 'markdown',
    folder: '',
    title: 'vpn',
    url: 'https://wiki.example/vpn',
    updated: '2026-01-31',
    audience: ['everyone'],
    isChanged: false,
    isInTrash: false,
    place: null,
    markdown: 'It drops. Restart the heron.',
    path: null,
  };
  expect(await ask('GET /api/knowledge/article', { id: 'vpn.md' })).toEqual(whole);
  expect(await ask('GET /api/knowledge/article', { url: 'https://wiki.example/vpn' })).toEqual(whole);
  for (const named of [{}, { id: 'no.md' }, { url: 'https://wiki.example/no' }, { url: '' }]) {
    await expect(ask('GET /api/knowledge/article', named)).rejects.toMatchObject({ status: 404 });
  }
});

test('saving and restoring tell the open pages and ask for a sync', async () => {
  const { ask, told, asked } = open();
  const saved = await ask('POST /api/knowledge/article', { id: 'vpn.md', title: 'VPN', markdown: 'New.' });
  expect(saved).toMatchObject({
    article: { id: 'vpn.md', title: 'VPN', markdown: 'New.', isChanged: true },
    sync: { askedAt: expect.any(String), queued: ['markdown'] },
  });
  expect(told()).toBe(1);
  const restored = await ask('POST /api/knowledge/restore', { id: 'vpn.md' });
  expect(restored).toMatchObject({ article: { title: 'vpn', isChanged: false }, sync: { queued: ['markdown'] } });
  expect(told()).toBe(2);
  const thrown = await ask('POST /api/knowledge/trash', { id: 'vpn.md', inTrash: true });
  expect(thrown).toMatchObject({ article: { isInTrash: true }, sync: { queued: ['markdown'] } });
  expect(asked).toEqual(['markdown', 'markdown', 'markdown']);
  await expect(ask('POST /api/knowledge/readers', { id: 'wifi.md', isOnlyStaff: true })).rejects.toMatchObject({
    status: 400,
  });
});

test('how completely each source was read is told; nothing while the bot cannot be asked', async () => {
  expect(await open().ask('GET /api/knowledge/coverage')).toEqual({ sources: [coverage] });
  expect(await open(null).ask('GET /api/knowledge/coverage')).toEqual({ sources: [] });
});

test('while the bot cannot be asked, the article is saved all the same', async () => {
  const { ask } = open(null);
  const saved = await ask('POST /api/knowledge/article', { id: 'vpn.md', title: 'VPN', markdown: 'New.' });
  expect(saved).toMatchObject({ article: { markdown: 'New.' }, sync: { queued: null } });
  expect(await ask('POST /api/knowledge/sync')).toMatchObject({ queued: null });
  expect(await ask('GET /api/knowledge/sync')).toEqual({ available: false, botState: 'up', syncs: [] });
});
