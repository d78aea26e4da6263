import { draftTicket } from '#domain/handover.ts';
import type { CommentDraft } from '#domain/ticket.ts';
import { untoldForm } from '#domain/to-mirror.ts';
import { RemoteError } from '#errors.ts';
import type { StoredTicket, Ticketing } from '#ticket-ports.ts';
import type { EscalationDeps } from './escalate.ts';
import { handoverOf } from './handover-of.ts';

/**
 * Writes the ticket's description anew, from the conversation as it is. False when somebody else has rewritten it, or
 * when there is none: then nothing is written. Only for the mirror, which is alone in a conversation: of two at the same
 * time the one that has read less may write last.
 * @throws RemoteError `rejected` when we may not.
 */
export function createDescribe(deps: EscalationDeps) {
  const { store, ticketing } = deps;

  return async function describe(conversationId: string): Promise<boolean> {
    const stored = await store.tickets.find(conversationId);
    if (stored?.created == null) return false;
    const conversation = await store.conversations.load(conversationId);
    const draft = draftTicket(await handoverOf(conversation, { ...stored, mayCreate: false }, deps));
    const told = untoldForm(conversation);
    // What IT has set since is left as it is, until the requester says otherwise.
    const said = told === null ? {} : { summary: draft.summary, ...priorityOf(draft.route.priority) };

    const change = { body: draft.body, described: stored.described, ...said };
    const { described } = await ticketing.amend(stored.created.id, change);

    await store.transaction(async (within) => {
      await within.tickets.recordDescribed(conversationId, described);
      if (told === null) return;
      await within.conversations.recordComment(told.id, { id: 'description', revision: told.revision });
    });
    return described !== null;
  };
}

function priorityOf(priority: string | null) {
  return priority === null ? {} : { priority };
}

/** Brings to the ticket what the requester told in forms: about the request, and how they rate what was done. */
export function createAmend(deps: EscalationDeps) {
  const { store, ticketing } = deps;

  return async function amend(conversationId: string): Promise<void> {
    const stored = await store.tickets.find(conversationId);
    if (stored === null || stored.phase === 'gone') return;
    if (stored.created === null) {
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
    }
    if (untoldForm(await store.conversations.load(conversationId)) !== null) {
      await store.jobs.send('mirror', conversationId, { conversationId });
    }
    if (stored.rating !== null)
      await tellRating(stored.created.id, ratingComment(stored.name, stored.rating), ticketing);
  };
}

async function tellRating(ticketId: string, draft: CommentDraft, ticketing: Ticketing): Promise<void> {
  const { commentId } = await ticketing.ensureComment(ticketId, draft);
  // One that was there before lacks the words that were said since.
  if (draft.lines.length < 2) return;
  try {
    await ticketing.editComment(ticketId, { commentId, draft });
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== 'rejected') throw error;
    await ticketing.ensureComment(ticketId, { ...draft, mark: `${draft.mark}/words` });
  }
}

function ratingComment(ticketName: string, { rating, comment }: NonNullable<StoredTicket['rating']>): CommentDraft {
  return {
    mark: `${ticketName}/rating`,
    author: null,
    lines: [
      { kind: 'text', text: `The requester rates this ${rating} of 5.` },
      ...(comment === '' ? [] : [{ kind: 'quote', text: comment } as const]),
    ],
    internal: true,
  };
}
