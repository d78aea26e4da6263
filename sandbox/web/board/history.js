import { Avatar } from '../chat/avatar.js';
import { html } from '../view.js';
import { Since } from './since.js';
import { Status } from './status.js';

const words = {
  created: 'created the issue',
  comment: 'added a comment',
  link: 'added a link',
  status: 'changed the status',
  resolution: 'changed the resolution',
  assignee: 'changed the assignee',
  key: 'moved the issue',
};

/** What stands where nothing was, or is. */
const nothing = { assignee: 'Unassigned', resolution: 'Unresolved' };

/** One change: who, what, when, and from what to what. */
export function HistoryEntry({ entry }) {
  const { actor, kind, from, to, at } = entry;
  const hasBoth = from !== null || to !== null;
  return html`
    <li class="change" data-change=${kind}>
      <${Avatar} name=${actor} size="small" />
      <div>
        <p class="byline">
          <span><strong>${actor}</strong> ${wordsOf(entry)}</span>
          <span class="faint"><${Since} at=${at} /></span>
        </p>
        ${
          hasBoth &&
          kind !== 'attachment' &&
          html`<p class="from-to">
            <${Value} kind=${kind} value=${from} /> <span aria-hidden="true">→</span><span class="out-of-sight">to</span>
            <${Value} kind=${kind} value=${to} />
          </p>`
        }
        ${kind === 'attachment' && html`<p class="from-to"><bdi>${to ?? from}</bdi></p>`}
      </div>
    </li>
  `;
}

function wordsOf({ kind, to, field }) {
  if (kind === 'attachment') return to === null ? 'removed a file' : 'attached a file';
  if (kind === 'edit') return field === undefined ? 'edited the issue' : `changed the ${field}`;
  return words[kind] ?? 'edited the issue';
}

function Value({ kind, value }) {
  if (value === null) return html`<span class="faint">${nothing[kind] ?? 'None'}</span>`;
  return kind === 'status' ? html`<${Status} name=${value} />` : html`<bdi>${value}</bdi>`;
}
