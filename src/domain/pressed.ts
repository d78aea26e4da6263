import type { Click, Conversation } from './conversation.ts';
import type { Form } from './form.ts';
import { formAfter } from './forms.ts';
import type { Reply } from './reply.ts';
import { isThumb, outcomeOf, settledReplyOf } from './speak.ts';

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
