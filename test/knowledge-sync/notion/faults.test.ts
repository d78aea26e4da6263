import { EVERYONE } from '#domain/knowledge.ts';
import { type Fault } from '../../../sandbox/http.ts';
import { type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';
import { pick, type Random, seeded } from '../../../bench/random.ts';
import { createNotion } from '../../../knowledge-sync/notion/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';
import { syncSource } from '../../../knowledge-sync/sync.ts';
import { createStores, type Life, lifeOf } from '../mortal.ts';

const runs = 70;
const pages = 300;

const log = { debug() {}, info() {}, warn() {}, error() {} };
let clock = new Date('2026-03-01T09:00:00Z');
let notion: NotionSandbox;
/** What must be stored at the end: by page id, in the trash or not. */
const texts = new Map<string, string>();
let marked = 0;

beforeAll(async () => {
  notion = await startNotion({ now: () => clock });
  const random = seeded(1);
  addPage(null);
  for (let count = 1; count < pages; count += 1)
    addPage(random() < 0.05 ? null : (pick(random, [...texts.keys()]) ?? null));
});
afterAll(() => notion.close());

function text(): string {
  marked += 1;
  return `# Steps\n\n- Open part ${marked}\n- Close it\n\nMark m${marked}m.`;
}

function addPage(pageId: string | null): void {
  const markdown = text();
  const parent = pageId === null ? ({ workspace: true } as const) : { pageId };
  texts.set(notion.createPage({ parent, title: `Page ${marked}`, markdown }), markdown);
}

/** What people do between two syncs. */
function disturb(random: Random): void {
  const ids = [...texts.keys()];
  const any = () => pick(random, ids) ?? '';
  for (let count = 0; count < 6; count += 1) {
    const id = any();
    if (notion.page(id)?.inTrash !== false) continue;
    const markdown = text();
    notion.updatePage(id, random() < 0.3 ? { title: `Title ${marked}`, markdown } : { markdown });
    texts.set(id, markdown);
  }
  for (const [chance, act] of acts) if (random() < chance) attempt(() => act(any(), any()));
  // What is shared directly is sure to be in the search, Notion says; only what is below it may be missing.
  for (const { id, parent } of notion.pages()) if ('workspace' in parent) notion.hideFromSearch(id, false);
}

const acts: readonly (readonly [number, (id: string, other: string) => unknown])[] = [
  [0.8, (id, other) => notion.move(id, { pageId: other })],
  [0.2, (id) => (notion.move(id, { workspace: true }), notion.share(id, true))],
  [0.1, (id) => isRoot(id) && notion.share(id, false)],
  [0.5, (id) => isRoot(id) && notion.share(id, true)],
  [0.3, (id) => notion.trash(id)],
  [0.5, (id) => notion.restore(id)],
  [0.6, (id) => addPage(notion.page(id)?.inTrash === false ? id : null)],
  [0.5, (id) => notion.hideFromSearch(id, true)],
  [0.3, (id) => notion.hideFromSearch(id, false)],
];

/** Whether it stands at the top: what is below a page that is shared is shared as well. */
function isRoot(id: string): boolean {
  const page = notion.page(id);
  return page !== null && 'workspace' in page.parent;
}

/** What Notion would not let anybody do, such as moving a page below itself, is not done. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // not possible
  }
}

const kinds: readonly Omit<Fault, 'times' | 'match'>[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 529 },
  { kind: 'rate-limit', retryAfterSeconds: 0 },
  { kind: 'drop' },
  { kind: 'drop-after' },
];

/** Some faults for the next calls, here and there; some last longer than the patience of one request. */
function breakSome(random: Random): void {
  for (const match of ['/v1/search', '/markdown', '/children', '/v1/pages', '']) {
    const kind = pick(random, kinds);
    if (kind !== undefined && random() < 0.7)
      notion.faults.set({ ...kind, match, times: 1 + Math.floor(random() * 5) });
  }
}

async function sync(stores: ReturnType<typeof createStores>, life: Life) {
  const pace = createPace({ concurrency: 3, perSecond: null, log, tries: 3, wait: async () => {} });
  const config = { token: notion.token, apiUrl: notion.url, audiences: new Map([['*', EVERYONE]]), pace };
  const source = createNotion(config, { memory: stores.memory(life), clock: () => clock, log });
  const options = { source, knowledge: stores.knowledge(life), log, clock: () => clock, concurrency: 3 };
  return syncSource(options).catch((error: unknown) => {
    if (error instanceof Error && error.message === 'killed') return null;
    throw error;
  });
}

/** What the source holds, for people to see, and what is stored, in the same words. */
function held() {
  const current = [...texts].filter(([id]) => notion.page(id)?.inTrash === false && notion.page(id)?.shared === true);
  return new Map(current.map(([id, markdown]) => [id, [notion.page(id)?.title, markOf(markdown)]]));
}
function kept({ documents }: ReturnType<typeof createStores>) {
  return new Map(Array.from(documents, ([id, { document }]) => [id, [document.title, markOf(document.markdown)]]));
}
function markOf(markdown: string): string | undefined {
  return /Mark (m\d+m)/.exec(markdown)?.[1];
}

test(`after ${runs} disturbed syncs of ${pages} pages, each clean one leaves the store as the source is`, async () => {
  const stores = createStores();
  const seen = { broken: 0, killed: 0, clean: 0 };
  for (let run = 0; run < runs; run += 1) {
    const random = seeded(1_000 + run);
    disturb(random);
    clock = new Date(clock.getTime() + 60_000 * (1 + Math.floor(random() * 5)));
    breakSome(random);
    const life = lifeOf(random() < 0.5 ? Math.floor(random() * 12) : Number.POSITIVE_INFINITY);
    const disturbed = await sync(stores, life);
    notion.faults.clear();
    if (life.isOver()) seen.killed += 1;
    else if (disturbed?.brokenOff !== null || disturbed.failed.length > 0) seen.broken += 1;
    else seen.clean += 1;
    // Notion tells the minute of an edit: what is read within two of it is read once more.
    clock = new Date(clock.getTime() + 180_000);
    const clean = await sync(stores, lifeOf(Number.POSITIVE_INFINITY));
    expect({ run, brokenOff: clean?.brokenOff, failed: clean?.failed }).toEqual({ run, brokenOff: null, failed: [] });
    expect({ run, kept: kept(stores) }).toEqual({ run, kept: held() });
  }
  expect(Math.min(seen.broken, seen.killed, seen.clean)).toBeGreaterThan(5);
}, 300_000);
