import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { marksOf } from './marks.js';
import { wrapIn } from './node.js';

export const Caption = wrapIn('figcaption', 'adf-caption');
export const MediaGroup = wrapIn('div', 'adf-media-group');
export const MediaSingle = wrapIn('figure', 'adf-media-single');

/** A file of the issue, by name only: the page loads nothing from elsewhere. One with an address can be followed. */
export function Media({ node }) {
  return html`<span class=${marksOf(node).border === undefined ? 'adf-media' : 'adf-media has-border'}>
    <${Icon} name="file" /> <${Named} node=${node} />
  </span>`;
}

export function MediaInline({ node }) {
  return html`<span class="adf-media is-inline"><${Icon} name="file" /> <${Named} node=${node} /></span>`;
}

function Named({ node }) {
  const { alt, type, url } = node.attrs ?? {};
  const name = alt || (type === 'external' ? url : null) || 'Attachment';
  const address = marksOf(node).link?.href ?? url;
  return typeof address === 'string' ? html`<${Link} href=${address}>${name}<//>` : html`<span>${name}</span>`;
}
