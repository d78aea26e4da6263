import { Avatar } from '../chat/avatar.js';
import { html } from '../view.js';
import { Since } from './since.js';
import { Status } from './status.js';

const words = {
  created: 'created the issue',
  comment: 'added a comment',
  link: 'added a link',
  status: 'changed the status',
};

/** One change: who, what, when. */
export function HistoryEntry({ entry }) {
  const { actor, kind, from, to, at } = entry;
  return html`
    <li class="change" data-change=${kind}>
      <${Avatar} name=${actor} size="small" />
      <div>
        <p class="byline">
          <span><strong>${actor}</strong> ${words[kind] ?? 'edited the issue'}</span>
          <span class="faint"><${Since} at=${at} /></span>
        </p>
        ${
          from !== null &&
          to !== null &&
          html`<p class="from-to">
            <${Status} name=${from} /> <span aria-hidden="true">→</span><span class="out-of-sight">to</span>
            <${Status} name=${to} />
          </p>`
        }
      </div>
    </li>
  `;
}
