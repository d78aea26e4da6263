import { Icon } from '../icons.js';
import { html } from '../view.js';
import { Text } from './text.js';

const icons = { info: 'info', warning: 'warning', error: 'warning', success: 'check', default: 'info' };
const words = { info: 'Information', warning: 'Warning', error: 'Error', success: 'Success' };

/** https://docs.slack.dev/reference/block-kit/blocks/alert-block */
export function Alert({ block }) {
  const level = Object.hasOwn(icons, block.level) ? block.level : 'default';
  return html`
    <div class=${`kit-alert is-${level}`} role="note" aria-label=${words[level] ?? 'Note'}>
      <${Icon} name=${icons[level]} />
      <div><${Text} text=${block.text} /></div>
    </div>
  `;
}
