import { wordsOf } from './said.ts';
import { isTooMuch } from './bounds.ts';
import type { ShownPassage, Support } from './draft.ts';
import { lookOf, withoutMarks } from './plain-text.ts';
import { type Unit, unitsOf } from './units.ts';

/** A passage, taken apart once for all sentences. */
export interface ReadPassage {
  readonly passage: ShownPassage;
  readonly units: readonly Unit[];
  /** All words, and the unit of each. */
  readonly words: readonly string[];
  readonly unitOf: readonly number[];
  /** Of each unit its sentences, and which of all words they are. */
  readonly sentences: readonly (readonly Span[])[];
}

interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a sentence rests on. */
export interface Evidence {
  /** The sentences that are quoted, whole, and the heads of tables of which rows are. */
  readonly core: string;
  /** The sentences that are quoted, one by one. */
  readonly statements: readonly string[];
  /** The heads of tables of which rows are quoted. */
  readonly heads: readonly string[];
  /** Titles of the passages, and their headings. */
  readonly titles: readonly string[];
  /** The items, rows and paragraphs that are quoted, what introduces them, headings and title. */
  readonly near: string;
  /** What introduces them, headings and title alone. */
  readonly frame: string;
  /** The passages, with headings and titles. */
  readonly whole: string;
  /** As they are written, for addresses. */
  readonly raw: string;
  readonly units: readonly { readonly passage: string; readonly unit: Unit; readonly index: number }[];
}

/** What stands in more places tells no more. */
const MOST_PLACES = 5;

/** A quote is of so many words at least, or all of a unit or of a sentence. */
const LEAST_WORDS = 3;

/** Takes a passage apart along its lines. */
export function readPassage(passage: ShownPassage): ReadPassage {
  const units = unitsOf(passage.text);
  const perUnit = units.map(({ text }) => wordsOf(text));
  let at = 0;
  return {
    passage,
    units,
    words: perUnit.flat(),
    unitOf: perUnit.flatMap((words, index) => words.map(() => index)),
    sentences: units.map(({ text }, index) => {
      const spans = spansOf(text, at);
      at += perUnit[index]?.length ?? 0;
      return spans;
    }),
  };
}

function spansOf(text: string, from: number): readonly Span[] {
  let start = from;
  return sentencesOf(text).map((sentence) => {
    const span = { text: sentence, start, end: start + wordsOf(sentence).length };
    start = span.end;
    return span;
  });
}

/** Where the quote stands in the passage: units, and the sentences in them. Null: nowhere, or too little is quoted. */
export function placeOf(
  quote: string,
  read: ReadPassage,
): { readonly units: readonly number[]; readonly core: string } | null {
  const whole = partPlace(quote, read);
  if (whole !== null) return whole;
  // some models leave out the middle of a quote
  const parts = quote.split(/\s*(?:…|\.{3}|\[\.\.\.\])\s*/u).filter((part) => wordsOf(part).length > 0);
  const places = parts.map((part) => partPlace(part, read));
  if (places.length === 0 || !places.every((place) => place !== null)) return null;
  return { units: [...new Set(places.flatMap(({ units }) => units))], core: places.map(({ core }) => core).join('\n') };
}

/** What the supports that hold come to. Null: none of them does, or it is more than is looked at. */
export function evidenceOf(
  support: readonly Support[],
  passages: ReadonlyMap<string, ReadPassage>,
): { readonly evidence: Evidence; readonly support: readonly Support[] } | null {
  const held = support.flatMap((one) => {
    const read = passages.get(one.passage);
    const place = read === undefined ? null : placeOf(one.quote, read);
    return read === undefined || place === null ? [] : [{ one, read, place }];
  });
  if (held.length === 0) return null;
  const reads = [...new Set(held.map(({ read }) => read))];
  const units = held.flatMap(({ read, place }) =>
    place.units.flatMap((index) => {
      const unit = read.units[index];
      return unit === undefined ? [] : [{ passage: read.passage.id, unit, index }];
    }),
  );
  const statements = [...new Set(held.flatMap(({ place }) => place.core.split('\n')))];
  if (isTooMuch({ statements, units })) return null;
  const above = reads.map(({ passage }) => aboveOf(passage)).join('\n');
  const heads = [...new Set(units.map(headOf))].filter((head) => head !== '');
  const near = units.map(({ unit }) => `${unit.lead}\n${unit.text}`).join('\n');
  return {
    support: held.map(({ one }) => one),
    evidence: {
      core: [...new Set([...statements, ...heads])].join('\n').trim(),
      statements,
      heads,
      titles: reads.flatMap(({ passage }) => [passage.title, ...passage.headings]),
      near: `${near}\n${above}`,
      frame: `${units.map(({ unit }) => unit.lead).join('\n')}\n${above}`,
      whole: `${reads.map(({ units: all }) => all.map(({ text }) => text).join('\n')).join('\n')}\n${above}`,
      raw: reads.map(({ passage }) => `${passage.text}\n${aboveOf(passage)}`).join('\n'),
      units,
    },
  };
}

/** A row says what it says under the head of its table. */
function headOf({ unit }: { readonly unit: Unit }): string {
  return unit.kind === 'row' ? (unit.lead.split('\n').at(-1) ?? '') : '';
}

/** Title and headings of a passage. */
export function aboveOf({ title, headings }: ShownPassage): string {
  return [title, ...headings].join('\n');
}

/** The sentences of a text, line by line. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split(/\n+|(?<=[.!?…]["')\]]*)\s+(?=["'([]*[\p{Lu}\p{Lo}\d`])|(?<=[。！？])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

function partPlace(
  part: string,
  read: ReadPassage,
): { readonly units: readonly number[]; readonly core: string } | null {
  const forms = [wordsOf(unmarked(part)), wordsOf(unmarked(part.replaceAll(/(?<=^|\s)\d{1,2}[.)]\s+/g, '')))];
  const found = forms
    .map((words) => ({ words, starts: startsOf(words, read.words) }))
    .find(({ starts }) => starts.length > 0);
  if (found === undefined) return null;
  const spans = found.starts.map((start) => ({ start, end: start + found.words.length }));
  const units = [...new Set(spans.flatMap(({ start, end }) => read.unitOf.slice(start, end)))];
  const core = spans.map((span) => coreOf(span, read)).join('\n');
  const isWhole = () => sentencesOf(core).some((sentence) => wordsOf(sentence).length === found.words.length);
  return found.words.length >= LEAST_WORDS || isWhole() ? { units, core } : null;
}

/** A quote as its passage is read: without marks at the beginnings of its lines. */
function unmarked(text: string): string {
  const lines = lookOf(text).split('\n');
  return withoutMarks(
    lines.map((line) => line.replace(/^\s*(?:>\s?|#{1,6}\s+|[-*+•]\s+|\d{1,3}[.)]\s+)/, '')).join('\n'),
  );
}

function startsOf(words: readonly string[], all: readonly string[]): readonly number[] {
  if (words.length === 0) return [];
  // as Knuth, Morris and Pratt have it: no word is looked at twice, however often the quote nearly stands there
  const falls = fallsOf(words);
  const starts: number[] = [];
  let matched = 0;
  for (let at = 0; at < all.length && starts.length < MOST_PLACES; at += 1) {
    while (matched > 0 && words[matched] !== all[at]) matched = falls[matched - 1] ?? 0;
    if (words[matched] === all[at]) matched += 1;
    if (matched < words.length) continue;
    starts.push(at - words.length + 1);
    matched = falls[matched - 1] ?? 0;
  }
  return starts;
}

/** Of each beginning, how many of its first words are its last as well. */
function fallsOf(words: readonly string[]): readonly number[] {
  const falls: number[] = [0];
  let matched = 0;
  for (let at = 1; at < words.length; at += 1) {
    while (matched > 0 && words[matched] !== words[at]) matched = falls[matched - 1] ?? 0;
    if (words[matched] === words[at]) matched += 1;
    falls.push(matched);
  }
  return falls;
}

/** The sentences of the units that the words from `start` to `end` touch. */
function coreOf({ start, end }: { start: number; end: number }, { sentences, unitOf }: ReadPassage): string {
  return [...new Set(unitOf.slice(start, end))]
    .flatMap((index) => sentences[index] ?? [])
    .filter((span) => span.end > start && span.start < end)
    .map(({ text }) => text)
    .join('\n');
}
