import { wordsOf } from './said.ts';
import type { DraftSentence, ShownPassage } from './draft.ts';
import { aboveOf } from './evidence.ts';
import { type Language, languageOf } from './language.ts';
import { isAkinToAny, isNearlySpelt, isSameWord, stemOf, stemSetOf } from './likeness.ts';
import { remembered } from './remembered.ts';
import { isTelling } from './telling.ts';

/** What people say around what they ask. */
const AROUND = new Set(
  'problem problems issue issues trouble error working worked broken urgent urgently asap pls plz hey hello hi dear team guys morning afternoon today yesterday week since know idea ideas wonder wondering tell show says said say try tried trying wrong thing company people keep keeps kept suddenly got new still maybe possible anyone someone find found look looking think seems seem'
    .split(' ')
    .map(stemOf),
);

/** A word in the text of a cited passage, and not in what is said or above it, counts for less. */
const IN_TEXT = 0.35;

/** Of a word that all passages have; of one that a single passage has it is 1. */
const LEAST_WEIGHT = 0.4;

/** Telling words of a question that count at most. */
const LONG = 8;

/** Of a story so many of the first telling words are looked for; a question has seldom twenty. */
const MOST_ASKED = 60;

/** How much of the question an answer is about. */
export interface Topic {
  /** Share of the question's telling words that are in the answer or above its passages; in their texts counts for less. Null: there is nothing to compare. */
  readonly covered: number | null;
  /** The same without the words that no passage shown has, which tell nothing of any; {@link Topic.covered} where these are most. */
  readonly ofKnown: number;
  /** The same, of the best single passage shown. */
  readonly best: number;
  /** A title or heading of the passages that it cites has a word of the question. */
  readonly isNamed: boolean;
}

/** Compares an answer, with the passages that it cites, with the question. */
export function topicOf(
  sentences: readonly DraftSentence[],
  {
    question,
    passages,
    language,
  }: {
    readonly question: string;
    readonly passages: readonly ShownPassage[] /** For a question that does not tell. */;
    readonly language: Language;
  },
): Topic {
  const asked = askedWords(question);
  const cited = new Set(sentences.flatMap(({ support }) => support.map(({ passage }) => passage)));
  const sources = passages.filter(({ id }) => cited.has(id));
  const texts = passages.map((passage) => `${aboveOf(passage)}\n${passage.text}`).map(wordsIn);
  const weights = new Map(asked.map((word) => [word, weightOf(word, texts)]));
  const share = (said: string, shown: readonly ShownPassage[], counted = asked) => {
    const above = [said, ...shown.map(aboveOf)].map(joinedWords);
    const below = shown.map(({ text }) => joinedWords(text));
    // of a long story only a part is the question
    return (
      sum(counted.map((word) => (weights.get(word) ?? 0) * worthOf(word, above, below))) /
      Math.min(sum(counted.map((word) => weights.get(word) ?? 0)), LONG)
    );
  };
  const best = Math.max(0, ...passages.map((passage) => share('', [passage])));
  if (
    asked.length === 0 ||
    (asked.length === 1 && best === 0) ||
    !isComparable(languageOf(question) === 'unknown' ? language : languageOf(question), passages)
  )
    return { covered: null, ofKnown: 0, best: 0, isNamed: false };
  const said = sentences.map(({ text }) => text).join('\n');
  const covered = share(said, sources);
  const known = asked.filter((word) => texts.some((words) => isOf(word, words)));
  const above = joinedWords(sources.map(aboveOf).join('\n')).all;
  return {
    covered,
    ofKnown: known.length * 2 > asked.length ? share(said, sources, known) : covered,
    best,
    isNamed: asked.some((word) => above.some((other) => isSpeltAs(word, other))),
  };
}

function askedWords(question: string): readonly string[] {
  const language = languageOf(question);
  const words = joinedWords(question).all.filter((word) => isTelling(word, language));
  const telling = words.filter((word) => !AROUND.has(stemOf(word)));
  return (telling.length > 0 ? telling : words).slice(0, MOST_ASKED);
}

/** Words of other languages cannot be found, nor those of scripts that do not part words. */
function isComparable(own: Language, passages: readonly ShownPassage[]): boolean {
  if (['han', 'kana', 'hangul'].includes(own)) return false;
  const theirs = passages.map(({ text }) => languageOf(text)).filter((language) => language !== 'unknown');
  return own === 'unknown' || theirs.length === 0 || theirs.includes(own);
}

/** What all passages have tells them least apart. */
function weightOf(word: string, texts: readonly Words[]): number {
  const having = texts.filter((words) => isOf(word, words)).length;
  return having < 2 ? 1 : 1 - ((1 - LEAST_WEIGHT) * (having - 1)) / (texts.length - 1);
}

function worthOf(word: string, above: readonly Words[], below: readonly Words[]): number {
  if (above.some((words) => isOf(word, words))) return 1;
  return below.some((words) => isOf(word, words)) ? IN_TEXT : 0;
}

/** Words, each once, and what was asked about them. */
interface Words {
  readonly all: readonly string[];
  readonly stems: readonly string[];
  readonly known: Map<string, boolean>;
}

function isOf(word: string, { all, stems, known }: Words): boolean {
  const found =
    known.get(word) ?? (isAkinToAny(stemOf(word), stems) || all.some((other) => isNearlySpelt(word, other)));
  known.set(word, found);
  return found;
}

const wordsIn = remembered(
  (text): Words => ({ all: [...new Set(wordsOf(text))], stems: stemSetOf(text), known: new Map() }),
  300_000,
);

/** No mere synonym. */
function isSpeltAs(word: string, other: string): boolean {
  return isSameWord(stemOf(word), stemOf(other)) || isNearlySpelt(word, other);
}

/** The words of a text; "Wi-Fi" also as "wifi". */
const joinedWords = remembered((text): Words => {
  const joined = Array.from(text.matchAll(/(?<!\p{L})\p{L}+(?:-\p{L}+)+/gu), ([word]) => word.replaceAll('-', ''));
  const all = [...new Set([...wordsOf(text), ...wordsOf(joined.join(' '))])];
  return { all, stems: [...new Set(all.map(stemOf))], known: new Map() };
}, 300_000);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
