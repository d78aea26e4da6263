import { html, useRef } from '../view.js';

/**
 * Tabs by the usual keys: one stop for Tab, arrows, Home and End between them.
 * @param {{ id: string, name: string, count?: number }[]} tabs
 * @param {string} panel id of what they switch
 */
export function Tabs({ label, tabs, current, panel, onTab }) {
  const list = useRef(null);

  function press(event) {
    const at = tabs.findIndex(({ id }) => id === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = to % tabs.length;
    onTab(tabs[index].id);
    list.current.children[index].focus();
  }

  return html`
    <div class="tabs" role="tablist" aria-label=${label} ref=${list} onKeyDown=${press}>
      ${tabs.map(
        ({ id, name, count }) => html`<button
          type="button"
          role="tab"
          key=${id}
          id=${`${panel}-${id}`}
          aria-selected=${id === current}
          aria-controls=${panel}
          tabindex=${id === current ? 0 : -1}
          onClick=${() => onTab(id)}
        >
          ${name} ${count !== undefined && html`<span class="count">${count}</span>`}
        </button>`,
      )}
    </div>
  `;
}
