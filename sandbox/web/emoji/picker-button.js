import { Icon } from '../icons.js';
import { html, useRef, useState } from '../view.js';
import { EmojiPicker } from './picker.js';

/** A button that opens the emoji picker. */
export function EmojiButton({ label, icon, look = 'icon-button', side, align, onChoose, onOpen }) {
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
      aria-haspopup="dialog"
      aria-expanded=${isOpen}
      onClick=${() => set(!isOpen)}
    >
      <${Icon} name=${icon} />
    </button>
    ${
      isOpen &&
      html`<${EmojiPicker}
        anchor=${button.current}
        side=${side}
        align=${align}
        onChoose=${onChoose}
        onClose=${() => set(false)}
      />`
    }
  `;
}
