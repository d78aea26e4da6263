import { createAppLink, type AppLink } from './app-link.ts';
import { isRecord } from './block-kit/shape.ts';
import type { SlackOptions } from './contract.ts';
import { createDelivery, type Delivery, type DeliverySettings, type RecordedDelivery } from './delivery.ts';
import { envelope, eventsFor, usualSubscriptions } from './events.ts';
import { createLog, type Log } from './log.ts';
import type { Json } from './messages.ts';
import { createRoster, type Installation } from './roster.ts';
import { newSecret } from './signing.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { openStateFile, type StateFile } from './state-file.ts';
import { createTransport, type Transport } from './transport.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { createViews, type View, type Views } from './views.ts';
import { createWorkspace, type Workspace, type WorkspaceState } from './workspace.ts';

/** Slack's own waits before a redelivery. https://docs.slack.dev/apis/events-api#retries */
const slackRetrySchedule: readonly number[] = [0, 60_000, 300_000];
const slackAnswerTimeoutMs = 3000;

/** The workspace, what is kept of it, and the way from it to the app. */
export interface Core {
  readonly installation: Installation;
  readonly credentials: Credentials;
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly state: StateFile<StoredState>;
  readonly settings: DeliverySettings;
  readonly deliveries: Log<RecordedDelivery>;
  readonly link: AppLink;
  readonly delivery: Delivery;
  readonly transport: Transport;
  readonly socketMode: SocketMode | null;
  /** Puts an event on its way to the app; returns its event_id. */
  emit(event: Json): string;
}

export interface Credentials {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
}

export interface StoredState {
  readonly version: 1;
  readonly workspace: WorkspaceState;
  readonly homes: Readonly<Record<string, View>>;
}

export function createCore(options: SlackOptions): Core {
  const installation = installationFor(options.company, options.appName ?? 'Firstline');
  const credentials = newCredentials();
  const state: StateFile<StoredState> = openStateFile(options.statePath ?? null, isStoredState, () => ({
    version: 1,
    workspace: workspace.state(),
    homes: views.homes(),
  }));
  const workspace = createWorkspace({
    roster: createRoster(options.people, installation),
    installation,
    channels: options.channels,
    stored: state.loaded?.workspace ?? null,
  });
  const views = createViews(installation, state.loaded?.homes ?? {});
  const outward = createOutward(options, installation, credentials.signingSecret);

  function emit(event: Json): string {
    const channel = typeof event['channel'] === 'string' ? workspace.channels.find(event['channel']) : null;
    const from = {
      app: installation,
      token: credentials.verificationToken,
      isExtShared: channel?.isExtShared ?? false,
    };
    const outgoing = envelope(event, from, Math.floor(Date.now() / 1000));
    outward.delivery.enqueue(outgoing);
    return outgoing.eventId;
  }
  const subscriptions = new Set(options.subscriptions ?? usualSubscriptions);
  workspace.onHappening((happening) => {
    state.touch();
    for (const event of eventsFor(happening, installation, subscriptions)) emit(event);
  });
  return { installation, credentials, workspace, views, triggers: createTriggers(Date.now), state, emit, ...outward };
}

type Outward = Pick<Core, 'settings' | 'deliveries' | 'link' | 'delivery' | 'transport' | 'socketMode'>;

function createOutward(options: SlackOptions, installation: Installation, signingSecret: string): Outward {
  const answerTimeoutMs = options.answerTimeoutMs ?? slackAnswerTimeoutMs;
  const deliveries = createLog<RecordedDelivery>();
  const record = (delivery: RecordedDelivery) => deliveries.add(delivery);
  const transport = createTransport({ signingSecret, answerTimeoutMs });
  const socketMode =
    options.socketMode === true
      ? createSocketMode({
          appId: installation.appId,
          ackTimeoutMs: answerTimeoutMs,
          onConnect: () => delivery.wake(),
        })
      : null;
  const link = createAppLink(transport, socketMode, record);
  let paused = false;
  const settings: DeliverySettings = {
    copies: 1,
    delayMs: 0,
    get paused() {
      return paused;
    },
    set paused(value) {
      paused = value;
      if (!value) delivery.wake();
    },
  };
  const delivery = createDelivery({
    settings,
    retrySchedule: options.retrySchedule ?? slackRetrySchedule,
    send: (attempt) => link.event(attempt),
    record,
  });
  return { deliveries, transport, socketMode, link, settings, delivery };
}

/** The ids are always the same, so that what is stored, here and in the app's database, stays true after a restart. */
function installationFor(company: string, appName: string): Installation {
  return {
    teamId: 'T0SANDBOX0',
    teamName: company,
    domain: company.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    appId: 'A0SANDBOX0',
    appName,
    botId: 'B0SANDBOX0',
    botUserId: 'U0SANDBOX0',
  };
}

/** Good for this run only. */
function newCredentials(): Credentials {
  return {
    botToken: `xoxb-${newSecret(18)}`,
    appToken: `xapp-${newSecret(18)}`,
    signingSecret: newSecret(16),
    verificationToken: newSecret(12),
  };
}

function isStoredState(value: unknown): value is StoredState {
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['homes'])) return false;
  const { workspace } = value;
  if (!isRecord(workspace) || typeof workspace['lastMicros'] !== 'number') return false;
  return Array.isArray(workspace['channels']) && isRecord(workspace['messages']) && isRecord(workspace['readMarks']);
}
