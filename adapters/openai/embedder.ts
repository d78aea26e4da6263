import { tokensAtMost } from '#domain/budget.ts';
import type { Embedder, ModelUsage } from '#model-ports.ts';
import type { Clock } from '#ports.ts';
import { BodyBrokenOff, BodyTooLarge } from './body.ts';
import { createBreaker } from './breaker.ts';
import { createClient } from './client.ts';
import type { EmbedderConfig } from './config.ts';
import { failure, Refusal } from './remote-error.ts';
import { Embeddings } from './schema.ts';

const PATH = '/embeddings';
/**
 * OpenAI takes 2,048 texts of 300,000 tokens together in a request, others far less. A text of so many characters is below
 * the 8,192 tokens that models read, in any language.
 */
const LIMITS = { texts: 128, characters: 100_000, longest: 8_000 } as const;
/** A full request of long vectors, each number written out. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Vectors by the embeddings endpoint. */
export function createEmbedder(config: EmbedderConfig, { clock }: { clock: Clock }): Embedder {
  const { model, dimensions } = config;
  const client = createClient(config, { clock, mostBytes: MOST_BYTES });
  const breaker = createBreaker(clock);
  const others = new Map<string, Embedder>();

  async function request(texts: readonly string[], signal: AbortSignal): Promise<Embedded> {
    const size = dimensions === null ? {} : { dimensions };
    // numbers written out, because not all servers can pack them
    const body = { model, input: texts, encoding_format: 'float', ...size };
    try {
      return toVectors(await breaker.run(() => client.post(PATH, body, signal)), { texts, dimensions });
    } catch (error) {
      if (error instanceof BodyBrokenOff) throw failure('unavailable', `${PATH}: the answer breaks off`);
      if (error instanceof BodyTooLarge) throw failure('rejected', `${PATH}: the answer is ${error.message}`);
      throw error;
    }
  }

  const embedder: Embedder = {
    name: dimensions === null ? model : `${model}@${dimensions}`,
    limits: LIMITS,
    async embed(texts, signal) {
      if (texts.length === 0) return { vectors: [], usage: NOTHING };
      const { vectors, inputTokens } = await request(texts.map(cut), signal);
      return { vectors, usage: { ...NOTHING, inputTokens } };
    },
    refuses: (error) => error instanceof Refusal && OF_TEXTS.has(error.status),
    named(name) {
      if (name === embedder.name) return embedder;
      const other = others.get(name) ?? createEmbedder({ ...config, ...modelOf(name) }, { clock });
      others.set(name, other);
      return other;
    },
  };
  return embedder;
}

/** Too many, too long, offensive: servers differ. 500: {@link Refusal} of what a server could not process. */
const OF_TEXTS: ReadonlySet<number> = new Set([400, 413, 422, 500]);

const NOTHING: ModelUsage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

/** Reads an embedder's name. Some models have an `@` of their own, as in `gecko@003`. */
function modelOf(name: string): Pick<EmbedderConfig, 'model' | 'dimensions'> {
  const [, model = name, dimensions = null] = /^(.+)@([1-9]\d{0,4})$/.exec(name) ?? [];
  return { model, dimensions: dimensions === null ? null : Number(dimensions) };
}

interface Embedded {
  readonly vectors: readonly Float32Array[];
  readonly inputTokens: number;
}

/** At a character's end. An empty text is refused by OpenAI. */
function cut(text: string): string {
  const short = text.length <= LIMITS.longest ? text : text.slice(0, LIMITS.longest).replace(/[\uD800-\uDBFF]$/, '');
  return short === '' ? ' ' : short;
}

function toVectors(
  body: string,
  { texts, dimensions }: { texts: readonly string[]; dimensions: number | null },
): Embedded {
  const { data, usage } = readEmbeddings(body);
  const vectors = new Map(data.map(({ index, embedding }) => [index, toUnit(embedding)]));
  const inOrder = texts.map((_, index) => vectors.get(index));
  if (data.length !== texts.length || inOrder.includes(undefined)) {
    throw unusable(`${data.length} vectors for ${texts.length} texts`);
  }
  const wrong = [...vectors.values()].find(({ length }) => dimensions !== null && length !== dimensions);
  if (wrong !== undefined) throw unusable(`${wrong.length} dimensions where ${dimensions} are set`);
  if (new Set([...vectors.values()].map(({ length }) => length)).size > 1)
    throw unusable('vectors of different lengths');
  return {
    vectors: inOrder.filter((vector) => vector !== undefined),
    inputTokens: usage.prompt_tokens ?? tokensAtMost({ texts, images: 0 }),
  };
}

function readEmbeddings(body: string): Embeddings {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw failure('unavailable', `${PATH}: the answer is not JSON`);
  }
  const read = Embeddings.safeParse(json);
  if (!read.success) throw failure('unavailable', `${PATH}: answer of an unknown shape`);
  return read.data;
}

/** Of length 1, so that a product of two is their likeness: not all models make them so. */
function toUnit(numbers: readonly unknown[]): Float32Array {
  const finite = numbers.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
  const length = Math.hypot(...finite);
  if (finite.length < numbers.length || !(length > 0) || length === Infinity) throw unusable('a vector that is none');
  return Float32Array.from(finite, (one) => one / length);
}

/** Asking again would bring the same. */
function unusable(what: string): Error {
  return failure('rejected', `${PATH}: ${what}`);
}
