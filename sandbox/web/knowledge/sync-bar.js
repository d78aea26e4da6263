import { Since } from '../board/since.js';
import { Icon } from '../icons.js';
import { html } from '../view.js';
import { runSince, runWords, statusWords } from './sync-words.js';

const maxShown = 6;

/** How far the bot has read the articles, the button that makes it read, and what became of the last readings. */
export function SyncBar({ sync }) {
  const { status, asked, isBusy, problem } = sync;
  const syncs = status?.syncs ?? [];
  const run = asked === null ? syncs[0] : runSince(syncs, asked.askedAt);
  const earlier = syncs.filter((one) => one !== run).slice(0, maxShown);
  const isOver = asked !== null && run?.state === 'done';
  return html`
    <section class="sync-bar" aria-label="Sync" data-sync=${isBusy ? 'busy' : (run?.state ?? 'none')}>
      <div class="sync-line">
        <span class=${isBusy ? 'sync-sign is-busy' : 'sync-sign'}><${Icon} name="sync" /></span>
        <p role="status">
          ${statusWords(status, asked)}${isOver && run.changed + run.added > 0 && html`<span class="faint"> · Ask again to see the answer change.</span>`}
        </p>
        <button type="button" class="small-button" onClick=${sync.ask}>Sync now</button>
      </div>
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
      ${run !== undefined && run !== null && html`<${Remarks} run=${run} />`}
      ${earlier.length > 0 && html`<${EarlierSyncs} syncs=${earlier} />`}
    </section>
  `;
}

function EarlierSyncs({ syncs }) {
  return html`
    <details class="last-syncs">
      <summary>Earlier syncs</summary>
      <ol tabindex="0" aria-label="Earlier syncs">
        ${syncs.map(
          (run) => html`<li key=${run.source + run.startedAt}>
            <p><span class="faint"><${Since} at=${run.startedAt} /> · ${run.source}</span> ${runWords(run)}</p>
            <${Remarks} run=${run} />
          </li>`,
        )}
      </ol>
    </details>
  `;
}

/** Documents by name, and what is to be said of each: "has no title: …". */
function Remarks({ run }) {
  const remarks = [...run.failed.map((one) => ['Not read', one]), ...run.warnings.map((one) => ['Warning', one])];
  if (remarks.length === 0) return null;
  return html`
    <ul class="remarks" tabindex="0" aria-label="What went wrong">
      ${remarks.map(
        ([kind, { id, reason }]) => html`<li class=${kind === 'Warning' ? 'is-warning' : 'is-failed'}>
          <strong>${kind}:</strong> <code>${id}</code> ${withCode(reason)}
        </li>`,
      )}
    </ul>
  `;
}

/** What stands between backticks is shown as code. */
function withCode(words) {
  return words.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
