import { html } from '../view.js';
import { useElement } from './surface.js';
import { Text } from './text.js';

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
export function Checkboxes({ block, element }) {
  const { value, choose, field } = useElement(block, element);
  function turn(option, isOn) {
    const others = value.filter((one) => one !== option);
    choose(isOn ? [...others, option] : others);
  }
  return html`
    <${Choices} field=${field} role="group" options=${element.options}>
      ${(option) => html`
        <input
          type="checkbox"
          checked=${value.includes(option.value)}
          onChange=${(event) => turn(option.value, event.currentTarget.checked)}
        />
      `}
    <//>
  `;
}

/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export function RadioButtons({ block, element }) {
  const { value, choose, field } = useElement(block, element);
  return html`
    <${Choices} field=${field} role="radiogroup" options=${element.options}>
      ${(option) => html`
        <input
          type="radio"
          name=${field.id}
          checked=${value === option.value}
          onChange=${() => choose(option.value)}
        />
      `}
    <//>
  `;
}

/** A group may not be called required or invalid: its label and its error say so. */
function Choices({ field, role, options, children }) {
  const { 'aria-required': isRequired, 'aria-invalid': isInvalid, ...named } = field;
  const radioOnly = role === 'radiogroup' ? { 'aria-required': isRequired, 'aria-invalid': isInvalid } : {};
  return html`
    <div class="kit-choices" role=${role} ...${named} ...${radioOnly}>
      ${options.map(
        (option) => html`
          <label class="kit-choice" key=${option.value}>
            ${children(option)}
            <span>
              <${Text} text=${option.text} />
              ${option.description && html`<span class="kit-choice-note"><${Text} text=${option.description} /></span>`}
            </span>
          </label>
        `,
      )}
    </div>
  `;
}
