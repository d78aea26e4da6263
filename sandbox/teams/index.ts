import { baseActivity } from './activity.ts';
import { region } from './connector/routes.ts';
import type { Json, TeamsMessage, TeamsOptions, TeamsSandbox } from './contract.ts';
import { type Core, createCore } from './core.ts';
import { createDialogs } from './dialogs.ts';
import { aadIdOf, appId, botId, personalChatOf, tenantId, userIdOf } from './ids.ts';
import { isJson } from './json.ts';
import { chatFor, chatView, createPeopleSide, used } from './people.ts';
import { createPressing } from './pressing.ts';
import { startServer } from './server.ts';
import { createTyping, type Typing } from './typing.ts';
import type { Kept } from './world.ts';

export type {
  Dialog,
  Shown,
  TeamsChange,
  TeamsChannelSeed,
  TeamsChatView,
  TeamsMessage,
  TeamsOptions,
  TeamsPerson,
  TeamsRecordedCall,
  TeamsRecordedDelivery,
  TeamsSandbox,
} from './contract.ts';

/**
 * Starts a Microsoft Teams of our own on the loopback address: the Bot Connector's REST API, signed activities for one
 * installed app, the keys and tokens that both sides check, and the people's side of it as functions.
 *
 * @throws the system's error when the port is taken.
 */
export async function startTeams(options: TeamsOptions): Promise<TeamsSandbox> {
  const core = createCore(options);
  const { link, delivery, world, state, appName, appPassword } = core;
  const typing = createTyping((change) => world.tell(change));
  const server = await startServer(core, { port: options.port ?? 0, pageUrl: options.pageUrl, typing });
  const { url } = server;
  const serviceUrl = `${url}${region}/`;
  Object.assign(core.urls, { url, serviceUrl });
  installEverywhere(core);
  const people = createPeopleSide(core);
  const dialogs = createDialogs(core);
  return {
    ...identityAt(url),
    serviceUrl,
    appName,
    appPassword,
    ...people,
    ...createPressing(core, { dialogs, say: people.say }),
    submit: (form) => dialogs.submit(form),
    messageAction: (action) => dialogs.messageAction(action),
    ...createChats(core),
    ...createView(core, typing),
    ...createStreamSide(core),
    faults: server.faults,
    calls: server.calls,
    deliveries: link.deliveries,
    givenUp: core.givenUp,
    delivery: core.settings,
    connectApp(to) {
      link.connect(to);
      if (to !== null) delivery.wake();
    },
    deliverRaw: (activity, { token } = {}) =>
      link.send(rawActivity(core, activity), token === undefined ? {} : { token }),
    on: (listener) => world.on(listener),
    async close() {
      delivery.close();
      typing.close();
      core.streams.close();
      state.flush();
      await server.close();
    },
  };
}

function identityAt(url: string) {
  return {
    url,
    openIdMetadataUrl: `${url}/v1/.well-known/openidconfiguration`,
    loginUrl: url,
    appId,
    tenantId,
    botId,
  };
}

/** In the team, its private channels and the group chats, as an administrator did it; where people use it first, it is theirs. */
function installEverywhere(core: Core): void {
  for (const chat of core.world.chats) {
    const [first] = chat.members;
    if (chat.kind === 'personal' || first === undefined || core.world.installed(chat.scope) !== undefined) continue;
    core.install(chat, first, 'add');
  }
}

type Chats = Pick<
  TeamsSandbox,
  | 'people'
  | 'userIdOf'
  | 'aadIdOf'
  | 'chats'
  | 'isMember'
  | 'personal'
  | 'chatOf'
  | 'markRead'
  | 'readUntil'
  | 'install'
  | 'uninstall'
  | 'upload'
  | 'file'
>;

function createChats(core: Core): Chats {
  const { directory, world, files } = core;
  return {
    people: () => directory.people,
    userIdOf,
    aadIdOf,
    chats: (as) => world.chats.filter(({ members }) => members.includes(as)).map((chat) => chatView(core, as, chat)),
    isMember: (as, chat) => world.chat(chat)?.members.includes(as) ?? false,
    personal: (as) => used(core, chatFor(core, as, personalChatOf(as)), as).id,
    chatOf(seedId) {
      const found = world.chats.find((chat) => chat.kind !== 'personal' && chat.seedId === seedId);
      if (found === undefined) throw new Error(`sandbox teams: no chat is called ${seedId}`);
      return found.id;
    },
    markRead: (as, chat) => world.markRead(as, chat),
    readUntil: (as, chat) => world.readUntil(as, chat),
    install: async ({ as, chat }) => core.install(chatFor(core, as, chat), as, 'add'),
    uninstall: async ({ as, chat }) => core.install(chatFor(core, as, chat), as, 'remove'),
    upload({ name, mimetype, bytes }) {
      return files.add({ name, mimetype, bytes });
    },
    file: (id) => files.find(id),
  };
}

function createView(
  { world }: Core,
  typing: Typing,
): Pick<TeamsSandbox, 'messages' | 'message' | 'thread' | 'isTyping'> {
  return {
    messages: (chat) => world.all(chat).filter(isShown).map(shownOf),
    message(chat, id) {
      const kept = world.find(chat, id);
      return kept === null || !isShown(kept) ? null : shownOf(kept);
    },
    thread: (chat, threadId) =>
      world
        .all(chat)
        .filter((kept) => kept.id === threadId || kept.threadId === threadId)
        .map(shownOf),
    isTyping: (chat, threadId) => typing.isOn(chat, threadId),
  };
}

function createStreamSide(core: Core): Pick<TeamsSandbox, 'stream' | 'stopStream' | 'failStream'> {
  return {
    stream(chat) {
      const open = core.streams.openIn(chat);
      return open === null || open.informative === '' ? null : { id: open.id, informative: open.informative };
    },
    stopStream: ({ as, chat }) => core.streams.stop(chatFor(core, as, chat).id),
    failStream: (fault) => core.streams.failNext(fault),
  };
}

function isShown({ informative }: Kept): boolean {
  return informative !== true;
}

/** Of a deleted message nothing is shown; it is kept, because its author may take the deletion back. */
function shownOf({ typed: _typed, ...kept }: Kept): TeamsMessage {
  if (kept.deleted !== true) return kept;
  const { cardsFor: _cards, files: _files, quotes: _quotes, summary: _summary, ...rest } = kept;
  return { ...rest, text: '', attachments: [], entities: [] };
}

/** A message in the personal chat of the first person, or of who is named in `from.aadObjectId`; the fields given count. */
function rawActivity(core: Core, activity: Json): Json {
  const { directory, world, appName } = core;
  const { from } = activity;
  const named = isJson(from) ? directory.byTeamsId(String(from['aadObjectId'] ?? from['id'])) : null;
  const person = named ?? directory.people[0];
  if (person === undefined) throw new Error('sandbox teams: nobody is there');
  const chat = chatFor(core, person.slackId, personalChatOf(person.slackId));
  const base = baseActivity({ chat, team: world.team, as: person, appName });
  return { ...base, type: 'message', id: world.nextId(), text: '', textFormat: 'plain', ...activity };
}
