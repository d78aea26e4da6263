import { webApi } from '@slack/bolt';
import type { Address, Person } from '#domain/conversation.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError, SetupError } from '#errors.ts';
import type { ChatPlatform, Log } from '#ports.ts';
import { renderReply } from './blocks.ts';
import { fromAddress } from './events.ts';
import { errorCode, toRemoteError } from './remote-error.ts';
import { withoutInvisible } from './text.ts';
import { type Method, scopes } from './usage.ts';

/** Who we are, as Slack says. `enterpriseId` is null outside an Enterprise organisation. */
export interface Identity {
  readonly userId: string;
  readonly botId: string;
  readonly teamId: string;
  readonly enterpriseId: string | null;
}

export interface Outbound extends Pick<ChatPlatform, 'post' | 'update' | 'showWorking' | 'person' | 'permalink'> {
  /**
   * Asks Slack who we are; the answer is kept.
   * @throws SetupError when the token is refused.
   * @throws RemoteError when Slack cannot be asked at present.
   */
  identify(): Promise<Identity>;
  /** What `identify` has found out; null before. */
  identity(): Identity | null;
}

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
export function createOutbound(client: webApi.WebClient, log: Log): Outbound {
  let known: Identity | null = null;

  async function identify(): Promise<Identity> {
    if (known !== null) return known;
    const answer = await call('auth.test', () => client.auth.test()).catch(refuseToken);
    const { user_id: userId, bot_id: botId, team_id: teamId, enterprise_id: enterpriseId } = answer;
    if (userId === undefined || teamId === undefined) throw incomplete('auth.test');
    if (botId === undefined) throw new SetupError('SLACK_BOT_TOKEN is not a bot token: it must begin with "xoxb-".');
    warnOfMissingScopes(answer.response_metadata?.scopes, log);
    known = { userId, botId, teamId, enterpriseId: enterpriseId ?? null };
    return known;
  }

  return {
    identify,
    identity: () => known,
    permalink: (address) => permalink(client, address),
    person: async (ref) => person(client, ref, await identify()),
    showWorking: (address) => showWorking(client, address, log),
    update: (_, postRef, reply) => update(client, postRef, reply),
    async post(address, { turnId, reply, again }) {
      const earlier = again ? await findPost(client, address, { turnId, own: await identify() }) : null;
      return earlier ?? (await post(client, address, { turnId, reply }));
    },
  };
}

/** Every call goes through here, so that nothing but a RemoteError comes out. */
async function call<T>(method: Method, perform: () => Promise<T>): Promise<T> {
  try {
    return await perform();
  } catch (error) {
    throw toRemoteError(method, error);
  }
}

function refuseToken(error: unknown): never {
  if (!(error instanceof RemoteError) || error.kind !== 'unauthorized') throw error;
  throw new SetupError(
    `Slack refuses SLACK_BOT_TOKEN (${error.message}). Install the app again and copy its bot token.`,
  );
}

function warnOfMissingScopes(granted: readonly string[] | undefined, log: Log): void {
  if (granted === undefined) return;
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) log.warn('slack: the token lacks scopes of manifest.yml; install the app again', { missing });
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

/**
 * Somebody whom Slack does not let us see, or does not know, is an outsider without an address: they are entitled to
 * nothing, and the conversation goes on.
 */
async function person(client: webApi.WebClient, ref: string, own: Identity): Promise<Person> {
  const [, team = '', id = ''] = ref.split('/');
  const answer = await call('users.info', () =>
    client.users
      .info({ user: id })
      .catch((error: unknown) => expecting(error, ['user_not_found', 'users_not_found', 'user_not_visible'], null)),
  );
  if (answer === null) return { ref, name: 'Unknown person', email: null, outsider: true };
  const { user } = answer;
  if (user === undefined) throw incomplete('users.info');
  return {
    ref,
    name: nameOf(user),
    email: user.profile?.email?.trim() || null,
    outsider: isGuest(user) || !isColleague(user, team, own),
  };
}

type User = NonNullable<webApi.UsersInfoResponse['user']>;

function nameOf({ profile, real_name: realName, name: handle }: User): string {
  const names = [profile?.display_name, profile?.real_name, realName, handle];
  return names.map((each) => withoutInvisible(each ?? '').trim()).find((each) => each !== '') ?? 'Unknown person';
}

function isGuest(user: User): boolean {
  return user.is_restricted === true || user.is_ultra_restricted === true || user.is_stranger === true;
}

/** Of our workspace, or of another one of our Enterprise organisation. */
function isColleague(user: User, team: string, own: Identity): boolean {
  if (own.enterpriseId !== null && user.enterprise_user?.enterprise_id === own.enterpriseId) return true;
  return team === own.teamId && (user.team_id ?? own.teamId) === own.teamId;
}

async function permalink(client: webApi.WebClient, address: Address): Promise<string> {
  const { channel, thread } = fromAddress(address);
  const answer = await call('chat.getPermalink', () => client.chat.getPermalink({ channel, message_ts: thread }));
  if (answer.permalink === undefined) throw incomplete('chat.getPermalink');
  return answer.permalink;
}

/** A failure that is an expected outcome becomes `outcome`; any other goes on. */
function expecting<T>(error: unknown, codes: readonly string[], outcome: T): T {
  if (codes.includes(errorCode(error) ?? '')) return outcome;
  throw error;
}

/** The turn belongs to a post's id: an update that keeps a button needs it. */
function toPostRef(post: { channel: string; ts: string; turnId: string }): string {
  return `${post.channel}/${post.ts}/${post.turnId}`;
}

function fromPostRef(ref: string): { channel: string; ts: string; turnId: string } {
  const [channel = '', ts = '', ...turn] = ref.split('/');
  return { channel, ts, turnId: turn.join('/') };
}

function incomplete(method: Method): RemoteError {
  return new RemoteError('slack', 'unavailable', { message: `${method}: an answer without what was asked for` });
}
