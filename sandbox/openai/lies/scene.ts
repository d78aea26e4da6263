import { answer } from '../model/answer.ts';
import { type Chance, chanceOf } from '../model/chance.ts';
import { askedStems, type Found, foundIn, joinedUp } from '../model/choose.ts';
import type { Draft, DraftSentence } from '../model/draft.ts';
import { phrase } from '../model/phrase.ts';
import { encoded, type Passage, type Prompt } from '../model/prompt.ts';

/** What a lie is made of. */
export interface Scene {
  readonly prompt: Prompt;
  /** An answer of true sentences, even where a good model would not have answered; empty only without passages. */
  readonly honest: Draft;
  readonly chance: Chance;
  readonly seed: number;
}

export function sceneOf(prompt: Prompt, seed: number, kind: string): Scene {
  const good = answer(prompt, seed);
  const chance = chanceOf(kind, seed, prompt.question, ...prompt.passages.map(({ text }) => text));
  const honest = good.outcome === 'answer' ? good : forced(prompt, seed, good.language);
  return { prompt, honest, chance, seed };
}

function forced({ question, passages }: Prompt, seed: number, language: string): Draft {
  const found = passages.slice(0, 1).flatMap((passage) => foundIn(passage, askedStems(question)).slice(0, 4));
  return { outcome: 'answer', language, sentences: phrase(found, seed), question: '', sure: 0.9 };
}

/** The same answer with other sentences, and sure of it. */
export function saying({ honest }: Scene, sentences: readonly DraftSentence[]): Draft {
  return { ...honest, outcome: 'answer', sentences, question: '', sure: Math.max(honest.sure, 0.9) };
}

/** One of the sentences, by chance, put into other words; the others as they are. */
export function changingOne(
  sentences: readonly DraftSentence[],
  chance: Chance,
  change: (sentence: DraftSentence) => DraftSentence,
): DraftSentence[] {
  const which = sentences.length === 0 ? -1 : chance.below(sentences.length);
  return sentences.map((sentence, index) => (index === which ? change(sentence) : sentence));
}

/** A sentence more, at any place, with what supports one of its neighbours. */
export function withMore({ honest, chance, prompt }: Scene, text: string): DraftSentence[] {
  const { sentences } = honest;
  const at = chance.below(sentences.length + 1);
  const neighbour = sentences[Math.max(at - 1, 0)];
  const support = neighbour?.support ?? anySupport(prompt.passages);
  return sentences.toSpliced(at, 0, { text, support });
}

function anySupport(passages: readonly Passage[]): DraftSentence['support'] {
  const [passage] = passages;
  const quote = passage === undefined ? undefined : joinedUp(passage)[0]?.statements[0]?.quote;
  return [{ passage: passage?.id ?? 'P1', quote: encoded(quote ?? 'As it is written in the documents') }];
}

/** All that the other passages say, with which of them says it. */
export function elsewhere({ prompt, honest }: Scene): Found[] {
  const used = new Set(honest.sentences.flatMap(({ support }) => support.map(({ passage }) => passage)));
  return prompt.passages.filter(({ id }) => !used.has(id)).flatMap((passage) => joinedUp(passage));
}

/** What a passage says that the answer does not, in the passages that it rests on. */
export function unsaid({ prompt, honest }: Scene): Found[] {
  const said = new Set(honest.sentences.flatMap(({ support }) => support.map(({ quote }) => quote)));
  return prompt.passages
    .flatMap((passage) => joinedUp(passage))
    .filter(({ statements }) => statements.every(({ quote }) => !said.has(encoded(quote))));
}
