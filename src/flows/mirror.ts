import type { Conversation, SharedFile, Turn } from '#domain/conversation.ts';
import { type FileLimits, refusalOf, refusedFiles, unsettledFiles } from '#domain/mirrored-file.ts';
import {
  leftFileComment,
  leftFormComment,
  leftTurnComment,
  mirroredComment,
  missingFileComment,
  saysNothing,
  toMirror,
  untoldForm,
} from '#domain/to-mirror.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Clock, Store } from '#ports.ts';
import type { StoredTicket, Ticketing } from '#ticket-ports.ts';
import { type ChatPlatforms, findPerson, homeOf, platformOf } from './people.ts';

export interface MirrorDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Ticketing;
  readonly limits: FileLimits;
  readonly clock: Clock;
  /**
   * Rewrites the ticket's description; false when somebody else has changed it.
   * @throws RemoteError `rejected` when we may not.
   */
  readonly describe: (conversationId: string) => Promise<boolean>;
}

/** The conversation, its ticket, and what is needed to write there. */
interface Mirroring {
  readonly conversation: Conversation;
  readonly ticket: StoredTicket;
  readonly ticketId: string;
  readonly platform: ChatPlatform;
  readonly again: boolean;
  /** Attachments that are files of ours already, those of this run included. */
  readonly known: string[];
}

/**
 * Brings the ticket's comments and files up to what the thread says, in order. From what is recorded of each turn, so
 * that it does not matter how often it runs, or what of it an attempt before this one has done. Nobody else rewrites
 * the description: two at the same time would leave the older one. What we may not do on the ticket is told there to IT
 * staff, and keeps nothing else from it.
 */
export function createMirror(deps: MirrorDeps) {
  return async function mirror(conversationId: string, again: boolean): Promise<void> {
    const [conversation, ticket] = await Promise.all([
      deps.store.conversations.load(conversationId),
      deps.store.tickets.find(conversationId),
    ]);
    if (ticket === null || ticket.phase === 'gone') return;
    if (ticket.created === null) {
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
    }
    const platform = platformOf(deps.platforms, conversation.address.platform);
    const mirroring = {
      conversation,
      ticket,
      ticketId: ticket.created.id,
      platform,
      again,
      known: attachmentsOf(conversation),
    };
    const { described, commented, withFiles, withoutFiles } = toMirror(conversation, ticket.throughTurnId);
    // first: what was taken back may be a secret
    for (const turn of withoutFiles) await removeFiles(turn, mirroring, deps);
    const form = untoldForm(conversation);
    if (described.length > 0 || form !== null) await redescribe({ turns: described, form }, mirroring, deps);
    for (const turn of commented.toSorted((one, other) => turnOrder(one) - turnOrder(other))) {
      await bringUp(turn, mirroring, deps);
    }
    for (const turn of withFiles) await attachAll(turn, mirroring, deps);
  };
}

/** What was taken back may be a secret; what is new does not wait for what was only said otherwise. */
function turnOrder(turn: Turn): number {
  if (turn.comment === null) return 1;
  return saysNothing(turn) ? 0 : 2;
}

/** What was changed of it: turns of the thread, and the form about the request. */
interface Redescribing {
  readonly turns: readonly Turn[];
  readonly form: Turn | null;
}

/** What is in the description was changed: it is written anew, or told in a comment where IT has rewritten it. */
async function redescribe({ turns, form }: Redescribing, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const { conversation } = mirroring;
  const isWritten = await unlessRejected(deps.describe(conversation.id));
  for (const turn of turns) {
    const id = isWritten === false ? await tellChange(turn, mirroring, deps) : DESCRIPTION;
    if (isWritten === 'rejected') await tellLeft(turn, 'description', { mirroring, deps });
    await deps.store.conversations.recordComment(turn.id, { id, revision: turn.revision });
  }
  if (isWritten !== 'rejected' || form === null) return;
  const author = await authorOf(form, deps);
  await deps.ticketing.ensureComment(mirroring.ticketId, leftFormComment(conversation, { turn: form, author }));
  await deps.store.conversations.recordComment(form.id, { id: DESCRIPTION, revision: form.revision });
}

/** In the place of a comment's id: the turn stands in the ticket's description. */
const DESCRIPTION = 'description';

/** In one comment, however often it is changed. Returns its id. */
async function tellChange(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<string> {
  const { conversation, ticketId, again } = mirroring;
  const { ticketing } = deps;
  const author = await authorOf(turn, deps);
  const lines = [
    { kind: 'text', text: turn.withdrawn ? 'took back an earlier message.' : 'changed an earlier message:' } as const,
    ...(turn.text === '' ? [] : [{ kind: 'quote', text: turn.text } as const]),
  ];
  const mark = `${conversation.name}/${turn.id}/changed`;
  const draft = { mark, author, lines, internal: false };
  const { commentId } = await ticketing.ensureComment(ticketId, draft);
  const isOlder = again || (turn.comment !== null && turn.comment.id !== DESCRIPTION);
  if (isOlder && (await unlessRejected(ticketing.editComment(ticketId, { commentId, draft }))) === 'rejected') {
    await tellLeft(turn, 'comment', { mirroring, deps });
  }
  return commentId;
}

/** To IT staff, each change once. */
async function tellLeft(
  turn: Turn,
  place: 'comment' | 'description',
  { mirroring, deps }: { mirroring: Mirroring; deps: MirrorDeps },
): Promise<void> {
  const author = await authorOf(turn, deps);
  const draft = leftTurnComment(mirroring.conversation, { turn, author, place });
  await deps.ticketing.ensureComment(mirroring.ticketId, draft);
}

async function bringUp(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const { store, ticketing } = deps;
  const { ticketId, again } = mirroring;
  const { id, comment, revision } = turn;
  if (saysNothing(turn)) {
    const left = comment !== null && !(await isRemoved(turn, comment.id, { mirroring, deps })) ? comment.id : null;
    await store.conversations.recordComment(id, { id: left, revision });
    return;
  }
  const draft = await draftOf(turn, mirroring, deps);
  const commentId = comment?.id ?? (await ticketing.ensureComment(ticketId, draft)).commentId;
  // an attempt before this one may have written what the turn said then
  if (comment !== null || (again && revision > 0)) {
    // one that IT has deleted stays deleted
    const edited = await unlessRejected(ticketing.editComment(ticketId, { commentId, draft }));
    if (edited === 'rejected') await tellLeft(turn, 'comment', { mirroring, deps });
  }
  await store.conversations.recordComment(id, { id: commentId, revision });
}

async function isRemoved(
  turn: Turn,
  commentId: string,
  { mirroring, deps }: { mirroring: Mirroring; deps: MirrorDeps },
): Promise<boolean> {
  const removed = await unlessRejected(deps.ticketing.removeComment(mirroring.ticketId, commentId));
  if (removed !== 'rejected') return true;
  await tellLeft(turn, 'comment', { mirroring, deps });
  return false;
}

/** What a refusal keeps from being done mends itself by no repetition: it is told instead. */
async function unlessRejected<T>(call: Promise<T>): Promise<T | 'rejected'> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'rejected') return 'rejected';
    throw error;
  }
}

async function draftOf(turn: Turn, mirroring: Mirroring, deps: MirrorDeps) {
  const largest = Math.min(deps.limits.largestBytes, await deps.ticketing.largestFileBytes());
  const refused = refusedFiles(turn, { ...deps.limits, largestBytes: largest });
  const author = await authorOf(turn, deps);
  return mirroredComment({ conversation: mirroring.conversation, turn, author, refused });
}

/** By name. */
async function authorOf({ personRef, authorName }: Turn, { store, platforms, clock }: MirrorDeps): Promise<string> {
  if (authorName !== null) return authorName;
  if (personRef === null) return 'Someone';
  return (await findPerson(personRef, { platforms, people: store.people, clock })).name;
}

/** Each once; where we may not, IT staff are asked to. */
async function removeFiles(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const { store, ticketing } = deps;
  const { conversation, ticketId, again, known } = mirroring;
  for (const index of unsettledFiles(turn).toRemove) {
    const file = turn.files[index];
    if (file === undefined) continue;
    const wanted = { file, known };
    const there = turn.mirroredFiles[index] ?? (again ? await ticketing.findFile(ticketId, wanted) : null);
    if (there !== null && (await unlessRejected(ticketing.removeFile(there))) === 'rejected') {
      const author = await authorOf(turn, deps);
      await ticketing.ensureComment(ticketId, leftFileComment(conversation, { turn, index, author }));
    }
    await store.conversations.recordFile(turn.id, { index, mirrored: '' });
  }
}

function attachmentsOf({ turns }: Conversation): string[] {
  return turns.flatMap(({ mirroredFiles }) => Object.values(mirroredFiles));
}

async function attachAll(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const largestBytes = Math.min(deps.limits.largestBytes, await deps.ticketing.largestFileBytes());
  const { conversation, ticketId, known } = mirroring;
  for (const index of unsettledFiles(turn).toCarry) {
    const file = turn.files[index];
    if (file === undefined) continue;
    // one that is not to be carried is told where it is named
    const isCarried = refusalOf(file, { ...deps.limits, largestBytes }) === null;
    const attached = isCarried ? await attach(file, { turn, mirroring, known }, deps) : { attachmentId: '' };
    if ('why' in attached) {
      const draft = missingFileComment(conversation, { turn, index, why: attached.why });
      await deps.ticketing.ensureComment(ticketId, draft);
    }
    const mirrored = 'why' in attached ? '' : attached.attachmentId;
    if (mirrored !== '') known.push(mirrored);
    await deps.store.conversations.recordFile(turn.id, { index, mirrored });
  }
}

async function attach(
  file: SharedFile,
  { turn, mirroring, known }: { turn: Turn; mirroring: Mirroring; known: readonly string[] },
  { ticketing, platforms }: MirrorDeps,
): Promise<{ attachmentId: string } | { why: 'gone' | 'refused' }> {
  // an agent's files are where they wrote, which may be another platform
  const platform = turn.personRef === null ? mirroring.platform : homeOf(platforms, turn.personRef);
  const content = await platform.openFile(file);
  if (content === null) return { why: 'gone' };
  const attached = { file, content, again: mirroring.again, known };
  const ensured = await unlessRejected(ticketing.ensureFile(mirroring.ticketId, attached));
  return ensured === 'rejected' ? { why: 'refused' } : ensured;
}
