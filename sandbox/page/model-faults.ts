import type { ModelFault, OpenAiSandbox } from '../openai/contract.ts';

/**
 * How the model server misbehaves, in the words of the page.
 *
 * - `slow`: answers three seconds late;
 * - `never`: takes a request and says nothing until the caller hangs up;
 * - `rate-limited`: refuses every request with 429 and asks to come back in five seconds;
 * - `down`: refuses every request with 503;
 * - `refuses`: the model says that it will not;
 * - `broken-json`: answers with a body that is no JSON;
 * - `cut-off`: the connection ends in the middle of each answer.
 */
export const modelFaultNames = [
  'none',
  'slow',
  'never',
  'rate-limited',
  'down',
  'refuses',
  'broken-json',
  'cut-off',
] as const;
export type ModelFaultName = (typeof modelFaultNames)[number];

type Failing = Pick<OpenAiSandbox, 'fail' | 'mend' | 'failing'>;

const faults: Readonly<Record<ModelFaultName, ModelFault | null>> = {
  none: null,
  slow: { kind: 'slow', delayMs: 3000 },
  never: { kind: 'never' },
  'rate-limited': { kind: 'rate-limit', retryAfterSeconds: 5 },
  down: { kind: 'status', status: 503 },
  refuses: { kind: 'refusal' },
  'broken-json': { kind: 'malformed-json' },
  'cut-off': { kind: 'truncated-stream' },
};

/** Puts this fault in the place of whatever was in force; it stays until another one is put in its place. */
export function disturbModel(model: Failing, name: ModelFaultName): void {
  const fault = faults[name];
  model.mend();
  if (fault !== null) model.fail(fault);
}

/** What is in force. */
export function modelFaultOf(model: Pick<Failing, 'failing'>): ModelFaultName {
  const kind = model.failing()[0]?.kind;
  return modelFaultNames.find((name) => faults[name] !== null && faults[name].kind === kind) ?? 'none';
}
