import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { Popup } from './popup.js';

/**
 * A button that opens a menu.
 * @param {{ label: string, note?: string, icon?: string, isDanger?: boolean, onChoose: () => void }[]} items null is a line between
 */
export function MenuButton({ label, icon, items, look = 'icon-button', side, align, onOpen }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef(null);
  function set(next) {
    setOpen(next);
    onOpen?.(next);
  }
  return html`
    <button
      type="button"
      class=${look}
      ref=${button}
      aria-label=${label}
      title=${label}
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      onClick=${() => set(!isOpen)}
    >
      <${Icon} name=${icon} />
    </button>
    ${
      isOpen &&
      html`<${Menu}
        anchor=${button.current}
        label=${label}
        items=${items}
        side=${side}
        align=${align}
        onClose=${() => set(false)}
      />`
    }
  `;
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
