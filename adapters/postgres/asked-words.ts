import { isFiller } from './filler.ts';
import { runsOf } from './words.ts';

/** A distinct word of the question. */
export interface AskedWord {
  readonly word: string;
  /** From 1; the first when it is there several times. */
  readonly position: number;
  readonly count: number;
  /** Says that a question is asked, not about what. */
  readonly filler: boolean;
  /** The words it is made of, when the question has it in parts. */
  readonly joins: readonly string[] | null;
  /** The parts were joined by a hyphen or the like, not just neighbours. */
  readonly glued: boolean;
}

/** What comes behind is a pasted log or mail; its beginning says what it is about. */
const mostWords = 300;
const mostPairs = 40;

/**
 * The distinct words of a question in their order, at most 300; then neighbours written as one word, because
 * documents may have `setup`, `wifi` or `logon` where people write `set up`, `wi fi` or `log on`.
 */
export function askedWords(text: string, language: string): readonly AskedWord[] {
  const asked = new Map<string, AskedWord>();
  const add = (word: string, position: number, joins: Pick<AskedWord, 'joins' | 'glued'>) => {
    const known = asked.get(word);
    if (known !== undefined) asked.set(word, { ...known, count: known.count + 1 });
    else if (asked.size < mostWords) {
      asked.set(word, { word, position, count: 1, filler: isFiller(word, language), ...joins });
    }
  };
  let position = 0;
  const inOrder: { word: string; position: number }[] = [];
  for (const { parts, joined } of runsOf(text, language)) {
    for (const word of parts) {
      add(word, ++position, { joins: null, glued: false });
      inOrder.push({ word, position });
    }
    if (joined !== null) add(joined, ++position, { joins: parts, glued: true });
  }
  return [...asked.values(), ...pairs(inOrder).filter(({ word }) => !asked.has(word))];
}

function pairs(words: readonly { word: string; position: number }[]): readonly AskedWord[] {
  const found = new Map<string, AskedWord>();
  for (const [index, { word: second }] of words.slice(0, mostPairs).entries()) {
    const first = words[index - 1];
    if (first === undefined || !isPlain(first.word) || !isPlain(second)) continue;
    const { word, position } = { word: first.word + second, position: first.position };
    found.set(word, { word, position, count: 1, filler: false, joins: [first.word, second], glued: false });
  }
  return [...found.values()];
}

function isPlain(word: string): boolean {
  return word.length > 1 && word.length <= 15 && !/\p{N}/u.test(word);
}
