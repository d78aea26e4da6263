import { Icon } from '../icons.js';
import { html } from '../view.js';

/** Who may read an article, when not everybody may. */
export function Audience({ audience }) {
  if (audience.includes('everyone')) return null;
  const names = audience.length === 0 ? 'nobody' : audience.map((name) => name.replace(/^person:/, '')).join(', ');
  return html`<span class="audience" title=${`Only ${names} can get answers from this`}>
    <${Icon} name="lock" /><span class="out-of-sight">Only for </span>${names}
  </span>`;
}

/** Who may read an article, whoever it is. */
export function Readers({ audience }) {
  if (!audience.includes('everyone')) return html`<${Audience} audience=${audience} />`;
  return html`<span class="readers"><${Icon} name="person" />Every employee</span>`;
}
