import { Icon } from '../icons.js';
import { html } from '../view.js';

/** What the panel can show, with the words on its tab. */
export const panelNames = [
  ['board', 'Board'],
  ['knowledge', 'Knowledge'],
  ['story', 'Behind the scenes'],
];

const steps = { ArrowRight: 1, ArrowLeft: -1 };

/** The panel's tabs: the arrow keys, Home and End go from one to the next. */
export function PanelTabs({ panel, news, onPanel }) {
  function move(event) {
    const at = panelNames.findIndex(([name]) => name === panel);
    const ends = { Home: 0, End: panelNames.length - 1 };
    const to = ends[event.key] ?? (at + (steps[event.key] ?? 0) + panelNames.length) % panelNames.length;
    if (to === at) return;
    event.preventDefault();
    const [name] = panelNames[to];
    onPanel(name);
    document.getElementById(`tab-${name}`).focus();
  }

  return html`
    <div class="panel-tabs" role="tablist" aria-label="Panel" onKeyDown=${move}>
      ${panelNames.map(
        ([name, label]) => html`<button
          key=${name}
          type="button"
          role="tab"
          id=${`tab-${name}`}
          aria-selected=${name === panel}
          aria-controls=${name === panel ? 'panel-body' : undefined}
          tabindex=${name === panel ? 0 : -1}
          onClick=${() => onPanel(name)}
        >
          <${Icon} name=${name} /> ${label}
          ${news.has(name) && html`<span class="news-mark"><span class="out-of-sight">, something new</span></span>`}
        </button>`,
      )}
    </div>
  `;
}
