import { wholeTime } from '../times.js';
import { html } from '../view.js';

/** What was changed, when and by whom; folded, as it is seldom read. */
export function History({ history }) {
  if (history.length === 0) return null;
  return html`
    <details class="history">
      <summary>History <span class="count">${history.length}</span></summary>
      <ol>
        ${history.map((entry) => html`<${Entry} entry=${entry} />`)}
      </ol>
    </details>
  `;
}

function Entry({ entry }) {
  return html`<li>
    <span class="faint">${wholeTime(entry.at)}</span>
    <span>${entry.actor} ${wordsOf(entry)}</span>
  </li>`;
}

function wordsOf({ kind, from, to }) {
  switch (kind) {
    case 'created':
      return 'created the issue';
    case 'status':
      return `moved it from ${from} to ${to}`;
    case 'comment':
      return 'added a comment';
    case 'link':
      return 'linked it';
    default:
      return 'edited it';
  }
}
