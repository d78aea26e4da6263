import type { Conversation, Turn } from '#domain/conversation.ts';
import { draftTicket } from '#domain/handover.ts';
import type { CommentDraft } from '#domain/ticket.ts';
import { RemoteError } from '#errors.ts';
import type { StoredTicket } from '#ticket-ports.ts';
import type { EscalationDeps } from './escalate.ts';
import { handoverOf } from './handover-of.ts';

/**
 * Writes the ticket's description anew, from the conversation as it is. False when somebody else has rewritten it, or
 * when there is none: then nothing is written.
 */
export function createDescribe(deps: EscalationDeps) {
  const { store, ticketing } = deps;

  return async function describe(conversationId: string): Promise<boolean> {
    const stored = await store.tickets.find(conversationId);
    if (stored?.created == null) return false;
    const conversation = await store.conversations.load(conversationId);
    const draft = draftTicket(await handoverOf(conversation, { ...stored, mayCreate: false }, deps));
    const told = untold(conversation);
    // What IT has set since is left as it is, until the requester says otherwise.
    const said = told === undefined ? {} : { summary: draft.summary, ...priorityOf(draft.route.priority) };

    const change = { body: draft.body, described: stored.described, ...said };
    const { described } = await ticketing.amend(stored.created.id, change);

    await store.transaction(async (within) => {
      await within.tickets.recordDescribed(conversationId, described);
      if (told === undefined) return;
      await within.conversations.recordComment(told.id, { id: 'description', revision: told.revision });
    });
    return described !== null;
  };
}

/** The form about the request that was last sent, while the ticket does not say it. */
function untold({ turns }: Conversation): Turn | undefined {
  const last = turns.findLast(
    ({ action, values, author }) => action === 'details' && values !== null && author === 'requester',
  );
  return last?.comment === null ? last : undefined;
}

function priorityOf(priority: string | null) {
  return priority === null ? {} : { priority };
}

/** Brings to the ticket what the requester told in forms: about the request, and how they rate what was done. */
export function createAmend(deps: EscalationDeps) {
  const { store, ticketing } = deps;
  const describe = createDescribe(deps);

  return async function amend(conversationId: string): Promise<void> {
    const stored = await store.tickets.find(conversationId);
    if (stored === null || stored.phase === 'gone') return;
    if (stored.created === null) {
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
    }
    if (untold(await store.conversations.load(conversationId)) !== undefined) await describe(conversationId);
    if (stored.rating === null) return;
    const draft = ratingComment(stored.name, stored.rating);
    const { commentId } = await ticketing.ensureComment(stored.created.id, draft);
    // One that was there before lacks what was said since.
    await ticketing.editComment(stored.created.id, { commentId, draft });
  };
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
