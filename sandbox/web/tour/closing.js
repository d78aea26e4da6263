import { Icon } from '../icons.js';
import { html } from '../view.js';
import { useTakenFocus } from './held-focus.js';

/** Where to look next. */
export function Closing({ asked, nav, onFaults, onEnd, focus }) {
  const [first] = asked;
  useTakenFocus(focus);
  const story =
    first === undefined ? () => nav.showPanel('story') : () => nav.openStory(first.channel, first.ts, first.platform);
  return html`
    <div aria-live="polite"><h2>Now look around</h2></div>
    <ul class="tour-ways">
      <${Way} icon="story" name="Behind the scenes" text="why it answered as it did, step by step" onGo=${story} />
      <${Way}
        icon="knowledge"
        name="Knowledge"
        text="change a guide, and ask again"
        onGo=${() => nav.showPanel('knowledge')}
      />
      <${Way} icon="wrench" name="Faults" text="turn a model on, or break things on purpose: nothing is lost" onGo=${onFaults} />
    </ul>
    <div class="tour-actions">
      <button type="button" class="small-button is-primary" data-tour="end" onClick=${onEnd}>Done</button>
    </div>
  `;
}

function Way({ icon, name, text, onGo }) {
  return html`
    <li>
      <button type="button" class="tour-way" onClick=${onGo}>
        <${Icon} name=${icon} /> <span><strong>${name}</strong>: ${text}</span>
      </button>
    </li>
  `;
}
