import { align, type Gap, type Token, tokensOf } from './alignment.ts';
import type { Evidence } from './evidence.ts';
import type { Language } from './language.ts';
import { isAkinToAny, isEveryday, isSameAsAny, stemsOf } from './likeness.ts';
import { isColourOrDay, isInterchangeable, isTelling, isUnit, oppositesOf } from './telling.ts';

/** Words that claim little by themselves, and yet say something else when one stands for another: when and how much, how often, who, how many. */
const KINDS: readonly (readonly string[])[] = [
  'before after until till within during while since once first last earlier later older newer over under above below least most more less fewer',
  'always never usually normally often seldom rarely hardly ever sometimes',
  'we us helpdesk you they anybody anyone everybody everyone nobody somebody someone',
  'any every each all no',
  'in out',
].map(stemsOf);

/** Of one kind, and said for each other. */
const ALIKE: readonly (readonly string[])[] = [
  'until till before',
  'once after',
  'usually normally often',
  'we us helpdesk',
  'you anybody anyone everybody everyone any every each all',
  'over above more older',
  'under below less fewer newer',
  'older earlier before',
  'newer later after',
  'during while',
].map(stemsOf);

/** Who is spoken of without a name. */
const SOMEONE = new Set(['we', 'us', 'you', 'they', 'them']);
const DETERMINERS = new Set(['your', 'the', 'a', 'an', 'any', 'our', 'their', 'my', 'some']);
/** Who decides or does things, besides those whom nobody may put into a statement. */
const ROLES = new Set(
  stemsOf(
    'lead organiser host participant controller supplier team assistant dealer provider engineer head director approver employee department',
  ),
);
const ANYBODY = new Set(stemsOf('anybody anyone everybody everyone any'));

/** From this share of its telling words on a sentence is nearly what is quoted. */
const NEAR = 0.6;

/** What a place is compared with. */
interface Around {
  readonly own: readonly Token[];
  readonly theirs: readonly Token[];
  /** What of the two stands beside nothing like it: only that can have been told in another order. */
  readonly loose: { readonly own: readonly Token[]; readonly theirs: readonly Token[] };
  /** The other statements on which the sentence draws. */
  readonly others: readonly (readonly Token[])[];
  /** Stems of headings, titles and what introduces it. */
  readonly frame: readonly string[];
  /** Stems of the passage. */
  readonly whole: readonly string[];
  /** It says nearly word for word what is quoted: then one word of its own is rather a slip than a choice. */
  readonly isNear: boolean;
  readonly language: Language;
}

/** In one place, the words that only the sentence has and those that only the statement has. */
interface Place {
  readonly gap: Gap;
  readonly put: readonly Token[];
  readonly gone: readonly Token[];
}

type Swap = readonly [Token, Token];

/**
 * Where a sentence runs as a statement that is quoted and has something else in one place: another figure, button or
 * person, another word for when or how much. Whatever is quoted besides, that statement does not say it.
 */
export function swapFaults(
  sentence: string,
  drawn: { readonly statements: readonly string[]; readonly evidence: Evidence; readonly language: Language },
): readonly string[] {
  const own = tokensOf(sentence);
  const statements = drawn.statements.map(tokensOf);
  const [frame, whole] = [stemsOf(drawn.evidence.frame), stemsOf(drawn.evidence.whole)];
  const isNear = nearness(own, statements.flat(), drawn.language) >= NEAR;
  const faults = statements.flatMap((theirs) => {
    const others = statements.filter((other) => other !== theirs);
    const gaps = align(own, theirs);
    const loose = { own: gaps.flatMap((gap) => gap.own), theirs: gaps.flatMap((gap) => gap.theirs) };
    const around: Around = { own, theirs, loose, others, frame, whole, isNear, language: drawn.language };
    return [...gaps.filter(isFilled).flatMap((gap) => swapsIn(placeOf(gap), around)), ...openedTo(around)];
  });
  return [...new Set(faults.map(([one, other]) => `${one.stem} for ${other.stem}`))];
}

/** Both have something there, and run alike on one side of it at least. */
function isFilled({ own, theirs, isBoundBefore, isBoundAfter }: Gap): boolean {
  return own.length > 0 && theirs.length > 0 && (isBoundBefore || isBoundAfter);
}

function placeOf(gap: Gap): Place {
  const [own, theirs] = nearOf(gap);
  return {
    gap,
    put: own.filter(({ stem }) => !isAkinToAny(stem, stemsIn(theirs))),
    gone: theirs.filter(({ stem }) => !isAkinToAny(stem, stemsIn(own))),
  };
}

/** Of what differs at the beginning or the end, the part next to what is alike. */
function nearOf({ own, theirs, isBoundBefore, isBoundAfter }: Gap): readonly [readonly Token[], readonly Token[]] {
  if (isBoundBefore && isBoundAfter) return [own, theirs];
  const nearest = (tokens: readonly Token[]) =>
    tokens.filter(({ part }) => part === tokens.at(isBoundBefore ? 0 : -1)?.part);
  return [nearest(own), nearest(theirs)];
}

function swapsIn(place: Place, around: Around): readonly Swap[] {
  const { put, gone } = place;
  // what each says somewhere else is told in another order
  const isMoved = (one: Token, other: Token) =>
    !isInner(place) && isIn(one, around.loose.theirs) && isIn(other, around.loose.own);
  const contrary = put.flatMap((one) =>
    gone
      .filter((other) => isContrary(one.stem, other.stem) && !isMoved(one, other) && !isPassive(one, place))
      .map((other): Swap => [one, other]),
  );
  return [
    ...contrary,
    ...crossedIn(place, around),
    ...replacedIn(place, around),
    ...tellingSwapsIn(place, around).slice(0, 1),
  ];
}

function isInner({ gap }: Place): boolean {
  return gap.isBoundBefore && gap.isBoundAfter;
}

function isContrary(one: string, other: string): boolean {
  return oppositesOf(one).includes(other) || isRival(one, other);
}

/** "You will be asked" for "we ask". */
function isPassive(token: Token, { put }: Place): boolean {
  return token.stem === 'you' && put.some(({ stem }) => /^(?:be|are|get)$/.test(stem));
}

/** The share of its telling words that stand in the statements, not only their like. */
function nearness(own: readonly Token[], theirs: readonly Token[], language: Language): number {
  const told = own.filter(({ stem, isName }) => isName || isTelling(stem, language));
  const stems = stemsIn(theirs);
  const same = told.filter(({ stem }) => isSameAsAny(stem, stems));
  return told.length === 0 ? 1 : same.length / told.length;
}

/** Words of one kind that do not say the same. */
function isRival(one: string, other: string): boolean {
  const have = (words: readonly string[]) => words.includes(one) && words.includes(other);
  return KINDS.some(have) && !ALIKE.some(have);
}

/** Between two words that both have: one figure for another, or what each says in another place. */
function crossedIn(place: Place, around: Around): readonly Swap[] {
  const { put, gone } = place;
  const [own, theirs] = [toldOf(put, around), toldOf(gone, around)];
  const [one, other] = [own[0], theirs[0]];
  if (one === undefined || other === undefined || !isInner(place)) return [];
  const isCrossed = areWordsOf(own, around.loose.theirs) && areWordsOf(theirs, around.loose.own);
  return isOneFigure(own, theirs) || isCrossed ? [[one, other]] : [];
}

function isOneFigure(own: readonly Token[], theirs: readonly Token[]): boolean {
  return own.length === 1 && theirs.length === 1 && [...own, ...theirs].every(isNumber);
}

/** Somebody in the place of somebody else who is not spoken of any more, though the statement may name both. */
function replacedIn({ put, gone }: Place, { loose, others, isNear }: Around): readonly Swap[] {
  const one = put.find((token) => isRole(token) && !others.some((other) => isIn(token, other)));
  const other = gone.find((token) => isSomebody(token) && !isIn(token, loose.own));
  return isNear && one !== undefined && other !== undefined ? [[one, other]] : [];
}

/** Anybody, where the statement names who. */
function openedTo({ own, theirs, isNear, others }: Around): readonly Swap[] {
  const one = own.find(({ stem }) => ANYBODY.has(stem));
  const isOpen = [theirs, ...others].some((tokens) => one === undefined || isIn(one, tokens));
  const other = theirs.find((token) => isRole(token) && !isIn(token, own));
  return isNear && !isOpen && one !== undefined && other !== undefined ? [[one, other]] : [];
}

function isRole(token: Token): boolean {
  return isPerson(token) || ROLES.has(token.stem);
}

function isSomebody(token: Token): boolean {
  return isRole(token) || (token.isName && !isNumber(token)) || SOMEONE.has(token.stem);
}

/**
 * A telling word that the statement has nowhere, for one that the sentence has nowhere; somebody named, for "us" or
 * "you"; what is unheard of, for whatever.
 */
function tellingSwapsIn({ gap, put, gone }: Place, around: Around): readonly Swap[] {
  const told = toldOf(gone, around);
  const left = told.filter((token) => !isIn(token, around.loose.own));
  const someone = gone.find(({ stem }) => SOMEONE.has(stem));
  return put
    .filter((token) => isStray(token, around))
    .flatMap((stray) => {
      const isElsewhere = around.others.some((other) => isIn(stray, other));
      const lost =
        left.find((token) => isForIt(stray, token, { isElsewhere, isNear: around.isNear })) ??
        (isThing(stray, gap) && !(isElsewhere && isColourOrDay(stray.stem)) ? someone : undefined) ??
        (around.isNear && isUnheard(stray, around) ? told[0] : undefined);
      return lost === undefined ? [] : [[stray, lost] as const];
    });
}

/**
 * A word of the sentence's own. Names, figures and persons have to be in the statement itself; other things may be above
 * it, or in another statement that is drawn on, and everyday words are chosen freely.
 */
function isStray(token: Token, around: Around): boolean {
  if (!isTold(token, around) || isIn(token, around.loose.theirs)) return false;
  if (isStrict(token)) return true;
  return (
    !isIn(token, around.theirs) && !isAmong(token, around.frame) && !around.others.some((other) => isIn(token, other))
  );
}

/** These stand for each other too easily. */
function isStrict(token: Token): boolean {
  return token.isName || isNumber(token) || isPerson(token) || isUnit(token.stem);
}

/** What another statement says can be a slip only for its like: a name for a name, a figure for a figure. */
function isForIt(
  stray: Token,
  lost: Token,
  { isElsewhere, isNear }: { readonly isElsewhere: boolean; readonly isNear: boolean },
): boolean {
  if (isNumber(stray) !== isNumber(lost)) return false;
  if (isPerson(stray) && (!isElsewhere || isRole(lost) || SOMEONE.has(lost.stem))) return true;
  return isOfItsKind(stray, lost) || (isNear && !isElsewhere && !isFreelyChosen(stray, lost));
}

function isOfItsKind(stray: Token, lost: Token): boolean {
  return isNumber(stray) || (stray.isName && lost.isName) || (isUnit(stray.stem) && isUnit(lost.stem));
}

/** Everyday words are, but for a part of a name. */
function isFreelyChosen(stray: Token, lost: Token): boolean {
  return isEveryday(stray.stem) && !isStrict(stray) && !lost.isName;
}

/** Neither an everyday word nor one of the passage. */
function isUnheard(token: Token, { whole }: Around): boolean {
  return !isEveryday(token.stem) && !isAmong(token, whole);
}

/** Behind an article or the like. */
function isThing(token: Token, { own }: Gap): boolean {
  return DETERMINERS.has(own[own.indexOf(token) - 1]?.stem ?? '');
}

function isPerson({ stem }: Token): boolean {
  return stem === 'helpdesk' || isInterchangeable(stem);
}

function isNumber({ stem }: Token): boolean {
  return /^\p{N}/u.test(stem);
}

function isTold(token: Token, { language }: Around): boolean {
  return token.isName || isNumber(token) || isTelling(token.stem, language);
}

function toldOf(tokens: readonly Token[], around: Around): readonly Token[] {
  return tokens.filter((token) => isTold(token, around));
}

/** The very words: what only resembles is said of many things. */
function areWordsOf(some: readonly Token[], tokens: readonly Token[]): boolean {
  return some.every(({ stem }) => isSameAsAny(stem, stemsIn(tokens)));
}

/** Names only by themselves, not by words that say the same. */
function isIn({ stem, isName }: Token, tokens: readonly Token[]): boolean {
  return (isName ? isSameAsAny : isAkinToAny)(stem, stemsIn(tokens));
}

function isAmong({ stem }: Token, stems: readonly string[]): boolean {
  return isAkinToAny(stem, stems);
}

/** By the very lists that were asked about: each is, again and again. */
const stemsOfTokens = new WeakMap<readonly Token[], readonly string[]>();

function stemsIn(tokens: readonly Token[]): readonly string[] {
  const known = stemsOfTokens.get(tokens);
  if (known !== undefined) return known;
  const stems = tokens.map(({ stem }) => stem);
  stemsOfTokens.set(tokens, stems);
  return stems;
}
