import { createFaults, listen, type Answer, type Call, type Faults } from '../http.ts';
import type { Listening } from '../loopback.ts';
import { answerIncoming, largestIncomingBytes, takesFile } from './incoming-files.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SocketMode } from './socket-mode.ts';
import { answerFile, answerSignIn, type FileServing } from './uploads.ts';
import { answerApiCall, recordFault, type RecordedCall } from './web-api/index.ts';
import type { Backend } from './web-api/backend.ts';

/** The HTTP side: the Web API under /api/, response_urls under /actions/, files under /files-pri/ and /upload/, permalinks under /archives/. */
export interface SlackServer extends Listening {
  readonly faults: Faults;
}

export interface SlackServerOptions {
  readonly port: number;
  readonly backend: Backend;
  readonly responseUrls: ResponseUrls;
  readonly socketMode: SocketMode | null;
  readonly files: FileServing;
  /** Where a permalink leads, or null when nothing shows messages. */
  pageFor(channelId: string, ts: string): string | null;
  record(call: RecordedCall): void;
}

export function startServer(options: SlackServerOptions): Promise<SlackServer> {
  const faults = createFaults();
  const performed = new WeakMap<Call, RecordedCall>();
  const { socketMode } = options;

  function handle(call: Call): Answer {
    if (call.path.startsWith('/api/')) {
      const { answer, recorded } = answerApiCall(call, options.backend);
      performed.set(call, recorded);
      options.record(recorded);
      return answer;
    }
    return (
      options.responseUrls.answer(call) ??
      answerIncoming(call, options.backend.incoming) ??
      answerFile(call, options.files) ??
      answerSignIn(call) ??
      redirectToPage(call, options) ?? { status: 404, body: 'not found' }
    );
  }

  const listening = listen({
    port: options.port,
    faults,
    readsBytes: (method, path) => (takesFile(method, path) ? largestIncomingBytes : null),
    handle: async (call) => handle(call),
    onCall(call, answer) {
      if (!call.path.startsWith('/api/')) return;
      const done = performed.get(call);
      const recorded = done ?? recordFault(call, faultName(answer));
      recorded.status = answer?.status ?? null;
      recorded.ms = Date.now() - recorded.at.getTime();
      if (done === undefined) options.record(recorded);
    },
    faultBody: (status) => ({ ok: false, error: status === 429 ? 'ratelimited' : 'internal_error' }),
    ...(socketMode === null ? {} : { onUpgrade: (request, socket) => socketMode.upgrade(request, socket) }),
  });
  return listening.then((server) => ({ ...server, faults }));
}

function faultName(answer: Answer | null): string {
  if (answer === null) return 'dropped';
  return answer.status === 429 ? 'ratelimited' : `http_${answer.status}`;
}

/** /archives/C…/p1234567890123456, as Slack's permalinks are. */
function redirectToPage(call: Call, options: SlackServerOptions): Answer | null {
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(call.path);
  if (found === null) return null;
  const [, channelId = '', seconds = '', micros = ''] = found;
  const location = options.pageFor(channelId, `${seconds}.${micros}`);
  return location === null ? null : { status: 302, headers: { location }, body: null };
}
