import type { TrailDecision } from '../operator.ts';
import { type Trace, traceOf, whySteppedDown } from './story-trace.ts';
import type { ModelStep } from './story-types.ts';

const outcomes: Readonly<Record<string, string>> = {
  written: 'It wrote an answer that passed the checks',
  'ask-back': 'It wanted to ask back',
  'needs-person': 'It found that it takes a person',
  'not-answerable': 'It found that the passages do not answer this',
  'stepped-down': 'Nothing of it was used, and it was decided as without a model',
};

const purposes: Readonly<Record<string, string>> = {
  'stand-alone': 'To make the question stand alone',
  picture: 'To read a picture',
  answer: 'To write the answer',
  check: 'To look at the answer a second time',
  'embed-question': 'To find what means the same',
};

const callOutcomes: Readonly<Record<string, string>> = {
  done: 'Done',
  refused: 'Refused by the model',
  malformed: 'Could not be read',
  truncated: 'Was cut off',
  failed: 'Failed',
  'too-late': 'Took too long',
  'over-budget': 'Not made: the budget is spent',
};

const checks: Readonly<Record<string, string>> = {
  quotes: 'Its quotes stand in the passages',
  supported: 'Each sentence says what its quotes say',
  facts: 'Addresses, numbers, commands and names are those of the passages',
  language: 'It is in the language of the question',
  form: 'It has the form of an answer',
  'on-topic': 'It is about what was asked',
  'second-look': 'A second look at it found nothing',
};

/** What models had to do with the decision; null when none was asked. */
export function modelStep(decision: TrailDecision): ModelStep | null {
  const trace = traceOf(decision);
  if (trace === null) return null;
  const { model, prompts, calls, dropped, confidence } = trace;
  return {
    kind: 'model',
    at: null,
    afterMs: null,
    model,
    sentence: sentenceOf(trace),
    outcome: trace.outcome === 'written' || trace.outcome === 'stepped-down' ? trace.outcome : 'other',
    calls: calls.map(({ purpose, outcome, ms, costs }) => ({
      purpose: purposes[purpose] ?? purpose,
      outcome: callOutcomes[outcome] ?? outcome,
      failed: outcome !== 'done',
      ms,
      costs: amount(costs),
    })),
    costs: amount(calls.reduce((sum, { costs }) => sum + costs, 0)),
    checks: trace.checks.map(({ name, held }) => ({ words: checks[name] ?? name, held })),
    dropped,
    confidence:
      confidence === null
        ? null
        : {
            value: confidence.value,
            signals: Object.entries(confidence.signals).map(([name, value]) => ({ name, value })),
          },
    prompts,
  };
}

function sentenceOf(trace: Trace): string {
  const why = whySteppedDown(trace);
  return `${outcomes[trace.outcome] ?? trace.outcome}${why === null ? '' : `: ${why}`}.`;
}

/** Fractions of a cent count. */
function amount(millionths: number): string {
  return (millionths / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');
}
