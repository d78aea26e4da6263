import type { webApi } from '@slack/bolt';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform, DirectThread } from '#chat-ports.ts';
import { renderReply } from './blocks.ts';
import { call, expecting, incomplete } from './call.ts';
import { fromPersonRef, messageIdOf, toAddress } from './events.ts';
import type { Identity } from './identity.ts';
import { toPostRef } from './post-ref.ts';
import { errorCode } from './remote-error.ts';
import type { Method } from './usage.ts';

/** Kept with the first post of a thread of ours; its readers can read it too, so it holds ids only. */
export const openingEventType = 'firstline_direct';

/** A conversation longer than this many pages of 200 posts is not searched to its beginning for an earlier attempt's. */
const mostPages = 5;

/** `turnId`: what the buttons carry; the key when left out. */
type Opening = Parameters<ChatPlatform['startDirect']>[1] & { readonly turnId?: string };

/** Threads of ours: in the direct messages with a person, and in a channel of IT staff. */
export function createOpenings(
  client: webApi.WebClient,
  { identify }: { identify: () => Promise<Identity> },
): Pick<ChatPlatform, 'startDirect' | 'startIn'> {
  return {
    async startDirect(ref, opening) {
      const own = await identify();
      const channel = await openDirect(client, fromPersonRef(ref).user);
      return begin(client, { channel, own, opening });
    },
    async startIn(channel, opening) {
      const own = await identify();
      return begin(client, { channel, own, opening, refused: notInvited });
    },
  };
}

interface Beginning {
  readonly channel: string;
  readonly own: Identity;
  readonly opening: Opening;
  /** Translates a failure that is told by the channel. */
  readonly refused?: (method: Method, error: unknown) => never;
}

async function begin(client: webApi.WebClient, beginning: Beginning): Promise<DirectThread> {
  const { channel, own, opening } = beginning;
  const earlier = opening.again ? await findOpening(client, beginning) : null;
  const ts = earlier ?? (await post(client, beginning));
  return {
    address: toAddress({ team: own.teamId, channel, thread: ts }),
    messageId: messageIdOf({ team: own.teamId, channel, ts }),
    postRef: toPostRef({ channel, ts, turnId: turnOf(opening) }),
  };
}

function turnOf({ turnId, key }: Opening): string {
  return turnId ?? key;
}

/** https://docs.slack.dev/reference/methods/conversations.open: the same channel each time. */
async function openDirect(client: webApi.WebClient, user: string): Promise<string> {
  const { channel } = await call('conversations.open', () => client.conversations.open({ users: user }));
  if (channel?.id === undefined) throw incomplete('conversations.open');
  return channel.id;
}

/** Only our own posts count: any app may put our metadata on its posts. */
async function findOpening(
  client: webApi.WebClient,
  { channel, own, opening, refused = rethrow }: Beginning,
): Promise<string | null> {
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const from = cursor === '' ? { channel } : { channel, cursor };
    const answer = await call('conversations.history', () =>
      client.conversations
        .history({ ...from, limit: 200, include_all_metadata: true })
        .catch((error: unknown) => refused('conversations.history', error)),
    );
    const found = answer.messages?.find(
      ({ bot_id: botId, metadata }) =>
        botId === own.botId &&
        metadata?.event_type === openingEventType &&
        Object(metadata.event_payload).key === opening.key,
    );
    if (found?.ts !== undefined) return found.ts;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}

async function post(client: webApi.WebClient, { channel, opening, refused = rethrow }: Beginning): Promise<string> {
  const { key, turnId, reply } = opening;
  const payload = turnId === undefined ? { key } : { key, turn_id: turnId };
  const { ts } = await call('chat.postMessage', () =>
    client.chat
      .postMessage({
        channel,
        ...renderReply(reply, turnOf(opening)),
        metadata: { event_type: openingEventType, event_payload: payload },
        unfurl_links: false,
        unfurl_media: false,
      })
      .catch((error: unknown) => refused('chat.postMessage', error)),
  );
  if (ts === undefined) throw incomplete('chat.postMessage');
  return ts;
}

function rethrow(_method: Method, error: unknown): never {
  throw error;
}

/** A private channel that we are not in is not found. */
function notInvited(method: Method, error: unknown): never {
  const code = expecting(error, ['not_in_channel', 'channel_not_found'], errorCode(error));
  const remedy = 'TRIAGE_CHANNEL must be the id of a channel that the app is in: invite the app to it';
  throw new RemoteError('slack', 'unauthorized', { message: `${method}: ${code}. ${remedy}` });
}
