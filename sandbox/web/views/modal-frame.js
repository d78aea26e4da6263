import { plainTextOf } from '../block-kit/text.js';
import { Avatar } from '../chat/avatar.js';
import { Icon } from '../icons.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';

/** The app's sign, the title, and the cross, which closes all modals that lie upon each other. */
export function ModalBar({ view, onClose }) {
  const { bot } = useWorkspace();
  return html`
    <header class="modal-bar">
      <${Avatar} name=${bot.name} bot size="small" />
      <h2 id="modal-title">${plainTextOf(view.title)}</h2>
      <button type="button" class="icon-button" aria-label=${view.previous_view_id ? 'Close all' : 'Close'} title="Close" onClick=${onClose}>
        <${Icon} name="close" />
      </button>
    </header>
  `;
}

/** The buttons: without words of the app's own, those that Slack uses. */
export function ModalFoot({ view, isSending, onClose }) {
  const hasSubmit = view.submit !== null && view.submit !== undefined;
  return html`
    <footer class="modal-foot">
      <button type="button" class="kit-button" onClick=${onClose}>
        ${plainTextOf(view.close) || (hasSubmit ? 'Cancel' : 'Close')}
      </button>
      ${
        hasSubmit &&
        html`<button
          type="submit"
          class=${isSending ? 'kit-button is-primary is-waiting' : 'kit-button is-primary'}
          aria-disabled=${isSending ? 'true' : undefined}
          aria-busy=${isSending}
          disabled=${view.submit_disabled === true}
        >
          ${plainTextOf(view.submit)}
        </button>`
      }
    </footer>
  `;
}
