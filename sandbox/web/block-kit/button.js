import { Icon } from '../icons.js';
import { safeUrl } from '../links.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { useElement } from './surface.js';
import { plainTextOf } from './text.js';

/** A button element. https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export function Button({ block, element }) {
  const { style, url } = element;
  const look = style === 'primary' || style === 'danger' ? `kit-button is-${style}` : 'kit-button';
  return html`<${Press} block=${block} element=${element} look=${look} url=${url}>${plainTextOf(element.text)}<//>`;
}

/** A small button with a picture. https://docs.slack.dev/reference/block-kit/block-elements/icon-button-element */
export function IconButton({ block, element }) {
  const { as } = useWorkspace();
  const { visible_to_user_ids: readers } = element;
  if (Array.isArray(readers) && !readers.includes(as)) return null;
  const words = plainTextOf(element.text);
  return html`
    <${Press} block=${block} element=${element} look="kit-icon-button" label=${element.accessibility_label ?? words} title=${words}>
      ${element.icon === 'trash' ? html`<${Icon} name="trash" />` : words}
    <//>
  `;
}

/** There are no workflows here. https://docs.slack.dev/reference/block-kit/block-elements/workflow-button-element */
export function WorkflowButton({ element }) {
  return html`
    <button type="button" class="kit-button" disabled title="Workflows do not run in the sandbox">
      ${plainTextOf(element.text)}
    </button>
  `;
}

/** Stays focusable while the app hears of it: a modal that opens now gives the focus back to it. */
function Press({ block, element, look, url, label, title, children }) {
  const { press, isBusy, isWaiting } = useElement(block, element);

  function onClick() {
    if (isBusy) return;
    const target = safeUrl(url);
    // a button with an address opens it, and the app hears of the click as well
    if (target !== null) window.open(target, '_blank', 'noopener,noreferrer');
    press();
  }

  return html`
    <button
      type="button"
      class=${isWaiting ? `${look} is-waiting` : look}
      aria-label=${label ?? element.accessibility_label}
      title=${title}
      aria-disabled=${isBusy ? 'true' : undefined}
      aria-busy=${isWaiting}
      data-action-id=${element.action_id}
      onClick=${onClick}
    >
      ${children}
    </button>
  `;
}
