import { Icon } from '../icons.js';
import { html } from '../view.js';
import { Signals } from './confidence-step.js';
import { draftSignals } from './draft-signals.js';
import { describedSignals } from './signals.js';
import { Step } from './step.js';
import { counted, duration, percent } from './words.js';

const tones = { written: 'good', 'stepped-down': 'middling', other: 'plain' };

/** What models had to do with it: each call and what it cost, each check, and how sure it is of what was written. */
export function ModelStep({ step }) {
  const { sentence, outcome, calls, costs, checks, dropped, confidence, prompts, model } = step;
  return html`
    <${Step} step=${step} icon="model" title="The model" tone=${tones[outcome]}>
      <p>${sentence}</p>
      ${calls.length > 0 && html`<${Calls} calls=${calls} costs=${costs} />`}
      ${checks.length > 0 && html`<${Checks} checks=${checks} />`}
      ${dropped > 0 && html`<p>${counted(dropped, 'of its sentences was', 'of its sentences were')} taken out.</p>`}
      ${
        confidence !== null &&
        html`
          <p>${surely(confidence.value)} sure that what it wrote is right:</p>
          <${Signals}
            described=${describedSignals(confidence.signals, draftSignals)}
            label="Signals that the confidence in the written answer is worked out from"
          />
        `
      }
      <p class="faint story-model-name">${[model, ...prompts].filter(Boolean).join(' · ')}</p>
    <//>
  `;
}

/** Nothing is ever all sure. */
function surely(share) {
  return share >= 0.995 ? 'More than 99 %' : percent(share);
}

function Calls({ calls, costs }) {
  return html`
    <ul class="story-calls" aria-label="Calls">
      ${calls.map(
        ({ purpose, outcome, failed, ms, costs: own }, index) => html`
          <li key=${index}>
            <span class="story-purpose">${purpose}</span>
            <span class=${`story-status ${failed ? 'is-bad' : 'is-good'}`}>
              <${Icon} name=${failed ? 'cross' : 'check'} />${outcome}
            </span>
            <span class="faint">${duration(ms)}</span>
            <span class="story-number"><span class="out-of-sight">cost </span>${own}</span>
          </li>
        `,
      )}
      <li class="story-sum">
        <span class="story-purpose">Cost in all, in the currency of the prices</span>
        <span class="story-number">${costs}</span>
      </li>
    </ul>
  `;
}

function Checks({ checks }) {
  return html`
    <ul class="story-checks" aria-label="Checks">
      ${checks.map(
        ({ words, held }) => html`
          <li key=${words}>
            <span class=${`story-status ${held ? 'is-good' : 'is-bad'}`}>
              <${Icon} name=${held ? 'check' : 'cross'} />${held ? 'Passed' : 'Failed'}
            </span>
            <span>${words}</span>
          </li>
        `,
      )}
    </ul>
  `;
}
