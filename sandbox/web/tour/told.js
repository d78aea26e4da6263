import { articleTest } from '../links.js';
import { html } from '../view.js';
import { useTakenFocus } from './held-focus.js';
import { usePointer } from './pointer.js';
import { targetOf } from './targets.js';
import { outcomes } from './words.js';

/** What came of the question, and a ring around what to look at. */
export function Told({ outcome, place, boot, nav, onNext, focus }) {
  const { kind, key } = outcome;
  const isArticle = articleTest(boot);
  const isSeen = usePointer(`${place.ts} ${kind}`, () => targetOf(outcome, { ts: place.ts, isArticle }));
  useTakenFocus(focus);
  const { title, text } = outcomes[kind];
  return html`
    <div aria-live="polite" data-tour-outcome=${kind}>
      <h2>${title}</h2>
      <p>${key === undefined ? '' : html`<strong>${key}</strong>: `}${text}</p>
    </div>
    <div class="tour-actions">
      ${
        !isSeen &&
        html`<button
          type="button"
          class="small-button"
          data-tour="show"
          onClick=${() => nav.openMessage({ platform: place.platform, channel: place.channel, thread: place.ts })}
        >
          Show me
        </button>`
      }
      <button type="button" class="small-button is-primary" data-tour="next" onClick=${onNext}>Next</button>
    </div>
  `;
}
