import { MODEL } from '#domain/openings.ts';
import type { RemoteError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import { noteFault } from './tell-admin.ts';

/** What an admin has to mend at a model's server: a wrong key, a model that is not there, an account that is empty. */
export interface ModelFaults {
  /** Has each admin told, once until it answers again. What passes by itself, or is about one question, is no news. */
  failed(model: string, error: RemoteError): Promise<void>;
  answered(model: string): Promise<void>;
}

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
  // what an earlier run has noted is not known at first, so the first answer of each model is looked at
  const answering = new Set<string>();
  return {
    async failed(model, error) {
      if (error.kind !== 'unauthorized') return;
      answering.delete(model);
      const source = `${MODEL}/${model}`;
      const fault = sentenceOf(model, error);
      await store.transaction((within) => noteFault(within, { source, fault, admins, at: clock() }));
    },
    async answered(model) {
      if (answering.has(model)) return;
      await store.syncRuns.noteFault(`${MODEL}/${model}`, null, clock());
      answering.add(model);
    },
  };
}

function sentenceOf(model: string, { message }: RemoteError): string {
  return `The language model “${model}” cannot be used (${message}). Check OPENAI_API_KEY and OPENAI_BASE_URL, the name of the model, and what is left on the account. Until it answers again I do without it: answers are quoted from the documents, and found by their words.`;
}
