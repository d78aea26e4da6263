import { Adf } from '../adf.js';
import { pathTo } from '../api.js';
import { Icon } from '../icons.js';
import { announce } from '../live.js';
import { useQuery } from '../query.js';
import { html, useLayoutEffect, useRef } from '../view.js';
import { Activity } from './activity.js';
import { Details } from './details.js';
import { LoadingIssue } from './loading.js';
import { nameOf } from './names.js';
import { remembered } from './remembered.js';
import { RemoteLinks } from './remote-links.js';
import { TypeSign } from './signs.js';
import { Status } from './status.js';

/** An issue in full, in the board's place. */
export function Issue({ issueKey, onClose }) {
  const { data: issue, error } = useQuery(
    pathTo('/api/board/issue', { key: issueKey }),
    ({ type, key }) => type === 'board' || (type === 'issue' && key === issueKey),
  );
  const back = useRef(null);
  useLayoutEffect(() => {
    back.current?.focus({ preventScroll: true });
    remembered.opened = issueKey;
  }, [issueKey]);

  function closeByKey(event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    // what else is open stays open
    event.preventDefault();
    onClose();
  }

  return html`
    <article
      class="issue"
      aria-label=${`Issue ${issueKey}`}
      data-issue-open=${issueKey}
      onKeyDown=${closeByKey}
    >
      <header class="board-header">
        <button type="button" class="plain-button" ref=${back} onClick=${onClose}><${Icon} name="back" /> Board</button>
        <nav aria-label="Breadcrumbs">
          <ol class="crumbs">
            <li>${issueKey.replace(/-\d+$/, '')}</li>
            <li class="issue-key"><${TypeSign} type=${nameOf(issue?.issuetype) || null} />${issueKey}</li>
          </ol>
        </nav>
      </header>
      <div class="issue-scroll" tabindex="0" role="region" aria-label="Issue">
        ${error !== null && issue === undefined && html`<${Failed} error=${error} />`}
        ${error === null && issue === undefined && html`<${LoadingIssue} />`}
        ${issue !== undefined && html`<${Content} key=${issueKey} issue=${issue} />`}
      </div>
    </article>
  `;
}

function Failed({ error }) {
  return html`
    <div class="board-failed" role="alert">
      <p><strong>The issue could not be loaded.</strong></p>
      <p>${error}</p>
      <button type="button" class="small-button" onClick=${() => announce({ type: 'board' })}>Try again</button>
    </div>
  `;
}

function Content({ issue }) {
  return html`
    <div class="issue-content">
      <div class="issue-top">
        <h2 class="issue-summary">${issue.summary}</h2>
        <p class="issue-status">
          <${Status} name=${nameOf(issue.status)} />
          ${issue.resolution && html`<span class="resolution"><${Icon} name="check" /> ${nameOf(issue.resolution)}</span>`}
        </p>
      </div>
      <${Details} issue=${issue} />
      <div class="issue-main">
        <section>
          <h3>Description</h3>
          ${issue.description ? html`<${Adf} document=${issue.description} />` : html`<p class="faint">No description.</p>`}
        </section>
        <${RemoteLinks} links=${issue.remoteLinks ?? []} />
        <${Activity} comments=${issue.comments ?? []} history=${issue.history ?? []} />
      </div>
    </div>
  `;
}
