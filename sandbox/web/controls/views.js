import { Icon } from '../icons.js';
import { html } from '../view.js';
import { panelNames } from './panel-tabs.js';

/** Where chat and panel do not fit beside each other: which one is seen. */
export function Views({ view, panel, news, onChat, onPanel }) {
  const now = view === 'chat' ? 'chat' : panel;
  return html`
    <nav class="views" aria-label="Views">
      <ul>
        <li><${View} name="chat" label="Chat" now=${now} news=${news} onChoose=${onChat} /></li>
        ${panelNames.map(
          ([name, label]) => html`<li key=${name}>
            <${View} name=${name} label=${label} now=${now} news=${news} onChoose=${() => onPanel(name)} />
          </li>`,
        )}
      </ul>
    </nav>
  `;
}

function View({ name, label, now, news, onChoose }) {
  return html`
    <button type="button" aria-current=${now === name ? 'page' : undefined} data-view=${name} onClick=${onChoose}>
      <${Icon} name=${name} />
      <span>${label}</span>
      ${news.has(name) && html`<span class="news-mark"><span class="out-of-sight">, something new</span></span>`}
    </button>
  `;
}
