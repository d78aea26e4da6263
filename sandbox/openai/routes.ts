import { badRequest, jsonAnswer, type Outgoing, Refusal, unknownModel } from './api-error.ts';
import type { Api } from './api.ts';
import { complete, purposeOf } from './chat.ts';
import { readChatRequest } from './chat-request.ts';
import type { ModelCall, ModelFault } from './contract.ts';
import { createEmbeddings } from './embeddings.ts';
import { authenticate, type Endpoint, endpointOf } from './endpoint.ts';
import type { Incoming } from './server.ts';

/** What a call came to, as far as it is told of it. */
export type Told = Partial<Omit<ModelCall, 'number' | 'at' | 'ms' | 'status' | 'fault' | 'request'>>;

export interface Answered {
  readonly answer: Outgoing;
  readonly told: Told;
}

/** Answers one call as OpenAI, or Azure, does. */
export function answerCall(incoming: Incoming, fault: ModelFault | null, api: Api): Answered {
  try {
    const endpoint = endpointOf(incoming);
    authenticate(incoming, endpoint, api.apiKey);
    if (endpoint.kind === 'models') return { answer: models(endpoint, api), told: { model: endpoint.model ?? '' } };
    const body = jsonOf(incoming);
    const model = modelOf(endpoint, body, api);
    const named = { model, body: { ...(body as object), model } };
    return endpoint.kind === 'chat' ? chatted(named, fault, api) : embedded(named, api);
  } catch (error) {
    if (error instanceof Refusal) return { answer: error.answer, told: {} };
    throw error;
  }
}

/** What a request can be known by before anything of it is checked. */
export function glance(incoming: Incoming, api: Api): Required<Pick<ModelCall, 'kind' | 'purpose' | 'model'>> {
  try {
    const { kind, model } = endpointOf(incoming);
    const body = incoming.method === 'POST' ? jsonOf(incoming) : {};
    const named = model ?? ('model' in body && typeof body.model === 'string' ? body.model : '');
    return { kind, model: named, purpose: kind === 'chat' ? purposeIn(body, named, api) : null };
  } catch {
    return { kind: 'unknown', model: '', purpose: null }; // it will be refused
  }
}

function purposeIn(body: object, model: string, api: Api): string | null {
  try {
    return purposeOf(readChatRequest({ ...body, model }, api.settings));
  } catch {
    return null; // it will be refused
  }
}

interface Named {
  readonly model: string;
  readonly body: object;
}

function chatted({ model, body }: Named, fault: ModelFault | null, api: Api): Answered {
  if (model === api.models.embedding) {
    throw badRequest('This is not a chat model and thus not supported in the v1/chat/completions endpoint.', 'model');
  }
  const { answer, tokens, mode, finish, content } = complete(body, { model, fault: fault?.kind ?? null }, api);
  const told = { mode, finish, answer: content, streamed: answer.parts.length > 1 };
  return {
    answer,
    told: { ...told, inputTokens: tokens.input, cachedTokens: tokens.cached, outputTokens: tokens.output },
  };
}

function embedded({ model, body }: Named, api: Api): Answered {
  if (model !== api.models.embedding) {
    throw new Refusal(403, {
      message: `You are not allowed to generate embeddings from this model`,
      type: 'invalid_request_error',
      param: null,
      code: null,
    });
  }
  const { answer, texts, tokens } = createEmbeddings(body, api.settings.tellsUsage);
  return { answer, told: { texts, inputTokens: tokens } };
}

/** @throws Refusal 400 for no model, 404 for one that is not there. */
function modelOf({ model: deployment, isAzure }: Endpoint, body: object, api: Api): string {
  const named = deployment ?? ('model' in body ? body.model : undefined);
  if (typeof named !== 'string' || named === '') throw badRequest('you must provide a model parameter');
  if (Object.values(api.models).includes(named)) return named;
  if (!isAzure || deployment === null) throw unknownModel(named);
  throw new Refusal(404, {
    code: 'DeploymentNotFound',
    message:
      'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
  });
}

function models({ model }: Endpoint, api: Api): Outgoing {
  const known = [api.models.chat, api.models.vision, api.models.embedding];
  const shown = known.map((id) => ({ id, object: 'model', created: 1_780_272_000, owned_by: 'sandbox' }));
  if (model === null) return jsonAnswer(200, { object: 'list', data: shown });
  const found = shown.find(({ id }) => id === model);
  if (found === undefined) throw unknownModel(model);
  return jsonAnswer(200, found);
}

/** @throws Refusal 400 for what is no JSON object. */
function jsonOf({ body }: Incoming): object {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {
    // refused below
  }
  throw badRequest(
    'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly. The OpenAI API expects a JSON payload.)',
  );
}
