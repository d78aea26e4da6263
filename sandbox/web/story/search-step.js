import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { Step } from './step.js';

/** What was searched for, and what was found. `cited`: what the decision made use of, and the word for how. */
export function SearchStep({ step, cited }) {
  const { question, corrections, passages } = step;
  const best = passages[0]?.score ?? 0;
  return html`
    <${Step} step=${step} icon="search" title="Searches the articles that this person may read">
      <p class="story-question">“${question}”</p>
      ${
        corrections.length > 0 &&
        html`<p class="story-corrections">
          Read as: ${corrections.map(
            ({ from, to }, index) =>
              html`${index > 0 && ', '}<del>${from}</del> <span aria-hidden="true">→</span><span class="out-of-sight"> becomes </span> <ins>${to}</ins>`,
          )}
        </p>`
      }
      ${
        passages.length === 0
          ? html`<p>Nothing fits.</p>`
          : html`
          <ol class="story-passages">
            ${passages.map(
              (passage, index) =>
                html`<${Passage} key=${index} passage=${passage} share=${best > 0 ? passage.score / best : 0} cited=${isCited(passage, cited) ? cited.word : undefined} />`,
            )}
          </ol>
        `
      }
    <//>
  `;
}

function isCited({ url, section }, { citations }) {
  return citations.some((citation) => citation.url === url && citation.section === section);
}

function Passage({ passage, share, cited }) {
  const { title, url, section, score, restricted } = passage;
  return html`
    <li>
      <div class="story-passage-name">
        <${Link} href=${url}>${title}<//>
        ${section !== null && html`<span class="faint"> › ${section}</span>`}
        ${cited !== undefined && html` <span class="story-tag is-good">${cited}</span>`}
        ${restricted && html` <span class="story-tag"><${Icon} name="lock" /> Not for everybody</span>`}
      </div>
      <span class="story-score">
        <span class="story-bar" aria-hidden="true"><span style=${{ width: `${Math.max(0, share) * 100}%` }}></span></span>
        <span><span class="out-of-sight">Score </span>${score.toFixed(1)}</span>
      </span>
    </li>
  `;
}
