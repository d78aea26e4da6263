import type { Address } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { PlatformNotes } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { fromAddress } from './addresses.ts';
import type { TeamsChat } from './chat.ts';
import type { Chats } from './chats.ts';
import type { Connector } from './connector.ts';
import type { TeamsSettings } from './index.ts';

/** What the verbs that go out need. */
export interface OutwardDeps {
  readonly connector: Connector;
  readonly chats: Chats;
  readonly notes: PlatformNotes;
  readonly settings: TeamsSettings;
  readonly log: Log;
}

/** Where the connector is to send. */
export interface Reached {
  readonly chat: TeamsChat;
  readonly thread: string | null;
}

/**
 * The chat of a conversation, and its thread where it has one.
 *
 * @throws RemoteError `unavailable` when we are not there: what is to be sent waits until we are installed again.
 */
export async function reach(chats: Chats, address: Address): Promise<Reached> {
  const { tenantId, chatId, root } = fromAddress(address);
  const chat = await chats.chat(tenantId, chatId);
  if (chat === null) {
    throw new RemoteError('teams', 'unavailable', {
      message: 'the app is not in the chat, or nothing has come from there',
    });
  }
  return { chat, thread: chat.scope === 'channel' ? root : null };
}
