import { wordsOf } from './said.ts';
import type { Language } from './language.ts';
import { isAkin, isAkinToAny, isSameAsAny, isSameWord, stemOf, stemsOf } from './likeness.ts';
import { isTelling } from './telling.ts';

/** A part of a statement that says for whom, when or where the rest of it holds. */
interface Condition {
  readonly text: string;
  /** What it is a condition of. */
  readonly rest: string;
}

const LEADING =
  /^(?:and |but )?(?:if|when|whenever|unless|once|provided|as long as|in case|outside|inside|above|below|under|over|older|newer|only|except|without|with|on|in|for|at|from|between|after|before)\b[^,:]{2,90}[,:]\s/i;
/** "Windows: …", "MacBooks (M1, M2): …": of a few words before a colon. */
const LABEL = /^[^.:;!?()]{2,40}(?:\([^()]{2,30}\))?:\s/;
const TRAILING =
  /[,;]?\s(?:only (?:if|when|for|in|on|with|by|from|through)|but only|unless|except|if|when|once|until|without|as long as|provided)\b[^,.;:()]{4,90}(?=$|[.,;:)])/gi;
const BRACKETS =
  /\s\((?:[^()]{1,30}\sonly|(?:only|not|if|unless|except|before|after|older|newer|from|until|with|without|on|in|for|windows|mac\w*|linux|iphones?|ipads?|android|web|laptops?|phones?)\b[^()]{0,80})\)/gi;
/** What is in brackets behind one of several things: "A (Windows) or B (Mac)". */
const LABELS = /\s\([^()]{2,40}\)/g;

/** A label with which a step begins names it: "Switch the connection type: …". "Change requests: …" does not. */
const STEP =
  /^(?:add|change|check|choose|click|close|confirm|connect|copy|create|delete|disconnect|download|enter|find|install|log|make|open|pick|press|put|quit|reboot|remove|reset|restart|run|save|search|select|send|set|sign|start|switch|tap|test|try|turn|type|unplug|update|use|verify|wait)(?: (?:off|on|in|out|up))? (?:the|an?|your|this|that|it|any|all|whether|to)\b/i;
/** Labels that only say what comes behind them. */
const PLAIN_LABEL =
  /^(?:note|tip|hint|important|warning|caution|remember|attention|reminder|please note|good to know)$/i;
/** What has a name of its own, and holds for everybody: "Number matching: you must …". "Locked out: …" is no name. */
const RULE =
  /^\p{L}[^:]*(?:ing|tion|sion|ment|ity|ness|ance|ence|rules?|limits?|hours|policy|times?):\s+you (?:must|may|can|need|have|will|should)\b/iu;
/** Words of a label with which it can only be a condition. */
const OPENING = /^(?:no|not|other|any|all|every|each|some|still|missing|new|old|older|newer|first|last)\b/i;
/** Machines, systems, places, people. */
const SCOPE =
  /\b(?:windows|win(?:10|11)|mac\w*|linux|ubuntu|chrome\w*|ios|android|iphones?|ipads?|web|browsers?|desktops?|laptops?|notebooks?|pcs?|computers?|phones?|mobiles?|tablets?|devices?|offices?|sites?|home|abroad|outside|remote\w*|managers?|leads?|employees?|staff|guests?|visitors?|contractors?|customers?|suppliers?|admin\w*|owners?|members?|students?|teams?|departments?)\b/i;

/** Of a condition's telling words so many at least are said, or known from what is around. */
const LEAST_MET = 0.6;
/** Of a sentence that has a condition itself, it is enough to know it for this one. */
const LEAST_MET_MARKED = 1 / 3;
/** From this share of it on the rest is said. */
const LEAST_SAID = 0.7;

/** What is said anyway. */
export interface Known {
  readonly sentence: string;
  readonly question: string;
  /** Titles and headings of the passages. */
  readonly titles: string;
  /** The sentences beside it that are kept, each on a line. */
  readonly beside: string;
  /** The passages, each paragraph and item on a line. */
  readonly whole: string;
  readonly language: Language;
}

/** Conditions of the statements that a sentence repeats without them: what holds for some, said to all. */
export function lostConditions(statements: readonly string[], known: Known): readonly string[] {
  return statements.flatMap((statement) => [
    ...conditionsOf(statement, known)
      .filter((condition) => isLost(condition, known))
      .map(({ text }) => text.trim()),
    ...(isOnlyLost(statement, known) ? ['only'] : []),
    ...(isWhomLost(statement, known.sentence) ? ['whom'] : []),
  ]);
}

function conditionsOf(statement: string, known: Known): readonly Condition[] {
  const [head = '', ...cells] = statement.split(' | ');
  // a row holds for what it begins with, each of its cells by itself
  if (cells.length > 0) return cells.map((rest) => ({ text: head, rest }));
  const labels = statement.match(LABELS) ?? [];
  const found = [
    LEADING.exec(statement)?.[0],
    labelOf(statement, known),
    ...(statement.match(TRAILING) ?? []),
    ...(statement.match(BRACKETS) ?? []),
  ].flatMap((text) => (text === undefined ? [] : [{ text, rest: statement.replace(text, ' ') }]));
  // each label holds for what is before it
  const alternatives = labels.length < 2 ? [] : labels.map((text) => ({ text, rest: behindWhich(statement, text) }));
  return [...found, ...alternatives];
}

/** Whether a machine, a system, a place or a kind of people is named. */
export function namesScope(text: string): boolean {
  return SCOPE.test(text);
}

/** The label of a statement, where it says for whom, when or where the rest holds, and not what it is. */
function labelOf(statement: string, { whole, titles }: Known): string | undefined {
  const [label] = LABEL.exec(statement) ?? [];
  if (label === undefined || !isNoName(label)) return undefined;
  if (isScoping(label) || !RULE.test(statement)) return label;
  const above = titles.split('\n');
  const lines = whole.split('\n').filter((line) => !above.includes(line));
  const at = lines.findIndex((line) => line.includes(label));
  const beside = [lines[at - 1], lines[at + 1]].map((line) => LABEL.exec(line ?? '')?.[0]);
  // one of several of its sort
  return beside.some((other) => other !== undefined && isNoName(other)) ? label : undefined;
}

function isNoName(label: string): boolean {
  const text = label.replace(/:\s*$/, '').trim();
  return !STEP.test(text) && !PLAIN_LABEL.test(text);
}

/** Of a single word nobody can tell; further capitals and figures are those of names. */
function isScoping(label: string): boolean {
  const text = label.replace(/:\s*$/, '').trim();
  return !/\s/.test(text) || namesScope(text) || OPENING.test(text) || /[`(]|\s\S*[\p{Lu}\p{N}]/u.test(text);
}

function behindWhich(statement: string, label: string): string {
  const before = statement.slice(0, statement.indexOf(label));
  return before.split(/[,;)]\s|\s(?:or|and)\s/).at(-1) ?? before;
}

function isLost({ text, rest }: Condition, { sentence, question, titles, beside, language }: Known): boolean {
  const others = tellingIn(rest, language, wordsOf(rest));
  if (others.length === 0 || shareIn(others, stemsOf(sentence)) < LEAST_SAID) return false;
  // what the rest says as well is no sign of the condition
  const own = tellingIn(text, language).filter((stem) => !others.includes(stem));
  if (own.length === 0) return isStrict(text) && !MARKS.test(sentence);
  const left = [...withoutThose(stemsOf(sentence), stemsOf(rest)), ...stemsOf(question)];
  const above = stemsOf(titles);
  // a title has so many words that one which only resembles is always found
  const isSaid = (stem: string) => isAkinToAny(stem, left) || isSameAsAny(stem, above);
  const least = CONDITIONAL.test(text) && CONDITIONAL.test(sentence) ? LEAST_MET_MARKED : LEAST_MET;
  if (own.filter(isSaid).length >= own.length * least) return false;
  if (alternativesIn(text).some((one) => areSaid(tellingIn(one, language), isSaid))) return false;
  return !isCarried(text, own, beside);
}

/** "iPhone and Android: …", "if it is lost or broken": who says one of them says what holds. "Except on A and B" is both. */
function alternativesIn(condition: string): readonly string[] {
  const isOfWhere = LABEL.test(condition) || /^(?:on|in|for|at)\b/i.test(condition);
  if (isOfWhere) return severalOf(condition.split(/[,/]|\s(?:and|or)\s/i));
  return /^(?:if|when|whenever|once|in case|after)\b/i.test(condition) ? severalOf(condition.split(/\sor\s/i)) : [];
}

/** "Mac, M1 or newer" is one thing. */
const NARROWER =
  /\b(?:before|after|older|newer|earlier|later|from|until|above|below|over|under|with|without|only|not)\b|\p{N}/iu;

function severalOf(parts: readonly string[]): readonly string[] {
  const isNarrowed = parts.some((part) => NARROWER.test(part));
  return parts.length > 1 && !isNarrowed ? parts : [];
}

function areSaid(stems: readonly string[], isSaid: (stem: string) => boolean): boolean {
  return stems.length > 0 && stems.every(isSaid);
}

const CONDITIONAL = /\b(?:if|when|whenever|unless|once|in case|should|provided|as long as)\b/i;

/** With these words alone a condition is spoken of. */
const MARKS = /\b(?:if|when|whenever|unless|once|in case|otherwise|should|where|then|next|provided|as long as)\b/i;

/** "If it does, …", "unless you have to": not "if you have one" behind it. */
function isStrict(condition: string): boolean {
  return /^(?:and |but )?(?:if|when|whenever|once|in case)\b|\b(?:unless|except|only|provided|as long as)\b/i.test(
    condition,
  );
}

/** A condition of a sentence beside it may well go on for two. */
function isCarried(condition: string, own: readonly string[], beside: string): boolean {
  const [opening = ''] = wordsOf(condition);
  return beside.split('\n').some((other) => {
    const words = wordsOf(other);
    const said = words.slice(Math.max(0, words.indexOf(opening))).map(stemOf);
    return words.includes(opening) && shareIn(own, said) >= LEAST_MET;
  });
}

/** The words that are left when each of the others has taken its like. */
function withoutThose(words: readonly string[], taken: readonly string[]): readonly string[] {
  const left = [...words];
  for (const isLike of [isSameWord, isAkin]) {
    for (const stem of taken) {
      if (isLike === isAkin && isSameAsAny(stem, words)) continue;
      const at = left.findIndex((other) => isLike(stem, other));
      if (at !== -1) left.splice(at, 1);
    }
  }
  return left;
}

const ONLY = /\b(?:only|just|solely|exclusively|nothing but|no other|nowhere else|unless|except|must be|has to be)\b/gi;

/** "Only return it …", "only with a badge": not "shows only folders", which singles out a thing. */
const ONLY_OF =
  /(?:^only\b|(?<!\bnot )\bonly (?=(?:\w+ )?(?:in|on|if|through|with|by|for|when|from|after|at|to)\b))([^,.;:()]*)/gi;

/** "Only with a badge": the word alone is the condition. */
function isOnlyLost(statement: string, { sentence, language }: Known): boolean {
  if (timesIn(sentence, ONLY) >= timesIn(statement, ONLY)) return false;
  const own = stemsOf(sentence);
  return Array.from(statement.matchAll(ONLY_OF)).some(([, held = '']) => {
    const words = tellingIn(held, language, wordsOf(held));
    return words.length > 0 && shareIn(words, own) >= LEAST_SAID;
  });
}

const WHOM = /\b(\p{L}+) (?:to|for|with|by|from) whom\b/iu;
const WHICH_OF = /\b(?:whom?|whose|that|which|if|unless|when|once|provided|with|given|only)\b/i;

/** "Delegates to whom you have given …": not all of them. */
function isWhomLost(statement: string, sentence: string): boolean {
  const [, who] = WHOM.exec(statement) ?? [];
  return who !== undefined && isSameAsAny(stemOf(who.toLowerCase()), stemsOf(sentence)) && !WHICH_OF.test(sentence);
}

function timesIn(text: string, form: RegExp): number {
  return text.match(form)?.length ?? 0;
}

function shareIn(words: readonly string[], all: readonly string[]): number {
  return words.filter((word) => isAkinToAny(word, all)).length / words.length;
}

/** Telling words and figures; of what has none, others. */
function tellingIn(text: string, language: Language, others: readonly string[] = []): readonly string[] {
  const telling = wordsOf(text).filter((word) => isTelling(word, language) || /^\p{N}+$/u.test(word));
  return [...new Set((telling.length > 0 ? telling : others).map(stemOf))];
}
