import { get } from '../api.js';
import { Icon } from '../icons.js';
import { onChange } from '../live.js';
import { html, useEffect, useState } from '../view.js';

/** An event that is sent again, or given up, shows nowhere else. */
const lookEveryMs = 3000;
/** Waited after a change before it is counted anew: under load many come at once. */
const pauseMs = 250;

/** In `webhooks` of the tally, when Jira sends any. */
const webhookCounters = [
  ['sent', 'Webhooks taken'],
  ['failed', 'Not taken'],
  ['dropped', 'Dropped'],
];

const counters = [
  ['asked', 'Questions asked'],
  ['answered', 'Answered'],
  ['handedOver', 'Handed over'],
  ['waiting', 'Waiting'],
  ['tickets', 'Tickets'],
  ['sentAgain', 'Events sent again'],
  ['killed', 'Times killed'],
];

/** What became of everything that was asked. Lost and doubled must stay at zero. */
export function Tally() {
  const { tally, error } = useTally();
  if (tally === null) return html`<p class="faint" role="status">${error ?? 'Counting…'}</p>`;
  return html`
    <div class="tally">
      <dl class="tally-verdicts">
        <${Verdict} name="lost" label="Lost" count=${tally.lost} />
        <${Verdict} name="doubled" label="Doubled" count=${tally.doubled} />
      </dl>
      <dl class="tally-counts">
        ${counters.map(
          ([name, label]) => html`<div key=${name} data-count=${name}><dt>${label}</dt><dd>${tally[name]}</dd></div>`,
        )}
        ${
          tally.webhooks !== undefined &&
          webhookCounters.map(
            ([name, label]) => html`<div key=${name} data-count=${`webhooks-${name}`}>
              <dt>${label}</dt><dd>${tally.webhooks[name]}</dd>
            </div>`,
          )
        }
      </dl>
      ${error !== null && html`<p class="problem" role="alert">${error} These are the last counts.</p>`}
    </div>
  `;
}

function Verdict({ name, label, count }) {
  return html`
    <div class=${count === 0 ? 'verdict is-good' : 'verdict is-bad'} data-count=${name}>
      <dt>${label}</dt>
      <dd>${count} <${Icon} name=${count === 0 ? 'check' : 'warning'} /></dd>
    </div>
  `;
}

function useTally() {
  const [state, setState] = useState({ tally: null, error: null });
  useEffect(() => {
    let isGone = false;
    let timer = null;

    async function load() {
      timer = null;
      const next = await get('/api/tally').then(
        (tally) => ({ tally, error: null }),
        (error) => ({ error: error.message }),
      );
      if (!isGone) setState((last) => ({ ...last, ...next }));
    }
    // on a long record counting takes a while: not more often than the page can show it
    const soon = () => {
      timer ??= setTimeout(load, pauseMs);
    };

    load();
    const look = setInterval(soon, lookEveryMs);
    const stop = onChange(({ type }) => type !== 'read' && type !== 'status' && soon());
    return () => {
      isGone = true;
      clearTimeout(timer);
      clearInterval(look);
      stop();
    };
  }, []);
  return state;
}
