import type { webApi } from '@slack/bolt';
import type { Address } from '#domain/conversation.ts';
import type { Reply } from '#domain/reply.ts';
import type { ChatPlatform, Log } from '#ports.ts';
import { renderReply } from './blocks.ts';
import { call, expecting, incomplete } from './call.ts';
import { fromAddress } from './events.ts';
import type { Identity } from './identity.ts';

/** The verbs that show something, or what belongs to it. */
export type Outbound = Pick<ChatPlatform, 'post' | 'update' | 'findPost' | 'showWorking' | 'permalink'>;

/** Kept with each post of ours; everybody in the channel can read it, so it holds an id only. */
const eventType = 'firstline_turn';

/** A thread longer than this many pages of 200 posts is not searched to its end for an earlier attempt's post. */
const mostPages = 10;

/**
 * The client's settings. Its own defaults are ten tries in half an hour, no time limit, and a queue that stands still
 * for everybody after one 429: here the job queue tries again, and a call that hangs is given up.
 */
export function clientOptions(apiUrl: string, logger: webApi.Logger): webApi.WebClientOptions {
  return { slackApiUrl: apiUrl, logger, timeout: 10_000, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
}

/** Calls to the Web API, one verb of the port each. */
export function createOutbound(
  client: webApi.WebClient,
  { identify, log }: { identify: () => Promise<Identity>; log: Log },
): Outbound {
  return {
    permalink: (address) => permalink(client, address),
    showWorking: (address) => showWorking(client, address, log),
    update: (_, postRef, reply) => update(client, postRef, reply),
    findPost: async (address, turnId) => findPost(client, address, { turnId, own: await identify() }),
    async post(address, { turnId, reply, again }) {
      const earlier = again ? await findPost(client, address, { turnId, own: await identify() }) : null;
      return earlier ?? (await post(client, address, { turnId, reply }));
    },
  };
}

async function post(
  client: webApi.WebClient,
  address: Address,
  { turnId, reply }: { turnId: string; reply: Reply },
): Promise<string> {
  const { channel, thread } = fromAddress(address);
  const { ts } = await call('chat.postMessage', () =>
    client.chat.postMessage({
      channel,
      thread_ts: thread,
      ...renderReply(reply, turnId),
      metadata: { event_type: eventType, event_payload: { turn_id: turnId } },
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  if (ts === undefined) throw incomplete('chat.postMessage');
  return toPostRef({ channel, ts, turnId });
}

/**
 * The post of an earlier attempt, or null. Only our own posts count: any app may put our metadata on its posts.
 * A thread whose first post is gone has no answers to look for.
 */
async function findPost(
  client: webApi.WebClient,
  address: Address,
  { turnId, own }: { turnId: string; own: Identity },
): Promise<string | null> {
  const { channel, thread } = fromAddress(address);
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await replies(client, { channel, ts: thread, oldest: thread, cursor });
    const found = answer?.messages?.find(
      ({ bot_id: botId, metadata }) =>
        botId === own.botId && metadata?.event_type === eventType && Object(metadata.event_payload).turn_id === turnId,
    );
    if (found?.ts !== undefined) return toPostRef({ channel, ts: found.ts, turnId });
    cursor = answer?.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}

async function replies(
  client: webApi.WebClient,
  from: { channel: string; ts: string; oldest: string; cursor: string },
): Promise<webApi.ConversationsRepliesResponse | null> {
  const { cursor, ...thread } = from;
  const page = cursor === '' ? thread : { ...thread, cursor };
  return call('conversations.replies', () =>
    client.conversations
      .replies({ ...page, limit: 200, include_all_metadata: true })
      .catch((error: unknown) => expecting(error, ['thread_not_found'], null)),
  );
}

async function update(client: webApi.WebClient, postRef: string, reply: Reply): Promise<void> {
  const { channel, ts, turnId } = fromPostRef(postRef);
  await call('chat.update', () =>
    client.chat
      .update({ channel, ts, ...renderReply(reply, turnId) })
      // deleted meanwhile: nobody misses the change
      .catch((error: unknown) => expecting(error, ['message_not_found', 'cant_update_message'], null)),
  );
}

async function showWorking(client: webApi.WebClient, address: Address, log: Log): Promise<void> {
  const { channel, thread } = fromAddress(address);
  try {
    await call('assistant.threads.setStatus', () =>
      client.assistant.threads.setStatus({
        channel_id: channel,
        thread_ts: thread,
        status: 'is searching the IT guides…',
        loading_messages: ['Searching the IT guides…', 'Reading what fits best…'],
      }),
    );
  } catch (error) {
    log.debug('slack: the status could not be shown', { error });
  }
}

async function permalink(client: webApi.WebClient, address: Address): Promise<string> {
  const { channel, thread } = fromAddress(address);
  const answer = await call('chat.getPermalink', () => client.chat.getPermalink({ channel, message_ts: thread }));
  if (answer.permalink === undefined) throw incomplete('chat.getPermalink');
  return answer.permalink;
}

/** The turn belongs to a post's id: an update that keeps a button needs it. */
function toPostRef(post: { channel: string; ts: string; turnId: string }): string {
  return `${post.channel}/${post.ts}/${post.turnId}`;
}

function fromPostRef(ref: string): { channel: string; ts: string; turnId: string } {
  const [channel = '', ts = '', ...turn] = ref.split('/');
  return { channel, ts, turnId: turn.join('/') };
}
