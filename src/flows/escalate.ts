import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Decision, type News, NOTHING_SEARCHED } from '#domain/decision.ts';
import { draftTicket, type Handover } from '#domain/handover.ts';
import { lookSentence, type OpeningHours } from '#domain/hours.ts';
import type { FileLimits } from '#domain/mirrored-file.ts';
import { missingFact } from '#domain/missing-fact.ts';
import type { Routing } from '#domain/routing.ts';
import { turnText } from '#domain/speak.ts';
import { triageCard } from '#domain/triage-card.ts';
import type { OpenTicket, TicketDraft } from '#domain/ticket.ts';
import { untoldForm } from '#domain/to-mirror.ts';
import { RemoteError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import type { StoredTicket, Ticketing } from '#ticket-ports.ts';
import { handoverOf } from './handover-of.ts';
import type { ChatPlatforms } from './people.ts';
import { recordCard } from './suggest.ts';

export interface EscalationDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Ticketing;
  /** The confidence from which on an answer is given, 0 to 1: told in the ticket. */
  readonly answerAt: number;
  readonly routing: Routing;
  /** Which files the ticket gets. */
  readonly limits: FileLimits;
  /** When IT works; null: not said. */
  readonly hours: OpeningHours | null;
  /** Whether IT staff see the requests in a channel of theirs. */
  readonly showsCards: boolean;
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
    if (stored === null || stored.created !== null || stored.phase === 'gone') return;
    const attempt = { ...stored, mayCreate: mayCreate(stored, clock(), ticketing.searchLagMs) };
    const handover = await handoverOf(await store.conversations.load(conversationId), attempt, deps);
    const draft = draftTicket(handover);
    if (attempt.mayCreate) await store.tickets.recordAttempt(conversationId, clock());

    let ticket: OpenTicket;
    try {
      ticket = await ticketing.ensureTicket(draft);
    } catch (error) {
      await noteFailure({ stored, conversationId, draft, error }, deps);
      throw error;
    }

    await store.transaction((within) => recordCreated(within, { handover, stored, ticket }, deps));
  };
}

interface Created {
  readonly handover: Handover;
  readonly stored: StoredTicket;
  readonly ticket: OpenTicket;
}

async function recordCreated(
  within: Store,
  { handover, stored, ticket }: Created,
  deps: EscalationDeps,
): Promise<void> {
  const { conversation } = handover;
  const conversationId = conversation.id;
  const at = deps.clock();
  await within.tickets.recordCreated(conversationId, ticket);
  // one that an earlier attempt has left says what was so then: it is compared anew
  if (stored.triedAt === null) await recordDescribed(within, conversation, stored.throughTurnId);
  const detail = remarksOf(conversation, { hours: deps.hours, now: at });
  await tell(within, { conversationId, news: 'ticket-open', detail, stored, ticket, at });
  for (const name of ['link', 'mirror', 'suggest', 'refresh-ticket'] as const) {
    await within.jobs.send(name, conversationId, { conversationId });
  }
  if (deps.showsCards) {
    await recordCard(within, { conversationId, ticketName: stored.name, card: triageCard(handover), at });
  }
}

/** The description shows each turn and the last form as they are now: what is changed later is to be written anew. */
async function recordDescribed(within: Store, conversation: Conversation, throughTurnId: string): Promise<void> {
  const { turns } = conversation;
  const form = untoldForm(conversation);
  if (form !== null) {
    await within.conversations.recordComment(form.id, { id: 'description', revision: form.revision });
  }
  const through = turns.findIndex(({ id }) => id === throughTurnId);
  for (const { id, revision, personRef } of turns.slice(0, through + 1)) {
    // what came from a ticket, or is ours, has no comment of its own there
    if (revision > 0 && personRef !== null)
      await within.conversations.recordComment(id, { id: 'description', revision });
  }
}

/** What the employee is told beside the key: when somebody will look, and what would help them to. */
function remarksOf(conversation: Conversation, { hours, now }: { hours: OpeningHours | null; now: Date }): string {
  const said = conversation.turns.filter(isSaidByRequester).map(({ text }) => text);
  const sentences = [hours === null ? null : lookSentence(hours, now), missingFact(said)];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

function isSaidByRequester({ author, action, withdrawn }: Turn): boolean {
  return author === 'requester' && action === null && !withdrawn;
}

/**
 * When no ticket can be made at all, the employee is told so: a request that silently ends nowhere is the worst outcome.
 * From then on the conversation has none, so that what is said or pressed there later is not kept for it.
 */
export function createTellOtherwise({ store, clock }: EscalationDeps) {
  return async function tellOtherwise(conversationId: string): Promise<void> {
    const stored = await store.tickets.find(conversationId);
    if (stored === null || stored.created !== null || stored.phase === 'gone') return;
    const at = clock();
    await store.transaction(async (within) => {
      await within.tickets.recordPhase(conversationId, 'gone', at);
      await tell(within, { conversationId, news: 'told-otherwise', detail: '', stored, ticket: null, at });
    });
  };
}

/**
 * Whether this attempt may create a ticket, rather than only look for one. Such an attempt is noted before the
 * call, so that a process that dies in it leaves word.
 */
function mayCreate({ triedAt }: StoredTicket, now: Date, searchLagMs: number): boolean {
  return triedAt === null || now.getTime() - triedAt.getTime() >= searchLagMs;
}

interface Failure {
  readonly stored: StoredTicket;
  readonly conversationId: string;
  readonly draft: TicketDraft;
  readonly error: unknown;
}

async function noteFailure(failure: Failure, { store, clock }: EscalationDeps): Promise<void> {
  const { conversationId, draft, error, stored } = failure;
  // A refusal creates nothing, so the next attempt need not look for what this one left behind.
  const refused = error instanceof RemoteError && error.kind !== 'unavailable';
  if (refused && draft.triedAt === null) await store.tickets.recordAttempt(conversationId, null);
  await store.transaction((within) =>
    tell(within, { conversationId, news: 'taken', detail: '', stored, ticket: null, at: clock() }),
  );
}

interface Telling {
  readonly conversationId: string;
  readonly news: News;
  readonly detail: string;
  readonly stored: StoredTicket;
  readonly ticket: OpenTicket | null;
  readonly at: Date;
}

/** Once for each ticket of the conversation. */
async function tell(within: Store, { conversationId, news, detail, stored, ticket, at }: Telling): Promise<void> {
  const { reason, name } = stored;
  const decision: Decision = { kind: 'report', news, reason, detail, grounds: NOTHING_SEARCHED };
  const shown = ticket === null ? null : ({ ...ticket, phase: 'open', throughTurnId: '', assignee: null } as const);
  const text = turnText(decision, shown);
  const once = `${news}/${name}`;
  const turn = await within.conversations.recordNews({ conversationId, decision, text, at, once });
  if (turn !== null) await within.jobs.send('deliver', conversationId, { conversationId, turnIds: turn.turnId });
}
