import type { Answer, Call } from '../../http.ts';
import { ApiError } from '../api-error.ts';
import type { Json } from '../messages.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { assistant } from './assistant.ts';
import { needScope, type Backend, type Methods } from './backend.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { reactions } from './reactions.ts';
import { streams } from './streams.ts';
import { users } from './users.ts';
import { views } from './views.ts';

/** One call to the Web API as the sandbox remembers it; the token is left out. */
export interface RecordedCall {
  readonly method: string;
  readonly args: Json;
  readonly ok: boolean;
  readonly error?: string;
  readonly at: Date;
  /** Of the answer, null when the connection was dropped; not there before the call is over. */
  status?: number | null;
  /** Until the call was over; not there before. */
  ms?: number;
}

const methods: ReadonlyMap<string, Methods[string]> = new Map(
  Object.entries({
    ...chat,
    ...conversations,
    ...users,
    ...reactions,
    ...files,
    ...assistant,
    ...streams,
    ...views,
    'auth.test': { scopes: [], run: authTest },
    'api.test': { scopes: [], run: apiTest },
    'apps.connections.open': { scopes: [], run: openConnection },
  } satisfies Methods),
);

/** Callable without a token. */
const open = new Set(['api.test', 'blocks.validate']);

/**
 * Answers a call to `/api/<method>`. Refusals are `{ ok: false, error }` with HTTP 200, as Slack's are, save
 * `ratelimited`, which is 429 with Retry-After. https://docs.slack.dev/apis/web-api/
 */
export function answerApiCall(call: Call, backend: Backend): { answer: Answer; recorded: RecordedCall } {
  const method = methodOf(call);
  const at = new Date();
  let args: Json = {};
  try {
    const given = readArguments(call);
    args = readable(given);
    const result = run(method, given, backend);
    return { answer: reply({ ok: true, ...result }, backend), recorded: { method, args, ok: true, at } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { answer: refuse(error, backend), recorded: { method, args, ok: false, error: error.code, at } };
  }
}

/** For a call that a fault kept from being done. */
export function recordFault(call: Call, error: string): RecordedCall {
  let args: Json = {};
  try {
    args = readable(readArguments(call));
  } catch {
    // it was not done, so what it said does not matter
  }
  return { method: methodOf(call), args, ok: false, error, at: new Date() };
}

function methodOf(call: Call): string {
  return call.path.slice('/api/'.length);
}

/** The arguments with nested ones as they are, not as JSON text. */
function readable(args: Arguments): Json {
  return Object.fromEntries(
    Object.entries(args.all).map(([name, value]) => {
      const isNested = typeof value === 'string' && /^[[{]/.test(value);
      if (!isNested) return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        return [name, value];
      }
    }),
  );
}

function run(name: string, args: Arguments, backend: Backend): Json {
  const method = methods.get(name);
  if (method === undefined) throw new ApiError('unknown_method', { req_method: name });
  if (!open.has(name)) authorize(name, args.token, backend);
  needScope(method.scopes, backend);
  return method.run(args, backend);
}

function authorize(method: string, token: string | null, backend: Backend): void {
  if (token === null) throw new ApiError('not_authed');
  const wantsAppToken = method === 'apps.connections.open';
  if (token === (wantsAppToken ? backend.appToken : backend.botToken)) return;
  const known = token === backend.appToken || token === backend.botToken;
  throw new ApiError(known ? 'not_allowed_token_type' : 'invalid_auth');
}

function refuse(error: ApiError, backend: Backend): Answer {
  const { retryAfterSeconds, ...extra } = error.extra;
  const answer = reply({ ok: false, error: error.code, ...extra }, backend);
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, status: 429, headers: { ...answer.headers, 'retry-after': JSON.stringify(retryAfterSeconds) } };
}

function reply(body: Json, backend: Backend): Answer {
  return { status: 200, headers: { 'x-oauth-scopes': backend.scopes.join(',') }, body };
}

function authTest(_args: Arguments, { installation, workspace }: Backend): Json {
  const { teamId, teamName, domain, botId, botUserId } = installation;
  return {
    url: `https://${domain}.slack.com/`,
    team: teamName,
    user: workspace.roster.handle(botUserId),
    team_id: teamId,
    user_id: botUserId,
    bot_id: botId,
    is_enterprise_install: false,
  };
}

function apiTest(args: Arguments): Json {
  const error = args.text('error');
  if (error !== null) throw new ApiError(error, { args: args.all });
  return { args: args.all };
}

function openConnection(_args: Arguments, backend: Backend): Json {
  const url = backend.socketUrl();
  if (url === null) throw new ApiError('socket_mode_disabled');
  return { url };
}
