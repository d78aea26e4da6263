import { z } from 'zod';
import { type Refusal, refusalOf } from './remote-error.ts';

/**
 * Why Teams takes no more of a stream. `late`: its two minutes are over. `stopped`: who reads it has pressed Stop.
 * `completed`: its last message is there. `refused`: any other reason; there are no streams here.
 */
export type StreamRefusal = 'late' | 'stopped' | 'completed' | 'refused';

const Worded = z.object({ response: z.object({ bodyAsText: z.string() }) });
const Said = z.object({ error: z.object({ message: z.string() }) });

/**
 * Null: the error is no refusal of a stream. All of those have one code, so here, and nowhere else, words are read.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/streaming-ux
 */
export function streamRefusalOf(error: unknown): StreamRefusal | null {
  const refusal = refusalOf(error);
  if (refusal === null || !isOfStream(refusal)) return null;
  const words = wordsIn(error).toLowerCase();
  if (words.includes('cancel')) return 'stopped';
  if (words.includes('exceeded streaming time')) return 'late';
  return words.includes('already completed') ? 'completed' : 'refused';
}

function isOfStream({ status, codes }: Refusal): boolean {
  return status === 403 && codes.includes('ContentStreamNotAllowed');
}

function wordsIn(error: unknown): string {
  const body = Worded.safeParse(error).data?.response.bodyAsText ?? '';
  try {
    return Said.safeParse(JSON.parse(body)).data?.error.message ?? '';
  } catch {
    return '';
  }
}
