import type { webApi } from '@slack/bolt';
import type { Address } from '#domain/conversation.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import { renderReply } from './blocks.ts';
import { call, expecting, incomplete } from './call.ts';
import { fromAddress } from './events.ts';
import type { Identity } from './identity.ts';
import { fromPostRef, toPostRef } from './post-ref.ts';
import { openingEventType } from './openings.ts';
import { errorCode } from './remote-error.ts';
import type { Status } from './status.ts';
import { eachReply, firstOfThread } from './thread.ts';

/** The verbs that show something, or what belongs to it. */
export type Outbound = Pick<ChatPlatform, 'post' | 'update' | 'remove' | 'findPost' | 'showWorking' | 'permalink'>;

/** Kept with each post of ours; everybody in the channel can read it, so it holds an id only. */
const eventType = 'firstline_turn';
const ownEvents = [eventType, openingEventType];

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
  { identify, status }: { identify: () => Promise<Identity>; status: Status },
): Outbound {
  return {
    permalink: (address) => permalink(client, address),
    showWorking: (address, stage) => status.show(address, stage),
    update: (_, postRef, reply) => update(client, postRef, reply),
    remove: (_, postRef) => remove(client, postRef),
    findPost: async (address, turnId) => findPost(client, address, { turnId, own: await identify() }),
    async post(address, { turnId, reply, again }) {
      const earlier = again ? await findPost(client, address, { turnId, own: await identify() }) : null;
      const postRef = earlier ?? (await post(client, address, { turnId, reply }));
      status.posted(address);
      return postRef;
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
 * The last post that shows the turn, or null: one that could not be changed is followed by another. Only our own posts
 * count: any app may put our metadata on its posts.
 */
async function findPost(
  client: webApi.WebClient,
  address: Address,
  { turnId, own }: { turnId: string; own: Identity },
): Promise<string | null> {
  const { channel } = fromAddress(address);
  let found: string | null = null;
  for await (const { bot_id: botId, metadata, ts } of eachReply(client, address)) {
    if (botId !== own.botId || ts === undefined || !ownEvents.includes(metadata?.event_type ?? '')) continue;
    if (Object(metadata?.event_payload).turn_id === turnId) found = toPostRef({ channel, ts, turnId });
  }
  return found;
}

/** https://docs.slack.dev/reference/methods/chat.update */
async function update(client: webApi.WebClient, postRef: string, reply: Reply): Promise<void> {
  const { channel, ts, turnId } = fromPostRef(postRef);
  await call('chat.update', () =>
    client.chat
      .update({ channel, ts, ...renderReply(reply, turnId) })
      // deleted meanwhile: nobody misses the change
      .catch((error: unknown) => expecting(error, ['message_not_found'], null)),
  );
}

/** https://docs.slack.dev/reference/methods/chat.delete */
async function remove(client: webApi.WebClient, postRef: string): Promise<void> {
  const { channel, ts } = fromPostRef(postRef);
  const refused = await call('chat.delete', () =>
    client.chat
      .delete({ channel, ts })
      .then(() => null)
      .catch((error: unknown) => expecting(error, ['message_not_found', 'cant_delete_message'], errorCode(error))),
  );
  if (refused !== 'cant_delete_message') return;
  // a first post with answers leaves a tombstone, which is nobody's to delete
  const left = await firstOfThread(client, { channel, ts });
  if (left === null || left.user === 'USLACKBOT') return;
  throw new RemoteError('slack', 'rejected', { message: 'chat.delete: cant_delete_message' });
}

async function permalink(client: webApi.WebClient, address: Address): Promise<string> {
  const { channel, thread } = fromAddress(address);
  const answer = await call('chat.getPermalink', () => client.chat.getPermalink({ channel, message_ts: thread }));
  if (answer.permalink === undefined) throw incomplete('chat.getPermalink');
  return answer.permalink;
}
