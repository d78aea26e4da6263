import { Icon } from '../icons.js';
import { useConnection } from '../live.js';
import { html } from '../view.js';

/** Says that the server is gone, for as long as it is. */
export function ConnectionBar() {
  if (useConnection() !== 'lost') return null;
  return html`
    <div class="bar is-warning" role="alert">
      <${Icon} name="warning" /> The sandbox does not answer. Trying to reconnect; what you have typed is kept.
    </div>
  `;
}

/** One sentence about what the page has just done by itself. */
export function NoticeBar({ notice, onClose }) {
  if (notice === null) return null;
  return html`
    <div class="bar" role="status">
      <span>${notice}</span>
      <button type="button" class="icon-button" aria-label="Close this notice" onClick=${onClose}>
        <${Icon} name="close" />
      </button>
    </div>
  `;
}
