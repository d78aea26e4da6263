import { MODEL } from '#domain/openings.ts';
import type { RemoteError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import { noteFault } from './tell-admin.ts';

/** What an admin has to mend at a model's server: a wrong key, a model that is not there, an account that is empty. */
export interface ModelFaults {
  /** Has each admin told, once until it answers again. What passes by itself, or is about one question, is no news. */
  failed(model: string, error: RemoteError): Promise<void>;
  answered(model: string): Promise<void>;
  /** Has each admin told, once until they fit again, that its vectors have changed their length; it answers all the same. */
  outgrown(model: string, lengths: Lengths): Promise<void>;
  fits(model: string): Promise<void>;
}

/** How many numbers a vector has: those that are kept, and those that come. */
export interface Lengths {
  readonly kept: number;
  readonly given: number;
}

/** For so long it is not looked whether another process has noted a fault of a model that answers here. */
const KNOWN_WELL_MS = 5 * 60_000;

export function createModelFaults({
  store,
  admins,
  clock,
}: {
  readonly store: Store;
  /** E-mail addresses. */
  readonly admins: readonly string[];
  readonly clock: Clock;
}): ModelFaults {
  // what an earlier run, or another process, has noted is not known: so the first answer is looked at, and now and then one
  const well = new Map<string, number>();

  async function note(source: string, fault: string): Promise<void> {
    well.delete(source);
    await store.transaction((within) => noteFault(within, { source, fault, admins, at: clock() }));
  }

  async function clear(source: string): Promise<void> {
    const at = clock();
    if (at.getTime() - (well.get(source) ?? -Infinity) < KNOWN_WELL_MS) return;
    await store.syncRuns.noteFault(source, null, at);
    well.set(source, at.getTime());
  }

  return {
    async failed(model, error) {
      if (error.kind === 'unauthorized') await note(sourceOf(model), sentenceOf(model, error));
    },
    answered: (model) => clear(sourceOf(model)),
    outgrown: (model, lengths) => note(lengthOf(model), lengthSentence(model, lengths)),
    fits: (model) => clear(lengthOf(model)),
  };
}

function sourceOf(model: string): string {
  return `${MODEL}/${model}`;
}

/** A place of its own: the model answers, which clears the other one. */
function lengthOf(model: string): string {
  return `${MODEL}/${model} length`;
}

function sentenceOf(model: string, { message }: RemoteError): string {
  return `The language model “${model}” cannot be used (${message}). Check OPENAI_API_KEY and OPENAI_BASE_URL, the name of the model, and what is left on the account. Until it answers again I do without it: answers are quoted from the documents, and found by their words.`;
}

function lengthSentence(model: string, { kept, given }: Lengths): string {
  return `The embedding model “${model}” has changed under its name: it gives vectors of ${given} numbers, and those I keep have ${kept}. Set OPENAI_EMBEDDING_DIMENSIONS, or name another model in OPENAI_EMBEDDING_MODEL: then all documents are embedded anew. Until then no document is, and they are found by their words.`;
}
