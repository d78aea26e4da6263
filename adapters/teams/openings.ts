import { z } from 'zod';
import type { Address } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform, DirectThread } from '#chat-ports.ts';
import { fromAddress, isChannel, messageIdOf, toAddress, toChatRef, toPostRef } from './addresses.ts';
import { renderReply } from './cards.ts';
import type { TeamsChat } from './chat.ts';
import type { Outgoing } from './connector.ts';
import { ownTenant } from './emulated.ts';
import type { OutwardDeps } from './reach.ts';

/** `turnId`: what the buttons carry; the key when left out. */
type Opening = Parameters<ChatPlatform['startDirect']>[1] & { readonly turnId?: string };

/**
 * Conversations of ours: in the chat with a person, and in a channel of IT staff. What was opened is noted, since Teams
 * shows bots no messages from before: `again` finds it there, but not what a request has left that broke off.
 */
export function createOpenings(deps: OutwardDeps): Pick<ChatPlatform, 'startDirect' | 'startIn'> {
  return {
    startDirect: (ref, opening) =>
      begin(deps, opening, async () => {
        const chat = await openDirect(deps, ref);
        return { chat, send: (activity) => deps.connector.send({ chat, thread: null }, activity) };
      }),
    startIn: (channel, opening) =>
      begin(deps, opening, async () => {
        const chat = await findChannel(deps, channel);
        return { chat, send: (activity) => openThread(deps, chat, activity) };
      }),
  };
}

interface Spot {
  readonly chat: TeamsChat;
  /** Returns the id of the first message. */
  readonly send: (activity: Outgoing) => Promise<string>;
}

const Opened = z.object({ ref: z.string(), messageId: z.string(), postRef: z.string() });
type Opened = z.infer<typeof Opened>;

async function begin(deps: OutwardDeps, opening: Opening, find: () => Promise<Spot>): Promise<DirectThread> {
  const note = `opening/${opening.key}`;
  const noted = opening.again ? (Opened.safeParse(await deps.notes.find(note)).data ?? null) : null;
  const opened = noted === null ? await post(opening, await find()) : toThread(noted);
  if (noted === null) {
    const { address, messageId, postRef } = opened;
    await deps.notes.save(note, { ref: address.ref, messageId, postRef } satisfies Opened);
  }
  return opened;
}

async function post(opening: Opening, { chat, send }: Spot): Promise<DirectThread> {
  const place = { tenantId: chat.tenantId, chatId: chat.id };
  const root = await send(firstOf(opening, toAddress({ ...place, root: '0' })));
  const address = toAddress({ ...place, root });
  return {
    address,
    ...inChat(address),
    messageId: messageIdOf({ ...place, activityId: root }),
    postRef: toPostRef({ chatId: chat.id, activityId: root, cardId: null, turnId: turnOf(opening) }),
  };
}

function toThread({ ref, messageId, postRef }: Opened): DirectThread {
  const address: Address = { platform: 'teams', ref };
  return { address, ...inChat(address), messageId, postRef };
}

/** Where there are no threads the conversation goes on in the chat. */
function inChat(address: Address): Pick<DirectThread, 'chat'> {
  const place = fromAddress(address);
  return isChannel(place.chatId) ? {} : { chat: toChatRef(place) };
}

/** Its buttons name their thread by 0, for what it is called is not known before it is there. */
function firstOf(opening: Opening, address: Address): Outgoing {
  const [first] = renderReply(opening.reply, { turnId: turnOf(opening), address }, 'one');
  if (first === undefined) throw new RemoteError('teams', 'rejected', { message: 'there is nothing to be posted' });
  return first;
}

function turnOf({ turnId, key }: Opening): string {
  return turnId ?? key;
}

/** The personal chat as it is known, or else opened: it is the same each time. */
async function openDirect({ chats, connector }: OutwardDeps, ref: string): Promise<TeamsChat> {
  const person = await chats.person(ref);
  if (person === null) throw notReached();
  const { tenantId, personalChat, userId } = person;
  const known = personalChat === null ? null : await chats.chat(tenantId, personalChat);
  if (known !== null) return known;
  const like = await chats.chat(tenantId, person.chat);
  if (like === null) throw notReached();
  const id = await connector.openPersonal(like, userId);
  const opened: TeamsChat = { ...like, id, scope: 'personal', teamId: null, isShared: false };
  await chats.keepPersonal(ref, opened, userId);
  return opened;
}

function notReached(): RemoteError {
  const message = 'the app cannot write to a person from whom nothing has come, or who has taken it away';
  return new RemoteError('teams', 'rejected', { message });
}

/** That only an admin can mend. */
function notInChannel(): RemoteError {
  const message =
    'TRIAGE_CHANNEL must be the id (19:…@thread.tacv2) of a channel that the app is in: ' +
    'add the app to the team of TRIAGE_CHANNEL';
  return new RemoteError('teams', 'unauthorized', { message });
}

/**
 * The channel as it is known, or else reached as its tenant is: nothing need have been written there.
 *
 * @throws RemoteError `unauthorized` when nothing has come from its tenant either: adding the app is what tells us where
 * to send.
 */
async function findChannel({ chats, settings }: OutwardDeps, channel: string): Promise<TeamsChat> {
  const id = channel.replace(/;.*$/s, '');
  const tenants = [...new Set([ownTenant(settings), ...settings.allowedTenants])];
  for (const tenantId of tenants) {
    const chat = await chats.chat(tenantId, id);
    if (chat?.scope === 'channel') return chat;
  }
  for (const tenantId of isChannel(id) ? tenants : []) {
    const service = await chats.service(tenantId);
    if (service !== null) return { id, tenantId, ...service, scope: 'channel', teamId: null, isShared: false };
  }
  throw notInChannel();
}

async function openThread({ connector, chats }: OutwardDeps, chat: TeamsChat, activity: Outgoing): Promise<string> {
  const opened = await connector.openThread(chat, activity);
  if (opened === null) throw notInChannel();
  // from now on it is known, and what is not told of it stays as it was
  await chats.saw({ ...chat, isShared: null }, null);
  return opened.thread;
}
