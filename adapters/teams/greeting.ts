import type { Reply } from '#domain/reply.ts';
import type { Arrival, ChatPlatform } from '#ports.ts';
import { fromChatRef, toAddress } from './addresses.ts';
import { renderReply } from './cards.ts';
import type { TeamsChat } from './chat.ts';
import type { OutwardDeps } from './reach.ts';

/** In a larger team or group nobody waits for a greeting of ours. */
const mostMembers = 100;

/** Says hello once a chat: that it is said is noted, since Teams shows bots no messages from before. */
export function createGreeting(deps: OutwardDeps): Pick<ChatPlatform, 'greet'> {
  return { greet: (arrival, { reply }) => greet(deps, arrival, reply) };
}

async function greet(deps: OutwardDeps, arrival: Arrival, reply: Reply): Promise<void> {
  const { chats, notes, connector, log } = deps;
  const note = `greeted/${arrival.chat}`;
  if ((await notes.find(note)) != null) return;
  const { tenantId, chatId } = fromChatRef(arrival.chat);
  const chat = await chats.chat(tenantId, chatId);
  // taken out again meanwhile
  if (chat === null) {
    log.info('teams: a chat could not be greeted, the app is not in it any more');
    return;
  }
  if (await isSmall(deps, chat)) {
    const [hello] = renderReply(
      reply,
      { turnId: 'greeting', address: toAddress({ tenantId, chatId, root: '0' }) },
      'one',
    );
    if (hello === undefined) return;
    if (chat.scope === 'channel') await connector.openThread(chat, hello);
    else await connector.send({ chat, thread: null }, hello);
  }
  await notes.save(note, true);
}

async function isSmall({ connector }: OutwardDeps, chat: TeamsChat): Promise<boolean> {
  return chat.scope === 'personal' || (await connector.members(chat, mostMembers)) !== null;
}
