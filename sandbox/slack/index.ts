import type { Change, SlackOptions, SlackSandbox } from './contract.ts';
import { createCore, type Core } from './core.ts';
import { readsFile } from './file-readers.ts';
import { createIncomingFiles } from './incoming-files.ts';
import { createInteractivity } from './interactivity.ts';
import { ledgerOf } from './ledger.ts';
import { createLog } from './log.ts';
import { createPacing } from './pacing.ts';
import { createResponseUrls } from './response-urls.ts';
import { startServer } from './server.ts';
import { createStatuses, type Statuses } from './statuses.ts';
import { createPeopleSide, createVisits } from './people.ts';
import { isReply } from './timeline.ts';
import { fileObject } from './uploads.ts';
import type { Backend } from './web-api/backend.ts';
import type { RecordedCall } from './web-api/index.ts';

export type { Change, ChannelView, ShownMessage, SlackOptions, SlackSandbox } from './contract.ts';
export type { RecordedDelivery } from './delivery.ts';
export type { Ephemeral, Message } from './messages.ts';
export type { ChannelSeed, PersonSeed } from './roster.ts';
export type { RecordedCall } from './web-api/index.ts';

/** Scopes of an app of this kind. https://docs.slack.dev/reference/scopes */
const usualScopes: readonly string[] = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'reactions:read',
  'reactions:write',
  'users:read',
  'users:read.email',
];

/**
 * Starts a Slack of our own on the loopback address: the Web API, signed events and interactions for one installed
 * app, and the people's side of it as functions.
 *
 * @throws the system's error when the port is taken.
 */
export async function startSlack(options: SlackOptions): Promise<SlackSandbox> {
  const core = createCore(options);
  const { credentials, installation, state } = core;
  const changes = createChanges(core);
  const calls = createLog<RecordedCall>();
  const responseUrls = createResponseUrls(core.workspace, Date.now);
  const backend = createBackend(core, options, { statuses: changes.statuses, url: () => server.url });
  const server = await startServer({
    port: options.port ?? 0,
    backend,
    responseUrls,
    socketMode: core.socketMode,
    files: { ...core, ...credentials, scopes: backend.scopes, url: () => server.url },
    pageFor: (channel, ts) => pageFor(core, options.pageUrl, { channel, ts }),
    record(call) {
      calls.add(call);
      // the app's Home tabs are changed by calls only
      if (call.method.startsWith('views.')) state.touch();
    },
  });
  const { verificationToken, ...secrets } = credentials;
  return {
    ...createInteractivity({ ...core, responseUrls, verificationToken, offer: options, url: () => server.url }),
    ...createPeopleSide(core, { url: server.url, tell: changes.tell }),
    ...createVisits(core),
    ...secrets,
    url: server.url,
    apiUrl: `${server.url}/api/`,
    teamId: installation.teamId,
    botUserId: installation.botUserId,
    botId: installation.botId,
    appId: installation.appId,
    app: { commands: options.commands ?? [], shortcuts: options.shortcuts ?? [], homeTab: options.homeTab ?? true },
    faults: server.faults,
    delivery: core.settings,
    calls: calls.entries,
    deliveries: core.deliveries.entries,
    ledger: () => ledgerOf(core.workspace, core.count),
    ...createStatusView(core, changes.statuses),
    on: (listener) => changes.on(listener),
    connectApp: (requestUrl) => connectApp(core, requestUrl, options.verifyRequestUrl ?? false),
    async close() {
      core.delivery.close();
      core.socketMode?.close();
      changes.statuses.close();
      state.flush();
      await server.close();
      core.transport.close();
    },
  };
}

function createStatusView(core: Core, statuses: Statuses): Pick<SlackSandbox, 'status' | 'canStop'> {
  const status = (channel: string, threadTs: string) => statuses.get(channel, threadTs);
  const canStop = (channel: string, threadTs: string) =>
    core.hears('agent_session_stopped') && status(channel, threadTs) !== '';
  return { status, canStop };
}

interface Changes {
  readonly statuses: Statuses;
  readonly on: SlackSandbox['on'];
  readonly tell: (change: Change) => void;
}

/** Those who watch, and what they are told. */
function createChanges({ workspace, views }: Core): Changes {
  const listeners = new Set<(change: Change) => void>();
  function tell(change: Change): void {
    for (const listener of listeners) listener(change);
  }
  workspace.onHappening((happening) => {
    const message = happening.kind === 'deleted' ? happening.previous : happening.message;
    const thread = message.thread_ts === undefined ? {} : { threadTs: message.thread_ts };
    tell({ type: 'message', channel: happening.channel.id, ts: message.ts, ...thread });
  });
  views.onChange((as) => tell({ type: 'view', as }));
  return {
    tell,
    statuses: createStatuses((channel, threadTs) => tell({ type: 'status', channel, threadTs })),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function createBackend(
  core: Core,
  options: SlackOptions,
  late: { readonly statuses: Statuses; url(): string },
): Backend {
  const { installation, socketMode, uploads } = core;
  return {
    ...core,
    ...core.credentials,
    statuses: late.statuses,
    file(id) {
      const upload = readsFile(core.workspace, installation.botUserId, id) ? core.uploads.find(id) : null;
      return upload === null ? null : fileObject(upload, { installation, url: late.url() });
    },
    incoming: createIncomingFiles({ uploads, installation, url: () => late.url() }),
    streams: new Set(),
    scopes: options.scopes ?? usualScopes,
    socketUrl: () => (socketMode === null ? null : late.url().replace('http', 'ws') + socketMode.ticket()),
    postingWaitSeconds: createPacing(options.rateLimit ?? null, Date.now),
    permalink(channelId, message) {
      const base = options.pageUrl === undefined ? `https://${installation.domain}.slack.com` : late.url();
      const thread = isReply(message) ? `?thread_ts=${message.thread_ts}&cid=${channelId}` : '';
      return `${base}/archives/${channelId}/p${message.ts.replace('.', '')}${thread}`;
    },
  };
}

function connectApp(core: Core, requestUrl: string | null, verify: boolean): void {
  function connect(): void {
    core.link.connect(requestUrl);
    if (requestUrl !== null) core.delivery.wake();
  }
  if (requestUrl === null || !verify) {
    connect();
    return;
  }
  void core.link.verify(requestUrl, core.credentials.verificationToken).then((answered) => {
    if (answered) connect();
    else console.error(`sandbox slack: ${requestUrl} did not answer with the challenge; the app is not connected`);
  });
}

/** A direct message is only seen by acting as its person. */
function pageFor({ workspace }: Core, pageUrl: string | undefined, at: { channel: string; ts: string }): string | null {
  const channel = workspace.channels.find(at.channel);
  if (pageUrl === undefined || channel === null) return null;
  const thread = workspace.timeline(channel.id).find(at.ts)?.thread_ts ?? at.ts;
  const place = new URLSearchParams({
    ...(channel.user === null ? {} : { as: channel.user }),
    channel: channel.id,
    thread,
  });
  return `${pageUrl}/#${place.toString()}`;
}
