import { html } from '../view.js';
import { describedSignals } from './signals.js';
import { Step } from './step.js';
import { percent, percentApart } from './words.js';

/** How sure it is that the best passage answers, against what it takes to answer and to offer links. */
export function ConfidenceStep({ step }) {
  const { value, answerAt, suggestAt } = step;
  const thresholds = [answerAt, suggestAt].filter((one) => one !== null);
  const shown = percentApart(value, thresholds);
  return html`
    <${Step} step=${step} icon="gauge" title=${`Weighs the best one: ${shown} sure that it answers`}>
      ${thresholds.length === 2 && html`<${Gauge} value=${value} shown=${shown} answerAt=${answerAt} suggestAt=${suggestAt} />`}
      <${Signals}
        described=${describedSignals(step.signals)}
        label="Signals that the confidence is worked out from"
      />
    <//>
  `;
}

function Gauge({ value, shown, answerAt, suggestAt }) {
  const outcome = outcomeOf(value, answerAt, suggestAt);
  const at = (share) => ({ left: `${Math.min(1, Math.max(0, share)) * 100}%` });
  const until = (share) => ({ width: `${Math.min(1, Math.max(0, share)) * 100}%` });
  return html`
    <div class=${`story-gauge is-${outcome.name}`}>
      <div
        class="story-gauge-bar"
        role="meter"
        aria-label="Confidence"
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${Number((value * 100).toFixed(2))}
        aria-valuetext=${`${shown}: ${outcome.words}. Links are offered from ${percent(suggestAt)}, an answer is given from ${percent(answerAt)}.`}
      >
        <span class="story-gauge-fill" style=${until(value)}></span>
        <span class="story-gauge-mark" style=${at(suggestAt)}></span>
        <span class="story-gauge-mark" style=${at(answerAt)}></span>
        <span class="story-gauge-needle" style=${at(value)}></span>
      </div>
      <div class="story-gauge-scale" aria-hidden="true">
        <span style=${until(suggestAt)}>links from ${percent(suggestAt)}</span>
        <span style=${until(answerAt)}>answers from ${percent(answerAt)}</span>
      </div>
    </div>
  `;
}

function outcomeOf(value, answerAt, suggestAt) {
  if (value >= answerAt) return { name: 'answer', words: 'enough to answer' };
  return value >= suggestAt
    ? { name: 'links', words: 'enough for links' }
    : { name: 'person', words: 'a matter for a person' };
}

/** Signals with their words, each with a bar, and what they mean. */
export function Signals({ described, label }) {
  return html`
    <ul class="story-signals" aria-label=${label}>
      ${described.map(
        ({ label, shown, fill }) => html`
          <li key=${label}>
            <span>${label}</span>
            <span class="story-bar" aria-hidden="true"><span style=${{ width: `${fill * 100}%` }}></span></span>
            <span class="story-number">${shown}</span>
          </li>
        `,
      )}
    </ul>
    <details class="story-more">
      <summary>What these mean</summary>
      <dl>
        ${described.map(({ label, sentence }) => html`<div key=${label}><dt>${label}</dt><dd>${sentence}</dd></div>`)}
      </dl>
    </details>
  `;
}
