import { z } from 'zod';
import { badRequest, jsonAnswer, type Outgoing, Refusal } from './api-error.ts';
import { embed } from './embed.ts';
import { tokensOf } from './tokens.ts';

/** Unless the request says otherwise. */
const nativeDimensions = 256;
const mostDimensions = 3072;
const mostInputs = 2048;
const mostTokensEach = 8192;
const mostTokensTogether = 300_000;

const Token = z.int().min(0);
const Request = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(z.string()), z.array(Token), z.array(z.array(Token))]),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).nullish(),
  user: z.string().nullish(),
});

export interface Embedded {
  readonly answer: Outgoing;
  readonly texts: number;
  readonly tokens: number;
}

/** @throws Refusal 400. https://developers.openai.com/api/reference/resources/embeddings */
export function createEmbeddings(body: unknown, tellsUsage: boolean): Embedded {
  const { data: request, error } = Request.safeParse(body);
  if (request === undefined) {
    const param = String(error.issues[0]?.path[0] ?? 'input');
    throw badRequest(`'$.${param}' is invalid. Please check the API reference.`, param);
  }
  const texts = textsOf(request.input);
  const tokens = texts.map(tokensOf);
  refuseSizes(texts, tokens);
  const dimensions = request.dimensions ?? nativeDimensions;
  if (dimensions > mostDimensions) {
    const words = `Invalid value for 'dimensions' = ${dimensions}. Must be less than or equal to ${mostDimensions}.`;
    throw badRequest(words, 'dimensions');
  }
  const total = tokens.reduce((sum, one) => sum + one, 0);
  const data = texts.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: written(embed(text, dimensions), request.encoding_format === 'base64'),
  }));
  const usage = tellsUsage ? { usage: { prompt_tokens: total, total_tokens: total } } : {};
  const answer = jsonAnswer(200, { object: 'list', data, model: request.model, ...usage });
  return { answer, texts: texts.length, tokens: total };
}

/** Tokens have no meaning here but to be the same as others. */
function textsOf(input: z.infer<typeof Request>['input']): string[] {
  if (typeof input === 'string') return [input];
  const isTokens = input.length > 0 && input.every((one) => typeof one === 'number');
  if (isTokens) return [input.map((token) => `t${token}`).join(' ')];
  return input.map((one) =>
    typeof one === 'string'
      ? one
      : [one]
          .flat()
          .map((token) => `t${token}`)
          .join(' '),
  );
}

function refuseSizes(texts: readonly string[], tokens: readonly number[]): void {
  if (texts.length === 0 || texts.includes('')) {
    throw badRequest("'$.input' is invalid. Please check the API reference.", 'input');
  }
  if (texts.length > mostInputs) {
    throw badRequest(
      `Invalid 'input': array too long. Expected an array with maximum length ${mostInputs}, but got an array with length ${texts.length} instead.`,
      'input',
      'array_above_max_length',
    );
  }
  const long = tokens.find((count) => count > mostTokensEach);
  if (long !== undefined) {
    throw badRequest(
      `This model's maximum context length is ${mostTokensEach} tokens, however you requested ${long} tokens (${long} in your prompt; 0 for the completion). Please reduce your prompt; or completion length.`,
    );
  }
  const total = tokens.reduce((sum, one) => sum + one, 0);
  if (total <= mostTokensTogether) return;
  const message = `Requested ${total} tokens, max ${mostTokensTogether} tokens per request`;
  const code = 'max_tokens_per_request';
  throw new Refusal(400, { message, type: code, param: null, code });
}

/** In base64: the floats of 32 bits one after the other, the low byte first. */
function written(vector: Float32Array, isBase64: boolean): string | number[] {
  if (!isBase64) return [...vector];
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}
