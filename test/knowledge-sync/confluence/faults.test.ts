import type { Audience } from '#domain/knowledge.ts';
import { pick, type Random, seeded } from '../../../bench/random.ts';
import { createConfluence } from '../../../knowledge-sync/confluence/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';
import { syncSource } from '../../../knowledge-sync/sync.ts';
import { type ConfluenceSandbox, startConfluence } from '../../../sandbox/confluence/index.ts';
import type { Fault } from '../../../sandbox/http.ts';
import { createStores, type Life, lifeOf } from '../mortal.ts';

const runs = 140;
const pages = 300;

const log = { debug() {}, info() {}, warn() {}, error() {} };
let clock = new Date('2026-03-01T09:00:00Z');
let confluence: ConfluenceSandbox;
/** Every page that ever was. */
const ids: string[] = [];
let marked = 0;

const people = ['ann', 'bob', 'eve', 'joe', 'kim', 'lee'].map((name) => ({ name, email: `${name}@firm.example` }));
const groups: Readonly<Record<string, readonly string[]>> = {
  staff: people.map(({ email }) => email).slice(0, 5),
  it: people.map(({ email }) => email).slice(0, 2),
  hr: people.map(({ email }) => email).slice(1, 4),
};
const restrictions = [
  { groups: ['it'] },
  { groups: ['hr'] },
  { groups: ['it'], users: ['joe@firm.example'] },
  { users: ['kim@firm.example'] },
];

beforeAll(async () => {
  confluence = await startConfluence({ people, groups, now: () => clock });
  const random = seeded(1);
  confluence.createSpace({ key: 'IT', name: 'IT', readers: { groups: ['staff'] } });
  for (let count = 0; count < pages; count += 1) addPage(random() < 0.05 ? null : (pick(random, ids) ?? null));
  for (let count = 0; count < 15; count += 1) restrict(random);
});
afterAll(() => confluence.close());

function markdown(): string {
  marked += 1;
  return `# Steps\n\n- Open part ${marked}\n- Close it\n\nMark m${marked}m.`;
}

function addPage(parentId: string | null): void {
  const text = markdown();
  ids.push(confluence.createPage({ space: 'IT', title: `Page ${marked}`, markdown: text, parentId }));
}

function restrict(random: Random): void {
  confluence.restrict(pick(random, ids) ?? '', pick(random, [...restrictions, null]) ?? null);
}

/** What people do between two syncs. */
function disturb(random: Random): void {
  const any = () => pick(random, ids) ?? '';
  for (let count = 0; count < 6; count += 1) {
    const text = markdown();
    attempt(() =>
      confluence.updatePage(any(), { markdown: text, ...(random() < 0.3 ? { title: `Title ${marked}` } : {}) }),
    );
  }
  for (const [chance, act] of acts) if (random() < chance) attempt(() => act(any(), any(), random));
}

const acts: readonly (readonly [number, (id: string, other: string, random: Random) => void])[] = [
  [0.8, (id, other) => confluence.movePage(id, { parentId: other })],
  [0.2, (id) => confluence.movePage(id, { parentId: null })],
  [0.4, (id) => confluence.trash(id)],
  [0.6, () => confluence.restore(trashed()[0] ?? '')],
  [0.1, (id) => confluence.archive(id)],
  [0.1, () => confluence.purge(trashed()[0] ?? '')],
  [0.6, (id) => addPage(confluence.page(id)?.status === 'current' ? id : null)],
  [0.5, (_id, _other, random) => restrict(random)],
  [
    0.1,
    (_id, _other, random) => confluence.setSpaceReaders('IT', { groups: [pick(random, ['staff', 'it']) ?? 'staff'] }),
  ],
];

function trashed(): readonly string[] {
  return ids.filter((id) => ['trashed', 'archived'].includes(confluence.page(id)?.status ?? ''));
}

/** What Confluence would not let anybody do, such as moving a page below itself, is not done. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // not possible
  }
}

const kinds: readonly Omit<Fault, 'times' | 'match'>[] = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 503 },
  { kind: 'rate-limit', retryAfterSeconds: 0 },
  { kind: 'drop' },
  { kind: 'drop-after' },
];

/** Some faults for the next calls, here and there; some last longer than the patience of one request. */
function breakSome(random: Random): void {
  confluence.settings.emptyPages = random() < 0.3;
  for (const match of ['/spaces', '/content/search', '/pages', '/group', '']) {
    const kind = pick(random, kinds);
    if (kind !== undefined && random() < 0.5)
      confluence.faults.set({ ...kind, match, times: 1 + Math.floor(random() * 5) });
  }
}

async function sync(stores: ReturnType<typeof createStores>, life: Life) {
  const pace = createPace({ concurrency: 4, perSecond: null, log, tries: 3, wait: async () => {} });
  const { baseUrl, email, apiToken } = confluence;
  const chosen = { spaces: ['IT'], labels: [], everyoneGroups: [], sweepMinutes: 1 };
  const source = createConfluence(
    { baseUrl, email, apiToken, ...chosen, pace },
    { memory: stores.memory(life), clock: () => clock, log },
  );
  const options = { source, knowledge: stores.knowledge(life), log, clock: () => clock, concurrency: 4 };
  return syncSource(options).catch((error: unknown) => {
    if (error instanceof Error && error.message === 'killed') return null;
    throw error;
  });
}

/** What the source holds, with everybody who may read it, and what is stored, in the same words. */
function held() {
  const current = confluence.pages().filter(({ status }) => status === 'current');
  return new Map(current.map(({ id, title, markdown: text }) => [id, [title, markOf(text ?? ''), readersOf(id)]]));
}

/** Straight from the tree: the space's, the page's own, and those of every page above it. */
function readersOf(id: string | null): readonly string[] {
  if (id === null) {
    const [space] = confluence.spaces();
    return people
      .map(({ email }) => email)
      .filter((email) => space?.readers.groups.some((name) => groups[name]?.includes(email)));
  }
  const page = confluence.page(id);
  const above = readersOf(page?.parentId ?? null);
  const names = page?.restrictedTo ?? null;
  if (names === null) return above;
  const own = [...names.users, ...names.groups.flatMap((name) => groups[name] ?? [])];
  return above.filter((email) => own.includes(email));
}

function kept({ documents, groups: known }: ReturnType<typeof createStores>) {
  const mayRead = (audience: Audience) => (email: string) =>
    audience.length > 0 &&
    audience.every((names) =>
      names.some((name) => name === `person:${email}` || known.get(name.replace('group:confluence/', ''))?.has(email)),
    );
  return new Map(
    Array.from(
      documents,
      ([
        id,
        {
          document: { title, markdown: text, audience },
        },
      ]) => [id, [title, markOf(text), people.map(({ email }) => email).filter(mayRead(audience))]],
    ),
  );
}

function markOf(text: string): string | undefined {
  return /Mark (m\d+m)/.exec(text)?.[1];
}

test(`after ${runs} disturbed syncs of ${pages} pages, each clean one leaves the store as the source is, rights included`, async () => {
  const stores = createStores();
  const seen = { broken: 0, killed: 0, clean: 0 };
  for (let run = 0; run < runs; run += 1) {
    const random = seeded(2_000 + run);
    disturb(random);
    clock = new Date(clock.getTime() + 60_000 * (1 + Math.floor(random() * 5)));
    breakSome(random);
    const life = lifeOf(random() < 0.5 ? Math.floor(random() * 12) : Number.POSITIVE_INFINITY);
    const disturbed = await sync(stores, life);
    confluence.faults.clear();
    confluence.settings.emptyPages = false;
    if (life.isOver()) seen.killed += 1;
    else if (disturbed?.brokenOff !== null || disturbed.failed.length > 0) seen.broken += 1;
    else seen.clean += 1;
    clock = new Date(clock.getTime() + 120_000);
    const clean = await sync(stores, lifeOf(Number.POSITIVE_INFINITY));
    expect({ run, brokenOff: clean?.brokenOff, failed: clean?.failed }).toEqual({ run, brokenOff: null, failed: [] });
    expect({ run, kept: kept(stores) }).toEqual({ run, kept: held() });
  }
  expect(Math.min(seen.broken, seen.killed, seen.clean)).toBeGreaterThan(5);
}, 300_000);
