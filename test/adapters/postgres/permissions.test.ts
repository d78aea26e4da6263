import type { Knex } from 'knex';
import { onConnection } from '../../../adapters/postgres/connection.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { repairCounts } from '../../../adapters/postgres/knowledge-repair.ts';
import { createKnowledge } from '../../../adapters/postgres/knowledge.ts';
import { confidenceOf, signalsOf, type Weights } from '#domain/confidence.ts';
import type { Conversation, Person, Place, Turn } from '#domain/conversation.ts';
import { citationsOf, decide, groundsOf } from '#domain/decide.ts';
import type { Decision } from '#domain/decision.ts';
import { draftTicket } from '#domain/handover.ts';
import { type Passage, type Readers, readersOf, type SearchResult } from '#domain/knowledge.ts';
import { NO_ROUTING } from '#domain/routing.ts';
import { situationOf } from '#domain/situation.ts';
import { turnText } from '#domain/speak.ts';
import type { Knowledge, KnowledgeWriting } from '#knowledge-ports.ts';
import { type LookedUp, lookUp } from '../../../src/flows/look-up.ts';
import { pick, type Random, seeded } from '../../../bench/random.ts';
import { bareTurn } from '../../src/domain/bare-turn.ts';
import { putMany } from './many-documents.ts';
import {
  audienceIn,
  employees,
  groupsIn,
  guest,
  maySay,
  type Member,
  type Page,
  randomChannel,
  randomDoor,
  randomGroups,
  randomSpace,
  randomText,
  randomTree,
  readersIn,
  type Tree,
  unknown,
  WORDS,
} from './permission-trees.ts';

let database: Database;
let knex: Knex;

/** One that stays, as in the program: it remembers what it looked up. */
let knowledge: Knowledge & KnowledgeWriting;

beforeEach(async () => {
  database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
  knex = database.knex;
  knowledge = createKnowledge({ knex, language: 'english' });
});
afterEach(() => database.close());

/** Somebody asks, and others read along. */
interface Asked {
  readonly word: string;
  readonly place: Place;
  readonly asker: Member;
  /** Null where the platform does not tell. */
  readonly members: readonly Member[] | null;
  /** All that may be said is what may be said to these. */
  readonly hearers: readonly Member[];
}

function inDirect(random: Random): Asked {
  const asker = random() < 0.85 ? (pick(random, employees) ?? guest) : (pick(random, [guest, unknown]) ?? guest);
  return { word: pick(random, WORDS) ?? '', place: 'direct', asker, members: [asker], hearers: [asker] };
}

function inChannel(random: Random): Asked {
  const members = randomChannel(random);
  const asker = pick(random, members) ?? guest;
  const asked: Asked = { word: pick(random, WORDS) ?? '', place: 'channel', asker, members, hearers: members };
  const kind = random();
  if (kind < 0.05) return { ...asked, members: null, hearers: [unknown] };
  return kind < 0.1 ? { ...asked, place: 'shared', hearers: [guest] } : asked;
}

const readersFor = ({ place, members }: Asked): Readers => readersOf(place, members);

/** What is stored, by name, with the tree it is in. */
type Places = ReadonlyMap<string, { readonly tree: Tree; readonly page: Page }>;

function placesOf(trees: readonly Tree[]): Places {
  return new Map(trees.flatMap((tree) => tree.pages.map((page) => [nameOf(tree.source, page.id), { tree, page }])));
}
type PagesById = ReadonlyMap<string, { readonly tree: Tree; readonly page: Page }>;
const nameOf = (source: string, id: string) => `${source}/${id}`;

/** Searches, and expects exactly the pages that hold the word and may be shown to all who read along. */
async function searchExactly(places: Places, asked: Asked): Promise<SearchResult> {
  const result = await knowledge.search({ text: asked.word, readers: readersFor(asked), limit: 5_000 });
  const found = result.passages.map(({ source, documentId }) => nameOf(source, documentId));
  const right = [...places]
    .filter(([, { tree, page }]) => page.text.split(' ').includes(asked.word) && maySay(tree, page, asked.hearers))
    .map(([name]) => name);
  expect(found.toSorted()).toEqual(right.toSorted());
  for (const { source, documentId, title, text, restricted } of result.passages) {
    const known = places.get(nameOf(source, documentId));
    if (known === undefined) throw new Error('found, though it is not there');
    const { everyone } = readersIn(known.tree, known.page);
    if (title !== known.page.title || text !== known.page.text || restricted === everyone) {
      expect({ title, text, restricted }).toEqual({
        title: known.page.title,
        text: known.page.text,
        restricted: !everyone,
      });
    }
  }
  return result;
}

/** The sections of a page, which must be there exactly when it may be shown. */
async function sectionsExactly({ tree, page }: { tree: Tree; page: Page }, asked: Asked): Promise<void> {
  const passage = { source: tree.source, documentId: page.id, title: '', url: '', headings: [], text: '' };
  const rest = { chunkId: '', updatedAt: null, restricted: false, score: 0, matches: {} };
  const found = await knowledge.sections(
    { ...passage, ...rest },
    { lexemes: [asked.word], readers: readersFor(asked) },
  );
  const text = maySay(tree, page, asked.hearers) ? [page.text] : [];
  expect(found.map((section) => section.text)).toEqual(text);
}

/** As much confidence as the thresholds of the policy call for in turn: what matters here is what is said, not when. */
const weights: Weights = {
  signals: [{ name: 'terms', mean: 1, deviation: 1, coefficient: 1 }],
  intercept: 0,
  answerAt: 0.5,
  suggestAt: 0.5,
};
const policies = [
  { answerAt: 0, suggestAt: 0, writtenAt: 1, excludedTopics: [] },
  { answerAt: 1, suggestAt: 0, writtenAt: 1, excludedTopics: [] },
  { answerAt: 1, suggestAt: 1, writtenAt: 1, excludedTopics: [] },
];

const at = new Date('2026-03-01T09:00:00Z');

/** As the look-up of the program judges it, over passages that are in hand: the best is quoted as it is. */
function judged(question: string, result: SearchResult): LookedUp {
  const signals = signalsOf(result);
  const confidence = signals === null ? null : confidenceOf(signals, weights);
  const best = confidence === null ? undefined : result.passages[0];
  const found = { confidence, candidates: citationsOf(result.passages), quote: best?.text ?? '' };
  return { found, grounds: groundsOf(question, result, confidence), passages: result.passages };
}

/** Everything that is said and kept of one question: by the bot, in the thread and in the ticket. */
interface Told {
  readonly decision: Decision;
  /** In the thread. */
  readonly said: string;
  /** To the IT staff, who may be anybody. */
  readonly ticket: string;
}

/** Decides on what was found, and hands over afterwards, as when the employee presses the button. */
function tell(asked: Asked, given: { along: LookedUp; alone: LookedUp | null; policy: number }): Told {
  const question = turn({ id: '1', text: asked.word, personRef: asked.asker.ref });
  const conversation = conversationOf(asked, [question]);
  const policy = policies[given.policy % policies.length] ?? {
    answerAt: 0,
    suggestAt: 0,
    writtenAt: 1,
    excludedTopics: [],
  };
  const verdict = decide({
    situation: situationOf(conversation),
    found: given.along.found,
    foundPrivately: given.alone?.found ?? null,
    policy,
  });
  const grounds = { ...given.along.grounds, thresholds: policy, checked: null };
  const decision: Decision = { ...verdict, grounds };
  const said = turnText(decision, null);
  const bots = turn({ id: '2', author: 'bot', personRef: null, text: said, decision });
  const click = turn({ id: '3', text: '', action: 'get-human', aboutTurnId: '2', personRef: asked.asker.ref });
  const requester: Person = { ...asked.asker, name: 'Somebody', bot: false };
  const ticket = draftTicket({
    conversation: conversationOf(asked, [question, bots, click]),
    ticket: {
      name: 'name',
      reason: 'asked-for-a-person',
      throughTurnId: '3',
      continues: null,
      triedAt: null,
      mayCreate: true,
    },
    requester,
    names: new Map([[asked.asker.ref, 'Somebody']]),
    permalink: 'https://chat.example/1',
    channel: 'C1',
    groups: [],
    routing: NO_ROUTING,
    answerAt: policy.answerAt,
    limits: { largestBytes: 1_000_000, refusedTypes: [] },
  });
  return { decision, said, ticket: JSON.stringify(ticket) };
}

function turn(changes: Partial<Turn>): Turn {
  return { ...bareTurn, id: '1', author: 'requester', personRef: null, text: '', at, addressed: true, ...changes };
}

function conversationOf({ place, asker }: Asked, turns: readonly Turn[]): Conversation {
  const address = { platform: 'slack', ref: 'T1/C1/1' } as const;
  const fixed = { id: '1', name: 'name', address, handledThrough: '0', version: 1, ticket: null };
  return { ...fixed, place, requesterRef: asker.ref, turns };
}

/** Names of the pages whose title, text or link stands in a text. */
function pagesIn(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/(?:title|body|wiki\.example\/)(\d+x\d+)/gi), ([, id = '']) => id))];
}

/** The pages that are named, of which these people may not know. */
function leaks(places: PagesById, text: string, people: readonly Member[]): readonly string[] {
  return pagesIn(text).filter((id) => {
    const known = places.get(id);
    return known === undefined || !maySay(known.tree, known.page, people);
  });
}

function byId(places: Places): PagesById {
  return new Map(Array.from(places.values(), (entry) => [entry.page.id, entry]));
}

/** The ticket for anybody, what is said for those who hear it, and what is kept of it for no more people than these. */
function expectToldRightly(places: PagesById, asked: Asked, told: Told): void {
  const leaked = [
    ...leaks(places, told.ticket, [unknown]),
    ...leaks(places, told.said, asked.hearers),
    ...leaks(places, JSON.stringify(told.decision), asked.hearers),
  ];
  if (leaked.length > 0) expect({ ...told, leaked }).toEqual({ ...told, leaked: [] });
}

function count(tally: Map<string, number>, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

/** That there was enough of everything for the test to mean something. */
function expectEnough(tally: ReadonlyMap<string, number>, least: Readonly<Record<string, number>>): void {
  const rare = Object.entries(least).filter(([what, times]) => (tally.get(what) ?? 0) < times);
  expect({ rare, tally: Object.fromEntries(tally) }).toEqual({ rare: [], tally: Object.fromEntries(tally) });
}

const TREES = 10_000;
const treesAtOnce = 500;

test(`over ${TREES} trees of restrictions exactly what all readers may read is found, and nothing else is told`, async () => {
  const random = seeded(2_026);
  const tally = new Map<string, number>();
  for (let from = 0; from < TREES; from += treesAtOnce) {
    const trees = Array.from({ length: treesAtOnce }, (_, index) =>
      randomTree(random, { number: from + index, pages: 1 + Math.floor(random() * 6) }),
    );
    await replaceAll(trees);
    const places = placesOf(trees);
    const pages = [...places.values()];
    for (const asked of questions(random)) {
      const result = await searchExactly(places, asked);
      const alone = asked.place === 'direct' ? null : await searchExactly(places, inPrivate(asked));
      count(tally, result.passages.length === 0 ? 'nothing found' : 'found');
      for (const entry of [pick(random, pages), pick(random, pages)]) if (entry) await sectionsExactly(entry, asked);
      for (const kind of tellEachTree(asked, { places, trees, result, alone })) count(tally, kind);
    }
  }
  expectEnough(tally, {
    found: 50,
    'nothing found': 5,
    answer: 2_000,
    suggest: 2_000,
    'offer-private': 500,
    'hidden in the ticket': 2_000,
    escalate: 2_000,
  });
}, 180_000);

function questions(random: Random): readonly Asked[] {
  return [inDirect(random), inDirect(random), inChannel(random), inChannel(random)];
}

function inPrivate(asked: Asked): Asked {
  return { ...asked, place: 'direct', members: [asked.asker], hearers: [asked.asker] };
}

/** Puts these trees in the place of all that is stored. */
async function replaceAll(trees: readonly Tree[]): Promise<void> {
  await knex.raw('truncate document, chunk, chunk_index, group_member, audience, audience_list cascade');
  await repairCounts(knex);
  const documents = trees.flatMap((tree) =>
    tree.pages.map((page) => ({
      source: tree.source,
      id: page.id,
      title: page.title,
      text: page.text,
      audience: audienceIn(tree, page),
    })),
  );
  await putMany(knex, documents);
  const members = trees.flatMap((tree) =>
    groupsIn(tree).flatMap(({ name, emails }) => emails.map((email) => [tree.source, name, email.toLowerCase()])),
  );
  const columns = [0, 1, 2].map((column) => members.map((member) => member[column]));
  await onConnection(knex, (query) =>
    query('insert into group_member select * from unnest($1::text[], $2::text[], $3::text[])', columns),
  );
}

/** Decides for each tree as if it were all there is. */
function tellEachTree(
  asked: Asked,
  given: { places: Places; trees: readonly Tree[]; result: SearchResult; alone: SearchResult | null },
): readonly string[] {
  const pages = byId(given.places);
  const along = Map.groupBy(given.result.passages, ({ source }) => source);
  const alone = given.alone === null ? null : Map.groupBy(given.alone.passages, ({ source }) => source);
  return given.trees.flatMap(({ source }, policy) => {
    const within = (passages: ReadonlyMap<string, readonly Passage[]>) =>
      judged(asked.word, { ...given.result, passages: passages.get(source) ?? [] });
    const told = tell(asked, { along: within(along), alone: alone === null ? null : within(alone), policy });
    expectToldRightly(pages, asked, told);
    return told.ticket.includes('only some may read')
      ? [told.decision.kind, 'hidden in the ticket']
      : [told.decision.kind];
  });
}

const changingTrees = 300;
const changingAtOnce = 10;

test(`over ${changingTrees} trees that change between questions what is told is right from the next question on`, async () => {
  const random = seeded(77);
  const tally = new Map<string, number>();
  for (let from = 0; from < changingTrees; from += changingAtOnce) {
    const trees = Array.from({ length: changingAtOnce }, (_, index) =>
      randomTree(random, { number: from + index, pages: 2 + Math.floor(random() * 3) }),
    );
    for (const tree of trees) await putTree(tree);
    for (let round = 0; round < 3; round++) {
      if (round > 0) for (const tree of trees) count(tally, await change(tree, random));
      for (const asked of [inDirect(random), inChannel(random)]) {
        count(tally, await askAll(asked, { places: placesOf(trees), policy: round }));
      }
    }
    await knowledge.removeOtherSources([]);
  }
  const changes = { page: 50, space: 30, groups: 50, text: 50, gone: 50 };
  expectEnough(tally, { answer: 20, suggest: 20, escalate: 20, ...changes });
}, 180_000);

async function putTree(tree: Tree): Promise<void> {
  await knowledge.putGroups(tree.source, groupsIn(tree));
  for (const page of tree.pages) await putPage(tree, page);
}

async function putPage(tree: Tree, page: Page): Promise<void> {
  const { id, title, text } = page;
  const read = { url: `https://wiki.example/${id}`, revision: '1', updatedAt: null, markdown: '', gaps: [] };
  const document = { ...read, source: tree.source, id, title, audience: audienceIn(tree, page), isComplete: true };
  await knowledge.put(document, [{ ordinal: 0, headings: [], text }]);
}

/** Changes one thing of a tree, tells the store what a sync would tell it, and returns what it was. */
async function change(tree: Tree, random: Random): Promise<string> {
  const kind = pick(random, ['page', 'page', 'space', 'groups', 'text', 'gone']) ?? '';
  const page = pick(random, tree.pages);
  if (kind === 'groups') {
    tree.groups = randomGroups(random);
    await knowledge.putGroups(tree.source, groupsIn(tree));
  } else if (kind === 'gone') {
    const last = tree.pages.pop(); // it has no pages below it
    await knowledge.remove(tree.source, last === undefined ? [] : [last.id]);
  } else if (kind === 'text' && page !== undefined) {
    page.text = randomText(random, page.id);
    await putPage(tree, page);
  } else {
    if (kind === 'space') tree.space = randomSpace(random);
    else if (page !== undefined) page.door = random() < 0.3 ? null : randomDoor(random);
    await knowledge.putAudiences(tree.source, new Map(tree.pages.map((one) => [one.id, audienceIn(tree, one)])));
  }
  return kind;
}

/** Asks one question of all that is stored, through the look-up of the program. */
async function askAll(asked: Asked, { places, policy }: { places: Places; policy: number }): Promise<Decision['kind']> {
  const { passages } = await searchExactly(places, asked);
  for (const entry of [...places.values()].slice(0, 4)) await sectionsExactly(entry, asked);
  const along = await lookUp({ text: asked.word, readers: readersFor(asked) }, { knowledge, weights });
  expect(along.found.candidates.length > 0).toBe(passages.length > 0);
  const alone =
    asked.place === 'direct'
      ? null
      : await lookUp({ text: asked.word, readers: readersFor(inPrivate(asked)) }, { knowledge, weights });
  const told = tell(asked, { along, alone, policy });
  expectToldRightly(byId(places), asked, told);
  return told.decision.kind;
}
