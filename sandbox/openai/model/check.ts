import { askedStems, joinedUp } from './choose.ts';
import type { Prompt } from './prompt.ts';
import { type Heap, heapOf, shareHeld, tellingStems, wordsOf } from './words.ts';

/** What the model answers to `firstline_check`, as the wire has it. */
export interface Verdict {
  readonly addresses_question: boolean;
  readonly sentences: readonly { readonly number: number; readonly supported: boolean }[];
}

/** Of a sentence's telling words, those that one place has to have. */
const mostWords = 0.75;
const aboutIt = 0.3;

/** Judges by words: whether each sentence stands in the passages, and whether they are about the question. */
export function check({ question, passages, draft }: Prompt): Verdict {
  const places = passages.flatMap((passage) => {
    const said = joinedUp(passage).map(({ statements }) =>
      statements.map(({ text, quote }) => `${text} ${quote}`).join(' '),
    );
    const about = `${passage.title} ${passage.section}`;
    // what a step says may be told in the words of the one before
    return said.map((text, index) => ({ about, text, heap: heapOf(`${said[index - 1] ?? ''} ${text}`) }));
  });
  const judged = draft.map(({ number, text }) => ({ number, place: placeOf(text, places) }));
  const about = judged.map(({ place }) => place?.about ?? '').join(' ');
  const asked = askedStems(question);
  const heap = heapOf(`${draft.map(({ text }) => text).join(' ')} ${about}`);
  return {
    addresses_question: asked.length === 0 || shareHeld(asked, heap) >= aboutIt,
    sentences: judged.map(({ number, place }) => ({ number, supported: place !== null })),
  };
}

interface Place {
  readonly about: string;
  readonly text: string;
  readonly heap: Heap;
}

/** Where it stands; null: nowhere. */
function placeOf(sentence: string, places: readonly Place[]): Place | null {
  const stems = tellingStems(sentence);
  const facts = factsOf(sentence);
  const found = places
    .filter(({ text }) => isDenied(text) === isDenied(sentence))
    .filter(({ text }) => hasAll(text, facts))
    .find(({ heap }) => stems.length === 0 || shareHeld(stems, heap) >= mostWords);
  return found ?? null;
}

/** Numbers, addresses and names: they are right or wrong. */
function factsOf(text: string): string[] {
  const addresses = text.match(/https?:\/\/[^\s)>"'|]+|[^\s@(<]+@[^\s@)>]+/giu) ?? [];
  const numbers = text.match(/\d+(?:[.,:]\d+)*/gu) ?? [];
  const names = text.match(/(?<=[\p{Ll},'"*`(] [*"'(]*)\p{Lu}\p{L}+/gu) ?? [];
  return [...addresses, ...numbers, ...names].map((fact) => fact.toLowerCase().replace(/[.,;:]+$/u, ''));
}

function hasAll(text: string, facts: readonly string[]): boolean {
  const words = new Set([...factsOf(text), ...wordsOf(text)]);
  return facts.every((fact) => words.has(fact));
}

function isDenied(text: string): boolean {
  return wordsOf(text).some((word) => /^(?:not|never|without|cannot|no)$|n't$/u.test(word));
}
