import type { webApi } from '@slack/bolt';
import type { Reply } from '#domain/reply.ts';
import type { ChatPlatform, DirectThread } from '#ports.ts';
import { renderReply } from './blocks.ts';
import { call, incomplete } from './call.ts';
import { fromPersonRef, messageIdOf, toAddress } from './events.ts';
import type { Identity } from './identity.ts';

/** Kept with the first post of a thread of ours; its reader can read it too, so it holds ids only. */
const eventType = 'firstline_direct';

/** Direct messages longer than this many pages of 200 posts are not searched to their beginning for an earlier attempt's. */
const mostPages = 5;

/** Threads of ours in the direct messages with a person. */
export function createDirect(
  client: webApi.WebClient,
  { identify }: { identify: () => Promise<Identity> },
): Pick<ChatPlatform, 'startDirect'> {
  return {
    async startDirect(ref, { key, reply, again }) {
      const own = await identify();
      const channel = await open(client, fromPersonRef(ref).user);
      const earlier = again ? await findOpening(client, { channel, key, own }) : null;
      return threadOf(own, channel, earlier ?? (await post(client, { channel, key, reply })));
    },
  };
}

function threadOf({ teamId: team }: Identity, channel: string, ts: string): DirectThread {
  return { address: toAddress({ team, channel, thread: ts }), messageId: messageIdOf({ team, channel, ts }) };
}

/** https://docs.slack.dev/reference/methods/conversations.open: the same channel each time. */
async function open(client: webApi.WebClient, user: string): Promise<string> {
  const { channel } = await call('conversations.open', () => client.conversations.open({ users: user }));
  if (channel?.id === undefined) throw incomplete('conversations.open');
  return channel.id;
}

/** Only our own posts count: any app may put our metadata on its posts. */
async function findOpening(
  client: webApi.WebClient,
  { channel, key, own }: { channel: string; key: string; own: Identity },
): Promise<string | null> {
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const from = cursor === '' ? { channel } : { channel, cursor };
    const answer = await call('conversations.history', () =>
      client.conversations.history({ ...from, limit: 200, include_all_metadata: true }),
    );
    const found = answer.messages?.find(
      ({ bot_id: botId, metadata }) =>
        botId === own.botId && metadata?.event_type === eventType && Object(metadata.event_payload).key === key,
    );
    if (found?.ts !== undefined) return found.ts;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}

async function post(
  client: webApi.WebClient,
  { channel, key, reply }: { channel: string; key: string; reply: Reply },
): Promise<string> {
  const { ts } = await call('chat.postMessage', () =>
    client.chat.postMessage({
      channel,
      ...renderReply(reply, key),
      metadata: { event_type: eventType, event_payload: { key } },
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  if (ts === undefined) throw incomplete('chat.postMessage');
  return ts;
}
