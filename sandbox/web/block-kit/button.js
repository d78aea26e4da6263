import { safeUrl } from '../links.js';
import { html } from '../view.js';
import { useClicks } from './clicks.js';
import { plainTextOf } from './text.js';

/** A button element. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export function Button({ element }) {
  const { waitingFor, click } = useClicks();
  const { action_id: actionId, style, url, accessibility_label: label } = element;
  const isWaiting = waitingFor !== null && waitingFor === actionId;
  const look = style === 'primary' || style === 'danger' ? `kit-button is-${style}` : 'kit-button';

  function press() {
    const target = safeUrl(url);
    // a button with an address opens it, and the app hears of the click as well
    if (target !== null) window.open(target, '_blank', 'noopener,noreferrer');
    click(actionId);
  }

  return html`
    <button
      type="button"
      class=${isWaiting ? `${look} is-waiting` : look}
      disabled=${waitingFor !== null}
      aria-label=${label}
      aria-busy=${isWaiting}
      data-action-id=${actionId}
      onClick=${press}
    >
      ${plainTextOf(element.text)}
    </button>
  `;
}
