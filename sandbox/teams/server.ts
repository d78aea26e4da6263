import { type Answer, type Call, createFaults, type Faults, listen } from '../http.ts';
import type { Listening } from '../loopback.ts';
import { createConnector, region } from './connector/routes.ts';
import { faultWords } from './connector/refusal.ts';
import type { TeamsRecordedCall } from './contract.ts';
import type { Core } from './core.ts';
import { redirectToPage } from './links.ts';
import { answerKeys, answerTokenRequest } from './tokens.ts';
import type { Typing } from './typing.ts';

export interface TeamsServer extends Listening {
  readonly faults: Faults;
  readonly calls: readonly TeamsRecordedCall[];
}

const mostCalls = 1000;

/** The HTTP side: the connector, the key document, the token endpoint, downloads and deep links. */
export async function startServer(
  core: Core,
  options: { readonly port: number; readonly pageUrl: string | undefined; readonly typing: Typing },
): Promise<TeamsServer> {
  const faults = createFaults();
  const calls: TeamsRecordedCall[] = [];
  const connector = createConnector(core, options.typing);

  function handle(call: Call): Answer {
    return (
      connector(call) ??
      answerTokenRequest(call, { keys: core.keys, secret: core.appPassword }) ??
      answerKeys(call, { keys: core.keys, url: core.urls.url }) ??
      answerDownload(core, call) ??
      redirectToPage(core, options.pageUrl, call) ?? { status: 404, body: 'not found' }
    );
  }

  const server = await listen({
    port: options.port,
    faults: { ...faults, next: (path, method) => (isApi(path) ? faults.next(path, method) : null) },
    handle: async (call) => handle(call),
    onCall(call, answer) {
      if (!isApi(call.path)) return;
      calls.push(recorded(call, answer));
      if (calls.length > mostCalls) calls.shift();
    },
    faultBody: faultWords,
  });
  return { ...server, faults, calls };
}

function isApi(path: string): boolean {
  return path.startsWith(`${region}/v3/`) || path.endsWith('/oauth2/v2.0/token');
}

/** Without secrets: nothing of a request for a token is kept. */
function recorded(call: Call, answer: Answer | null): TeamsRecordedCall {
  const isToken = !call.path.startsWith(region);
  const { method } = call;
  return {
    at: Date.now(),
    method,
    path: decoded(call.path),
    body: isToken ? null : sentJson(call.body),
    status: answer?.status ?? null,
    answer: isToken || Buffer.isBuffer(answer?.body) ? null : (answer?.body ?? null),
  };
}

function sentJson(body: string): unknown {
  try {
    return body === '' ? null : (JSON.parse(body) as unknown);
  } catch {
    return null;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A file of a personal chat: whoever has the link may read it, for as long as Teams lets it live. */
function answerDownload({ files }: Core, call: Call): Answer | null {
  const [, id] = /^\/download\/([^/]+)$/.exec(call.path) ?? [];
  if (id === undefined || call.method !== 'GET') return null;
  if (!files.isDownloadToken(id, call.query.get('tempauth') ?? '')) return { status: 401, body: 'Access denied.' };
  const file = files.find(id);
  const bytes = file?.bytes() ?? null;
  if (file === null || bytes === null) return { status: 404, body: 'File not found.' };
  return { status: 200, headers: { 'content-type': file.mimetype }, body: bytes };
}
