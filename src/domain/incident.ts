import type { Incident } from './decision.ts';
import { nothingAsked } from './question.ts';
import { edits } from './spelling.ts';
import type { TicketPhase } from './ticket.ts';
import { wordsOf } from './words.ts';

/** A question that somebody asked lately, as far as it matters here. */
export interface AskedLately {
  readonly conversationId: string;
  readonly requesterRef: string;
  readonly question: string;
  readonly at: Date;
  /** Null while its ticket is not made, or when it follows another's. */
  readonly ticket: { readonly key: string; readonly url: string } | null;
  readonly phase: TicketPhase | null;
  /** The conversation whose ticket it follows. */
  readonly follows: string | null;
}

export interface IncidentOptions {
  readonly requesterRef: string;
  readonly now: Date;
  readonly windowMs: number;
  /** Other people who have asked, from which on it is an incident. */
  readonly atLeast?: number;
  /** From this likeness on two questions are about one problem, 0 to 1. */
  readonly alike?: number;
}

/**
 * From this likeness on two questions are taken to be about one problem. Measured: of 56 ways to say twelve faults
 * (1,540 pairs, 107 of one fault) it finds 89 and none of two faults. Of the sample company's 346 questions with an
 * article (59,685 pairs, 836 of one article) it takes 11 to be alike, of which 9 are of one article: different
 * questions of one article are rightly no one problem. A wrong guess costs a click, so precision goes before recall.
 */
export const ALIKE = 0.6;

/**
 * The problem that others have had lately and this question is about: at least `atLeast` different people, the asker
 * not among them, asked alike within the window or follow the ticket of who did. Its head is the oldest of them that has
 * a ticket still open. Null when there is none.
 */
export function incidentFor(
  question: string,
  recent: readonly AskedLately[],
  { requesterRef, now, windowMs, atLeast = 3, alike = ALIKE }: IncidentOptions,
): Incident | null {
  const problem = problemOf(question);
  const others = recent.filter((asked) => asked.requesterRef !== requesterRef);
  const like = others.filter(
    ({ at, question: other }) =>
      now.getTime() - at.getTime() <= windowMs && likeness(problem, problemOf(other)) >= alike,
  );
  const followed = new Set(like.flatMap(({ follows }) => follows ?? []));
  const heads = others.filter((asked) => like.includes(asked) || followed.has(asked.conversationId));
  const [head] = heads.filter(isOpen).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  if (head === undefined || head.ticket === null) return null;
  const people = new Set([
    ...like.map((asked) => asked.requesterRef),
    ...others.filter(({ follows }) => follows === head.conversationId).map((asked) => asked.requesterRef),
    head.requesterRef,
  ]).size;
  const { conversationId, ticket } = head;
  return people < atLeast ? null : { conversationId, key: ticket.key, url: ticket.url, people };
}

function isOpen({ ticket, phase, follows }: AskedLately): boolean {
  return ticket !== null && phase === 'open' && follows === null;
}

/**
 * How alike two questions are by their telling words, 0 to 1: 1 when both say the same things, whatever the order, the
 * endings and a misspelling. Symmetric. English only.
 */
export function sameProblem(a: string, b: string): number {
  return likeness(problemOf(a), problemOf(b));
}

/** The words of a text that tell what it is about, as they are compared. */
export function tellingWords(text: string): readonly string[] {
  return [...problemWords(text)].flatMap(([word, weight]) => (weight >= 1 ? [word] : []));
}

/** How many telling words of one text the other has as well, endings and misspellings aside. */
export function sharedWords(text: string, other: string): number {
  const there = [...problemWords(other).keys()];
  return tellingWords(text).filter((word) => there.some((one) => one === word || isMisspelling(word, one))).length;
}

interface Problem {
  readonly words: ReadonlyMap<string, number>;
  /** Asks how something is done, rather than tells what is broken. */
  readonly asksHow: boolean;
}

function problemOf(question: string): Problem {
  return {
    words: problemWords(question),
    asksHow: ASKS_HOW.test(wordsOf(question.slice(0, MOST_CHARACTERS)).join(' ')),
  };
}

const ASKS_HOW =
  /^(?:(?:hi|hello|hey|please|there|team|all|and) )*(?:how|where|which|who|whose|(?:can|could|may|should) (?:i|we)|is it possible|is there a way)\b/;
/** How alike a fault and a how-to can be that share their words. */
const OTHER_KIND = 0.7;

/** Of longer texts the beginning counts: what is asked stands there. */
const MOST_CHARACTERS = 600;
const MOST_WORDS = 40;

/** The telling words of a question with their weights. */
function problemWords(question: string): ReadonlyMap<string, number> {
  const said = ` ${wordsOf(question.slice(0, MOST_CHARACTERS)).join(' ')} `;
  const plain = SAME_THING.reduce((text, [forms, one]) => text.replace(forms, ` ${one} `), said);
  const words = plain
    .split(' ')
    .filter((word) => word !== '' && !nothingAsked(word))
    .slice(0, MOST_WORDS);
  return new Map(words.map((word) => [stem(word), weightOf(word)]));
}

/** Different words that people use for one thing. */
const SAME_THING: readonly (readonly [RegExp, string])[] = [
  [/ (?:log(?:ging|ged)? (?:in|on|into|onto)|sign(?:ing|ed)? (?:in|on|into)|signin|logon|logins?) /g, 'login'],
  [/ (?:wi fi|wlan|wireless|wfi) /g, 'wifi'],
  [/ (?:e mails?|emails?|mails?|emial|mailbox|inbox) /g, 'mail'],
  [/ (?:laptops?|notebooks?|macbook|computers?|pc|machine|labtop|lptop) /g, 'computer'],
  [/ (?:mobile|handy|iphone|smartphone|handset) /g, 'phone'],
  [/ (?:vpn client|anyconnect|globalprotect) /g, 'vpn'],
  [
    / (?:(?:is|are|was|were|has|have|completely|totally) )*(?:drops|dropping|dropped|drop|droping|disconnects|disconnected|disconnecting|disconnect|unstable|cuts out|cutting out) /g,
    'drops fault',
  ],
  [
    / (?:(?:is|are|was|were|does|do|has|have|did|completely|totally|again) )*(?:down|offline|broken|dead|unavailable|unreachable|failing|fails|failed|fail|gone|out of order|crash|crashes|crashed|crashing|frozen|freezes|freezing|hangs|hanging|stuck|error|errors|outage) /g,
    'fault',
  ],
  [
    / (?:(?:is|are|was|were|does|do|has|have|did) )?(?:not|doesnt|dont|isnt|arent|wont|cant|cannot|couldnt|didnt|stopped|unable to|not able to|no longer|no) (?:(?:even|be|able|to|get|any) )*(?:work(?:s|ing)? |connect(?:ing|ed)? |respond(?:ing)? |load(?:ing|s)? |start(?:ing|s)? |reachable |available |reach |use |access )?/g,
    'fault',
  ],
  [/ (?:slow|sluggish|slugish|takes ages|takes forever|crawling|laggy|lags) /g, 'slow'],
];

/** When and how often, which says least of all. */
const TIMES: ReadonlySet<string> = new Set(
  'today yesterday since morning afternoon evening night monday tuesday wednesday thursday friday week day time now again always ago minutes minute hour hours last long everyone else anyone'.split(
    ' ',
  ),
);
const TIMES_WEIGHT = 0.1;

/** They are said of everything. */
const VAGUE: ReadonlySet<string> = new Set(
  'fault work works working problem problems issue issues error errors trouble use using used new open start set make made change computer account access company office says say shows show shows showing message find see go goes going come keep keeps one two first old after before while without office app application program system user'.split(
    ' ',
  ),
);
const VAGUE_WEIGHT = 0.35;

/** An error's number or a thing's name says most. */
function weightOf(word: string): number {
  if (TIMES.has(word)) return TIMES_WEIGHT;
  if (VAGUE.has(word)) return VAGUE_WEIGHT;
  return /\d/.test(word) && word.length > 2 ? 1.5 : 1;
}

function likeness(one: Problem, other: Problem): number {
  const kind = one.asksHow === other.asksHow ? 1 : OTHER_KIND;
  return kind * commonShare(one.words, other.words);
}

/** Twice what they share, of what both have, by weight. */
function commonShare(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const sum = (words: ReadonlyMap<string, number>) => [...words.values()].reduce((total, weight) => total + weight, 0);
  const all = sum(a) + sum(b);
  if (all === 0) return 0;
  const open = new Map(b);
  let [common, count] = [0, 0];
  for (const [word, weight] of a) {
    const same = open.has(word) ? word : [...open.keys()].find((other) => isMisspelling(word, other));
    if (same === undefined) continue;
    common += weight + (open.get(same) ?? 0);
    open.delete(same);
    count += 1;
  }
  // One word in common is a subject, and not yet a problem.
  return count > 1 || (a.size === 1 && b.size === 1) ? common / all : common / all / 2;
}

/** Short words have too many neighbours, and numbers are never misspelt. */
function isMisspelling(one: string, other: string): boolean {
  if (one[0] !== other[0] || Math.min(one.length, other.length) < 5 || /\d/.test(one + other)) return false;
  const most = Math.min(one.length, other.length) >= 8 ? 2 : 1;
  return edits(one, other, most) <= most;
}

/** Good enough to compare two words: "printing" and "printers", "crashes" and "crashed". */
function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word;
  const bare = word.replace(/(?:ies|ied)$/, 'y').replace(/(?:ings?|ers?|ed|es|s|e)$/, '');
  return bare.length < 3 ? word : bare.replace(/([bdgklmnprt])\1$/, '$1');
}
