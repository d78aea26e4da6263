import { outcomeOf, replyOfTurn, settledReplyOf } from '#domain/speak.ts';
import type { Address, PlatformName } from '#domain/conversation.ts';
import type { Decision } from '#domain/decide.ts';
import { areSettled, unsettledFiles } from '#domain/mirrored-file.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import type { Clock, OutgoingTurn, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  /** Where IT staff see the requests; null: nowhere but on the tickets. */
  readonly triage: TriageChannel | null;
  readonly clock: Clock;
}
export interface TriageChannel {
  readonly platform: PlatformName;
  /** The platform's own id. */
  readonly channel: string;
}

/** So long after it was decided, what an answer says may have changed, and other people may read along. */
const staleAfterMs = 2 * 60_000;

/**
 * Brings the posts of turns up to what the turns say, in order: posts, updates or takes away; the job's one kind of
 * effect. With `again`, an attempt before this one may have come through without our hearing of it: its post is looked
 * for first. An answer that could not be posted for minutes is taken back instead, and decided anew.
 */
export function createDeliver(deps: DeliverDeps) {
  return async function deliver(turnIds: readonly string[], again: boolean): Promise<void> {
    for (const turnId of turnIds) {
      const outgoing = await deps.store.conversations.outgoing(turnId);
      const { postRevision, revision } = outgoing.turn;
      if (postRevision === null || postRevision < revision) await bringUp(outgoing, again, deps);
    }
  };
}

async function bringUp(outgoing: OutgoingTurn, again: boolean, deps: DeliverDeps): Promise<void> {
  const { turn, ticket } = outgoing;
  const { postRef } = turn;
  if (turn.withdrawn) {
    await takeAway(outgoing, again, deps);
    await recordPost(outgoing, null, deps);
    return;
  }
  const reply = replyOfTurn(turn, ticket);
  if (reply === null) return;
  if (postRef !== null) {
    const { address, platform } = placeOf(outgoing, deps);
    await platform.update(address, postRef, reply);
    await recordPost(outgoing, postRef, deps);
    return;
  }
  if (outgoing.address === null) return postCard(outgoing, { reply, again }, deps);
  await postNew(outgoing, { reply, again }, deps);
}

/** Also what an earlier attempt may have left there. */
async function takeAway(outgoing: OutgoingTurn, again: boolean, deps: DeliverDeps): Promise<void> {
  if (outgoing.address === null) return;
  const { address, platform } = placeOf(outgoing, deps);
  const { postRef, id } = outgoing.turn;
  const there = postRef ?? (again ? await platform.findPost(address, id) : null);
  if (there !== null) await platform.remove(address, there);
}

async function postNew(
  outgoing: OutgoingTurn,
  { reply, again }: { reply: Reply; again: boolean },
  deps: DeliverDeps,
): Promise<void> {
  const { store, clock } = deps;
  const { turn, at, conversationId } = outgoing;
  const { address, platform } = placeOf(outgoing, deps);
  const isStale = showsDocuments(turn.decision) && clock().getTime() - at.getTime() > staleAfterMs;
  const earlier = isStale ? await platform.findPost(address, turn.id) : null;
  if (isStale && earlier === null) {
    await decideAnew(store, { turnId: turn.id, conversationId });
    return;
  }

  const postRef = earlier ?? (await platform.post(address, { turnId: turn.id, reply, again }));
  // an attempt before this one may have posted what the turn said then
  if (again && turn.revision > 0) await platform.update(address, postRef, reply);

  await recordPost(outgoing, postRef, deps);
}

/** With what an agent wrote on the ticket come its files, and go with it. */
async function recordPost(
  { turn, conversationId }: OutgoingTurn,
  postRef: string | null,
  { store }: DeliverDeps,
): Promise<void> {
  const { id: turnId, author, personRef, revision } = turn;
  const isSettled = author !== 'agent' || personRef !== null || areSettled(unsettledFiles(turn));
  if (isSettled) return store.conversations.recordPost(turnId, { postRef, revision });
  await store.transaction(async (within) => {
    await within.conversations.recordPost(turnId, { postRef, revision });
    await within.jobs.send('share-files', conversationId, { conversationId, turnId });
  });
}

/** The first post of a request in the triage channel: what else is said of it there stands below. */
async function postCard(
  { turn, conversationId }: OutgoingTurn,
  { reply, again }: { reply: Reply; again: boolean },
  { store, platforms, triage }: DeliverDeps,
): Promise<void> {
  if (triage === null) return; // the setting is gone since it was written
  const platform = platformOf(platforms, triage.platform);
  const { name } = await store.conversations.load(conversationId);
  // The conversation's name, not its id: that one begins anew with every database.
  const opening = { key: `triage/${name}/${turn.id}`, turnId: turn.id, reply, again };

  const { address, postRef } = await platform.startIn(triage.channel, opening);
  if (again && turn.revision > 0) await platform.update(address, postRef, reply);

  await store.transaction(async (within) => {
    await within.tickets.recordTriage(conversationId, address);
    await within.conversations.recordPost(turn.id, { postRef, revision: turn.revision });
  });
}

function placeOf({ address, turn }: OutgoingTurn, { platforms }: DeliverDeps) {
  if (address === null) throw new Error(`turn ${turn.id} has no place to be shown`);
  return { address: address satisfies Address, platform: platformOf(platforms, address.platform) };
}

function showsDocuments(decision: Decision | null): boolean {
  return decision !== null && ['answer', 'suggest', 'offer-private'].includes(decision.kind);
}

async function decideAnew(
  store: Store,
  { turnId, conversationId }: { turnId: string; conversationId: string },
): Promise<void> {
  await store.transaction(async (within) => {
    if (await within.conversations.takeBack(turnId)) {
      await within.jobs.send('answer', conversationId, { conversationId });
    }
  });
}

/** Replaces the buttons of a post by a line that says what has become of it. */
export function createSettle({ store, platforms, clock }: Omit<DeliverDeps, 'triage'>) {
  return async function settle(turnId: string, conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const turn = conversation.turns.find(({ id }) => id === turnId);
    if (turn === undefined || turn.decision === null) return;
    const platform = platformOf(platforms, conversation.address.platform);
    if (turn.postRef === null)
      throw new RemoteError(platform.name, 'unavailable', { message: 'the post is not out yet' });

    const { action, personRef } = outcomeOf(conversation, turn);
    const by = await findPerson(personRef, { platform, people: store.people, clock });
    const reply = settledReplyOf(turn.decision, { action, byName: by.name });

    if (reply !== null) await platform.update(conversation.address, turn.postRef, reply);
  };
}
