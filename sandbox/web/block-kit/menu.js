import { Icon } from '../icons.js';
import { html, useRef } from '../view.js';
import { useOptions } from './options.js';
import { useElement } from './surface.js';
import { plainTextOf } from './text.js';

/**
 * A menu of one choice: options of the app, people, channels or conversations.
 * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
 */
export function Menu({ block, element }) {
  const { value, choose, field, isWaiting } = useElement(block, element);
  const groups = useOptions(element);
  return html`
    <span class=${isWaiting ? 'kit-select is-waiting' : 'kit-select'}>
      <select
        ...${field}
        class=${value === null ? 'kit-field is-empty' : 'kit-field'}
        onChange=${(event) => choose(event.currentTarget.value || null)}
      >
        <option value="" selected=${value === null}>${placeholderOf(element)}</option>
        <${Groups} groups=${groups} chosen=${value} />
      </select>
      <${Icon} name="down" />
    </span>
  `;
}

/** The same for several choices. https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element */
export function MultiMenu({ block, element }) {
  const { value, choose, field, isWaiting } = useElement(block, element);
  const groups = useOptions(element);
  const all = groups.flatMap(({ options }) => options);
  const left = groups.map((group) => ({
    ...group,
    options: group.options.filter((option) => !value.includes(option.value)),
  }));
  const isFull = value.length >= (element.max_selected_items ?? Infinity);
  function add(event) {
    if (event.currentTarget.value !== '') choose([...value, event.currentTarget.value]);
  }
  return html`
    <${Tokens}
      options=${value.map((one) => all.find((option) => option.value === one) ?? { value: one, text: one })}
      isWaiting=${isWaiting}
      onRemove=${(gone) => choose(value.filter((one) => one !== gone))}
    >
      <select ...${field} class="kit-token-select" onChange=${add}>
        <option value="" selected>${isFull ? 'That is all you can choose' : placeholderOf(element, value)}</option>
        ${!isFull && html`<${Groups} groups=${left} chosen=${null} />`}
      </select>
      <${Icon} name="down" />
    <//>
  `;
}

/** What was chosen, each with a button that takes it away, and the control for choosing more behind it. */
export function Tokens({ options, isWaiting, onRemove, children }) {
  const box = useRef(null);
  function remove(value) {
    // the button goes with its token: the focus stays in the box
    box.current.querySelector('select, input')?.focus();
    onRemove(value);
  }
  return html`
    <span class=${isWaiting ? 'kit-tokens is-waiting' : 'kit-tokens'} ref=${box}>
      ${options.map(
        ({ value, text }) => html`
          <span class="kit-token" key=${value}>
            ${text}
            <button type="button" aria-label=${`Remove ${text}`} onClick=${() => remove(value)}>
              <${Icon} name="close" />
            </button>
          </span>
        `,
      )}
      ${children}
    </span>
  `;
}

function Groups({ groups, chosen }) {
  return groups.map(({ label, options }) => {
    const items = options.map(
      ({ value, text }) => html`<option key=${value} value=${value} selected=${value === chosen}>${text}</option>`,
    );
    return label === null ? items : html`<optgroup key=${label} label=${label}>${items}</optgroup>`;
  });
}

function placeholderOf(element, chosen = []) {
  if (chosen.length > 0) return 'Choose more';
  return plainTextOf(element.placeholder) || 'Choose an option';
}
