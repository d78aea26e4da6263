import { Icon } from '../icons.js';
import { html } from '../view.js';
import { BotState } from './bot-state.js';
import { Faults } from './faults.js';

/** The strip above both: chat or board (where they do not fit beside each other), the bot's state, the faults. */
export function TopBar({ boot, view, onView }) {
  const tab = (name, label) => html`
    <button type="button" aria-pressed=${view === name} data-view=${name} onClick=${() => onView(name)}>
      <${Icon} name=${name} /> ${label}
    </button>
  `;
  return html`
    <header class="top-bar">
      <span class="product">Firstline <span class="product-kind">sandbox</span></span>
      <div class="view-switch" role="group" aria-label="View">${tab('chat', 'Chat')} ${tab('board', 'Board')}</div>
      <${BotState} state=${boot.botState} />
      <button type="button" class="bar-button" popovertarget="faults">
        <${Icon} name="wrench" /> <span class="bar-button-word">Faults</span>
        ${isDisturbed(boot) && html`<span class="fault-mark"><span class="out-of-sight">switched on</span></span>`}
      </button>
      <${Faults} boot=${boot} />
    </header>
  `;
}

function isDisturbed({ faults, copies }) {
  return faults.jira !== null || faults.slack !== null || copies > 1;
}
