import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef } from '../view.js';
import { Popup } from './popup.js';
import { PopupButton } from './popup-button.js';

/**
 * A button that opens a menu.
 * @param {{ label: string, note?: string, icon?: string, isDanger?: boolean, onChoose: () => void }[]} items null is a line between
 */
export function MenuButton({ label, icon, face, items, look, side, align, onOpen }) {
  const show = (opened) => html`<${Menu} ...${opened} label=${label} items=${items} side=${side} align=${align} />`;
  return html`<${PopupButton}
    kind="menu"
    label=${label}
    icon=${icon}
    face=${face}
    look=${look}
    show=${show}
    onOpen=${onOpen}
  />`;
}

/** The app's shortcuts of one type as items, with a line above them when there are any. */
export function shortcutItems(shortcuts, run) {
  if (shortcuts.length === 0) return [];
  const items = shortcuts.map((shortcut) => ({
    label: shortcut.name,
    note: shortcut.description,
    icon: 'shortcut',
    onChoose: () => run(shortcut),
  }));
  return [null, ...items];
}

/** A menu by arrow keys, Home, End, first letters, Enter and Escape. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu({ anchor, label, items, side, align, onClose }) {
  const list = useRef(null);
  const buttons = () => [...list.current.querySelectorAll('[role="menuitem"]')];
  useLayoutEffect(() => buttons()[0]?.focus({ preventScroll: true }), []);

  function onKeyDown(event) {
    const all = buttons();
    const at = all.indexOf(document.activeElement);
    const next = nextIndex(event.key, at, all);
    if (next !== null) {
      event.preventDefault();
      all[next]?.focus();
    }
    if (event.key === 'Tab') onClose();
  }
  function choose(item) {
    onClose();
    anchor.focus({ preventScroll: true });
    item.onChoose();
  }
  return html`
    <${Popup} anchor=${anchor} look="menu" side=${side} align=${align} onClose=${onClose}>
      <div role="menu" aria-label=${label} ref=${list} onKeyDown=${onKeyDown}>
        ${items.map((item) => (item === null ? html`<hr class="menu-line" />` : html`<${Item} item=${item} onChoose=${choose} />`))}
      </div>
    <//>
  `;
}

function Item({ item, onChoose }) {
  return html`
    <button
      type="button"
      role="menuitem"
      tabindex="-1"
      class=${item.isDanger ? 'menu-item is-danger' : 'menu-item'}
      onClick=${() => onChoose(item)}
    >
      ${item.icon && html`<${Icon} name=${item.icon} />`}
      <span class="menu-words">
        <span>${item.label}</span>
        ${item.note && html`<span class="menu-note">${item.note}</span>`}
      </span>
    </button>
  `;
}

function nextIndex(key, at, all) {
  if (key === 'ArrowDown') return (at + 1) % all.length;
  if (key === 'ArrowUp') return (at - 1 + all.length) % all.length;
  if (key === 'Home') return 0;
  if (key === 'End') return all.length - 1;
  if (key.length !== 1 || key === ' ') return null;
  const ordered = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  const found = ordered.find((button) => button.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
  return found === undefined ? null : all.indexOf(found);
}
