import { Icon } from '../icons.js';
import { html } from '../view.js';
import { BotState } from './bot-state.js';
import { isDisturbed } from './is-disturbed.js';
import { ThemeSwitch } from './theme-switch.js';

/** The strip above everything: the bot's state, the theme, the guide, the faults. */
export function TopBar({ boot, areFaultsOpen, onFaults, onGuide }) {
  return html`
    <header class="top-bar">
      <span class="product">Firstline <span class="product-kind">sandbox</span></span>
      <${BotState} state=${boot.botState} />
      <${ThemeSwitch} />
      <button type="button" class="bar-button" data-open="guide" title="A guided first minute" onClick=${onGuide}>
        <${Icon} name="guide" /> <span class="bar-button-word">Guide</span>
      </button>
      <button
        type="button"
        class="bar-button"
        id="faults-button"
        data-open="faults"
        title="Disturb the chat, Jira, the model and the bot"
        aria-expanded=${areFaultsOpen}
        onClick=${onFaults}
      >
        <${Icon} name="wrench" /> <span class="bar-button-word">Faults</span>
        ${isDisturbed(boot) && html`<span class="fault-mark"><span class="out-of-sight">, switched on</span></span>`}
      </button>
    </header>
  `;
}
