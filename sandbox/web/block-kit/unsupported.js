import { html } from '../view.js';

/** Stands where Slack would show something that this page does not draw. */
export function Unsupported({ what }) {
  return html`<p class="unsupported">Not shown here: ${what}</p>`;
}
