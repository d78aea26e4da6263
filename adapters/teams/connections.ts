import { z } from 'zod';
import { RemoteError } from '#errors.ts';
import type { TeamsChat } from './chat.ts';
import type { Connector, Outgoing, StreamAnswer, TeamsMember } from './connector.ts';
import { refusalOf, toRemoteError } from './remote-error.ts';
import type { Sdk } from './sdk.ts';
import { isAllowedService } from './services.ts';
import { streamRefusalOf } from './stream-refusal.ts';

type Client = Awaited<ReturnType<Sdk['client']>>;
type Activity = Parameters<Client['conversations']['sendToConversation']>[1];

/** Longer than Teams takes, and short enough for a job. */
const timeLimitMs = 10_000;

/** The SDK's own limit ends with the answer's first line, and waits on behind a failure. */
function timed() {
  return { abortSignal: AbortSignal.timeout(timeLimitMs) };
}

/** Of a roster. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context#fetch-the-roster-or-user-profile */
const smallestPage = 50;
const largestPage = 500;

/** The Bot Connector's REST API, one request each. */
export function createConnector(sdk: Sdk, serviceHosts: readonly string[]): Connector {
  const clients = new Map<string, Promise<Client>>();

  /** One of each address: only addresses of the list come here, so there are few. */
  async function clientOf(serviceUrl: string): Promise<Client> {
    const kept = clients.get(serviceUrl);
    if (kept !== undefined) return kept;
    const made = sdk.client(serviceUrl);
    clients.set(serviceUrl, made);
    made.catch(() => clients.delete(serviceUrl));
    return made;
  }

  /** The address was noted with an earlier activity: whether it is still allowed is asked each time. */
  async function call<T>(verb: string, chat: TeamsChat, perform: (client: Client) => Promise<T>): Promise<T> {
    if (!isAllowedService(chat.serviceUrl, serviceHosts)) {
      throw new RemoteError('teams', 'rejected', { message: `${verb}: the chat's service address is not on the list` });
    }
    try {
      return await perform(await clientOf(chat.serviceUrl));
    } catch (error) {
      throw toRemoteError(verb, error);
    }
  }

  return {
    send: ({ chat, thread }, activity) => call('send', chat, (client) => send(client, { chat, thread }, activity)),
    stream: (to, activity) => call('stream', to.chat, (client) => stream(client, to, activity)),
    update: ({ chat, thread, activityId }, activity) =>
      call('update', chat, async (client) => {
        const changed = addressed(activity, { chat, thread });
        const answer = await client.conversations
          .updateActivity(conversationId(chat, thread), activityId, changed, timed())
          .catch(expecting([404], null));
        return answer !== null;
      }),
    remove: ({ chat, thread, activityId }) =>
      call('remove', chat, async (client) => {
        await client.conversations
          .deleteActivity(conversationId(chat, thread), activityId, timed())
          .catch(expecting([404], null));
      }),
    openPersonal: (like, userId) => call('open a chat', like, (client) => openPersonal(client, like, userId)),
    openThread: (channel, activity) =>
      call('open a thread', channel, (client) => openThread(client, channel, activity)),
    member: (chat, userId) => call('member', chat, (client) => member(client, chat, userId)),
    members: (chat, most) => call('members', chat, (client) => members(client, chat, most)),
    bearer: () => sdk.bearer(),
  };
}

interface Where {
  readonly chat: TeamsChat;
  readonly thread: string | null;
}

/** A thread is a conversation of its own: https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations */
function conversationId(chat: TeamsChat, thread: string | null): string {
  return thread === null ? chat.id : `${chat.id};messageid=${thread}`;
}

function addressed(activity: Outgoing, { chat, thread }: Where): Activity {
  return {
    ...activity,
    channelId: 'msteams',
    from: { id: chat.botId, name: '' },
    conversation: {
      id: conversationId(chat, thread),
      name: '',
      isGroup: chat.scope !== 'personal',
      conversationType: chat.scope,
    },
  };
}

const Sent = z.object({ id: z.string().catch('') }).catch({ id: '' });

async function send(client: Client, where: Where, activity: Outgoing): Promise<string> {
  const to = conversationId(where.chat, where.thread);
  return Sent.parse(await client.conversations.sendToConversation(to, addressed(activity, where), timed())).id;
}

async function stream(client: Client, where: Where, activity: Outgoing): Promise<StreamAnswer> {
  try {
    // also of a part that came out of order, and was dropped
    return { kind: 'taken', id: await send(client, where, activity) };
  } catch (error) {
    const why = streamRefusalOf(error);
    if (why === null) throw error;
    return { kind: 'over', why };
  }
}

const Opened = z.object({ id: z.string().min(1) });

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages#create-the-conversation */
async function openPersonal(client: Client, like: TeamsChat, userId: string): Promise<string> {
  const { tenantId, botId } = like;
  const answer = await client.conversations.createConversation(
    {
      isGroup: false,
      bot: { id: botId, name: '' },
      members: [{ id: userId, name: '' }],
      tenantId,
      channelData: { tenant: { id: tenantId } },
    } as Parameters<Client['conversations']['createConversation']>[0],
    timed(),
  );
  return Opened.parse(answer).id;
}

async function openThread(client: Client, channel: TeamsChat, activity: Outgoing): Promise<{ thread: string } | null> {
  const { tenantId, botId } = channel;
  const opening = client.conversations.createConversation(
    {
      isGroup: true,
      bot: { id: botId, name: '' },
      tenantId,
      channelData: { channel: { id: channel.id }, tenant: { id: tenantId } },
      activity: { ...activity, channelId: 'msteams' },
    } as unknown as Parameters<Client['conversations']['createConversation']>[0],
    timed(),
  );
  const answer = await opening.catch(expecting([403, 404], null));
  if (answer === null) return null;
  const { id } = Opened.parse(answer);
  const { activityId } = z.object({ activityId: z.string().nullish() }).parse(answer);
  const thread = /;messageid=(\d+)/.exec(id)?.[1] ?? activityId;
  if (thread == null)
    throw new RemoteError('teams', 'unavailable', { message: 'open a thread: an answer without its id' });
  return { thread };
}

const Member = z
  .object({
    id: z.string().min(1),
    aadObjectId: z.string().nullish().catch(null),
    objectId: z.string().nullish().catch(null),
    name: z.string().nullish().catch(null),
    email: z.string().nullish().catch(null),
    userPrincipalName: z.string().nullish().catch(null),
    tenantId: z.string().nullish().catch(null),
    userRole: z.string().nullish().catch(null),
  })
  .transform(
    (member): TeamsMember => ({
      id: member.id,
      aadObjectId: member.aadObjectId ?? member.objectId ?? null,
      name: member.name ?? '',
      email: member.email || null,
      userPrincipalName: member.userPrincipalName || null,
      tenantId: member.tenantId ?? null,
      userRole: member.userRole ?? null,
    }),
  );

/** The members of a channel are its team's: a channel that has others is noted as shared, and not asked about. */
function rosterOf(chat: TeamsChat): string {
  return chat.scope === 'channel' ? (chat.teamId ?? chat.id) : chat.id;
}

async function member(client: Client, chat: TeamsChat, userId: string): Promise<TeamsMember | null> {
  const answer = await client.conversations
    .getConversationMember(rosterOf(chat), userId, timed())
    .catch(expecting([403, 404], null));
  return answer === null ? null : Member.parse(answer);
}

const Page = z.object({ members: z.array(Member).nullish(), continuationToken: z.string().nullish() });

async function members(client: Client, chat: TeamsChat, most: number): Promise<readonly TeamsMember[] | null> {
  const found = new Map<string, TeamsMember>();
  const pageSize = Math.min(Math.max(most + 1, smallestPage), largestPage);
  let continuation: string | undefined;
  // every page but the last brings somebody, or there would be no end
  for (let page = 0; page <= most; page += 1) {
    const answer = await client.conversations
      .getConversationPagedMembers(rosterOf(chat), pageAt(pageSize, continuation))
      .catch(expecting([403, 404], null));
    if (answer === null) return null;
    const { members: some, continuationToken } = Page.parse(answer);
    for (const each of some ?? []) found.set(each.id, each);
    if (found.size > most) return null;
    if (!continuationToken) return [...found.values()];
    continuation = continuationToken;
  }
  return null;
}

/** The SDK's types ask for a token that the first page has not got. */
function pageAt(pageSize: number, continuationToken: string | undefined) {
  return { ...timed(), pageSize, continuationToken: continuationToken as string };
}

/** A refusal that is an expected outcome becomes `outcome`; any other goes on. */
function expecting<T>(statuses: readonly number[], outcome: T): (error: unknown) => T {
  return (error) => {
    if (statuses.includes(refusalOf(error)?.status ?? 0)) return outcome;
    throw error;
  };
}
