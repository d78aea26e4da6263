import { tokensAtMost } from '#domain/budget.ts';
import type { LanguageModel, ModelReply, ModelRequest, ModelUsage } from '#model-ports.ts';
import type { Clock, Log } from '#ports.ts';
import { BodyBrokenOff, BodyTooLarge } from './body.ts';
import { createBreaker } from './breaker.ts';
import { toChatRequest } from './chat-request.ts';
import { createClient } from './client.ts';
import type { LanguageModelConfig } from './config.ts';
import { readJsonObject } from './read-json.ts';
import { failure, Refusal } from './remote-error.ts';
import { ChatCompletion } from './schema.ts';
import { createMemory, type Taken } from './taken.ts';

const MOST_BYTES = 1024 * 1024;
const PATH = '/chat/completions';
const LONGEST_NAME = 200;

/**
 * A language model by chat completions, which all compatible servers speak. What a server does not take is said
 * otherwise, within the same call, and remembered.
 */
export function createLanguageModel(
  config: LanguageModelConfig,
  { log, clock }: { log: Pick<Log, 'info'>; clock: Clock },
): LanguageModel {
  const { model, seesImages, reasoningEffort: effort = null } = config;
  const client = createClient(config, { clock, mostBytes: MOST_BYTES });
  const memory = createMemory(config, log);
  const breaker = createBreaker(clock);

  async function post(request: ModelRequest): Promise<{ readonly body: string; readonly tried: Taken }> {
    const asked = { model, request, seesImages, forgets: client.isOpenAi, effort };
    let tried = memory.taken();
    for (;;) {
      const way = tried;
      try {
        const body = await breaker.run(() => client.post(PATH, toChatRequest(asked, way), request.signal));
        memory.keep(way);
        return { body, tried: way };
      } catch (error) {
        // each turn gives one way up, and there are few
        const next = memory.otherWay(error, way);
        if (next === null) throw error;
        tried = next;
      }
    }
  }

  return {
    name: model,
    seesImages,
    async ask(request) {
      try {
        const { body, tried } = await post(request);
        const reply = toReply(body, { request, model });
        if (reply.kind === 'json' || reply.kind === 'malformed') memory.judge(reply.kind === 'json', tried);
        return reply;
      } catch (error) {
        const kind = kindOfFailure(error);
        if (kind === null) throw error;
        return { kind, usage: countedOf(request, null), servedBy: model };
      }
    },
  };
}

/** What came, though it is no answer; null: nothing did. */
function kindOfFailure(error: unknown): 'refused' | 'truncated' | 'malformed' | null {
  if (error instanceof BodyBrokenOff) return 'truncated';
  if (error instanceof BodyTooLarge) return 'malformed';
  // Azure refuses what its filter takes offence at with a status of its own:
  // https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter
  return error instanceof Refusal && error.code === 'content_filter' ? 'refused' : null;
}

type Choice = ChatCompletion['choices'][number];
const NO_CHOICE: Choice = { finish_reason: '', message: { content: '', refusal: '' } };

interface Origin {
  readonly request: ModelRequest;
  readonly model: string;
}

function toReply(body: string, { request, model }: Origin): ModelReply {
  const completion = readCompletion(body);
  if (completion === 'broken') return { kind: 'malformed', usage: countedOf(request, null), servedBy: model };
  const [choice = NO_CHOICE] = completion.choices;
  const usage = usageOf(completion, countedOf(request, choice.message.content || null));
  return { ...outcomeOf(choice), usage, servedBy: completion.model.slice(0, LONGEST_NAME) || model };
}

/** 'broken': it was to be JSON. @throws RemoteError when it is something else: a proxy's page, another service. */
function readCompletion(body: string): ChatCompletion | 'broken' {
  if (!body.trimStart().startsWith('{')) throw failure('unavailable', `${PATH}: the answer is not JSON`);
  const json = parsed(body);
  if (json === undefined) return 'broken';
  const read = ChatCompletion.safeParse(json);
  if (!read.success) throw failure('unavailable', `${PATH}: answer of an unknown shape`);
  return read.data;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the parser's own error quotes the text
  }
}

type Outcome = { kind: 'json'; json: unknown } | { kind: 'refused' } | { kind: 'truncated' } | { kind: 'malformed' };

/** https://developers.openai.com/api/docs/guides/structured-outputs#refusals-with-structured-outputs */
function outcomeOf({ message: { content, refusal }, finish_reason: finish }: Choice): Outcome {
  if (refusal !== '') return { kind: 'refused' };
  if (finish === 'content_filter') return { kind: content === '' ? 'refused' : 'truncated' };
  // cut off just behind its end it would be whole, but nobody can tell
  if (finish === 'length') return { kind: 'truncated' };
  const json = readJsonObject(content);
  return json === null ? { kind: 'malformed' } : { kind: 'json', json };
}

/** As the server counts; where it does not, as we do. */
function usageOf({ usage }: ChatCompletion, counted: ModelUsage): ModelUsage {
  const inputTokens = usage.prompt_tokens ?? counted.inputTokens;
  const cachedTokens = Math.min(usage.prompt_tokens_details.cached_tokens ?? 0, inputTokens);
  return { inputTokens, cachedTokens, outputTokens: usage.completion_tokens ?? counted.outputTokens };
}

/** Too high rather than too low; `content` null: nobody knows how much was said. */
function countedOf(
  { instructions, data, images, schema, maxTokens }: ModelRequest,
  content: string | null,
): ModelUsage {
  const texts = [instructions, data, JSON.stringify(schema.json)];
  return {
    inputTokens: tokensAtMost({ texts, images: images.length }),
    cachedTokens: 0,
    outputTokens: content === null ? maxTokens : tokensAtMost({ texts: [content], images: 0 }),
  };
}
