import { html, useRef } from '../view.js';
import { useElement } from './surface.js';

const kinds = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' };

/**
 * Date, time, or both.
 * https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element, …/time-picker-element and
 * …/datetime-picker-element
 */
export function Picker({ block, element }) {
  const { value, enter, choose, field, isWaiting } = useElement(block, element);
  const isTyping = useRef(false);
  const told = useRef(value);
  const kind = kinds[element.type];
  // while one types the field is left alone: half a date is none, and would be wiped out
  const shown = kind === 'datetime-local' ? localOf(value) : (value ?? '');

  function read(event) {
    const next = event.currentTarget.value === '' ? null : event.currentTarget.value;
    return kind === 'datetime-local' && next !== null ? String(Math.floor(new Date(next).getTime() / 1000)) : next;
  }
  function settle(next) {
    if (next === told.current) return;
    told.current = next;
    choose(next);
  }
  function onChange(event) {
    // each typed digit makes another date: the app hears of the one that is meant
    if (isTyping.current) enter(read(event));
    else settle(read(event));
  }
  function onKeyDown(event) {
    isTyping.current = true;
    if (event.key === 'Enter') settle(read(event));
  }
  function onBlur(event) {
    isTyping.current = false;
    settle(read(event));
  }

  return html`
    <span class=${isWaiting ? 'kit-picker is-waiting' : 'kit-picker'}>
      <input
        ...${withoutRequired(field)}
        type=${kind}
        class="kit-field"
        value=${isTyping.current ? undefined : shown}
        onChange=${onChange}
        onKeyDown=${onKeyDown}
        onPointerDown=${() => (isTyping.current = false)}
        onBlur=${onBlur}
      />
      ${element.timezone && html`<span class="kit-zone">${element.timezone}</span>`}
    </span>
  `;
}

/** Date and time fields have no such attribute. */
function withoutRequired({ 'aria-required': _required, ...field }) {
  return field;
}

/** Epoch seconds as the field writes a moment: local time, to the minute. */
function localOf(seconds) {
  if (seconds === null || seconds === undefined) return '';
  const date = new Date(Number(seconds) * 1000);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
