import type { webApi } from '@slack/bolt';
import type { Address } from '#domain/conversation.ts';
import { call, expecting } from './call.ts';
import { fromAddress } from './events.ts';

export type ThreadMessage = NonNullable<webApi.ConversationsRepliesResponse['messages']>[number];

/** A thread longer than this many pages of 200 posts is not read to its end. */
const mostPages = 10;

/**
 * The first post of a thread and its answers, in order, with their metadata; none when the first post is gone, since
 * then there are no answers to be found. https://docs.slack.dev/reference/methods/conversations.replies
 */
export async function* eachReply(client: webApi.WebClient, address: Address): AsyncGenerator<ThreadMessage> {
  const { channel, thread } = fromAddress(address);
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await replies(client, { channel, ts: thread, oldest: thread, cursor });
    yield* answer?.messages ?? [];
    cursor = answer?.response_metadata?.next_cursor ?? '';
    if (cursor === '') return;
  }
}

/** The post that the thread begins with, or what stands in its place; null when there is nothing. */
export async function firstOfThread(
  client: webApi.WebClient,
  { channel, ts }: { channel: string; ts: string },
): Promise<ThreadMessage | null> {
  const answer = await replies(client, { channel, ts, oldest: ts, cursor: '' });
  return answer?.messages?.find((message) => message.ts === ts) ?? null;
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
