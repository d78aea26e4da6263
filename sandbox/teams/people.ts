import { baseActivity, clientInfo, eventId, isChannel } from './activity.ts';
import type { Json, TeamsChatView, TeamsSandbox } from './contract.ts';
import type { Core } from './core.ts';
import { fileAttachment } from './files.ts';
import { botId, userIdOf } from './ids.ts';
import { type Mention, mentionEntity, quoteHtml, type Speech, speechOf } from './speech.ts';
import type { Chat, Kept } from './world.ts';

type Spoken = Pick<TeamsSandbox, 'say' | 'edit' | 'remove' | 'undelete' | 'react'>;

/** What people write, and what the app is told of it. */
export function createPeopleSide(core: Core): Spoken {
  const { world } = core;

  function own(at: { as: string; chat: string; id: string }): { chat: Chat; kept: Kept } {
    const chat = chatFor(core, at.as, at.chat);
    const kept = world.find(chat.id, at.id);
    if (kept === null || kept.from !== at.as) throw new Error(`sandbox teams: ${at.id} is no message of ${at.as}`);
    return { chat, kept };
  }

  return {
    say: async (said) => say(core, said),
    async edit({ text, ...at }) {
      const { chat, kept } = own(at);
      const speech = speechIn(core, chat, text);
      const now = world.change(chat.id, kept.id, {
        ...shown(core, chat, { speech, quotes: kept.quotes }),
        typed: text,
        edited: true,
      });
      if (hears(core, chat, [kept, now])) tellMessage(core, chat, { kept: now, eventType: 'editMessage' });
    },
    async remove(at) {
      const { chat, kept } = own(at);
      world.change(chat.id, kept.id, { deleted: true });
      if (hears(core, chat, [kept])) tellMessage(core, chat, { kept, eventType: 'softDeleteMessage' });
    },
    async undelete(at) {
      const { chat, kept } = own(at);
      const now = world.change(chat.id, kept.id, { deleted: undefined });
      if (hears(core, chat, [kept])) tellMessage(core, chat, { kept: now, eventType: 'undeleteMessage' });
    },
    react: async (reaction) => react(core, reaction),
  };
}

function say(
  core: Core,
  { as, chat: chatId, text, files = [], quotes, ...said }: Parameters<Spoken['say']>[0],
): string {
  const { world } = core;
  const chat = used(core, chatFor(core, as, chatId), as);
  // elsewhere there are no threads
  const threadId = isChannel(chat) ? said.threadId : undefined;
  if (threadId !== undefined && world.find(chat.id, threadId) === null)
    throw new Error(`sandbox teams: no thread ${threadId} in ${chatId}`);
  const kept = world.add(chat.id, {
    from: as,
    ...shown(core, chat, { speech: speechIn(core, chat, text), quotes }),
    typed: text,
    textFormat: 'html',
    attachments: [],
    ...(threadId === undefined ? {} : { threadId }),
    ...(files.length === 0 ? {} : { files }),
    ...(quotes === undefined ? {} : { quotes }),
  });
  if (hears(core, chat, [kept])) tellMessage(core, chat, { kept });
  return kept.id;
}

/** The app hears of reactions to what it wrote itself. */
function react(core: Core, { as, chat: chatId, id, name, on }: Parameters<Spoken['react']>[0]): void {
  const { world, directory } = core;
  const chat = chatFor(core, as, chatId);
  const kept = world.find(chat.id, id);
  if (kept === null) throw new Error(`sandbox teams: no message ${id} in ${chatId}`);
  world.change(chat.id, id, { reactions: withReaction(kept, { as, name, on }) });
  if (kept.from !== null || !core.isInstalled(chat)) return;
  const root = kept.threadId ?? kept.id;
  const activity: Json = {
    ...baseActivity({ ...core, team: world.team, chat, as: directory.person(as), root }),
    type: 'messageReaction',
    id: eventId(),
    replyToId: id,
    [on ? 'reactionsAdded' : 'reactionsRemoved']: [{ type: name }],
  };
  core.delivery.enqueue({ chat: chat.id, about: null, activity });
}

/** @throws Error when they are not in it. */
export function chatFor(core: Core, as: string, chatId: string): Chat {
  core.directory.person(as);
  const chat = core.world.chat(chatId);
  if (chat === null || !chat.members.includes(as)) throw new Error(`sandbox teams: ${as} is not in a chat ${chatId}`);
  return chat;
}

/** The first use of a personal chat installs the app there. */
export function used(core: Core, chat: Chat, as: string): Chat {
  if (chat.kind === 'personal' && core.world.installed(chat.scope) === undefined) core.install(chat, as, 'add');
  return chat;
}

function speechIn(core: Core, chat: Chat, typed: string): Speech {
  return speechOf(typed, [botMention(core), ...chat.members.map((slackId) => mentionOf(core, slackId))]);
}

function botMention({ appName }: Core): Mention {
  return { id: botId, name: appName };
}

function mentionOf({ directory }: Core, slackId: string): Mention {
  return { id: userIdOf(slackId), name: directory.person(slackId).name };
}

function shown(core: Core, chat: Chat, { speech, quotes }: { speech: Speech; quotes: string | undefined }) {
  const quoted = quotes === undefined ? null : core.world.find(chat.id, quotes);
  const before =
    quoted === null
      ? ''
      : `${quoteHtml({
          id: quoted.id,
          from: quoted.from === null ? botMention(core) : mentionOf(core, quoted.from),
          text: quoted.typed ?? (quoted.text === '' ? (quoted.summary ?? 'Card') : quoted.text),
        })}\r\n`;
  return { text: `${before}${speech.html}`, entities: speech.mentions.map(mentionEntity) };
}

/** In channels and group chats only what mentions the app, or by resource-specific consent everything. */
function hears(core: Core, chat: Chat, versions: readonly Kept[]): boolean {
  if (!core.isInstalled(chat)) return false;
  if (chat.kind === 'personal' || core.settings.rsc) return true;
  return versions.some(({ entities }) => entities.some((entity) => (entity['mentioned'] as Json)?.['id'] === botId));
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages */
const typeOfEvent = {
  editMessage: 'messageUpdate',
  undeleteMessage: 'messageUpdate',
  softDeleteMessage: 'messageDelete',
} as const;

/** Tells the app of a message, or of what became of it. */
function tellMessage(core: Core, chat: Chat, told: { kept: Kept; eventType?: keyof typeof typeOfEvent }): void {
  const { kept, eventType } = told;
  const { world, directory } = core;
  const as = directory.person(kept.from ?? '');
  const base = baseActivity({ ...core, team: world.team, chat, as, root: kept.threadId ?? kept.id });
  const type = eventType === undefined ? 'message' : typeOfEvent[eventType];
  const activity: Json = {
    ...base,
    type,
    id: kept.id,
    channelData: { ...(base['channelData'] as Json), ...(eventType === undefined ? {} : { eventType }) },
    ...(kept.threadId === undefined ? {} : { replyToId: kept.threadId }),
    ...(type === 'messageDelete' ? {} : contentOf(core, chat, kept)),
  };
  core.delivery.enqueue({ chat: chat.id, about: type === 'message' ? kept.id : null, activity });
}

function contentOf(core: Core, chat: Chat, kept: Kept): Json {
  const { files, urls } = core;
  let html = kept.text;
  const attached: Json[] = [];
  for (const id of kept.files ?? []) {
    const file = files.find(id);
    if (file === null) continue;
    const at = { ...urls, isPersonal: chat.kind === 'personal', downloadPath: files.downloadPath(id) };
    const attachment = fileAttachment(file, at);
    // all that the app sees of it: a mark in the HTML
    if (attachment === null) html += `<attachment id="${id}"></attachment>`;
    else attached.push(attachment);
  }
  return {
    text: speechIn(core, chat, kept.typed ?? '').text,
    textFormat: 'plain',
    attachments: [...attached, { contentType: 'text/html', content: html }],
    entities: [...kept.entities, clientInfo],
  };
}

function withReaction(kept: Kept, { as, name, on }: { as: string; name: string; on: boolean }) {
  const before = kept.reactions ?? [];
  const users = (before.find((reaction) => reaction.name === name)?.users ?? []).filter((user) => user !== as);
  const others = before.filter((reaction) => reaction.name !== name);
  const now = on ? [...users, as] : users;
  return now.length === 0 ? others : [...others, { name, users: now }];
}

/** A chat as somebody sees it in their list. */
export function chatView({ world }: Core, as: string, chat: Chat): TeamsChatView {
  const { id, name, kind, topic } = chat;
  const seen = Number(world.readUntil(as, id));
  const unread = world
    .all(id)
    .filter((kept) => kept.from !== as && kept.deleted !== true && kept.informative !== true && Number(kept.id) > seen);
  return { id, name, kind, topic, unread: unread.length };
}
