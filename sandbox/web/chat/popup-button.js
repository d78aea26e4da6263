import { Icon } from '../icons.js';
import { html, useRef, useState } from '../view.js';

/**
 * A button that opens something beside itself.
 * @param {'menu' | 'dialog'} kind what it opens
 * @param {(opened: { anchor: HTMLElement, onClose: () => void }) => unknown} show draws what is open
 */
export function PopupButton({ kind, label, icon, look = 'icon-button', show, onOpen }) {
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
      aria-haspopup=${kind}
      aria-expanded=${isOpen}
      onClick=${() => set(!isOpen)}
    >
      <${Icon} name=${icon} />
    </button>
    ${isOpen && show({ anchor: button.current, onClose: () => set(false) })}
  `;
}
