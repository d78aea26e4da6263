import { Icon } from '../icons.js';
import { html, useRef, useState } from '../view.js';

/**
 * A button that opens something beside itself.
 * @param {'menu' | 'dialog'} kind what it opens
 * @param {unknown} [face] what stands on it instead of the icon, and names it
 * @param {(opened: { anchor: HTMLElement, onClose: () => void }) => unknown} show draws what is open
 */
export function PopupButton({ kind, label, icon, face, look = 'icon-button', show, onOpen }) {
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
      aria-label=${face === undefined ? label : undefined}
      title=${label}
      aria-haspopup=${kind}
      aria-expanded=${isOpen}
      onClick=${() => set(!isOpen)}
    >
      ${face ?? html`<${Icon} name=${icon} />`}
    </button>
    ${isOpen && show({ anchor: button.current, onClose: () => set(false) })}
  `;
}
