import type { DraftSentence, ShownPassage } from './draft/draft.ts';

/** The tasks that a model is given, each with its file of instructions in `src/prompts`. */
export type PromptName = 'answer' | 'check' | 'stand-alone' | 'picture';

/** Something that was said before the question. */
export interface EarlierWords {
  readonly by: 'requester' | 'helpdesk';
  readonly text: string;
}

/** At most, in characters: a model reads long texts worse and dearer, and passages are cut where sections end. */
const LONGEST_PASSAGE = 4_000;
/** Cut here, when nothing personal is in it any more: half of an address would not be known for one. */
const LONGEST_EARLIER = 500;

/**
 * Texts as a model is shown them: between tags, escaped, so that nothing in them can end a tag or begin one. What is
 * said in them stays readable, which it would not if it were encoded as a whole.
 */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** {@link escaped} for what stands between quotation marks: one line, without any. */
function attribute(text: string): string {
  return escaped(text.replaceAll(/["\s]+/g, ' ').trim());
}

/** The data of an answer. */
export function answerData(asked: {
  readonly question: string;
  readonly earlier: readonly EarlierWords[];
  readonly passages: readonly ShownPassage[];
}): string {
  return [questionBlock(asked.question), ...earlierBlock(asked.earlier), ...asked.passages.map(passageBlock)].join(
    '\n',
  );
}

/** The data of the second look at a draft. Only the passages that it cites. */
export function checkData(asked: {
  readonly question: string;
  readonly sentences: readonly DraftSentence[];
  readonly passages: readonly ShownPassage[];
}): string {
  const cited = new Set(asked.sentences.flatMap(({ support }) => support.map(({ passage }) => passage)));
  const lines = asked.sentences.map(({ text }, index) => `${index + 1}. ${escaped(text)}`);
  return [
    questionBlock(asked.question),
    ['<draft>', ...lines, '</draft>'].join('\n'),
    ...asked.passages.filter(({ id }) => cited.has(id)).map(passageBlock),
  ].join('\n');
}

/** The data of a follow-up that is to stand alone. */
export function standAloneData(asked: {
  readonly question: string;
  readonly earlier: readonly EarlierWords[];
}): string {
  return [...earlierBlock(asked.earlier), questionBlock(asked.question)].join('\n');
}

function questionBlock(question: string): string {
  return ['<question>', escaped(question), '</question>'].join('\n');
}

function earlierBlock(earlier: readonly EarlierWords[]): readonly string[] {
  if (earlier.length === 0) return [];
  const said = earlier.map(
    ({ by, text }) => `<said by="${by}">${escaped(text.slice(0, LONGEST_EARLIER).toWellFormed())}</said>`,
  );
  return [['<earlier>', ...said, '</earlier>'].join('\n')];
}

function passageBlock({ id, title, headings, text }: ShownPassage): string {
  const section = headings.length === 0 ? '' : ` section="${attribute(headings.join(' › '))}"`;
  return [
    `<passage id="${id}" title="${attribute(title)}"${section}>`,
    escaped(text.slice(0, LONGEST_PASSAGE).toWellFormed()),
    '</passage>',
  ].join('\n');
}

const text = { type: 'string' } as const;

/** An object of which every field has to be there, and no other may: what strict structured output takes. */
function object(properties: Readonly<Record<string, unknown>>) {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function list(items: unknown) {
  return { type: 'array', items };
}

/** What each answer has to look like. */
export const ANSWER_SCHEMAS: Readonly<Record<PromptName, { name: string; json: Readonly<Record<string, unknown>> }>> = {
  answer: {
    name: 'firstline_answer',
    json: object({
      outcome: { type: 'string', enum: ['answer', 'ask_back', 'needs_person', 'not_answerable'] },
      language: text,
      sentences: list(object({ text, support: list(object({ passage: text, quote: text })) })),
      question: text,
      sure: { type: 'number' },
    }),
  },
  check: {
    name: 'firstline_check',
    json: object({
      addresses_question: { type: 'boolean' },
      sentences: list(object({ number: { type: 'integer' }, supported: { type: 'boolean' } })),
    }),
  },
  'stand-alone': { name: 'firstline_question', json: object({ question: text }) },
  picture: { name: 'firstline_picture', json: object({ text }) },
};

/** Of an answer, at most; in tokens. With room for what some models think before they answer. */
export const LONGEST_REPLY: Readonly<Record<PromptName, number>> = {
  answer: 3_000,
  check: 1_500,
  'stand-alone': 800,
  picture: 1_000,
};
