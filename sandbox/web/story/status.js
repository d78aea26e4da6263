import { Icon } from '../icons.js';
import { html } from '../view.js';
import { statusText } from './words.js';

/** How a request was answered: in words and with a sign, not by colour alone. */
export function Status({ status, failed, error = null }) {
  return html`
    <span class=${failed ? 'story-status is-bad' : 'story-status is-good'}>
      <${Icon} name=${failed ? 'cross' : 'check'} />${[statusText(status), error].filter(Boolean).join(' · ')}
    </span>
  `;
}
