import { html } from '../view.js';
import { withEmoji } from './emoji.js';
import { Mrkdwn } from './mrkdwn-text.js';

/** A text object. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function Text({ text }) {
  if (text?.type === 'mrkdwn') return html`<${Mrkdwn} text=${text.text} isVerbatim=${text.verbatim === true} />`;
  return html`<span class="lines">${plainTextOf(text)}</span>`;
}

/** A plain_text object's words, with its emoji. */
export function plainTextOf(text) {
  if (typeof text?.text !== 'string') return '';
  return text.emoji === false ? text.text : withEmoji(text.text);
}
