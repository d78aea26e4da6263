import type { types } from '@slack/bolt';
import type { Action } from '#domain/conversation.ts';
import { BUTTON_WORDS, type ButtonAction, hasButton } from '#domain/button-words.ts';
import { actionIds } from './usage.ts';

const styles = { main: 'primary', danger: 'danger' } as const;

/**
 * A row of buttons that carry the turn; nothing when there is none for any of the actions. It is named after its
 * buttons: Slack's clients keep what they know of a block under its name, and after an update other buttons must have
 * another one.
 */
export function renderButtons(buttons: readonly Action[], turnId: string): types.ActionsBlock[] {
  const pressed = buttons.filter(hasButton);
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

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
function renderButton(action: ButtonAction, turnId: string): types.Button {
  const { text, label, style } = BUTTON_WORDS[action];
  return {
    type: 'button',
    action_id: actionIds[action],
    text: { type: 'plain_text', text },
    value: turnId,
    accessibility_label: label,
    ...(style === undefined ? {} : { style: styles[style] }),
  };
}
