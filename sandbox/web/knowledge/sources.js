import { Since } from '../board/since.js';
import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { useMedia } from '../media.js';
import { html } from '../view.js';
import { coverageWords, gapWords } from './gap-words.js';
import { Remarks } from './remarks.js';
import { runWords } from './sync-words.js';
import { systemOf } from './systems.js';

/** A telephone: the list would leave no room for the articles. */
const narrow = '(max-width: 719px)';
/** Whether the list was last open, once somebody has said so: it goes away while an article is read. */
const remembered = { isOpen: null };

/** Each source with its last reading, and how much of it was read. */
export function Sources({ runs, coverage }) {
  const isNarrow = useMedia(narrow);
  const known = new Map(coverage.map((one) => [one.source, one]));
  const sources = [...new Set([...known.keys(), ...runs.keys()])];
  const isOpen = remembered.isOpen ?? !isNarrow;
  if (sources.length === 0) return null;

  /** Only what somebody pressed: a list that is open from the beginning tells of that too. */
  function remember({ currentTarget }) {
    if (currentTarget.open !== isOpen) remembered.isOpen = currentTarget.open;
  }

  return html`
    <details class="sources" open=${isOpen} onToggle=${remember}>
      <summary>${sources.length} ${sources.length === 1 ? 'source' : 'sources'}</summary>
      <ul aria-label="Sources" tabindex="0">
        ${sources.map(
          (source) =>
            html`<${Source} key=${source} source=${source} run=${runs.get(source)} coverage=${known.get(source)} />`,
        )}
      </ul>
    </details>
  `;
}

function Source({ source, run, coverage }) {
  const { name, icon } = systemOf(source);
  return html`
    <li class="source" data-source=${source} data-state=${run?.state ?? 'none'}>
      <span class="source-name"><${Icon} name=${icon} />${name}</span>
      <div class="source-state">
        <p>
          ${run === undefined ? 'No sync of late.' : runWords(run)}
          ${run !== undefined && run.state !== 'running' && html` <span class="faint"><${Since} at=${run.endedAt ?? run.startedAt} /></span>`}
        </p>
        ${coverage !== undefined && html`<${Coverage} coverage=${coverage} />`}
        ${run !== undefined && html`<${Remarks} run=${run} />`}
      </div>
    </li>
  `;
}

/** What was not read opens as a list. */
function Coverage({ coverage }) {
  const { gaps, fault } = coverage;
  const words = coverageWords(coverage);
  return html`
    ${fault !== null && html`<p class="source-fault" role="alert"><${Icon} name="warning" />${fault}</p>`}
    ${
      gaps.length === 0
        ? html`<p class="source-coverage faint">${words}</p>`
        : html`<details class="source-coverage">
            <summary>${words}</summary>
            <ul tabindex="0" aria-label="Not read completely">
              ${gaps.map((document) => html`<${Gaps} key=${document.id} document=${document} />`)}
            </ul>
          </details>`
    }
  `;
}

function Gaps({ document: { title, url, isComplete, gaps } }) {
  return html`
    <li>
      ${url === '' ? html`<strong>${title}</strong>` : html`<${Link} href=${url}>${title}<//>`}
      ${!isComplete && html` <span class="mark is-changed">Read again at the next sync</span>`}
      <span class="faint">${gaps.map(gapWords).join('; ')}</span>
    </li>
  `;
}
