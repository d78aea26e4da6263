import { type Random, seeded } from '../../../bench/random.ts';
import type { Action, Conversation, Place, Turn } from '#domain/conversation.ts';
import { decide, type Found, groundsOf, type Policy } from '#domain/decide.ts';
import type { Citation, Decision } from '#domain/decision.ts';
import { draftTicket } from '#domain/handover.ts';
import { type Audience, type Passage, type Readers, readersOf } from '#domain/knowledge.ts';
import { situationOf } from '#domain/situation.ts';
import { NO_ROUTING } from '#domain/routing.ts';
import { replyOf, turnText } from '#domain/speak.ts';
import { bareTurn } from './bare-turn.ts';

const at = new Date('2026-03-01T09:00:00Z');
const runs = 10_000;
const policy: Policy = { answerAt: 0.8, suggestAt: 0.4, writtenAt: 1, excludedTopics: [] };

function oneOf<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}

interface Member {
  readonly email: string | null;
  readonly outsider: boolean;
  /** Groups, as their names stand in audiences. */
  readonly groups: readonly string[];
}
interface Secret {
  readonly id: string;
  readonly audience: Audience;
}

const groups = ['group:notion/finance', 'group:notion/people', 'group:confluence/it'];

function member(random: Random, number: number): Member {
  const email = random() < 0.05 ? null : `${random() < 0.5 ? 'P' : 'p'}${number}@acme.example`;
  return { email, outsider: random() < 0.08, groups: groups.filter(() => random() < 0.5) };
}

function audience(random: Random): Audience {
  const list = () => {
    if (random() < 0.35) return ['everyone'];
    const names = [...groups, 'person:p1@acme.example', 'person:p2@acme.example'];
    return names.filter(() => random() < 0.35);
  };
  return Array.from({ length: Math.floor(random() * 4) }, list);
}

/** By the words of the contract alone: a person may read what names them in every list. */
function mayRead({ email, outsider, groups: own }: Member, lists: Audience): boolean {
  if (outsider || lists.length === 0) return false;
  const names = ['everyone', ...(email === null ? [] : [`person:${email.toLowerCase()}`, ...own])];
  return lists.every((list) => list.some((name) => names.includes(name)));
}

/** What a search for these readers may find. */
function shownTo(readers: Readers, members: readonly Member[], lists: Audience): boolean {
  if (readers.kind === 'nobody' || lists.length === 0) return false;
  if (readers.kind === 'everyone') return lists.every((list) => list.includes('everyone'));
  return readers.emails.every((email) => {
    const groupsOf = members.filter((one) => one.email?.toLowerCase() === email).flatMap((one) => one.groups);
    return lists.every((list) => list.some((name) => ['everyone', `person:${email}`, ...groupsOf].includes(name)));
  });
}

const isOpen = (lists: Audience) => lists.length > 0 && lists.every((list) => list.includes('everyone'));

function passageOf({ id, audience: lists }: Secret, score: number): Passage {
  return {
    chunkId: `chunk of ${id}`,
    documentId: `file-${id}`,
    source: 'files',
    title: `Title-${id}`,
    url: `https://wiki.example/url-${id}`,
    headings: [],
    text: `Quote-${id}`,
    updatedAt: null,
    restricted: !isOpen(lists),
    score,
    matches: {},
  };
}

function findings(documents: readonly Secret[], value: number) {
  const passages = documents.map((document, index) => passageOf(document, 10 - index));
  const candidates = passages.map(({ chunkId, source, documentId, title, url, restricted }): Citation => {
    return { chunkId, source, documentId, title, url, ...(restricted ? { restricted } : {}) };
  });
  const confidence = passages.length === 0 ? null : { value, signals: {} };
  const found: Found = { confidence, candidates, quote: passages[0]?.text ?? '' };
  return { found, grounds: groundsOf('my question', { terms: [], corrections: [], passages }, confidence) };
}

interface Room {
  readonly place: Place;
  readonly members: readonly Member[];
  /** Whether the platform tells who they are. */
  readonly isKnown: boolean;
  readonly lists: Audience;
}

function room(random: Random): Room {
  const place = oneOf<Place>(random, ['direct', 'channel', 'shared']);
  const count = place === 'direct' ? 1 : Math.floor(random() * 5);
  const members = Array.from({ length: count }, (_, index) => member(random, index));
  return { place, members, isKnown: place === 'direct' || random() < 0.8, lists: audience(random) };
}

const mayAll = (place: Place, members: readonly Member[], lists: Audience) =>
  place !== 'shared' && members.length > 0 && members.every((one) => mayRead(one, lists));

/** Not known, the members are employees of whom nothing is known. */
function mayBeShown({ place, members, isKnown, lists }: Room): boolean {
  return isKnown ? mayAll(place, members, lists) : isOpen(lists);
}

/** What all may read is lost in one case only: somebody whose address is not told counts as any employee. */
function mustBeShown({ place, members, isKnown, lists }: Room): boolean {
  const isAnonymous = members.some(({ email }) => email === null);
  return isKnown && mayAll(place, members, lists) && (!isAnonymous || isOpen(lists));
}

test(`in ${runs} random places, what the readers may be shown is what each of them may read`, () => {
  const random = seeded(71);
  const rooms = Array.from({ length: runs }, () => room(random));
  const isShown = ({ place, members, isKnown, lists }: Room) =>
    shownTo(readersOf(place, isKnown ? members : null), members, lists);
  const shown = rooms.filter(isShown);
  const kept = rooms.filter((one) => !isShown(one));
  expect(shown.filter((one) => !mayBeShown(one))).toEqual([]);
  expect(kept.filter(mustBeShown)).toEqual([]);
  // The world is not one where all are alike.
  expect(Math.min(shown.length, kept.length)).toBeGreaterThan(runs / 20);
});

const turn = (id: string, fields: Partial<Turn>): Turn => ({
  ...bareTurn,
  id,
  author: 'requester',
  personRef: 'slack/T1/U1',
  text: '',
  at,
  addressed: true,
  ...fields,
});

function conversationOf(place: Place, turns: readonly Turn[], handledThrough: string): Conversation {
  return {
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/C1/1' },
    place,
    requesterRef: 'slack/T1/U1',
    turns,
    handledThrough,
    version: 1,
    ticket: null,
  };
}

interface World {
  /** The first of them asks. */
  readonly members: readonly Member[];
  readonly documents: readonly Secret[];
}

/** Asks twice in a thread, presses what is offered, and hands over: all that is said and written down on the way. */
function tell(random: Random, { members, documents }: World) {
  const place = oneOf<Place>(random, ['channel', 'channel', 'shared']);
  const [asker] = members;
  const along = readersOf(place, members);
  const alone = readersOf('direct', asker === undefined ? [] : [asker]);
  const visible = (readers: Readers) =>
    documents.filter((document) => shownTo(readers, members, document.audience)).toSorted(() => random() - 0.5);
  let conversation = conversationOf(place, [], '0');
  const decisions: Decision[] = [];
  for (const [id, text] of [
    ['1', 'how do I close the month'],
    ['3', 'how do I open the ledger'],
  ] as const) {
    conversation = { ...conversation, turns: [...conversation.turns, turn(id, { text })] };
    const open = findings(visible(along), random());
    const own = findings(visible(alone), random());
    const verdict = decide({
      situation: situationOf(conversation),
      found: open.found,
      foundPrivately: random() < 0.9 ? own.found : null,
      policy,
    });
    const grounds = { ...open.grounds, thresholds: null, checked: null };
    const decision: Decision = { ...verdict, grounds };
    const said = turn(String(Number(id) + 1), {
      author: 'bot',
      personRef: null,
      decision,
      text: turnText(decision, null),
    });
    conversation = { ...conversation, turns: [...conversation.turns, said], handledThrough: id };
    decisions.push(decision);
  }
  const click = turn('5', { action: oneOf<Action>(random, ['answer-privately', 'get-human']), aboutTurnId: '2' });
  const turns = [...conversation.turns, click];
  const ticket = draftTicket({
    conversation: { ...conversation, turns },
    ticket: {
      name: 'c0ffee',
      reason: 'asked-for-a-person',
      throughTurnId: '5',
      continues: null,
      triedAt: null,
      mayCreate: true,
    },
    requester: { ref: 'slack/T1/U1', name: 'Priya', email: asker?.email ?? null, outsider: false, bot: false },
    names: new Map(),
    permalink: 'https://slack.example/p1',
    channel: 'C1',
    groups: [],
    routing: NO_ROUTING,
    answerAt: 0.8,
    limits: { largestBytes: 1_000_000, refusedTypes: [] },
  });
  return { place, decisions, ticket };
}

const isNamed = ({ id }: Secret, text: string) =>
  [`Title-${id}`, `Quote-${id}`, `url-${id}`, `file-${id}`, `chunk of ${id}`].some((name) => text.includes(name));

/** What is named where somebody reads it who may not; and what is offered twice. */
function leaksOf({ place, decisions, ticket }: ReturnType<typeof tell>, world: World): readonly string[] {
  const posted = JSON.stringify([decisions, decisions.map((decision) => replyOf(decision, null))]);
  const written = JSON.stringify(ticket);
  const offers = decisions.flatMap((decision) => (decision.kind === 'offer-private' ? [decision.document] : []));
  const leaks = world.documents.flatMap((document) => [
    ...(!mayAll(place, world.members, document.audience) && isNamed(document, posted) ? [posted] : []),
    ...(!isOpen(document.audience) && isNamed(document, written) ? [written] : []),
  ]);
  return new Set(offers).size < offers.length ? [...leaks, `offered twice: ${posted}`] : leaks;
}

test(`in ${runs} random conversations nothing is named that somebody may not read who reads along or reads the ticket`, () => {
  const random = seeded(72);
  const kinds = new Map<string, number>();
  const leaks: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const world = {
      members: Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => member(random, index)),
      documents: Array.from({ length: 5 }, (_, index) => ({ id: `d${index}`, audience: audience(random) })),
    };
    const told = tell(random, world);
    leaks.push(...leaksOf(told, world));
    for (const { kind } of told.decisions) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  expect(leaks).toEqual([]);
  for (const kind of ['answer', 'suggest', 'escalate', 'offer-private']) {
    expect([kind, (kinds.get(kind) ?? 0) > runs / 50]).toEqual([kind, true]);
  }
});
