import { Icon } from '../icons.js';
import { html } from '../view.js';
import { RequestRow } from './request-row.js';
import { Step } from './step.js';
import { counted, duration, jobTitles } from './words.js';

const states = {
  waiting: { words: 'waiting', icon: 'pause', tone: 'plain' },
  running: { words: 'at work', icon: 'wrench', tone: 'plain' },
  retrying: { words: 'trying again soon', icon: 'sync', tone: 'bad' },
  done: { words: 'done', icon: 'check', tone: 'good' },
  'given-up': { words: 'given up', icon: 'cross', tone: 'bad' },
};

const ticketJobs = new Set([
  'escalate',
  'link',
  'mirror',
  'refresh-ticket',
  'amend',
  'suggest',
  'reopen',
  'count-followers',
]);

const most = 14;
const shownFirst = 4;
const shownLast = 6;

/** A piece of durable work, with the requests it made. */
export function JobStep({ step, requests }) {
  const { name, state, tries, error } = step;
  const { words, icon, tone } = states[state] ?? states.waiting;
  const isFailing = state === 'retrying' || state === 'given-up';
  return html`
    <${Step} step=${step} icon=${ticketJobs.has(name) ? 'board' : 'wrench'} title=${jobTitles[name] ?? name} tone=${isFailing ? 'bad' : 'plain'}>
      <p class="story-job">
        <span class=${`story-status is-${tone}`}><${Icon} name=${icon} />${words}</span>
        <span class="faint">${effortOf(step)}</span>
      </p>
      ${isFailing && error !== null && html`<p class="story-error">${error}</p>`}
      ${state === 'done' && tries > 1 && error !== null && html`<p class="faint">What held it up last: ${error}</p>`}
      ${requests.length > 0 && html`<${Requests} requests=${requests} />`}
    <//>
  `;
}

/** A vendor that is down for long is asked again and again: the first requests and the last ones say it all. */
function Requests({ requests }) {
  const row = (request) => html`<${RequestRow} key=${`${request.at} ${request.what}`} request=${request} />`;
  if (requests.length <= most) return html`<ul class="story-requests">${requests.map(row)}</ul>`;
  const folded = requests.slice(shownFirst, -shownLast);
  return html`
    <ul class="story-requests">${requests.slice(0, shownFirst).map(row)}</ul>
    <details class="story-more">
      <summary>${folded.length} more requests in between</summary>
      <ul class="story-requests">${folded.map(row)}</ul>
    </details>
    <ul class="story-requests">${requests.slice(-shownLast).map(row)}</ul>
  `;
}

function effortOf({ tries, waitedMs, ranMs }) {
  if (tries > 1 && ranMs !== null) return `${counted(tries, 'try', 'tries')}, ${duration(waitedMs + ranMs)} in all`;
  return [
    tries > 0 && counted(tries, 'try', 'tries'),
    waitedMs !== null && `waited ${duration(waitedMs)}`,
    ranMs !== null && `took ${duration(ranMs)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}
