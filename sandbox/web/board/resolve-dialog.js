import { html, useLayoutEffect, useRef, useState } from '../view.js';

/** Jira's own resolutions, and what each says to the reporter. */
const resolutions = [
  ['Done', 'The work is done, or the problem is solved.'],
  ["Won't Do", 'It will not be done.'],
  ['Duplicate', 'Another issue is about the same.'],
  ['Cannot Reproduce', 'It could not be seen again.'],
];

/** Asks how the issue was resolved. */
export function ResolveDialog({ onResolve, onCancel }) {
  const [resolution, setResolution] = useState(resolutions[0][0]);
  const dialog = useRef(null);
  useLayoutEffect(() => dialog.current.showModal(), []);

  /** Closed first, so that the browser gives the focus back. */
  function end(then) {
    dialog.current.close();
    then();
  }

  return html`
    <dialog
      class="confirm resolve"
      ref=${dialog}
      aria-labelledby="resolve-title"
      onCancel=${(event) => {
        event.preventDefault();
        end(onCancel);
      }}
    >
      <h3 id="resolve-title">Resolve this issue</h3>
      <fieldset>
        <legend>Resolution</legend>
        ${resolutions.map(
          ([name, note]) => html`<label key=${name} class="resolve-choice">
            <input
              type="radio"
              name="resolution"
              value=${name}
              checked=${name === resolution}
              autofocus=${name === resolution}
              onChange=${() => setResolution(name)}
            />
            <span><strong>${name}</strong> <span class="faint">${note}</span></span>
          </label>`,
        )}
      </fieldset>
      <div class="confirm-buttons">
        <button type="button" class="small-button" onClick=${() => end(onCancel)}>Cancel</button>
        <button type="button" class="small-button is-primary" onClick=${() => end(() => onResolve(resolution))}>Resolve</button>
      </div>
    </dialog>
  `;
}
