import type { Reply } from '#domain/reply.ts';
import type { Arrival, ChatPlatform } from '#chat-ports.ts';
import { fromChatRef, toAddress, toChatRef } from './addresses.ts';
import { renderReply } from './cards.ts';
import type { TeamsChat } from './chat.ts';
import type { OutwardDeps } from './reach.ts';

/** In a larger team or group nobody waits for a greeting of ours. */
const mostMembers = 100;

/** Says hello once a chat, or once a team: that it is said is noted, since Teams shows bots no messages from before. */
export function createGreeting(deps: OutwardDeps): Pick<ChatPlatform, 'greet'> {
  return { greet: (arrival, { reply }) => greet(deps, arrival, reply) };
}

async function greet(deps: OutwardDeps, arrival: Arrival, reply: Reply): Promise<void> {
  const { chats, notes, log } = deps;
  const { tenantId, chatId } = fromChatRef(arrival.chat);
  const chat = await chats.chat(tenantId, chatId);
  const note = `greeted/${chat?.teamId == null ? arrival.chat : toChatRef({ tenantId, chatId: chat.teamId })}`;
  if ((await notes.find(note)) != null) return;
  // taken out again meanwhile
  if (chat === null || !(await greetIn(deps, chat, reply))) {
    log.info('teams: a chat could not be greeted, the app is not in it any more');
    return;
  }
  await notes.save(note, true);
}

/** False: we may not write there. */
async function greetIn(deps: OutwardDeps, chat: TeamsChat, reply: Reply): Promise<boolean> {
  if (!(await isSmall(deps, chat))) return true;
  const address = toAddress({ tenantId: chat.tenantId, chatId: chat.id, root: '0' });
  const [hello] = renderReply(reply, { turnId: 'greeting', address }, 'one');
  if (hello === undefined) return true;
  if (chat.scope === 'channel') return (await deps.connector.openThread(chat, hello)) !== null;
  await deps.connector.send({ chat, thread: null }, hello);
  return true;
}

async function isSmall({ connector }: OutwardDeps, chat: TeamsChat): Promise<boolean> {
  return chat.scope === 'personal' || (await connector.members(chat, mostMembers)) !== null;
}
