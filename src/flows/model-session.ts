import { mostOf, priceFor, type Prices } from '#domain/budget.ts';
import type { ModelTrace, StepDown } from '#domain/decision.ts';
import { ANSWER_SCHEMAS, LONGEST_REPLY, type PromptName } from '#domain/prompt.ts';
import type { QuestionVector } from '#domain/knowledge.ts';
import { redact } from '#domain/redact.ts';
import type { Caps, Embedder, LanguageModel, ModelImage } from '#model-ports.ts';
import type { Clock, Log, Store } from '#ports.ts';
import type { ModelFaults } from './model-faults.ts';
import { openPaidCalls, type PaidCalls } from './paid-calls.ts';

/** What the flows need to ask models. */
export interface ModelDeps {
  /** Null: nothing is written, only quoted. */
  readonly writer: LanguageModel | null;
  /** For the second look at what was written: a cheaper one will do. */
  readonly checker: LanguageModel | null;
  /** Null: questions are searched by their words alone. */
  readonly embedder: Embedder | null;
  readonly prompts: Readonly<Record<PromptName, { readonly instructions: string; readonly version: string }>>;
  /** By the beginnings of models' names. */
  readonly prices: Prices;
  readonly caps: Caps;
  /** For all calls of one decision together, in milliseconds. */
  readonly patienceMs: number;
  readonly store: Store;
  /** E-mail addresses of those who are told of what is spent. */
  readonly admins: readonly string[];
  readonly faults: ModelFaults;
  readonly clock: Clock;
  readonly log: Log;
}

/** On whose behalf models are asked. */
export interface Behalf {
  readonly conversationId: string;
  readonly personRef: string;
  /** Null in direct messages. */
  readonly channel: string | null;
  /** {@link Conversation.version}: once it is another, something new came in, and whatever is under way is in vain. */
  readonly version: number;
}

export interface ModelCallWords {
  readonly data: string;
  readonly images?: readonly ModelImage[];
}

/** The calls of one decision: one deadline, one bill. Nothing here throws because of a model. */
export interface ModelSession {
  readonly canWrite: boolean;
  readonly canRead: boolean;
  /** Given when nobody waits any more. */
  readonly deadline: AbortSignal;
  /** The answer as JSON; null when there is none, and then {@link ModelSession.why} says why. */
  ask(task: PromptName, words: ModelCallWords): Promise<unknown>;
  /** The question as a vector, without what `names` and patterns know of personal data; null: it is searched by its words alone. */
  embed(question: string, names: readonly string[]): Promise<QuestionVector | null>;
  why(): StepDown | null;
  /** Left out when no model was asked. */
  trace(
    result: Pick<ModelTrace, 'outcome' | 'checks' | 'dropped' | 'confidence'> & { why: StepDown | null },
  ): ModelTrace | null;
}

/** A session of nobody, where no model is set. */
export const NO_MODEL: ModelSession = {
  canWrite: false,
  canRead: false,
  deadline: AbortSignal.abort(),
  ask: async () => null,
  embed: async () => null,
  why: () => null,
  trace: () => null,
};

export function openModelSession(behalf: Behalf, deps: ModelDeps): ModelSession {
  const { writer, embedder } = deps;
  const deadline = AbortSignal.timeout(deps.patienceMs);
  const calls = openPaidCalls(behalf, { ...deps, deadline });
  const versions = new Set<string>();
  let servedBy: string | null = null;
  return {
    canWrite: writer !== null,
    canRead: writer?.seesImages === true,
    deadline,
    async ask(task, words) {
      const { prompts } = deps;
      const model = task === 'check' ? (deps.checker ?? writer) : writer;
      if (model === null) return null;
      versions.add(prompts[task].version);
      const planned = plannedAsk(task, words, { model, instructions: prompts[task].instructions, prices: deps.prices });
      const reply = await calls.pay(planned.call, (signal) => model.ask({ ...planned.request, signal }));
      if (reply === null) return null;
      servedBy = reply.servedBy;
      if (reply.kind === 'json') return reply.json;
      calls.failLast(reply.kind);
      return null;
    },
    embed: (question, names) => embedQuestion(redact(question, { names }), { ...deps, calls }),
    why: calls.why,
    trace(result) {
      const made = calls.made();
      if (made.length === 0 && calls.why() === null) return null;
      const model = servedBy ?? writer?.name ?? embedder?.name ?? '';
      return { model, prompts: [...versions], calls: made, ...result };
    },
  };
}

function plannedAsk(
  task: PromptName,
  { data, images = [] }: ModelCallWords,
  { model, instructions, prices }: { model: LanguageModel; instructions: string; prices: Prices },
) {
  const [schema, maxTokens] = [ANSWER_SCHEMAS[task], LONGEST_REPLY[task]];
  const texts = [instructions, data, JSON.stringify(schema.json)];
  const most = mostOf({ texts, images: images.length, maxTokens }, priceFor(model.name, prices));
  return {
    call: { purpose: task, model: model.name, most },
    request: { instructions, data, images, schema, maxTokens },
  };
}

async function embedQuestion(
  text: string,
  { embedder, store, prices, caps, calls }: ModelDeps & { readonly calls: PaidCalls },
): Promise<QuestionVector | null> {
  if (embedder === null) return null;
  // while the vectors of another model are made, those of the former one are searched
  const model = await store.vectors.searched();
  if (model === null) return null;
  const price = priceFor(model, prices);
  // settings need not name the former one's price any more, and what has none would not count
  if (price === null && Object.keys(caps).length > 0) return null;
  const most = mostOf({ texts: [text], images: 0, maxTokens: 0 }, price);
  // without it words find most of what there is: the answer is none the worse, and no reason to step down
  const call = { purpose: 'embed-question', model, most, isSpare: true } as const;
  const embedded = await calls.pay(call, (signal) => embedder.named(model).embed([text], signal));
  const values = embedded?.vectors[0];
  return values === undefined ? null : { model, values };
}
