import { z } from 'zod';
import type { TrailDecision } from '../operator.ts';

/** What models had to do with a decision, as the program keeps it. `costs`: millionths of the currency of the prices. */
const Trace = z.object({
  model: z.string(),
  prompts: z.array(z.string()),
  calls: z.array(z.object({ purpose: z.string(), outcome: z.string(), ms: z.number(), costs: z.number() })),
  outcome: z.string(),
  why: z.string().nullable(),
  checks: z.array(z.object({ name: z.string(), held: z.boolean() })),
  dropped: z.number(),
  confidence: z.object({ value: z.number(), signals: z.record(z.string(), z.number()) }).nullable(),
});
export type Trace = z.infer<typeof Trace>;

const Written = z.object({
  sentences: z.array(z.object({ text: z.string(), cites: z.array(z.number().int().min(0)) })),
});

/** Null when no model was asked. */
export function traceOf({ grounds }: TrailDecision): Trace | null {
  return Trace.nullish().catch(null).parse(grounds['model']) ?? null;
}

/** The sentences of a model that are said in place of a quote; null when there are none. */
export function writtenIn(decision: TrailDecision): z.infer<typeof Written>['sentences'] | null {
  return Written.nullish().catch(null).parse(decision['written'])?.sentences ?? null;
}

/** Pictures of the question that nobody has read. */
export function unreadPicturesIn({ grounds }: TrailDecision): number {
  return z.number().catch(0).parse(grounds['unreadPictures']);
}

const reasons: Readonly<Record<string, string>> = {
  failed: 'the server did not answer',
  'too-late': 'its time was up',
  'over-budget': 'the budget is spent',
  refused: 'the model refused',
  malformed: 'what it said could not be read',
  checks: 'what it wrote did not pass the checks',
  unsure: 'it was not sure enough',
  stopped: 'something new was said meanwhile',
};

/** Null when nothing was to be written, or what was written is said. */
export function whySteppedDown(trace: Trace | null): string | null {
  if (trace === null || trace.why === null) return null;
  return reasons[trace.why] ?? trace.why;
}
