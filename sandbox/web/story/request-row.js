import { html } from '../view.js';
import { Status } from './status.js';
import { Raw } from './step.js';
import { Talk } from './talk.js';
import { duration } from './words.js';

const systems = {
  slack: 'Slack',
  teams: 'Teams',
  jira: 'Jira',
  notion: 'Notion',
  confluence: 'Confluence',
  openai: 'Model',
};

/** One request to a vendor: what for, how it was answered, and when it was made again after it failed. */
export function RequestRow({ request }) {
  const { system, purpose, what, status, error, failed, ms, againAfterMs, talk } = request;
  return html`
    <li class="story-request" data-step="request">
      <div class="story-request-line">
        <span class="story-system">${systems[system]}</span>
        <span class="story-purpose">${purpose}</span>
        ${
          ms === null
            ? html`<span class="faint">under way</span>`
            : html`<span class="story-answer"><${Status} status=${status} failed=${failed} error=${error} /><span class="faint">${duration(ms)}</span></span>`
        }
      </div>
      ${againAfterMs !== null && html`<p class="story-again">Tried again after ${duration(againAfterMs)}</p>`}
      ${talk !== undefined && html`<${Talk} talk=${talk} label=${purpose} />`}
      <${Raw} value=${request} label=${purpose} call=${what} />
    </li>
  `;
}
