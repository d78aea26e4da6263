import { replyOf, settledReplyOf } from '#domain/speak.ts';
import type { Action, Conversation, Turn } from '#domain/conversation.ts';
import type { Decision } from '#domain/decide.ts';
import { RemoteError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly clock: Clock;
}

/** So long after it was decided, what an answer says may have changed, and other people may read along. */
const staleAfterMs = 2 * 60_000;

/**
 * Posts a turn of ours into its thread: the job's one effect. With `again`, an attempt before this one may have come
 * through without our hearing of it: its post is looked for first. An answer that could not be posted for minutes is
 * taken back instead, and decided anew.
 */
export function createDeliver({ store, platforms, clock }: DeliverDeps) {
  return async function deliver(turnId: string, again: boolean): Promise<void> {
    const outgoing = await store.conversations.outgoing(turnId);
    if (outgoing.postRef !== null) return;
    const reply = replyOf(outgoing.decision, outgoing.ticket);
    if (reply === null) return;
    const platform = platformOf(platforms, outgoing.address.platform);
    const isStale = showsDocuments(outgoing.decision) && clock().getTime() - outgoing.at.getTime() > staleAfterMs;
    const earlier = isStale ? await platform.findPost(outgoing.address, turnId) : null;
    if (isStale && earlier === null) {
      await decideAnew(store, { turnId, conversationId: outgoing.conversationId });
      return;
    }

    const postRef = earlier ?? (await platform.post(outgoing.address, { turnId, reply, again }));

    await store.conversations.recordPost(turnId, postRef);
  };
}

function showsDocuments({ kind }: Decision): boolean {
  return kind === 'answer' || kind === 'suggest' || kind === 'offer-private';
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
export function createSettle(deps: { store: Store; platforms: ChatPlatforms; clock: Clock }) {
  const { store, platforms, clock } = deps;

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

/** The click on this very post; else what the requester said in words. A ticket outweighs: it is there whatever was clicked. */
function outcomeOf(conversation: Conversation, turn: Turn): { action: Action; personRef: string } {
  const click = conversation.turns.findLast(
    ({ action, aboutTurnId, author }) => action !== null && aboutTurnId === turn.id && author === 'requester',
  );
  const action = conversation.ticket === null ? 'solved' : 'get-human';
  return { action: click?.action ?? action, personRef: click?.personRef ?? conversation.requesterRef };
}
