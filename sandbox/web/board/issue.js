import { Adf } from '../adf.js';
import { pathTo } from '../api.js';
import { DocumentFiles } from '../adf/files.js';
import { Icon } from '../icons.js';
import { announce } from '../live.js';
import { useQuery } from '../query.js';
import { html, useEffect, useLayoutEffect, useMemo, useRef } from '../view.js';
import { ActingAs } from './acting-as.js';
import { Activity } from './activity.js';
import { Attachments } from './attachments.js';
import { Desk, useActs, useStaff } from './desk.js';
import { Details } from './details.js';
import { filesByMediaId } from './files-of.js';
import { IssueMenu } from './issue-menu.js';
import { LoadingIssue } from './loading.js';
import { nameOf } from './names.js';
import { remembered } from './remembered.js';
import { RemoteLinks } from './remote-links.js';
import { TypeSign } from './signs.js';
import { StatusMenu } from './status-menu.js';

/**
 * An issue in full, in the board's place, with what IT staff do with it.
 * @param {(key: string) => void} onMoved told the key that the issue has now
 */
export function Issue({ issueKey, onClose, onMoved }) {
  const { data: issue, error } = useQuery(
    pathTo('/api/board/issue', { key: issueKey }),
    ({ type, key }) => type === 'board' || (type === 'issue' && key === issueKey),
  );
  const { choose, ...about } = useStaff();
  const { act, problem } = useActs(issueKey, about.as);
  const back = useRef(null);
  useEffect(() => {
    // found by a key it had before
    if (issue !== undefined && issue.key !== issueKey) onMoved(issue.key);
  }, [issue?.key]);
  useLayoutEffect(() => {
    back.current?.focus({ preventScroll: true });
    remembered.opened = issueKey;
  }, [issueKey]);

  function closeByKey(event) {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target.closest('dialog') !== null) return;
    // what else is open stays open
    event.preventDefault();
    onClose();
  }

  return html`
    <${Desk.Provider} value=${{ ...about, act, problem }}>
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
        <span class="header-space"></span>
        <${ActingAs} staff=${about.staff} as=${about.as} choose=${choose} />
        ${issue !== undefined && html`<${IssueMenu} issueKey=${issueKey} onMoved=${onMoved} onRemoved=${onClose} />`}
      </header>
      ${problem !== null && html`<p class="issue-problem" role="alert">${problem}</p>`}
      ${error !== null && issue !== undefined && html`<p class="issue-problem" role="alert">${error} This is what it said last.</p>`}
      <div class="issue-scroll" tabindex="0" role="region" aria-label="Issue">
        ${error !== null && issue === undefined && html`<${Failed} error=${error} />`}
        ${error === null && issue === undefined && html`<${LoadingIssue} />`}
        ${issue !== undefined && html`<${Content} key=${issueKey} issue=${issue} />`}
      </div>
    </article>
    <//>
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
  const { attachments = [] } = issue;
  const files = useMemo(() => filesByMediaId(attachments), [attachments]);
  return html`
    <${DocumentFiles.Provider} value=${files}>
    <div class="issue-content">
      <div class="issue-top">
        <h2 class="issue-summary">${issue.summary}</h2>
        <div class="issue-status">
          <${StatusMenu} issue=${issue} />
          ${issue.resolution && html`<span class="resolution"><${Icon} name="check" /> ${nameOf(issue.resolution)}</span>`}
        </div>
      </div>
      <${Details} issue=${issue} />
      <div class="issue-main">
        <section>
          <h3>Description</h3>
          ${issue.description ? html`<${Adf} document=${issue.description} />` : html`<p class="faint">No description.</p>`}
        </section>
        <${Attachments} issueKey=${issue.key} attachments=${attachments} />
        <${RemoteLinks} links=${issue.remoteLinks ?? []} />
        <${Activity}
          issueKey=${issue.key}
          reporter=${nameOf(issue.reporter)}
          comments=${issue.comments ?? []}
          history=${issue.history ?? []}
        />
      </div>
    </div>
    <//>
  `;
}
