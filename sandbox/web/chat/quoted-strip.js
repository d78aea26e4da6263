import { Icon } from '../icons.js';
import { html } from '../view.js';

const maxWords = 160;

/** Above the text that is being written: the message that it will quote. */
export function QuotedStrip({ message, onRemove }) {
  return html`
    <div class="quoted is-writing">
      <span class="quoted-words">
        <bdi class="quoted-author">${message.author.name}</bdi>
        <bdi class="quoted-text">${message.text.slice(0, maxWords)}</bdi>
      </span>
      <button type="button" class="icon-button" aria-label="Do not quote it" title="Do not quote it" onClick=${onRemove}>
        <${Icon} name="close" />
      </button>
    </div>
  `;
}
