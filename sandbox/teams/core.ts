import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { createStateFile, type StateFile } from '../vendor-state.ts';
import { baseActivity, eventId } from './activity.ts';
import { type AppLink, createAppLink } from './app-link.ts';
import type { Json, TeamsDelivery, TeamsOptions } from './contract.ts';
import { createDelivery, type Delivery } from './delivery.ts';
import { createDirectory, type Directory } from './directory.ts';
import { createFiles, type Files } from './files.ts';
import { botId } from './ids.ts';
import { createKeys, type Keys } from './keys.ts';
import { createOpenStreams, type OpenStreams } from './open-streams.ts';
import { readState, type StoredState } from './stored-state.ts';
import { type Chat, createWorld, type World } from './world.ts';

/** Teams redelivers; how often, and after what time, is nowhere said. */
const usualRetrySchedule: readonly number[] = [1_000, 5_000, 15_000, 60_000];
const teamsAnswerTimeoutMs = 15_000;

/** Everything there is, but for HTTP. */
export interface Core {
  readonly appName: string;
  readonly appPassword: string;
  readonly directory: Directory;
  readonly world: World;
  readonly streams: OpenStreams;
  readonly keys: Keys;
  readonly files: Files;
  readonly link: AppLink;
  readonly delivery: Delivery;
  readonly settings: TeamsDelivery;
  readonly givenUp: readonly { readonly chat: string; readonly id: string }[];
  readonly state: StateFile;
  /** Known once the server is up. */
  readonly urls: { url: string; serviceUrl: string };
  /** Whether the app is installed there; a personal chat is installed by its first use. */
  isInstalled(chat: Chat): boolean;
  /** Installs or removes the app, and tells it. `as`: who did it. */
  install(chat: Chat, as: string, action: 'add' | 'remove'): void;
}

export function createCore(options: TeamsOptions): Core {
  const { statePath, appName = 'Firstline', people } = options;
  const givenUp: { chat: string; id: string }[] = [];
  const urls = { url: '', serviceUrl: '' };
  const state = createStateFile(
    statePath,
    (): StoredState => ({
      version: 1,
      keys: keys.stored(),
      world: world.state(),
      files: files.state(),
      undelivered: delivery.undelivered(),
      givenUp,
    }),
  );
  const stored = readState(state);
  const touch = () => state.changed();
  givenUp.push(...stored.givenUp);
  const keys = createKeys(stored.keys, touch);
  const world = createWorld(options, stored.world, touch);
  const folder = statePath === undefined ? null : path.join(path.dirname(statePath), 'teams-files');
  const files = createFiles(folder, stored.files, touch);
  const { link, settings, delivery } = createOutward(options, {
    keys,
    serviceUrl: () => urls.serviceUrl,
    touch,
    givenUp: (chat, id) => void givenUp.push({ chat, id }),
  });
  const directory = createDirectory(people);
  const streams = createOpenStreams((change) => world.tell(change));
  const parts = { appName, directory, world, streams, keys, files, link, delivery, settings, givenUp, state, urls };
  const core: Core = {
    ...parts,
    appPassword: randomBytes(30).toString('base64url'),
    isInstalled: ({ scope }) => world.installed(scope) === true,
    install: (chat, as, action) => install(core, { chat, as, action }),
  };
  // the keys, when they are new
  touch();
  // what was on its way when the server last stopped
  for (const outgoing of stored.undelivered) delivery.enqueue(outgoing);
  return core;
}

interface OutwardParts {
  readonly keys: Keys;
  readonly serviceUrl: () => string;
  readonly touch: () => void;
  readonly givenUp: (chat: string, id: string) => void;
}

function createOutward(options: TeamsOptions, parts: OutwardParts) {
  const { answerTimeoutMs = teamsAnswerTimeoutMs, retrySchedule = usualRetrySchedule } = options;
  const link = createAppLink({ keys: parts.keys, serviceUrl: parts.serviceUrl, answerTimeoutMs });
  let paused = false;
  const settings: TeamsDelivery = {
    copies: 1,
    delayMs: 0,
    rsc: options.rsc ?? true,
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
    retrySchedule,
    isConnected: () => link.isConnected(),
    send: (activity, attempt) => link.send(activity, { attempt }),
    touch: parts.touch,
    givenUp({ chat, about }) {
      if (about !== null) parts.givenUp(chat, about);
    },
  });
  return { link, settings, delivery };
}

/**
 * `installationUpdate`; a personal chat also tells of its new member, the app.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events#installation-update-event
 */
function install(core: Core, { chat, as, action }: { chat: Chat; as: string; action: 'add' | 'remove' }): void {
  const { world, delivery, appName, directory } = core;
  const isInstalled = action === 'add';
  if ((world.installed(chat.scope) ?? false) === isInstalled) return;
  world.setInstalled(chat.scope, isInstalled);
  const place = world.chat(chat.scope) ?? chat;
  const base = baseActivity({ chat: place, team: world.team, as: directory.person(as), appName });
  const tell = (activity: Json) => delivery.enqueue({ chat: chat.id, about: null, activity });
  const selected = place.kind === 'channel' ? { settings: { selectedChannel: { id: place.id } } } : {};
  tell({
    ...base,
    type: 'installationUpdate',
    action,
    id: eventId(),
    channelData: { ...(base['channelData'] as Json), ...selected, source: { name: 'message' } },
  });
  if (place.kind === 'personal' && isInstalled)
    tell({ ...base, type: 'conversationUpdate', id: eventId(), membersAdded: [{ id: botId, name: appName }] });
}
