import { Icon } from '../icons.js';
import { html } from '../view.js';
import { clockWithSeconds, duration } from './words.js';

/** One step on the line of time: what happened in a few words, when, and what there is to know of it. */
export function Step({ step, icon, title, tone = 'plain', children }) {
  return html`
    <li class=${`story-step is-${tone}`} data-step=${step.kind}>
      <span class="story-sign"><${Icon} name=${icon} /></span>
      <div class="story-what">
        <div class="story-step-head">
          <h3>${title}</h3>
          <${When} step=${step} />
        </div>
        ${children}
        <${Raw} value=${step} label=${title} />
      </div>
    </li>
  `;
}

/** The clock, and how long it was since the message. */
function When({ step: { at, afterMs } }) {
  if (at === null) return null;
  return html`
    <span class="story-when">
      <time datetime=${at}>${clockWithSeconds(at)}</time>
      ${
        afterMs !== null &&
        html`<span class="story-after"><span class="out-of-sight">, after </span><span aria-hidden="true">+</span>${duration(afterMs)}</span>`
      }
    </span>
  `;
}

/** The step as it came, for those who want to see everything. `call`: what was called, shown instead of plain words. */
export function Raw({ value, label, call = null }) {
  return html`
    <details class="story-raw">
      <summary>
        ${call === null ? 'Raw data' : html`<code>${call}</code><span class="out-of-sight">, raw data</span>`}
        <span class="out-of-sight"> of: ${label}</span>
      </summary>
      <pre tabindex="0" role="region" aria-label=${`Raw data of: ${label}`}>${JSON.stringify(value, null, 2)}</pre>
    </details>
  `;
}
