import { z } from 'zod';
import type { Address } from '#domain/conversation.ts';
import type { Reply, WorkStage } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform, PlatformNotes } from '#chat-ports.ts';
import { fromPostRef, type OwnPost, toPostRef } from './addresses.ts';
import { renderReply } from './cards.ts';
import type { Outgoing } from './connector.ts';
import { type OutwardDeps, type Reached, reach } from './reach.ts';
import type { Ended, Streams } from './streams.ts';

/** The verbs that show something. */
export type Outbound = Pick<ChatPlatform, 'post' | 'update' | 'remove' | 'findPost' | 'showWorking'>;

/**
 * A post of two activities is out by half when its text is and its card is not: then that is noted, and the next attempt
 * sends the card alone. Nothing else can be looked for: Teams shows bots no messages from before. So after a request
 * that broke off without an answer a post may be there twice.
 */
const Half = z.object({ chatId: z.string(), activityId: z.string() });
type Half = z.infer<typeof Half>;

interface OutboundDeps extends OutwardDeps {
  readonly streams: Streams;
}

/** One request to the connector for each activity, but what the notes say. */
export function createOutbound(deps: OutboundDeps): Outbound {
  return {
    post: (address, post) => sendPost(deps, address, post),
    update: (address, postRef, reply) => update(deps, { address, postRef, reply }),
    remove: (address, postRef) => remove(deps, address, postRef),
    async findPost(address, turnId) {
      const to = await reach(deps.chats, address);
      const chatId = to.chat.id;
      const half = await findHalf(deps.notes, { turnId, chatId });
      const activityId = half?.activityId ?? (await deps.streams.endedBy(to, turnId));
      return activityId === null ? null : toPostRef({ chatId, activityId, cardId: null, turnId });
    },
    showWorking: (address, stage) => showWorking(deps, address, stage),
  };
}

async function sendPost(
  deps: OutboundDeps,
  address: Address,
  post: Parameters<ChatPlatform['post']>[1],
): Promise<string> {
  const { turnId, reply, again } = post;
  const to = await reach(deps.chats, address);
  const chatId = to.chat.id;
  const half = again ? await findHalf(deps.notes, { turnId, chatId }) : null;
  const endsStream = half === null && (await deps.streams.isOpen(to, post));
  const [first, card] = renderReply(reply, { turnId, address }, endsStream ? 'words-first' : 'any');
  if (first === undefined) throw new RemoteError('teams', 'rejected', { message: 'there is nothing to be posted' });
  const ended = endsStream ? await deps.streams.finish(to, { turnId, again, message: first }) : null;
  // who has stopped an answer gets nothing more of it; what is no answer is said beside the stream
  if (ended !== null && isWithheld(ended, address, reply)) {
    return toPostRef({ chatId, activityId: ended.activityId, cardId: null, turnId });
  }
  const activityId = ended?.stopped === null ? ended.activityId : await sendFirst(deps, to, { first, half });
  return sendCard(deps, to, { activityId, card, turnId, isHalf: half !== null });
}

function isWithheld({ stopped }: Ended, address: Address, { parts }: Reply): boolean {
  return stopped === address.ref && parts.some(({ kind }) => kind === 'quote' || kind === 'written');
}

/** The second activity, if there is one. */
async function sendCard(
  deps: OutboundDeps,
  to: Reached,
  shown: { activityId: string; card: Outgoing | undefined; turnId: string; isHalf: boolean },
): Promise<string> {
  const { activityId, card, turnId, isHalf } = shown;
  const chatId = to.chat.id;
  if (card === undefined) {
    if (isHalf) await forgetHalf(deps, turnId);
    return toPostRef({ chatId, activityId, cardId: null, turnId });
  }
  if (!isHalf) await deps.notes.save(halfKey(turnId), { chatId, activityId } satisfies Half);
  const cardId = await deps.connector.send(to, card);
  await forgetHalf(deps, turnId);
  return toPostRef({ chatId, activityId, cardId, turnId });
}

/** What is out already may say something else by now. */
async function sendFirst(
  { connector }: OutboundDeps,
  to: Reached,
  { first, half }: { first: Outgoing; half: Half | null },
): Promise<string> {
  if (half === null) return connector.send(to, first);
  await connector.update({ ...to, activityId: half.activityId }, first);
  return half.activityId;
}

async function findHalf(notes: PlatformNotes, post: { turnId: string; chatId: string }): Promise<Half | null> {
  const half = Half.safeParse(await notes.find(halfKey(post.turnId))).data ?? null;
  return half?.chatId === post.chatId ? half : null;
}

/** Left behind, it is overwritten by the next or never read: what is out is out. */
async function forgetHalf({ notes, log }: OutwardDeps, turnId: string): Promise<void> {
  try {
    await notes.remove(halfKey(turnId));
  } catch (error) {
    log.warn('teams: a note of a post could not be removed', { turnId, error });
  }
}

function halfKey(turnId: string): string {
  return `half/${turnId}`;
}

/**
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/update-and-delete-bot-messages
 *
 * A post keeps as many activities as it has; only where what is left to say needs no card below the text, that is taken away.
 */
async function update(
  deps: OutwardDeps,
  { address, postRef, reply }: { address: Address; postRef: string; reply: Reply },
): Promise<void> {
  const own = readOwn(postRef);
  const to = await reach(deps.chats, address);
  const isPair = own.cardId !== null;
  const [first, card] = renderReply(reply, { turnId: own.turnId, address }, isPair ? 'two' : 'one');
  if (first !== undefined) await deps.connector.update({ ...to, activityId: own.activityId }, first);
  if (own.cardId === null) return;
  const below = { ...to, activityId: own.cardId };
  await (card === undefined ? deps.connector.remove(below) : deps.connector.update(below, card));
}

async function remove(deps: OutwardDeps, address: Address, postRef: string): Promise<void> {
  const { activityId, cardId } = readOwn(postRef);
  const to = await reach(deps.chats, address);
  // what can be pressed goes first
  if (cardId !== null) await deps.connector.remove({ ...to, activityId: cardId });
  await deps.connector.remove({ ...to, activityId });
}

/** @throws RemoteError `rejected` for a post that Teams told no id of: it can be neither changed nor found. */
function readOwn(postRef: string): OwnPost {
  const own = fromPostRef(postRef);
  if (own.activityId !== '' && own.cardId !== '') return own;
  throw new RemoteError('teams', 'rejected', { message: 'Teams has told no id of the post' });
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations */
async function showWorking(
  { connector, chats, streams, log }: OutboundDeps,
  address: Address,
  stage: WorkStage,
): Promise<void> {
  try {
    const to = await reach(chats, address);
    if (!(await streams.show(to, { address, stage }))) await connector.send(to, { type: 'typing' });
  } catch (error) {
    log.debug('teams: that we are working could not be shown', { error });
  }
}
