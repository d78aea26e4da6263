import { questions } from '../chat/suggestions.js';
import { useEscape } from '../escape.js';
import { Icon } from '../icons.js';
import { html, useRef } from '../view.js';
import { Closing } from './closing.js';
import { useHeldFocus } from './held-focus.js';
import { Question } from './question.js';

/** The guided first minute: three questions, what came of each, and where to look next. The page stays usable. */
export function Tour({ tour, boot, nav, onFaults }) {
  const { step, asked } = tour.progress;
  const card = useRef(null);
  const isClosing = step >= questions.length;
  useEscape(skip);
  const focus = useHeldFocus(card, tour.starts);

  function skip() {
    const hadFocus = card.current.contains(document.activeElement);
    tour.end();
    if (hadFocus) document.querySelector('[data-open="guide"]').focus();
  }

  return html`
    <section
      class="tour"
      ref=${card}
      aria-label="Guided first minute"
      data-step=${step}
      tabindex="-1"
      onFocusIn=${focus.hold}
      onFocusOut=${focus.release}
    >
      <header class="tour-header">
        <span>${isClosing ? 'Guide' : `Guide · ${step + 1} of ${questions.length}`}</span>
        <${Dots} step=${step} />
        <button type="button" class="plain-button tour-skip" onClick=${skip}>
          ${isClosing ? 'Close' : 'Skip'} <span class="out-of-sight">the guide</span> <${Icon} name="close" />
        </button>
      </header>
      ${
        isClosing
          ? html`<${Closing} asked=${asked} nav=${nav} onFaults=${onFaults} onEnd=${skip} focus=${focus} />`
          : html`<${Question}
              key=${step}
              tour=${tour}
              text=${questions[step]}
              boot=${boot}
              nav=${nav}
              focus=${focus}
            />`
      }
    </section>
  `;
}

function Dots({ step }) {
  return html`
    <span class="tour-dots" aria-hidden="true">
      ${questions.map((_, index) => html`<i class=${index < step ? 'is-done' : index === step ? 'is-now' : ''}></i>`)}
    </span>
  `;
}
