import type { Action, Conversation, Person, Turn } from '#domain/conversation.ts';
import type { TriageCard } from '#domain/decision.ts';
import { filesThere } from '#domain/mirrored-file.ts';
import { turnText } from '#domain/speak.ts';
import { RemoteError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { deliverToTriage } from './deliver-to-triage.ts';
import { type ChatPlatforms, findPerson } from './people.ts';
import { type LessonChange, settleLesson } from './settle-lesson.ts';

export interface StaffActDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Pick<Ticketing, 'assign'>;
  readonly clock: Clock;
}

/** What somebody in IT did in the triage channel. */
interface Act {
  readonly conversation: Conversation;
  readonly turn: Turn;
  readonly person: Person;
}

/**
 * Does what somebody in IT pressed, entered or wrote in the triage channel. Done twice, or after something later of its
 * kind, it changes nothing: so it matters neither how often nor in which order acts are carried out. Only Take is for
 * who comes first. What guests, apps and the requester themselves do there counts for nothing, but that the requester
 * may mute the card.
 *
 * @throws RemoteError `unavailable` for Take while the ticket is not made.
 */
export function createStaffAct(deps: StaffActDeps) {
  const { store, platforms } = deps;

  return async function staffAct(turnId: string, conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const turn = conversation.turns.find(({ id }) => id === turnId);
    if (turn?.author !== 'agent' || turn.stage !== 'triage' || turn.personRef === null) return;
    const find = (ref: string) => findPerson(ref, { platforms, people: store.people, clock: deps.clock });
    const person = await find(turn.personRef);
    const requester = await find(conversation.requesterRef);
    if (!mayAct(person, { turn, requester })) return;
    const counts = async (later: Turn) => mayAct(await find(later.personRef ?? ''), { turn: later, requester });
    if ((await Promise.all(outdoing(turn, conversation).map(counts))).includes(true)) return;
    const perform = turn.action === null ? answerHere : PERFORM[turn.action];
    await perform?.({ conversation, turn, person }, deps);
  };
}

type Perform = (act: Act, deps: StaffActDeps) => Promise<void>;

/** By what is pressed; what employees press is none of staff's. */
const PERFORM: Readonly<Partial<Record<Action, Perform>>> = {
  take,
  mute,
  'answer-here': answerHere,
  approve: settle,
  edit: settle,
  discard: settle,
};

/** Who asks cannot be who answers, or who says what is to be learnt from it. */
function mayAct(person: Person, { turn, requester }: { turn: Turn; requester: Person }): boolean {
  if (person.outsider || person.bot) return false;
  return !isSamePerson(person, requester) || turn.action === 'mute';
}

/** On whichever platform: people are known by their verified addresses. */
function isSamePerson(one: Person, other: Person): boolean {
  if (one.ref === other.ref) return true;
  return one.email !== null && !other.outsider && one.email.toLowerCase() === other.email?.toLowerCase();
}

/**
 * What was pressed later and counts in its place: approving and discarding undo each other, every other press is
 * outdone by its like. What is said stays said, and what is taken stays taken.
 */
function outdoing({ id, action, aboutTurnId, values }: Turn, { turns }: Conversation): readonly Turn[] {
  if (action === null || action === 'answer-here' || action === 'take') return [];
  const kind = kindOf(action);
  return turns
    .slice(turns.findIndex((turn) => turn.id === id) + 1)
    .filter(
      (other) =>
        other.action !== null &&
        other.aboutTurnId === aboutTurnId &&
        kindOf(other.action) === kind &&
        (other.values === null) === (values === null),
    );
}

function kindOf(action: Action): string {
  return action === 'approve' || action === 'discard' ? 'verdict' : action;
}

async function take(act: Act, { store, ticketing }: StaffActDeps): Promise<void> {
  const { id: conversationId, turns } = act.conversation;
  const card = turns.findLast(({ decision }) => decision?.kind === 'triage');
  // a card before the last is of a ticket before this one
  if (card?.decision?.kind !== 'triage' || card.id !== act.turn.aboutTurnId) return;
  const ticket = await store.tickets.find(conversationId);
  if (ticket === null || ticket.phase === 'gone' || card.decision.card.takenBy !== null) return;
  if (ticket.created === null) {
    throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
  }
  const { name, email } = act.person;

  const isAssigned = email !== null && (await ticketing.assign(ticket.created.id, email));

  await store.transaction(async (within) => {
    const takenBy = isAssigned ? name : `${name} (who has no account that the ticket could be assigned to)`;
    await reviseCard(within, act, { takenBy });
    // So that the employee is told who has it. Who reads the ticket from now on sees it.
    await within.jobs.sendUnlessWaiting('refresh-ticket', conversationId, { conversationId });
  });
}

function mute(act: Act, { store }: StaffActDeps): Promise<void> {
  return store.transaction((within) => reviseCard(within, act, { mutedBy: act.person.name }));
}

async function reviseCard(
  within: Store,
  { conversation, turn }: Act,
  change: Partial<Pick<TriageCard, 'takenBy' | 'mutedBy' | 'answeredBy'>>,
): Promise<void> {
  const conversationId = conversation.id;
  // Anew: the card can have changed since.
  const { turns } = await within.conversations.load(conversationId);
  // what is written below a card is about no button of it
  const card = turns.findLast(({ id, decision }) =>
    turn.aboutTurnId === null ? decision?.kind === 'triage' : id === turn.aboutTurnId,
  );
  if (card?.decision?.kind !== 'triage') return;
  const decision = { ...card.decision, card: { ...card.decision.card, ...change } };
  const revised = await within.conversations.reviseTurn(card.id, { text: turnText(decision, null), decision });
  if (revised !== null) await deliverToTriage(within, { conversationId, turnId: card.id });
}

/**
 * What was written goes to the employee's thread and to the ticket as this person's words. When it was changed or taken
 * back since, so are they.
 */
async function answerHere({ conversation, turn, person }: Act, { store }: StaffActDeps): Promise<void> {
  const isForm = turn.action !== null;
  if (isForm && turn.values === null) return; // the form follows
  const conversationId = conversation.id;
  const text = (isForm ? (turn.values?.['text'] ?? '') : turn.text).trim();
  const { at, personRef } = turn;
  const files = filesThere(turn);
  const isEmpty = turn.withdrawn || (text === '' && files.length === 0);
  const said = { conversationId, authorName: person.name, personRef, text, at, files, commentId: null };

  await store.transaction(async (within) => {
    const recorded = isEmpty
      ? null
      : await within.conversations.recordAgentTurn({ ...said, once: `answer/${turn.id}` });
    const shown = recorded ?? (await reword(within, { conversation, turn, text: isEmpty ? null : text, files }));
    if (shown === null) return;
    await within.jobs.send('deliver', conversationId, { conversationId, turnIds: shown.turnId });
    if (!isEmpty) await reviseCard(within, { conversation, turn, person }, { answeredBy: person.name });
    await within.jobs.send('mirror', conversationId, { conversationId });
  });
}

/** Null when it was not passed on, or says so already. It is known by who said it when. */
async function reword(
  within: Store,
  { conversation, turn, ...said }: Pick<Act, 'conversation' | 'turn'> & Pick<Turn, 'files'> & { text: string | null },
): Promise<{ turnId: string } | null> {
  const [passedOn, ...others] = conversation.turns.filter(
    ({ author, stage, personRef, at }) =>
      author === 'agent' && stage === 'thread' && personRef === turn.personRef && at.getTime() === turn.at.getTime(),
  );
  if (passedOn === undefined || others.length > 0) return null;
  return within.conversations.reviseTurn(passedOn.id, said);
}

async function settle({ conversation, turn, person }: Act, { store }: StaffActDeps): Promise<void> {
  const shown = conversation.turns.find(({ id }) => id === turn.aboutTurnId)?.decision;
  const change = changeOf(turn);
  if (shown?.kind !== 'lesson' || change === null) return;
  const { lessonId } = shown.lesson;
  await store.transaction((within) => settleLesson(within, { lessonId, change, by: person.name, at: turn.at }));
}

/** Null while the form is to come. */
function changeOf({ action, values }: Turn): LessonChange | null {
  if (action === 'approve' || action === 'discard') return { kind: action };
  if (values === null) return null;
  return { kind: 'edit', question: values['question'] ?? null, answer: values['answer'] ?? null };
}
