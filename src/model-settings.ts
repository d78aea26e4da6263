import { z } from 'zod';
import { priceFor, type Prices, readPrices } from '#domain/budget.ts';
import type { Caps } from './model-ports.ts';
import { understood } from './knowledge-settings.ts';

/** The models that may be asked. Null: answers are quoted from the documents, and found by their words. */
export interface ModelsConfig {
  readonly server: ModelServerConfig;
  readonly writer: WriterConfig | null;
  readonly embeddings: { readonly model: string; readonly dimensions: number | null } | null;
  /** By the beginnings of models' names. */
  readonly prices: Prices;
  readonly caps: Caps;
  /** For all calls of one answer together. */
  readonly patienceMs: number;
  /** A file made by `npm run fit -- --drafts`; null: the one that comes with the program. */
  readonly weightsFile: string | null;
  /** Null: as fitted. */
  readonly writtenAt: number | null;
}
export interface ModelServerConfig {
  /** Null: the server wants none. */
  readonly apiKey: string | null;
  readonly baseUrl: string;
  /** Set for Azure OpenAI with deployments in its addresses. */
  readonly apiVersion: string | null;
  readonly structured: 'auto' | 'schema' | 'object' | 'text';
  /** Null: as the models have it. */
  readonly reasoningEffort: 'none' | 'minimal' | 'low' | 'medium' | 'high' | null;
}
export interface WriterConfig {
  readonly model: string;
  /** For the second look. */
  readonly checkModel: string;
  readonly seesImages: boolean;
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const money = z.coerce.number('must be an amount of money').positive('must be more than 0').max(1_000_000);

function between(least: number, most: number) {
  const sentence = `must be a number from ${least} to ${most}`;
  return z.coerce.number(sentence).min(least, sentence).max(most, sentence);
}

/** The variables, as `.env.example` explains them. */
export const ModelVariables = z.object({
  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_API_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}(-preview)?$/, 'must be a version such as 2024-10-21')
    .optional(),
  OPENAI_MODEL: z.string().optional(),
  OPENAI_CHECK_MODEL: z.string().optional(),
  OPENAI_VISION: z.enum(['yes', 'no']).default('no'),
  OPENAI_STRUCTURED: z.enum(['auto', 'schema', 'object', 'text']).default('auto'),
  OPENAI_REASONING_EFFORT: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
  OPENAI_EMBEDDING_MODEL: z.string().optional(),
  OPENAI_EMBEDDING_DIMENSIONS: z.coerce.number().int('must be a whole number').min(8).max(8192).optional(),
  MODEL_SECONDS: between(1, 10).default(9),
  MODEL_PRICES: z.string().default('').transform(understood(readPrices)),
  MODEL_WEIGHTS: z.string().optional(),
  WRITTEN_AT: between(0, 1).optional(),
  MODEL_BUDGET_PER_DAY: money.optional(),
  MODEL_BUDGET_PER_MONTH: money.optional(),
  MODEL_BUDGET_PER_CHANNEL: money.optional(),
  MODEL_BUDGET_PER_PERSON: money.optional(),
});
type Values = z.infer<typeof ModelVariables>;

type Environment = Readonly<Record<string, string | undefined>>;

const caps = [
  'MODEL_BUDGET_PER_DAY',
  'MODEL_BUDGET_PER_MONTH',
  'MODEL_BUDGET_PER_CHANNEL',
  'MODEL_BUDGET_PER_PERSON',
] as const;
const openAi = 'https://api.openai.com/v1';

/** What of the settings does not go together. */
export function modelProblems(set: Environment): readonly string[] {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: base, OPENAI_MODEL: model, OPENAI_EMBEDDING_MODEL: embedding } = set;
  const hasServer = key !== undefined || base !== undefined;
  const models = [model, embedding].filter((name) => name !== undefined);
  if (!hasServer && models.length === 0) return [];
  return [
    ...(hasServer ? [] : ['a model is named but no server is: OPENAI_API_KEY or OPENAI_BASE_URL is missing']),
    ...(models.length > 0
      ? []
      : [
          'OPENAI_API_KEY or OPENAI_BASE_URL is set but no model is: set OPENAI_MODEL, OPENAI_EMBEDDING_MODEL, or both',
        ]),
    ...priceProblems(set, models),
  ];
}

/** A cap counts what calls cost, and what has no price would count nothing. */
function priceProblems(set: Environment, models: readonly string[]): readonly string[] {
  const prices = caps.some((cap) => set[cap] !== undefined) ? pricesIn(set['MODEL_PRICES'] ?? '') : null;
  if (prices === null) return [];
  const wanted = [...models, ...(set['OPENAI_CHECK_MODEL'] === undefined ? [] : [set['OPENAI_CHECK_MODEL']])];
  return wanted
    .filter((model) => priceFor(model, prices) === null)
    .map((model) => `a budget is set, but MODEL_PRICES names no price for ${model}`);
}

/** Null: they are told to be wrong elsewhere. */
function pricesIn(text: string): Prices | null {
  try {
    return readPrices(text);
  } catch {
    return null;
  }
}

export function modelsConfigOf(values: Values): ModelsConfig | null {
  const { OPENAI_EMBEDDING_MODEL: embedding } = values;
  if (values.OPENAI_MODEL === undefined && embedding === undefined) return null;
  return {
    server: serverOf(values),
    writer: writerOf(values),
    embeddings:
      embedding === undefined ? null : { model: embedding, dimensions: values.OPENAI_EMBEDDING_DIMENSIONS ?? null },
    prices: values.MODEL_PRICES,
    caps: capsOf(values),
    patienceMs: values.MODEL_SECONDS * 1000,
    weightsFile: values.MODEL_WEIGHTS ?? null,
    writtenAt: values.WRITTEN_AT ?? null,
  };
}

function serverOf(values: Values): ModelServerConfig {
  return {
    apiKey: values.OPENAI_API_KEY ?? null,
    baseUrl: values.OPENAI_BASE_URL ?? openAi,
    apiVersion: values.OPENAI_API_VERSION ?? null,
    structured: values.OPENAI_STRUCTURED,
    reasoningEffort: values.OPENAI_REASONING_EFFORT ?? null,
  };
}

function writerOf({
  OPENAI_MODEL: model,
  OPENAI_CHECK_MODEL: checkModel,
  OPENAI_VISION: vision,
}: Values): WriterConfig | null {
  return model === undefined ? null : { model, checkModel: checkModel ?? model, seesImages: vision === 'yes' };
}

function capsOf(values: Values): Caps {
  const named = {
    day: values.MODEL_BUDGET_PER_DAY,
    month: values.MODEL_BUDGET_PER_MONTH,
    channel: values.MODEL_BUDGET_PER_CHANNEL,
    person: values.MODEL_BUDGET_PER_PERSON,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([scope, amount]) =>
      amount === undefined ? [] : [[scope, Math.round(amount * 1_000_000)]],
    ),
  );
}
