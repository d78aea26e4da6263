import { html } from '../view.js';
import { Step } from './step.js';
import { Status } from './status.js';
import { counted, duration, eventTitles } from './words.js';

/** Slack, or Teams, tells the bot of something, once or more often. `taken`: what is said of it where the bot has taken it. */
export function EventStep({ step, taken = null }) {
  const { attempts, type } = step;
  const title = step.title ?? eventTitles[type] ?? 'Slack tells Firstline of something new';
  const isTaken = attempts.length === 0 || attempts.some(({ status }) => status === 200);
  return html`
    <${Step} step=${step} icon="inbox" title=${title} tone=${isTaken ? 'plain' : 'bad'}>
      <p>${(isTaken && taken) || whatBecameOf(step)}</p>
      ${
        attempts.length > 0 &&
        html`
          <ul class="story-tries">
            ${attempts.map(
              ({ attempt, status, ms }, index) => html`
                <li key=${index}>
                  ${attempts.length > 1 && html`<span class="faint">${ordinal(attempt)} time</span>`}
                  <${Status} status=${status} failed=${status !== 200} />
                  <span class="faint">in ${duration(ms)}</span>
                </li>
              `,
            )}
          </ul>
        `
      }
    <//>
  `;
}

function whatBecameOf({ attempts, storedAt }) {
  const isTaken = attempts.some(({ status }) => status === 200);
  if (storedAt !== null && attempts.length > 1) {
    return `Sent ${counted(attempts.length, 'time', 'times')}, stored once: what is sent again changes nothing.`;
  }
  if (storedAt !== null) return 'Stored first, acknowledged second: from here on it cannot get lost.';
  if (isTaken) return 'Nothing new in it, so nothing was stored.';
  return 'Not taken yet. It is sent again for a while.';
}

function ordinal(number) {
  return { 1: '1st', 2: '2nd', 3: '3rd' }[number] ?? `${number}th`;
}
