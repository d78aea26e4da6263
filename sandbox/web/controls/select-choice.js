import { html } from '../view.js';

/** One of many, in groups: a list that opens, and a sentence about the one that is chosen. */
export function SelectChoice({ name, legend, groups, value, onChoose }) {
  const chosen = groups.flatMap(({ options }) => options).find((option) => option.value === value);
  const id = `choice-${name}`;
  return html`
    <div class="choice" data-choice=${name}>
      <label for=${id}>${legend}</label>
      <select
        id=${id}
        class="choice-select"
        aria-describedby=${`note-${name}`}
        onChange=${({ currentTarget }) => onChoose(currentTarget.value)}
      >
        ${groups.map(
          ({ label, options }) => html`<optgroup key=${label} label=${label}>
            ${options.map(
              (option) => html`<option key=${option.value} value=${option.value} selected=${option.value === value}>
                ${option.label}
              </option>`,
            )}
          </optgroup>`,
        )}
      </select>
      <p class="choice-note" id=${`note-${name}`}>${chosen?.note ?? ''}</p>
    </div>
  `;
}
