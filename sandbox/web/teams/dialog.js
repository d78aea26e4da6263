import { Avatar } from '../chat/avatar.js';
import { Icon } from '../icons.js';
import { onChange } from '../live.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { AdaptiveCard } from './adaptive-card.js';
import { tell } from './wire.js';

const fields = 'input:not([type=hidden]), select, textarea';

/**
 * The dialog that the app has opened, if there is one.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
 */
export function TeamsDialog() {
  const [dialog, setDialog] = useState(null);
  useEffect(() => onChange((change) => change.type === 'dialog' && setDialog(change.dialog)), []);
  return dialog && html`<${OpenDialog} dialog=${dialog} onClose=${() => setDialog(null)} />`;
}

function OpenDialog({ dialog, onClose }) {
  const { as, bot } = useWorkspace();
  const [state, setState] = useState({ isBusy: false, said: null, isTrouble: false });
  const box = useRef(null);
  useOpen(box, dialog.id);
  const isOver = state.said !== null && !state.isTrouble;

  async function send(action, inputs) {
    if (state.isBusy) return;
    setState({ isBusy: true, said: null, isTrouble: false });
    const data = { ...(typeof action.data === 'object' ? action.data : {}), ...inputs };
    const { said, isTrouble, isDialog } = await tell('submit', { as, dialog: dialog.id, data });
    setState({ isBusy: false, said, isTrouble });
    // another dialog takes its place
    if (said === null && !isDialog) onClose();
  }
  function cancel(event) {
    if (event.target !== box.current) return;
    event.preventDefault();
    onClose();
  }
  return html`
    <dialog class="modal is-teams" ref=${box} aria-labelledby="modal-title" data-dialog=${dialog.id} onCancel=${cancel}>
      <header class="modal-bar">
        <${Avatar} name=${bot.name} bot size="small" />
        <h2 id="modal-title">${dialog.title}</h2>
        <button type="button" class="icon-button" aria-label="Close" title="Close" onClick=${onClose}><${Icon} name="close" /></button>
      </header>
      <div class="modal-body" tabindex="-1" aria-busy=${state.isBusy}>
        <div role="alert">${state.said !== null && html`<p class=${isOver ? 'dialog-said' : 'modal-trouble'}>${state.said}</p>`}</div>
        ${!isOver && html`<${AdaptiveCard} card=${dialog.card} onPress=${send} />`}
      </div>
      ${
        isOver &&
        html`<footer class="modal-foot">
          <button type="button" class="kit-button is-primary" ref=${(button) => button?.focus()} onClick=${onClose}>Close</button>
        </footer>`
      }
    </dialog>
  `;
}

/** The focus goes into the first field once the card is drawn, and back to where it was when the dialog is gone. */
function useOpen(box, id) {
  useLayoutEffect(() => {
    const opened = box.current;
    opened.showModal();
    return () => opened.close();
  }, []);
  useLayoutEffect(() => {
    const body = box.current.querySelector('.modal-body');
    body.focus();
    const look = () => {
      const first = body.querySelector(fields) ?? body.querySelector('.card-frame button');
      if (first === null) return;
      watcher.disconnect();
      if (document.activeElement === body) first.focus();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(body, { childList: true, subtree: true });
    look();
    return () => watcher.disconnect();
  }, [id]);
}
