import { html } from '../view.js';
import { useElement } from './surface.js';
import { plainTextOf } from './text.js';

const kinds = { email_text_input: 'email', url_text_input: 'url', number_input: 'decimal' };

/**
 * Text, e-mail address, web address, number, or rich text, which is written plainly here.
 * https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element and its neighbours
 */
export function TextInput({ block, element }) {
  const { value, enter, choose, field, isWaiting } = useElement(block, element);
  const isLong = element.multiline === true || element.type === 'rich_text_input';
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const dispatches = block.dispatch_action === true;

  function onInput(event) {
    const next = event.currentTarget.value;
    if (dispatches && triggers.includes('on_character_entered')) choose(next);
    else enter(next);
  }
  function onKeyDown(event) {
    const tells = dispatches && triggers.includes('on_enter_pressed') && !isLong;
    if (event.key !== 'Enter' || !tells) return;
    // Enter would send the modal
    event.preventDefault();
    choose(event.currentTarget.value);
  }

  const shared = {
    ...field,
    value,
    class: isWaiting ? 'kit-field is-waiting' : 'kit-field',
    placeholder: plainTextOf(element.placeholder) || undefined,
    autocomplete: 'off',
    onInput,
    onKeyDown,
  };
  return html`
    <span class="kit-text-input">
      ${
        isLong
          ? html`<textarea ...${shared} rows=${element.min_lines ?? 4}></textarea>`
          : html`<input ...${shared} type="text" inputmode=${kinds[element.type]} />`
      }
      ${element.max_length !== undefined && html`<${Counter} length=${value.length} max=${element.max_length} />`}
    </span>
  `;
}

function Counter({ length, max }) {
  const look = length > max ? 'kit-counter is-over' : 'kit-counter';
  return html`<span class=${look} aria-hidden="true">${length}/${max}</span>`;
}

/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export function FileInput() {
  return html`<p class="kit-field is-off">Files cannot be added to forms in the sandbox; this field stays empty.</p>`;
}
