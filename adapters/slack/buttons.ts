import type { types } from '@slack/bolt';
import type { Action } from '#domain/conversation.ts';
import { actionIds, type ButtonAction } from './usage.ts';

interface Face {
  readonly text: string;
  /** For screen readers; at most 75 characters. */
  readonly label: string;
  readonly style?: 'primary' | 'danger';
}

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const faces: Readonly<Record<ButtonAction, Face>> = {
  solved: { text: 'Solved', label: 'Mark this as solved', style: 'primary' },
  'not-yet': { text: 'Not yet', label: 'Not yet: it is not solved' },
  'get-human': { text: 'Get a human', label: 'Hand this over to a person in IT' },
  'answer-privately': {
    text: 'Send it to me privately',
    label: 'Send me the answer in a direct message',
    style: 'primary',
  },
  follow: { text: 'Follow it', label: 'Follow the ticket that others have for the same problem' },
  continue: {
    text: 'Continue there',
    label: 'Continue there: add this to your open ticket',
    style: 'primary',
  },
  'rate-1': { text: '1 poor', label: '1 poor: the lowest of 5' },
  'rate-2': { text: '2', label: '2 of 5: fair' },
  'rate-3': { text: '3', label: '3 of 5: good' },
  'rate-4': { text: '4', label: '4 of 5: very good' },
  'rate-5': { text: '5 great', label: '5 great: the highest of 5' },
  take: { text: 'Take', label: 'Take this ticket yourself' },
  'answer-here': { text: 'Answer from here', label: 'Answer from here: write to the employee' },
  mute: { text: 'Mute', label: 'Mute: no further messages about this here' },
  approve: { text: 'Approve', label: 'Approve this question and answer', style: 'primary' },
  edit: { text: 'Edit', label: 'Edit this question and answer' },
  discard: { text: 'Discard', label: 'Discard this question and answer', style: 'danger' },
};

/**
 * A row of buttons that carry the turn; nothing when there is none for any of the actions. It is named after its
 * buttons: Slack's clients keep what they know of a block under its name, and after an update other buttons must have
 * another one.
 */
export function renderButtons(buttons: readonly Action[], turnId: string): types.ActionsBlock[] {
  const pressed = buttons.filter(hasFace);
  if (pressed.length === 0) return [];
  const name = pressed.map((action) => actionIds[action]).join('+');
  return [
    {
      type: 'actions',
      block_id: `turn/${turnId}/${name}`.slice(0, 255),
      elements: pressed.map((action) => renderButton(action, turnId)),
    },
  ];
}

function renderButton(action: ButtonAction, turnId: string): types.Button {
  const { text, label, style } = faces[action];
  return {
    type: 'button',
    action_id: actionIds[action],
    text: { type: 'plain_text', text },
    value: turnId,
    accessibility_label: label,
    ...(style === undefined ? {} : { style }),
  };
}

function hasFace(action: Action): action is ButtonAction {
  return action in faces;
}
