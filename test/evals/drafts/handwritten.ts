import type { DraftSentence } from '#domain/draft/draft.ts';
import type { DraftCase } from './case.ts';
import { handwritten, type Said } from './handwritten-answers.ts';
import type { Scene } from './scenes.ts';

/** Answers written by hand as a colleague would, and what a colleague would get wrong; each with the passages of a search. */
export function handwrittenCases(scenes: readonly Scene[]): readonly DraftCase[] {
  return handwritten.flatMap(({ document, heading, question, language = 'en', says, lies }) => {
    const scene = scenes.find(
      (one) =>
        one.document === document && one.id.endsWith('.0') && (one.right.headings.at(-1) ?? '').startsWith(heading),
    );
    if (scene === undefined) throw new Error(`${document} has no part "${heading}"`);
    const { split, source, passages, right } = scene;
    const sentence = ([text, ...quotes]: Said): DraftSentence => ({
      text,
      support: quotes.map((quote) => ({ passage: right.id, quote })),
    });
    const base = { split, source, document, question, passages, isBadByOrder: false };
    const draft = (sentences: readonly DraftSentence[]) => ({
      outcome: 'answer' as const,
      language,
      sentences,
      question: '',
      sure: 0.8,
    });
    const good = says.map(sentence);
    const id = `${document}#${heading}`;
    return [
      {
        ...base,
        id: `by-hand:${id}`,
        kind: 'by-hand',
        isGood: true,
        draft: draft(good),
        needed: good.map((_, at) => at),
        bad: [],
      },
      ...lies.map((lie, at) => ({
        ...base,
        id: `by-hand-false:${id}:${at}`,
        kind: 'by-hand-false',
        isGood: false,
        draft: draft([...good.slice(0, 1), sentence(lie)]),
        needed: [],
        bad: [1],
      })),
    ];
  });
}
