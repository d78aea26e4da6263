import { Adf } from '../adf.js';
import { pathTo } from '../api.js';
import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { useQuery } from '../query.js';
import { wholeTime } from '../times.js';
import { html, useEffect, useRef } from '../view.js';
import { Comments } from './comments.js';
import { Details } from './details.js';
import { History } from './history.js';

/** An issue in full, in the board's place. */
export function Issue({ issueKey, onClose }) {
  const { data: issue, error } = useQuery(
    pathTo('/api/board/issue', { key: issueKey }),
    (change) => change.type === 'issue' && change.key === issueKey,
  );
  const title = useRef(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), [issueKey]);
  return html`
    <article class="issue" aria-label=${`Issue ${issueKey}`} data-issue-open=${issueKey}>
      <header class="board-header">
        <button type="button" class="plain-button" ref=${title} onClick=${onClose}><${Icon} name="back" /> Board</button>
        <span class="issue-key"><span class="issue-sign" aria-hidden="true"></span>${issueKey}</span>
      </header>
      <div class="issue-scroll" tabindex="0" role="region" aria-label="Issue">
        ${error !== null && issue === undefined && html`<p class="empty" role="alert">${error}</p>`}
        ${issue !== undefined && html`<${Content} issue=${issue} />`}
      </div>
    </article>
  `;
}

function Content({ issue }) {
  return html`
    <h2 class="issue-summary">${issue.summary}</h2>
    <${Details} issue=${issue} />
    <section>
      <h3>Description</h3>
      ${issue.description ? html`<${Adf} document=${issue.description} />` : html`<p class="faint">No description.</p>`}
    </section>
    <${Links} links=${issue.remoteLinks ?? []} />
    <${Comments} comments=${issue.comments ?? []} />
    <${History} history=${issue.history ?? []} />
    <p class="faint">Created ${wholeTime(issue.created)} · Updated ${wholeTime(issue.updated)}</p>
  `;
}

function Links({ links }) {
  if (links.length === 0) return null;
  return html`
    <section>
      <h3>Links</h3>
      <ul class="remote-links">
        ${links.map((link) => {
          const { url, title } = link.object ?? link;
          return html`<li><${Icon} name="link" /><${Link} href=${url}>${title ?? url}<//></li>`;
        })}
      </ul>
    </section>
  `;
}
