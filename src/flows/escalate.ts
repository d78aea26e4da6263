import type { Conversation } from '#domain/conversation.ts';
import { type Decision, type EscalationReason, type News, NOTHING_SEARCHED } from '#domain/decide.ts';
import { draftTicket } from '#domain/handover.ts';
import { turnText } from '#domain/speak.ts';
import type { OpenTicket, TicketDraft } from '#domain/ticket.ts';
import { RemoteError } from '#errors.ts';
import type { Clock, Store, StoredTicket, Ticketing } from '#ports.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface EscalationDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Ticketing;
  /** The confidence from which on an answer is given, 0 to 1: told in the ticket. */
  readonly answerAt: number;
  readonly clock: Clock;
}

/**
 * Makes the conversation's ticket, once, and tells the employee.
 * While the ticket system is down they are told that the request is taken, and get the key when it exists.
 */
export function createEscalate(deps: EscalationDeps) {
  const { store, ticketing, clock } = deps;

  return async function escalate(conversationId: string): Promise<void> {
    const stored = await store.tickets.find(conversationId);
    if (stored === null || stored.created !== null) return;
    const attempt = { ...stored, mayCreate: mayCreate(stored, clock(), ticketing.searchLagMs) };
    const draft = await draftOf(await store.conversations.load(conversationId), attempt, deps);
    if (attempt.mayCreate) await store.tickets.recordAttempt(conversationId, clock());

    let ticket: OpenTicket;
    try {
      ticket = await ticketing.ensureTicket(draft);
    } catch (error) {
      await noteFailure({ conversationId, draft, error, reason: stored.reason }, deps);
      throw error;
    }

    await store.transaction(async (within) => {
      await within.tickets.recordCreated(conversationId, ticket);
      await tell(within, { conversationId, news: 'ticket-open', reason: stored.reason, ticket, at: clock() });
      await within.jobs.send('link', conversationId, { conversationId });
    });
  };
}

/** When no ticket can be made at all, the employee is told so: a request that silently ends nowhere is the worst outcome. */
export function createTellOtherwise({ store, clock }: EscalationDeps) {
  return async function tellOtherwise(conversationId: string): Promise<void> {
    const stored = await store.tickets.find(conversationId);
    if (stored === null || stored.created !== null) return;
    const { reason } = stored;
    await store.transaction((within) =>
      tell(within, { conversationId, news: 'told-otherwise', reason, ticket: null, at: clock() }),
    );
  };
}

async function draftOf(
  conversation: Conversation,
  attempt: StoredTicket & { mayCreate: boolean },
  { store, platforms, clock, answerAt }: EscalationDeps,
): Promise<TicketDraft> {
  const platform = platformOf(platforms, conversation.address.platform);
  const find = (ref: string) => findPerson(ref, { platform, people: store.people, clock });
  const names = new Map<string, string>();
  for (const ref of new Set(conversation.turns.flatMap(({ personRef }) => personRef ?? []))) {
    names.set(ref, (await find(ref)).name);
  }
  return draftTicket({
    conversation,
    ...attempt,
    requester: await find(conversation.requesterRef),
    names,
    permalink: await platform.permalink(conversation.address),
    answerAt,
  });
}

/**
 * Whether this attempt may create a ticket, rather than only look for one. Such an attempt is noted before the
 * call, so that a process that dies in it leaves word.
 */
function mayCreate({ triedAt }: StoredTicket, now: Date, searchLagMs: number): boolean {
  return triedAt === null || now.getTime() - triedAt.getTime() >= searchLagMs;
}

interface Failure {
  readonly conversationId: string;
  readonly draft: TicketDraft;
  readonly error: unknown;
  readonly reason: EscalationReason;
}

async function noteFailure(failure: Failure, { store, clock }: EscalationDeps): Promise<void> {
  const { conversationId, draft, error, reason } = failure;
  // A refusal creates nothing, so the next attempt need not look for what this one left behind.
  const refused = error instanceof RemoteError && error.kind !== 'unavailable';
  if (refused && draft.triedAt === null) await store.tickets.recordAttempt(conversationId, null);
  await store.transaction((within) =>
    tell(within, { conversationId, news: 'taken', reason, ticket: null, at: clock() }),
  );
}

interface Telling {
  readonly conversationId: string;
  readonly news: News;
  readonly reason: EscalationReason;
  readonly ticket: OpenTicket | null;
  readonly at: Date;
}

async function tell(within: Store, { conversationId, news, reason, ticket, at }: Telling): Promise<void> {
  const decision: Decision = { kind: 'report', news, reason, grounds: NOTHING_SEARCHED };
  const text = turnText(decision, ticket);
  const turn = await within.conversations.recordNews({ conversationId, decision, text, at, once: news });
  if (turn !== null) await within.jobs.send('deliver', conversationId, { conversationId, turnId: turn.turnId });
}
