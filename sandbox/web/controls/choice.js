import { html } from '../view.js';

/** One of several: radio buttons that look like chips, and a sentence about the one that is chosen. */
export function Choice({ name, legend, options, value, onChoose }) {
  const note = options.find((option) => option.value === value)?.note ?? '';
  return html`
    <fieldset class="choice" data-choice=${name}>
      <legend>${legend}</legend>
      <div class="choice-options">
        ${options.map(
          (option) => html`<label key=${option.value} class="chip">
            <input
              type="radio"
              name=${`choice-${name}`}
              value=${option.value}
              checked=${option.value === value}
              aria-describedby=${`note-${name}`}
              onChange=${() => onChoose(option.value)}
            />
            <span>${option.label}</span>
          </label>`,
        )}
      </div>
      <p class="choice-note" id=${`note-${name}`}>${note}</p>
    </fieldset>
  `;
}
