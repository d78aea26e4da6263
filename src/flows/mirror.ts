import type { Conversation, SharedFile, Turn } from '#domain/conversation.ts';
import { filesThere, refusalOf, type FileLimits, unsettledFiles } from '#domain/mirrored-file.ts';
import { leftFileComment, mirroredComment, saysNothing, toMirror } from '#domain/to-mirror.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform, Clock, Store } from '#ports.ts';
import type { StoredTicket, Ticketing } from '#ticket-ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface MirrorDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Ticketing;
  readonly limits: FileLimits;
  readonly clock: Clock;
  /** Rewrites the ticket's description; false when somebody else has changed it. */
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
 * that it does not matter how often it runs, or what of it an attempt before this one has done.
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
    if (described.length > 0) await redescribe(described, mirroring, deps);
    for (const turn of commented) await bringUp(turn, mirroring, deps);
    for (const turn of withFiles) await attachAll(turn, mirroring, deps);
  };
}

/** What is in the description was changed: it is written anew, or told in a comment where IT has rewritten it. */
async function redescribe(turns: readonly Turn[], mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const isWritten = await deps.describe(mirroring.conversation.id);
  for (const turn of turns) {
    const comment = isWritten ? { id: DESCRIPTION } : await tellChange(turn, mirroring, deps);
    await deps.store.conversations.recordComment(turn.id, { id: comment.id, revision: turn.revision });
  }
}

/** In the place of a comment's id: the turn stands in the ticket's description. */
const DESCRIPTION = 'description';

async function tellChange(turn: Turn, mirroring: Mirroring, { store, ticketing, clock }: MirrorDeps) {
  const { conversation, ticketId, platform } = mirroring;
  const author = await nameOf(turn, { platform, store, clock });
  const lines = [
    { kind: 'text', text: turn.withdrawn ? 'took back an earlier message.' : 'changed an earlier message:' } as const,
    ...(turn.text === '' ? [] : [{ kind: 'quote', text: turn.text } as const]),
  ];
  const mark = `${conversation.name}/${turn.id}/changed`;
  const draft = { mark, author, lines, internal: false };
  const { commentId } = await ticketing.ensureComment(ticketId, draft);
  await ticketing.editComment(ticketId, { commentId, draft });
  return { id: commentId };
}

async function bringUp(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const { store, ticketing } = deps;
  const { ticketId } = mirroring;
  const { id, comment, revision } = turn;
  if (saysNothing(turn)) {
    if (comment !== null) await ticketing.removeComment(ticketId, comment.id);
    await store.conversations.recordComment(id, { id: null, revision });
    return;
  }
  const draft = await draftOf(turn, mirroring, deps);
  if (comment === null) {
    const { commentId } = await ticketing.ensureComment(ticketId, draft);
    // an attempt before this one may have written what the turn said then
    if (mirroring.again) await ticketing.editComment(ticketId, { commentId, draft });
    await store.conversations.recordComment(id, { id: commentId, revision });
    return;
  }
  // one that IT has deleted stays deleted
  await ticketing.editComment(ticketId, { commentId: comment.id, draft });
  await store.conversations.recordComment(id, { id: comment.id, revision });
}

async function draftOf(turn: Turn, { conversation, platform }: Mirroring, deps: MirrorDeps) {
  const largest = Math.min(deps.limits.largestBytes, await deps.ticketing.largestFileBytes());
  const refused = filesThere(turn).flatMap((file) => {
    const why = refusalOf(file, { ...deps.limits, largestBytes: largest });
    return why === null ? [] : [{ name: file.name, why }];
  });
  const author = await nameOf(turn, { platform, store: deps.store, clock: deps.clock });
  return mirroredComment({ conversation, turn, author, refused });
}

async function nameOf(
  { personRef, authorName }: Turn,
  { platform, store, clock }: { platform: ChatPlatform; store: Store; clock: Clock },
): Promise<string> {
  if (authorName !== null) return authorName;
  if (personRef === null) return 'Someone';
  return (await findPerson(personRef, { platform, people: store.people, clock })).name;
}

/** Each once; where we may not, IT staff are asked to. */
async function removeFiles(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const { store, ticketing } = deps;
  const { conversation, ticketId, platform, again, known } = mirroring;
  for (const index of unsettledFiles(turn).toRemove) {
    const file = turn.files[index];
    if (file === undefined) continue;
    const wanted = { file, known };
    const there = turn.mirroredFiles[index] ?? (again ? await ticketing.findFile(ticketId, wanted) : null);
    if (there !== null && !(await mayRemove(there, ticketing))) {
      const author = await nameOf(turn, { platform, store, clock: deps.clock });
      await ticketing.ensureComment(ticketId, leftFileComment(conversation, { turn, index, author }));
    }
    await store.conversations.recordFile(turn.id, { index, mirrored: '' });
  }
}

/** Deletes it; false when we may not. */
async function mayRemove(attachmentId: string, ticketing: Ticketing): Promise<boolean> {
  try {
    await ticketing.removeFile(attachmentId);
    return true;
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'rejected') return false;
    throw error;
  }
}

function attachmentsOf({ turns }: Conversation): string[] {
  return turns.flatMap(({ mirroredFiles }) => Object.values(mirroredFiles));
}

async function attachAll(turn: Turn, mirroring: Mirroring, deps: MirrorDeps): Promise<void> {
  const largestBytes = Math.min(deps.limits.largestBytes, await deps.ticketing.largestFileBytes());
  const { known } = mirroring;
  for (const index of unsettledFiles(turn).toCarry) {
    const file = turn.files[index];
    if (file === undefined) continue;
    const mirrored =
      refusalOf(file, { ...deps.limits, largestBytes }) === null
        ? await attach(file, { mirroring, known }, deps)
        : null;
    if (mirrored !== null) known.push(mirrored);
    await deps.store.conversations.recordFile(turn.id, { index, mirrored: mirrored ?? '' });
  }
}

/** Null: it is gone from the thread, or the ticket system does not take it. */
async function attach(
  file: SharedFile,
  { mirroring, known }: { mirroring: Mirroring; known: readonly string[] },
  { ticketing }: MirrorDeps,
): Promise<string | null> {
  const content = await mirroring.platform.openFile(file);
  if (content === null) return null;
  try {
    const attached = { file, content, again: mirroring.again, known };
    return (await ticketing.ensureFile(mirroring.ticketId, attached)).attachmentId;
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'rejected') return null;
    throw error;
  }
}
