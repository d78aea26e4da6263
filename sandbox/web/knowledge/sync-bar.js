import { Since } from '../board/since.js';
import { Icon } from '../icons.js';
import { useQuery } from '../query.js';
import { html } from '../view.js';
import { Remarks } from './remarks.js';
import { Sources } from './sources.js';
import { hasChanged, lastRuns, runsAsked, runWords, statusWords } from './sync-words.js';
import { systemOf } from './systems.js';

const maxShown = 6;

/**
 * How far the bot has read the articles, the button that makes it read, and what became of the last readings.
 * @param {boolean} isShort an article is open: without what is told of each source
 */
export function SyncBar({ sync, isShort }) {
  const { status, asked, isBusy, problem } = sync;
  const syncs = status?.syncs ?? [];
  const last = lastRuns(syncs);
  const runs = asked === null ? [...last.values()] : runsAsked(syncs, asked);
  const state = stateOf(runs);
  const isOver = asked !== null && state === 'done';
  const earlier = syncs.filter((run) => last.get(run.source) !== run).slice(0, maxShown);
  return html`
    <section class="sync-bar" aria-label="Sync" data-sync=${isBusy ? 'busy' : state}>
      <div class="sync-line">
        <span class=${isBusy ? 'sync-sign is-busy' : 'sync-sign'}><${Icon} name="sync" /></span>
        <p role="status">
          ${statusWords(status, asked)}${isOver && runs.some(hasChanged) && html`<span class="faint"> · Ask again to see the answer change.</span>`}
        </p>
        <button type="button" class="small-button" onClick=${sync.ask}>Sync now</button>
      </div>
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
      ${isShort ? runs.map((run) => run !== null && html`<${Remarks} key=${run.source} run=${run} />`) : html`<${Whole} last=${last} earlier=${earlier} />`}
    </section>
  `;
}

/** @returns `none` while one of them has not begun */
function stateOf(runs) {
  if (runs.length === 0 || runs.includes(null)) return 'none';
  const states = runs.map(({ state }) => state);
  return states.find((state) => state !== 'done') ?? 'done';
}

function Whole({ last, earlier }) {
  const { data } = useQuery(
    '/api/knowledge/coverage',
    ({ type }) => type === 'knowledge' || type === 'bot' || type === 'read-anew',
  );
  return html`
    <${Sources} runs=${last} coverage=${data?.sources ?? []} />
    ${earlier.length > 0 && html`<${EarlierSyncs} syncs=${earlier} />`}
  `;
}

function EarlierSyncs({ syncs }) {
  return html`
    <details class="last-syncs">
      <summary>Earlier syncs</summary>
      <ol tabindex="0" aria-label="Earlier syncs">
        ${syncs.map(
          (run) => html`<li key=${run.source + run.startedAt}>
            <p><span class="faint"><${Since} at=${run.startedAt} /> · ${systemOf(run.source).name}</span> ${runWords(run)}</p>
            <${Remarks} run=${run} />
          </li>`,
        )}
      </ol>
    </details>
  `;
}
