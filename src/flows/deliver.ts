import {
  aboutNote,
  comesLater,
  isPassedOn,
  outcomeOf,
  replyOfTurn,
  settledReplyOf,
  TAKEN_BACK,
} from '#domain/speak.ts';
import type { Address, PlatformName } from '#domain/conversation.ts';
import type { Decision } from '#domain/decision.ts';
import { areSettled, type FileLimits, unsettledInThread } from '#domain/mirrored-file.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Clock, Log, OutgoingTurn, Store } from '#ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';
import { noteTriageFault } from './tell-admin.ts';

export interface DeliverDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  /** Where IT staff see the requests; null: nowhere but on the tickets. */
  readonly triage: TriageChannel | null;
  /** Which files of what IT says are shown in the thread; left out: all. */
  readonly limits?: FileLimits;
  readonly clock: Clock;
  readonly log: Log;
}
export interface TriageChannel {
  readonly platform: PlatformName;
  /** The platform's own id. */
  readonly channel: string;
  /** E-mail addresses of those who are told when the channel refuses us. */
  readonly admins: readonly string[];
}

/** So long after it was decided, what an answer says may have changed, and other people may read along. */
const staleAfterMs = 2 * 60_000;

/**
 * Brings the posts of turns up to what the turns say, in order: posts, updates or takes away; the job's one kind of
 * effect. With `again`, an attempt before this one may have come through without our hearing of it: its post is looked
 * for first. An answer that could not be posted for minutes is taken back instead, and decided anew.
 *
 * What the platform refuses for one turn keeps none behind it, and is thrown at the end; what passes by itself is thrown
 * at once, so that the order stays.
 */
export function createDeliver(deps: DeliverDeps) {
  return async function deliver(turnIds: readonly string[], again: boolean): Promise<void> {
    const failures: unknown[] = [];
    for (const turnId of turnIds) {
      try {
        const outgoing = await deps.store.conversations.outgoing(turnId);
        const { postRevision, revision } = outgoing.turn;
        if (postRevision === null || postRevision < revision) await bringUp(outgoing, again, deps);
      } catch (error) {
        if (error instanceof RemoteError && !isRefused(error)) throw error;
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
}

function isRefused(error: unknown): boolean {
  return error instanceof RemoteError && error.kind === 'rejected';
}

async function bringUp(outgoing: OutgoingTurn, again: boolean, deps: DeliverDeps): Promise<void> {
  const { turn } = outgoing;
  const { postRef } = turn;
  if (turn.withdrawn) {
    await recordPost(outgoing, await takeAway(outgoing, again, deps), deps);
    return;
  }
  const reply = await shownReply(outgoing, deps);
  if (reply === null) return;
  if (postRef !== null) {
    const { address, platform } = placeOf(outgoing, deps);
    // an attempt before this one may have said it anew
    const latest = again ? await platform.findPost(address, turn.id) : null;
    const shown = await change(outgoing, { address, postRef: latest ?? postRef, reply }, deps);
    if (shown !== postRef) await clear(outgoing, { address, postRef }, deps);
    await recordPost(outgoing, shown, deps);
    return;
  }
  if (outgoing.address === null) return postCard(outgoing, { reply, again }, deps);
  await postNew(outgoing, { reply, again }, deps);
}

/** Where there are no threads, what comes later names the question that it is about. */
async function shownReply(
  { turn, ticket, address, conversationId }: OutgoingTurn,
  deps: DeliverDeps,
): Promise<Reply | null> {
  const reply = replyOfTurn(turn, ticket, deps.limits);
  if (reply === null || address === null || !comesLater(turn)) return reply;
  if (!platformOf(deps.platforms, address.platform).hasNoThreads(address)) return reply;
  const about = aboutNote(await deps.store.conversations.load(conversationId));
  return about === null ? reply : { ...reply, parts: [about, ...reply.parts] };
}

/** Also what an earlier attempt may have left there. Returns the post that may not be deleted; null when none is left. */
async function takeAway(outgoing: OutgoingTurn, again: boolean, deps: DeliverDeps): Promise<string | null> {
  if (outgoing.address === null) return null;
  const { address, platform } = placeOf(outgoing, deps);
  const { postRef, id } = outgoing.turn;
  const latest = again ? await platform.findPost(address, id) : null;
  let standing: string | null = null;
  for (const there of new Set([postRef, latest])) {
    if (there === null) continue;
    const isGone = await removed({ address, postRef: there, turnId: id }, platform, deps.log);
    if (!isGone) standing = there;
  }
  return standing;
}

interface ShownPost {
  readonly address: Address;
  readonly postRef: string;
}

/** False when the post may not be deleted: then it loses its words, and when it may not do that either, an admin has to know. */
async function removed(
  { address, postRef, turnId }: ShownPost & { readonly turnId: string },
  platform: ChatPlatform,
  log: Log,
): Promise<boolean> {
  if (await isAllowed(() => platform.remove(address, postRef))) return true;
  if (!(await isAllowed(() => platform.update(address, postRef, TAKEN_BACK)))) {
    log.error('a post could not be taken back: delete it by hand', { turnId, postRef });
  }
  return false;
}

/** Does it; false when the platform refuses. */
async function isAllowed(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

/** Returns the post that says it then: where one may not be changed, or not any more, another says it anew. */
async function change(
  outgoing: OutgoingTurn,
  { address, postRef, reply }: ShownPost & { readonly reply: Reply },
  deps: DeliverDeps,
): Promise<string> {
  const { platform } = placeOf({ ...outgoing, address }, deps);
  if (await isAllowed(() => platform.update(address, postRef, reply))) return postRef;
  return platform.post(address, { turnId: outgoing.turn.id, reply, again: false });
}

/** What somebody has said otherwise is not to be read as it was before. Below a card of ours others may stand. */
async function clear({ turn }: OutgoingTurn, { address, postRef }: ShownPost, deps: DeliverDeps): Promise<void> {
  if (!isPassedOn(turn)) return;
  await removed({ address, postRef, turnId: turn.id }, platformOf(deps.platforms, address.platform), deps.log);
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

  // what came through may be a part of it alone, and the platform adds what is missing
  const postRef = await platform.post(address, { turnId: turn.id, reply, again: again || earlier !== null });
  // an attempt before this one may have posted what the turn said then
  const isOld = again && turn.revision > 0;
  const shown = isOld ? await change(outgoing, { address, postRef, reply }, deps) : postRef;
  if (shown !== postRef) await clear(outgoing, { address, postRef }, deps);

  await recordPost(outgoing, shown, deps);
}

/** With what we pass on come its files, and go with it. */
async function recordPost(
  { turn, conversationId }: OutgoingTurn,
  postRef: string | null,
  { store }: DeliverDeps,
): Promise<void> {
  const { id: turnId, revision } = turn;
  const isSettled = !isPassedOn(turn) || areSettled(unsettledInThread(turn));
  if (isSettled) return store.conversations.recordPost(turnId, { postRef, revision });
  await store.transaction(async (within) => {
    await within.conversations.recordPost(turnId, { postRef, revision });
    await within.jobs.send('share-files', conversationId, { conversationId, turnId });
  });
}

/** The first post of a request in the triage channel: what else is said of it there stands below. */
async function postCard(
  outgoing: OutgoingTurn,
  { reply, again }: { reply: Reply; again: boolean },
  deps: DeliverDeps,
): Promise<void> {
  const { store, platforms, triage } = deps;
  const { turn, conversationId } = outgoing;
  if (triage === null) return; // the setting is gone since it was written
  const platform = platformOf(platforms, triage.platform);
  const { name } = await store.conversations.load(conversationId);
  // The conversation's name, not its id: that one begins anew with every database.
  const opening = { key: `triage/${name}/${turn.id}`, turnId: turn.id, reply, again };

  const { address, postRef } = await platform.startIn(triage.channel, opening).catch(async (error: unknown) => {
    if (isForAdmins(error)) {
      await store.transaction((within) => noteTriageFault(within, { ...triage, refused: true, at: deps.clock() }));
    }
    throw error;
  });
  const isOld = again && turn.revision > 0;
  const shown = isOld ? await change(outgoing, { address, postRef, reply }, deps) : postRef;

  await store.transaction(async (within) => {
    await within.tickets.recordTriage(conversationId, address);
    await within.conversations.recordPost(turn.id, { postRef: shown, revision: turn.revision });
    await noteTriageFault(within, { ...triage, refused: false, at: deps.clock() });
  });
}

/** What does not pass by itself. */
function isForAdmins(error: unknown): boolean {
  return isRefused(error) || (error instanceof RemoteError && error.kind === 'unauthorized');
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
export function createSettle({ store, platforms, clock, log }: Omit<DeliverDeps, 'triage'>) {
  return async function settle(turnId: string, conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const turn = conversation.turns.find(({ id }) => id === turnId);
    if (turn === undefined || turn.decision === null) return;
    const platform = platformOf(platforms, conversation.address.platform);
    if (turn.postRef === null)
      throw new RemoteError(platform.name, 'unavailable', { message: 'the post is not out yet' });

    const { action, personRef } = outcomeOf(conversation, turn);
    const by = await findPerson(personRef, { platforms, people: store.people, clock });
    const settled = settledReplyOf(turn.decision, { action, byName: by.name });
    const about = comesLater(turn) && platform.hasNoThreads(conversation.address) ? aboutNote(conversation) : null;
    const reply = settled === null || about === null ? settled : { ...settled, parts: [about, ...settled.parts] };

    const { address } = conversation;
    const { postRef } = turn;
    if (reply === null || (await isAllowed(() => platform.update(address, postRef, reply)))) return;
    log.warn('a post may not be changed: its buttons stay', { turnId });
  };
}
