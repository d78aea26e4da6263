import { html, useLayoutEffect, useRef } from '../view.js';
import { plainTextOf, Text } from './text.js';

/** Asks before the app hears of it. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function Confirm({ confirm, onAnswer }) {
  const dialog = useRef(null);
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened.showModal();
    // gives the focus back to where it was
    return () => opened.close();
  }, []);

  function cancel(event) {
    event.preventDefault();
    onAnswer(false);
  }

  return html`
    <dialog
      class="kit-confirm"
      ref=${dialog}
      aria-labelledby="kit-confirm-title"
      aria-describedby="kit-confirm-text"
      onCancel=${cancel}
      onClick=${(event) => event.stopPropagation()}
    >
      <h2 id="kit-confirm-title">${plainTextOf(confirm.title)}</h2>
      <div id="kit-confirm-text"><${Text} text=${confirm.text} /></div>
      <div class="kit-confirm-answers">
        <button type="button" class="kit-button" onClick=${() => onAnswer(false)}>${plainTextOf(confirm.deny)}</button>
        <button
          type="button"
          class=${confirm.style === 'danger' ? 'kit-button is-danger' : 'kit-button is-primary'}
          autofocus
          onClick=${() => onAnswer(true)}
        >
          ${plainTextOf(confirm.confirm)}
        </button>
      </div>
    </dialog>
  `;
}
