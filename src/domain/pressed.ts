import type { Action, Click, Conversation, Turn } from './conversation.ts';
import type { Decision } from './decision.ts';
import type { Form } from './form.ts';
import { formAfter } from './forms.ts';
import type { Reply } from './reply.ts';
import { buttonsOf, isThumb, outcomeOf, settledReplyOf } from './speak.ts';

/** What a press comes to at once, for who pressed; see `Pressed` of the ports. */
export interface AfterPress {
  readonly form: Form | null;
  readonly reply: Reply | null;
  readonly refusal: string | null;
}

/** Of a press on what is not known, or not there any more. */
export const TOO_LATE: AfterPress = {
  form: null,
  reply: null,
  refusal: 'This is not open any more. Write to me, and I start anew.',
};

const NOT_YOURS = 'Only the person who asked can do that. Mention me if you have the same problem.';
const NOTHING: AfterPress = { form: null, reply: null, refusal: null };

/**
 * Whether the post of this turn has, or once had, the button that is pressed, or a form of it: what comes from a client
 * may name any action. What others have made of the post meanwhile does not matter.
 */
export function isOffered({ decision }: Turn, { action, values }: Pick<Click, 'action' | 'values'>): boolean {
  if (decision === null) return false;
  if (isThumb(action)) return decision.kind === 'answer' || decision.kind === 'suggest';
  const buttons = everyButtonOf(decision);
  return values === null ? buttons.includes(action) : formsOf(decision, buttons).includes(action);
}

/** Those of a card, and of what is to be learnt, change with what becomes of it. */
function everyButtonOf(decision: Decision): readonly Action[] {
  if (decision.kind === 'triage') return ['take', 'answer-here', 'mute'];
  if (decision.kind === 'lesson') return ['approve', 'edit', 'discard'];
  return buttonsOf(decision);
}

/** Also the form of what became of the post by itself: see `outcomeOf`. */
function formsOf({ kind }: Decision, buttons: readonly Action[]): readonly Action[] {
  const forms = buttons.flatMap((button) => FORMS_OF[button] ?? []);
  return kind === 'report' && buttons.length > 0 ? [...forms, 'not-yet'] : forms;
}

const AFTER_RATING: readonly Action[] = ['comment-rating', 'details'];

/** The forms by the button that brings them; a post for a rating that nobody gave may end as handed over. */
const FORMS_OF: Readonly<Partial<Record<Action, readonly Action[]>>> = {
  'get-human': ['details'],
  'not-yet': ['not-yet'],
  'rate-1': AFTER_RATING,
  'rate-2': AFTER_RATING,
  'rate-3': AFTER_RATING,
  'rate-4': AFTER_RATING,
  'rate-5': AFTER_RATING,
  'answer-here': ['answer-here'],
  edit: ['edit'],
};

/** @param conversation as it is after the press was stored. */
export function afterPress(conversation: Conversation, click: Click): AfterPress {
  const turn = conversation.turns.find(({ id }) => id === click.turnId);
  if (turn === undefined || turn.withdrawn) return TOO_LATE;
  if (turn.stage === 'triage')
    return { ...NOTHING, form: click.values === null ? formAfter(conversation, click) : null };
  if (isThumb(click.action)) return NOTHING;
  if (click.personRef !== conversation.requesterRef) return { ...NOTHING, refusal: NOT_YOURS };
  if (click.values !== null || turn.decision === null) return NOTHING;
  return { form: formAfter(conversation, click), reply: settledReply(conversation, click, turn), refusal: null };
}

/** That a private answer is sent is only said when it is. */
function settledReply(conversation: Conversation, click: Click, turn: Conversation['turns'][number]): Reply | null {
  if (click.action === 'answer-privately' || turn.decision === null) return null;
  const { action } = outcomeOf(conversation, turn);
  return settledReplyOf(turn.decision, { action, byName: click.by ?? 'you' });
}
