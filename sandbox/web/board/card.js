import { Avatar } from '../chat/avatar.js';
import { html } from '../view.js';

/** One issue on the board: summary, labels, key, and who reported it. The whole card opens the issue. */
export function Card({ issue, isNew, onIssue }) {
  const { key, summary, labels, reporter } = issue;
  return html`
    <button type="button" class=${isNew ? 'card is-new' : 'card'} data-issue=${key} onClick=${() => onIssue(key)}>
      <span class="card-summary">${summary}</span>
      ${labels.length > 0 && html`<${Labels} labels=${labels} />`}
      <span class="card-foot">
        <span class="issue-key"><span class="issue-sign" aria-hidden="true"></span>${key}</span>
        ${
          reporter !== null &&
          html`<span class="card-person" title=${`Reported by ${reporter.name}`}>
            <${Avatar} name=${reporter.name} size="small" />
            <span class="out-of-sight">Reported by ${reporter.name}</span>
          </span>`
        }
      </span>
    </button>
  `;
}

export function Labels({ labels }) {
  return html`<span class="labels">${labels.map((label) => html`<span class="label">${label}</span>`)}</span>`;
}
