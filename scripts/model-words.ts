import type { CheckName } from '#domain/draft/draft.ts';
import type { ModelCall, ModelTrace, StepDown } from '#domain/decision.ts';
import { plainly } from './verdict-words.ts';

const outcomeWords: Readonly<Record<ModelTrace['outcome'], string>> = {
  written: 'it wrote an answer that passed the checks',
  'ask-back': 'it wanted to ask back',
  'needs-person': 'it found that it takes a person',
  'not-answerable': 'it found that the passages do not answer this',
  'stepped-down': 'nothing of it was used, and it was decided as without a model',
};

const whyWords: Readonly<Record<StepDown, string>> = {
  failed: 'the server did not answer',
  'too-late': 'its time was up',
  'over-budget': 'the budget is spent',
  refused: 'the model refused',
  malformed: 'what it said could not be read',
  checks: 'what it wrote did not pass the checks',
  unsure: 'it was not sure enough',
  stopped: 'something new was said meanwhile',
};

const purposeWords: Readonly<Record<ModelCall['purpose'], string>> = {
  'stand-alone': 'to make the question stand alone',
  picture: 'to read a picture',
  answer: 'to write the answer',
  check: 'to look at the answer a second time',
  'embed-question': 'to find what means the same',
};

const callWords: Readonly<Record<ModelCall['outcome'], string>> = {
  done: 'done',
  refused: 'refused by the model',
  malformed: 'could not be read',
  truncated: 'was cut off',
  failed: 'failed',
  'too-late': 'took too long',
  'over-budget': 'not made: the budget is spent',
};

const checkWords: Readonly<Record<CheckName, string>> = {
  quotes: 'its quotes stand in the passages',
  supported: 'each sentence says what its quotes say',
  facts: 'addresses, numbers, commands and names are those of the passages',
  language: 'it is in the language of the question',
  form: 'it has the form of an answer',
  'on-topic': 'it is about what was asked',
  'second-look': 'a second look at it found nothing',
};

/** What models had to do with a decision, a line each. */
export function modelLines({
  model,
  prompts,
  calls,
  outcome,
  why,
  checks,
  dropped,
  confidence,
}: ModelTrace): readonly string[] {
  const costs = calls.reduce((sum, call) => sum + call.costs, 0);
  const because = why === null ? '' : ` (${whyWords[why]})`;
  return [
    `model ${plainly(model)}: ${outcomeWords[outcome]}${because}; cost ${amount(costs)}`,
    ...calls.map(
      (call) => `  ${callWords[call.outcome]}, ${call.ms} ms, ${amount(call.costs)}: ${purposeWords[call.purpose]}`,
    ),
    ...checks.map(({ name, held }) => `  ${held ? 'passed' : 'FAILED'}: ${checkWords[name]}`),
    ...(dropped === 0 ? [] : [`  ${dropped} of its sentences were taken out`]),
    ...(confidence === null
      ? []
      : [
          `  confidence of the written answer ${confidence.value.toFixed(2)} of 1`,
          ...Object.entries(confidence.signals).map(([name, value]) => `    ${value.toFixed(2)}  ${name}`),
        ]),
    ...(prompts.length === 0 ? [] : [`  prompts ${prompts.join(', ')}`]),
  ];
}

/** Of the currency in which prices are set; fractions of a cent count. */
function amount(micro: number): string {
  return (micro / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');
}
