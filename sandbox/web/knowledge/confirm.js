import { html, useLayoutEffect, useRef } from '../view.js';

/** Asks before something is lost. The harmless button has the focus, and Escape is that button. */
export function Confirm({ title, words, yes, no, onYes, onNo }) {
  const dialog = useRef(null);
  useLayoutEffect(() => dialog.current.showModal(), []);

  /** Closed first, so that the browser gives the focus back. */
  function end(then) {
    dialog.current.close();
    then();
  }

  return html`
    <dialog
      class="confirm"
      ref=${dialog}
      aria-labelledby="confirm-title"
      onCancel=${(event) => {
        event.preventDefault();
        end(onNo);
      }}
    >
      <h3 id="confirm-title">${title}</h3>
      <p>${words}</p>
      <div class="confirm-buttons">
        <button type="button" class="small-button" autofocus onClick=${() => end(onNo)}>${no}</button>
        <button type="button" class="small-button is-danger" onClick=${() => end(onYes)}>${yes}</button>
      </div>
    </dialog>
  `;
}
