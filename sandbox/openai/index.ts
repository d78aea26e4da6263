import { randomBytes } from 'node:crypto';
import type { Api } from './api.ts';
import type {
  ModelCall,
  ModelFault,
  OpenAiModels,
  OpenAiOptions,
  OpenAiSandbox,
  OpenAiSettings,
  TaskName,
} from './contract.ts';
import { type Control, createControl } from './control.ts';
import { disturbed, instead } from './faulty.ts';
import { keptRequest } from './kept-request.ts';
import { answerCall, glance, type Told } from './routes.ts';
import { type Incoming, listen, type Outcome, type Served } from './server.ts';
import { createPromptCache } from './tokens.ts';

export type * from './contract.ts';

const models: OpenAiModels = { chat: 'sandbox-chat-1', vision: 'sandbox-vision-1', embedding: 'sandbox-embedding-1' };

/** Of an answer, in the record. */
const keptCharacters = 20_000;

/** Starts the server. @throws the system's error when the port is taken. */
export async function startOpenAi(options: OpenAiOptions = {}): Promise<OpenAiSandbox> {
  const { port = 0, apiKey = `sk-sandbox-${randomBytes(24).toString('base64url')}`, now = () => new Date() } = options;
  const control = createControl();
  const settings = createSettings();
  const modeFor = (task: TaskName) => control.modeFor(task);
  const seed = () => control.shown.behaviour().seed;
  const api: Api = { apiKey, models, settings, cache: createPromptCache(), modeFor, seed, now };
  const server = await listen(port, (incoming) => serve(incoming, api, control));
  return { ...control.shown, url: `${server.url}/v1`, apiKey, models, settings, close: () => server.close() };
}

function createSettings(): OpenAiSettings {
  return {
    structuredOutput: 'json_schema',
    tellsUsage: true,
    contextTokens: 128_000,
    limitParameter: 'both',
    takesTemperature: true,
    streamPauseMs: 0,
  };
}

function serve(incoming: Incoming, api: Api, control: Control): Served {
  const begun = api.now();
  const seen = glance(incoming, api);
  const fault = control.nextFault(incoming.path, seen.purpose);
  const { outcome, told } = outcomeOf(incoming, fault, api);
  const { json, images } = keptRequest(incoming.body);
  const call: Omit<ModelCall, 'number' | 'ms'> = {
    ...nothingTold,
    ...seen,
    ...told,
    path: incoming.path,
    at: begun.toISOString(),
    status: typeof outcome === 'string' ? null : outcome.answer.status,
    images,
    fault: fault?.kind ?? null,
    request: json,
  };
  return {
    outcome,
    onOver: (isWhole) =>
      control.record({ ...call, status: isWhole ? call.status : null, ms: api.now().getTime() - begun.getTime() }),
  };
}

const nothingTold = {
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  texts: 0,
  streamed: false,
  mode: null,
  finish: null,
  answer: null,
} as const;

function outcomeOf(incoming: Incoming, fault: ModelFault | null, api: Api): { outcome: Outcome; told: Told } {
  const outcome = fault === null ? null : instead(fault);
  if (outcome !== null) return { outcome, told: {} };
  const { answer, told } = answerCall(incoming, fault, api);
  const { answer: content = null } = told;
  return {
    outcome: disturbed(answer, fault),
    told: { ...told, answer: content === null ? null : content.slice(0, keptCharacters) },
  };
}
