import { costOf, priceFor, type Prices } from '#domain/budget.ts';
import type { DraftWeights } from '#domain/draft/draft-confidence.ts';
import { ANSWER_SCHEMAS, LONGEST_REPLY } from '#domain/prompt.ts';
import { RemoteError, SetupError } from '#errors.ts';
import type { LanguageModel, ModelUsage } from '#model-ports.ts';
import { createLanguageModel } from '../adapters/openai/language-model.ts';
import type { ModelSession } from '../src/flows/model-session.ts';
import { type ToWrite, writeAnswer, type Writing } from '../src/flows/write-answer.ts';
import { loadPrompts, type Prompts } from '../src/prompts.ts';
import { type Environment, modelsFrom } from './model-servers.ts';

/** Puts the questions of an evaluation to a model, as the program would. */
export interface ModelExam {
  readonly name: string;
  readonly weights: DraftWeights;
  /** The models, of those that are asked, for which no price is set. */
  readonly unpriced: readonly string[];
  write(asked: ToWrite): Promise<Examined>;
}

/** What came of one question. */
export interface Examined {
  readonly writing: Writing;
  /** Of all calls together. */
  readonly ms: number;
  /** Millionths of the currency in which prices are set; of a call that failed nothing is known. */
  readonly costs: number;
  readonly calls: number;
  /** Of these, those that brought nothing: unreachable, refused, cut off, or not to be read. */
  readonly failed: number;
}

/** An evaluation has no employee who waits; what the program would not have waited for shows in the times. */
const PATIENCE_MS = 60_000;

/**
 * By the variables of `.env.example`: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_CHECK_MODEL, MODEL_PRICES …
 *
 * @throws SetupError naming the variable to mend, or that none names a server.
 */
export function openModelExam(
  model: string,
  { weights, environment }: { weights: DraftWeights; environment: Environment },
): ModelExam {
  const { server, writer: named, prices } = modelsFrom(environment, { OPENAI_MODEL: model });
  if (named === null) throw new SetupError('--model needs the name of a model.');
  const asked = { ...server, seesImages: false, timeoutMs: PATIENCE_MS };
  const made = { log: silent, clock: () => new Date() };
  const writer = createLanguageModel({ ...asked, model }, made);
  const checker = createLanguageModel({ ...asked, model: named.checkModel }, made);
  const prompts = loadPrompts();
  return {
    name: model,
    weights,
    unpriced: [...new Set([model, named.checkModel])].filter((name) => priceFor(name, prices) === null),
    async write(question) {
      const bill = { costs: 0, calls: 0, failed: 0 };
      const session = sessionOf({ writer, checker, prices, prompts, bill });
      const began = performance.now();
      const writing = await writeAnswer(question, { session, weights, onStage: () => {} });
      return { writing, ms: performance.now() - began, ...bill };
    },
  };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

interface Asking {
  readonly writer: LanguageModel;
  readonly checker: LanguageModel;
  readonly prices: Prices;
  readonly prompts: Prompts;
  readonly bill: { costs: number; calls: number; failed: number };
}

/** Without a budget, and without a conversation that could go on meanwhile. */
function sessionOf({ writer, checker, prices, prompts, bill }: Asking): ModelSession {
  let failure: 'failed' | 'refused' | 'malformed' | null = null;
  const pay = (usage: ModelUsage, model: string) => {
    bill.costs += costOf(usage, priceFor(model, prices));
  };
  const failed = (why: NonNullable<typeof failure>): null => {
    failure = why;
    bill.failed += 1;
    return null;
  };
  return {
    canWrite: true,
    canRead: false,
    deadline: new AbortController().signal,
    embed: async () => null,
    why: () => failure,
    trace: () => null,
    async ask(task, { data, images = [] }) {
      const model = task === 'check' ? checker : writer;
      const { instructions } = prompts[task];
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const schema = ANSWER_SCHEMAS[task];
      const request = { instructions, data, images, schema, maxTokens: LONGEST_REPLY[task], signal };
      bill.calls += 1;
      try {
        const reply = await model.ask(request);
        pay(reply.usage, model.name);
        if (reply.kind === 'json') return reply.json;
        return failed(reply.kind === 'refused' ? 'refused' : 'malformed');
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        return failed('failed');
      }
    },
  };
}
