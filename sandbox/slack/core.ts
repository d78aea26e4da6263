import { dirname, join } from 'node:path';
import { createAppLink, type AppLink } from './app-link.ts';
import type { SlackOptions } from './contract.ts';
import { createDelivery, type Delivery, type DeliverySettings, type RecordedDelivery } from './delivery.ts';
import { channelIdOf, envelope, eventsFor, usualSubscriptions } from './events.ts';
import { createDeliveryCount, type DeliveryCount, noEvents } from './ledger.ts';
import { createLog, type Log } from './log.ts';
import type { Json } from './messages.ts';
import { createRoster, type Installation } from './roster.ts';
import { newSecret } from './signing.ts';
import { createSocketMode, type SocketMode } from './socket-mode.ts';
import { openStateFile, type StateFile } from './state-file.ts';
import { isStoredState, toPieces, type StoredState } from './stored-state.ts';
import { createTransport, type Transport } from './transport.ts';
import { createTriggers, type Triggers } from './triggers.ts';
import { createUploads, type Uploads } from './uploads.ts';
import { createViews, type Views } from './views.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** Slack's own waits before a redelivery. https://docs.slack.dev/apis/events-api#retries */
const slackRetrySchedule: readonly number[] = [0, 60_000, 300_000];
const slackAnswerTimeoutMs = 3000;

/** The workspace, what is kept of it, and the way from it to the app. */
export interface Core {
  readonly installation: Installation;
  readonly credentials: Credentials;
  readonly workspace: Workspace;
  readonly views: Views;
  readonly uploads: Uploads;
  readonly triggers: Triggers;
  readonly state: StateFile<StoredState>;
  readonly settings: DeliverySettings;
  readonly deliveries: Log<RecordedDelivery>;
  readonly count: DeliveryCount;
  readonly link: AppLink;
  readonly delivery: Delivery;
  readonly transport: Transport;
  readonly socketMode: SocketMode | null;
  /** Whether the app has subscribed to this type of event. */
  hears(type: string): boolean;
  /** Puts an event on its way to the app; returns its event_id. */
  emit(event: Json): string;
}

export interface Credentials {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
}

export function createCore(options: SlackOptions): Core {
  const installation = installationFor(options.company, options.appName ?? 'Firstline');
  const credentials = newCredentials();
  const state: StateFile<StoredState> = openStateFile({
    path: options.statePath ?? null,
    isState: isStoredState,
    pieces: () => toPieces({ version: 1, workspace: workspace.state(), homes: views.homes(), events: count.state() }),
  });
  const uploads = uploadsBeside(options.statePath);
  const workspace = createWorkspace({
    roster: createRoster(options.people, installation),
    installation,
    channels: options.channels,
    stored: state.loaded?.workspace ?? null,
  });
  const views = createViews({ installation, stored: state.loaded?.homes ?? {}, hasHome: options.homeTab ?? true });
  const { signingSecret, verificationToken } = credentials;
  const { count, ...outward } = createOutward(options, { installation, signingSecret, state });

  const emit = createEmit({ installation, workspace, verificationToken, count, delivery: outward.delivery });
  const subscriptions = new Set(options.subscriptions ?? usualSubscriptions);
  workspace.onHappening((happening) => {
    state.touch();
    for (const event of eventsFor(happening, installation, subscriptions)) emit(event);
  });
  const triggers = createTriggers(Date.now);
  const hears = (type: string) => subscriptions.has(type);
  return { installation, credentials, workspace, views, uploads, triggers, state, hears, emit, count, ...outward };
}

function uploadsBeside(statePath: string | undefined): Uploads {
  return createUploads(statePath === undefined ? null : join(dirname(statePath), 'files'));
}

/** Puts an event in its envelope and on its way. */
function createEmit(
  from: Pick<Core, 'installation' | 'workspace' | 'count' | 'delivery'> & { readonly verificationToken: string },
): Core['emit'] {
  const { installation: app, workspace, verificationToken: token, count, delivery } = from;
  return (event) => {
    const isExtShared = workspace.channels.find(channelIdOf(event))?.isExtShared ?? false;
    const outgoing = envelope(event, { app, token, isExtShared }, Math.floor(Date.now() / 1000));
    count.sent(outgoing);
    delivery.enqueue(outgoing);
    return outgoing.eventId;
  };
}

type Outward = Pick<Core, 'settings' | 'deliveries' | 'count' | 'link' | 'delivery' | 'transport' | 'socketMode'>;

interface OutwardParts {
  readonly installation: Installation;
  readonly signingSecret: string;
  readonly state: StateFile<StoredState>;
}

function createOutward(options: SlackOptions, { installation, signingSecret, state }: OutwardParts): Outward {
  const answerTimeoutMs = options.answerTimeoutMs ?? slackAnswerTimeoutMs;
  const deliveries = createLog<RecordedDelivery>();
  const events = state.loaded?.events ?? noEvents;
  const count = createDeliveryCount(events, () => state.touch());
  const record = (delivery: RecordedDelivery) => {
    deliveries.add(delivery);
    count.record(delivery);
  };
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
    settled: (event, wasTaken) => count.settled(event, wasTaken),
  });
  // what was on its way when the server last stopped
  for (const event of events.undelivered) delivery.enqueue(event);
  return { deliveries, count, transport, socketMode, link, settings, delivery };
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
