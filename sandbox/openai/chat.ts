import { createHash } from 'node:crypto';
import { badRequest, type Outgoing } from './api-error.ts';
import type { Api } from './api.ts';
import { type ChatRequest, readChatRequest } from './chat-request.ts';
import { asBody, asStream, type Completion, usageOf } from './completion.ts';
import type { ModelFaultKind, ModelMode } from './contract.ts';
import { emptyOf } from './empty-json.ts';
import { isDeformity, respond, taskOf } from './model/respond.ts';
import { cutTo, promptTokens, tokensOf } from './tokens.ts';

export interface Chatted {
  readonly answer: Outgoing;
  readonly mode: ModelMode | null;
  readonly finish: Completion['finish'];
  readonly content: string | null;
  readonly tokens: { readonly input: number; readonly cached: number; readonly output: number };
}

/** What a request asks for, as far as can be told before it is acted on. */
export function purposeOf(request: ChatRequest): string | null {
  return request.schemaName ?? taskOf(null, request.messages);
}

/**
 * Answers one request for a completion.
 *
 * @throws Refusal as OpenAI refuses it.
 */
export function complete(
  body: unknown,
  { model, fault }: { model: string; fault: ModelFaultKind | null },
  api: Api,
): Chatted {
  const { settings, models, cache } = api;
  const request = readChatRequest(body, settings);
  const { messages } = request;
  refuseImages(request, model === models.vision);
  const input = promptTokens(messages);
  refuseLength(input, request, settings.contextTokens);
  const made = fault === 'refusal' ? refused : contentOf(request, api);
  const limited = limit(made, fault === 'content-filter' ? 'content_filter' : null, request);
  const cached = cache.read(messages.map(({ role, text }) => `${role}\n${text}`).join('\n'));
  const output = tokensOf(limited.content ?? made.refusal ?? '');
  const completion: Completion = {
    id: `chatcmpl-${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 29)}`,
    created: Math.floor(api.now().getTime() / 1000),
    model: `${model}-2026-06-01`,
    ...limited,
    refusal: made.refusal,
    usage: settings.tellsUsage ? usageOf(input, cached, output) : null,
  };
  const answer = request.stream
    ? asStream(completion, { includeUsage: request.includeUsage, pauseMs: settings.streamPauseMs })
    : asBody(completion);
  return {
    answer,
    mode: made.mode,
    finish: limited.finish,
    content: limited.content,
    tokens: { input, cached, output },
  };
}

interface Made {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly mode: ModelMode | null;
}

const refused: Made = { content: null, refusal: "I'm sorry, I can't assist with that request.", mode: null };

function contentOf(request: ChatRequest, api: Api): Made {
  const task = taskOf(request.schemaName, request.messages);
  if (task === null) return { content: unknownTask(request), refusal: null, mode: null };
  const mode = api.modeFor(task);
  const content = respond({ task, messages: request.messages, mode, seed: api.seed() });
  const isFenced = api.settings.structuredOutput === 'ignored' && content !== null;
  return { content: isFenced ? inFence(content) : content, refusal: null, mode };
}

/** What a small model makes of "answer with JSON" when nothing holds it to it. */
function inFence(json: string): string {
  return `Sure, here is the JSON:\n\n\`\`\`json\n${json}\n\`\`\`\n`;
}

function unknownTask({ schema, format }: ChatRequest): string {
  if (schema !== null) return JSON.stringify(emptyOf(schema));
  return format === 'json_object' ? '{}' : 'I have read this.';
}

/** Deformed answers pay no heed to limits: servers that make them do not either. */
function limit({ content, mode }: Made, filtered: 'content_filter' | null, { mostTokens }: ChatRequest) {
  if (filtered !== null) return { content: halfOf(content), finish: filtered };
  const isFree = mode !== null && isDeformity(mode);
  if (content === null || isFree || mostTokens === null || tokensOf(content) <= mostTokens) {
    return { content, finish: 'stop' as const };
  }
  return { content: cutTo(content, mostTokens), finish: 'length' as const };
}

function halfOf(content: string | null): string | null {
  return content === null ? null : content.slice(0, Math.floor(content.length / 2));
}

function refuseImages({ messages }: ChatRequest, seesImages: boolean): void {
  const index = messages.findIndex(({ pictures }) => pictures.length > 0);
  if (index < 0 || seesImages) return;
  throw badRequest(
    'Invalid content type. image_url is only supported by certain models.',
    `messages.[${index}].content`,
  );
}

function refuseLength(input: number, { mostTokens }: ChatRequest, most: number): void {
  if (input + (mostTokens ?? 0) <= most) return;
  const both = mostTokens === null ? '' : ` (${input} in the messages, ${mostTokens} in the completion)`;
  throw badRequest(
    `This model's maximum context length is ${most} tokens. However, your messages resulted in ${input + (mostTokens ?? 0)} tokens${both}. Please reduce the length of the messages.`,
    'messages',
    'context_length_exceeded',
  );
}
