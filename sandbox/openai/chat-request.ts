import { z } from 'zod';
import { badRequest } from './api-error.ts';
import type { OpenAiSettings } from './contract.ts';
import type { Spoken } from './model/prompt.ts';
import { checkStrict } from './strict-schema.ts';

const TextPart = z.object({ type: z.literal('text'), text: z.string() });
const ImagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) });
const Part = z.discriminatedUnion('type', [TextPart, ImagePart]);

const Message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(Part).min(1)]),
});

const ResponseFormat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text') }),
  z.object({ type: z.literal('json_object') }),
  z.object({
    type: z.literal('json_schema'),
    json_schema: z.object({
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/u),
      strict: z.boolean().nullish(),
      schema: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
]);

const Limit = z.int().min(1).nullish();

/** The fields of a request that we act on, strict about all that there are. */
const Request = z.object({
  model: z.string(),
  messages: z.array(Message),
  response_format: ResponseFormat.optional(),
  max_tokens: Limit,
  max_completion_tokens: Limit,
  temperature: z.number().min(0).max(2).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  n: z.literal(1).nullish(),
});
type Request = z.infer<typeof Request>;

/** Further parameters that there are; what none of both names is refused. */
const others = new Set(
  `audio frequency_penalty function_call functions logit_bias logprobs metadata modalities moderation parallel_tool_calls
  prediction presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort
  safety_identifier seed service_tier stop store tool_choice tools top_logprobs top_p user verbosity
  web_search_options`.split(/\s+/u),
);

/** A request for a completion, as it is acted on. */
export interface ChatRequest {
  readonly messages: readonly Spoken[];
  readonly format: 'text' | 'json_object' | 'json_schema';
  readonly schemaName: string | null;
  readonly schema: Readonly<Record<string, unknown>> | null;
  readonly mostTokens: number | null;
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

/** @throws Refusal 400 as OpenAI refuses it. https://developers.openai.com/api/reference/resources/chat */
export function readChatRequest(body: unknown, settings: OpenAiSettings): ChatRequest {
  refuseUnknown(body);
  const request = parsed(body);
  if (request.messages.length === 0) {
    throw badRequest(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
      'empty_array',
    );
  }
  refuseParameters(request, settings);
  const messages = request.messages.map(spokenOf);
  const format = formatOf(request, settings, messages);
  return {
    messages,
    ...format,
    mostTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
    stream: request.stream === true,
    includeUsage: request.stream_options?.include_usage === true,
  };
}

function refuseUnknown(body: unknown): void {
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
  const unknown = names.find((name) => !(name in Request.shape) && !others.has(name));
  if (unknown !== undefined) throw badRequest(`Unrecognized request argument supplied: ${unknown}`);
}

function parsed(body: unknown): Request {
  const { data, error } = Request.safeParse(body);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const param = (issue?.path ?? []).reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : `${path}${path === '' ? '' : '.'}${String(part)}`),
    '',
  );
  if (param === '') throw badRequest('We could not parse the JSON body of your request.');
  throw badRequest(`Invalid value for '${param}': ${issue?.message ?? 'not valid'}.`, param, 'invalid_value');
}

function refuseParameters(request: Request, settings: OpenAiSettings): void {
  refuseLimit(request, settings);
  const { temperature, stream, stream_options: options } = request;
  if (!settings.takesTemperature && isGiven(temperature) && temperature !== 1) {
    const words = `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`;
    throw badRequest(words, 'temperature', 'unsupported_value');
  }
  if (isGiven(options) && stream !== true) {
    throw badRequest("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options');
  }
}

function refuseLimit(request: Request, { limitParameter: known }: OpenAiSettings): void {
  if (known === 'both') return;
  const other = known === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  if (!isGiven(request[other])) return;
  const words = `Unsupported parameter: '${other}' is not supported with this model. Use '${known}' instead.`;
  throw badRequest(words, other, 'unsupported_parameter');
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function formatOf({ response_format: wished }: Request, settings: OpenAiSettings, messages: readonly Spoken[]) {
  const type = wished?.type ?? 'text';
  if (settings.structuredOutput === 'ignored') return { format: 'text' as const, schemaName: null, schema: null };
  refuseFormat(type, settings.structuredOutput);
  if (wished?.type === 'json_schema') {
    const { name, strict, schema = null } = wished.json_schema;
    if (strict === true) checkStrict(name, schema);
    return { format: type, schemaName: name, schema };
  }
  if (type === 'json_object' && !messages.some(({ text }) => /json/iu.test(text))) {
    const words =
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.";
    throw badRequest(words, 'messages');
  }
  return { format: type, schemaName: null, schema: null };
}

function refuseFormat(type: string, supported: 'json_schema' | 'json_object' | 'none'): void {
  const isRefused =
    (type === 'json_schema' && supported !== 'json_schema') || (type === 'json_object' && supported === 'none');
  if (!isRefused) return;
  throw badRequest(
    `Invalid parameter: 'response_format' of type '${type}' is not supported with this model.`,
    'response_format',
  );
}

function spokenOf({ role, content }: Request['messages'][number], index: number): Spoken {
  if (typeof content === 'string') return { role, text: content, pictures: [] };
  return {
    role,
    text: content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
    pictures: content.flatMap((part, at) =>
      part.type === 'image_url'
        ? [pictureOf(part.image_url.url, `messages[${index}].content[${at}].image_url.url`)]
        : [],
    ),
  };
}

/** Pictures come along with the request: nothing is fetched. */
function pictureOf(url: string, param: string): Uint8Array {
  const encoded = /^data:image\/(?:png|jpeg|jpg|gif|webp);base64,([A-Za-z0-9+/]+=*)$/u.exec(url)?.[1];
  if (encoded !== undefined) return Buffer.from(encoded, 'base64');
  const words =
    'You uploaded an unsupported image. Please make sure your image has one of the following formats: png, jpeg, gif, webp.';
  throw badRequest(words, param, url.startsWith('data:') ? 'invalid_image_format' : 'invalid_image_url');
}
