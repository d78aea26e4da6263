import { html, useState } from '../view.js';
import { activityOf } from './activity-of.js';
import { Comment } from './comments.js';
import { useDesk } from './desk.js';
import { HistoryEntry } from './history.js';
import { ReplyBox } from './reply-box.js';
import { Tabs } from './tabs.js';

const emptyWords = {
  all: 'Nothing has happened yet.',
  comments: 'No comments yet.',
  history: 'Nothing has been changed yet.',
};

/** What was said and done on the issue, and the field to say more. */
export function Activity({ issueKey, reporter, comments, history }) {
  const { as } = useDesk();
  const [kind, setKind] = useState('all');
  const [isNewestFirst, setNewestFirst] = useState(true);
  const entries = activityOf({ comments, history }, kind, isNewestFirst);
  const tabs = [
    { id: 'all', name: 'All' },
    { id: 'comments', name: 'Comments', count: comments.length },
    { id: 'history', name: 'History' },
  ];
  return html`
    <section class="activity">
      <h3>Activity</h3>
      ${as !== null && html`<${ReplyBox} key=${as.email} issueKey=${issueKey} reporter=${reporter} />`}
      <div class="activity-bar">
        <${Tabs} label="Activity" tabs=${tabs} current=${kind} panel="activity" onTab=${setKind} />
        <button type="button" class="plain-button" onClick=${() => setNewestFirst(!isNewestFirst)}>
          ${isNewestFirst ? 'Newest first' : 'Oldest first'}
        </button>
      </div>
      <div id="activity" role="tabpanel" tabindex="0" aria-labelledby=${`activity-${kind}`}>
        ${entries.length === 0 && html`<p class="activity-empty">${emptyWords[kind]}</p>`}
        <ol>
          ${entries.map(({ id, comment, entry }) =>
            comment === null
              ? html`<${HistoryEntry} key=${id} entry=${entry} />`
              : html`<${Comment} key=${id} comment=${comment} />`,
          )}
        </ol>
      </div>
    </section>
  `;
}
