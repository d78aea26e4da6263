import { PopupButton } from '../chat/popup-button.js';
import { html } from '../view.js';
import { EmojiPicker } from './picker.js';

/** A button that opens the emoji picker. */
export function EmojiButton({ label, icon, look, side, align, onChoose, onOpen }) {
  const show = (opened) => html`<${EmojiPicker} ...${opened} side=${side} align=${align} onChoose=${onChoose} />`;
  return html`<${PopupButton} kind="dialog" label=${label} icon=${icon} look=${look} show=${show} onOpen=${onOpen} />`;
}
