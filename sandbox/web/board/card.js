import { Avatar } from '../chat/avatar.js';
import { Icon } from '../icons.js';
import { html, useState } from '../view.js';
import { isArrival, remembered } from './remembered.js';
import { Nobody, PrioritySign, TypeSign } from './signs.js';
import { Status } from './status.js';

/** One issue on the board. The whole card opens the issue. */
export function Card({ issue, isStop, onIssue }) {
  const { key, summary, labels, priority, type, assignee, status, comments } = issue;
  // asked once: the highlight goes on while the board is drawn again
  const [isNew, setNew] = useState(() => isArrival(issue));

  function endArrival() {
    remembered.pointedOut.add(key);
    setNew(false);
  }

  return html`
    <button
      type="button"
      class=${isNew ? 'card is-new' : 'card'}
      data-issue=${key}
      tabindex=${isStop ? 0 : -1}
      onAnimationEnd=${endArrival}
      onClick=${() => {
        remembered.opened = key;
        onIssue(key);
      }}
    >
      <span class="card-summary">${summary}</span>
      ${status !== null && html`<span><${Status} name=${status} /></span>`}
      ${labels.length > 0 && html`<${Labels} labels=${labels} />`}
      <span class="card-foot">
        <span class="issue-key"><${TypeSign} type=${type} />${key}</span>
        <span class="card-signs">
          ${comments > 0 && html`<${CommentCount} count=${comments} />`}
          <${PrioritySign} priority=${priority} />
          <${Assignee} person=${assignee} />
        </span>
      </span>
    </button>
  `;
}

function CommentCount({ count }) {
  const words = count === 1 ? '1 comment' : `${count} comments`;
  return html`
    <span class="card-comments" title=${words}>
      <${Icon} name="chat" /><span aria-hidden="true">${count}</span><span class="out-of-sight">${words}</span>
    </span>
  `;
}

function Assignee({ person }) {
  const words = person === null ? 'Unassigned' : `Assigned to ${person.name}`;
  return html`
    <span class="card-person" title=${words}>
      ${person === null ? html`<${Nobody} />` : html`<${Avatar} name=${person.name} size="small" />`}
      <span class="out-of-sight">${words}</span>
    </span>
  `;
}

export function Labels({ labels }) {
  return html`<span class="labels">${labels.map((label) => html`<span class="label" title=${label}>${label}</span>`)}</span>`;
}
