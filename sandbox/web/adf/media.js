import { MessageFiles } from '../chat/message-files.js';
import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { useFileOf } from './files.js';
import { marksOf } from './marks.js';
import { wrapIn } from './node.js';

export const Caption = wrapIn('figcaption', 'adf-caption');
export const MediaGroup = wrapIn('div', 'adf-media-group');
export const MediaSingle = wrapIn('figure', 'adf-media-single');

/** A file of the issue: a picture is shown. One from elsewhere by name only, with a link if it has an address. */
export function Media({ node }) {
  const file = useFileOf(node);
  if (file !== null) return html`<${MessageFiles} files=${[file]} />`;
  return html`<span class=${marksOf(node).border === undefined ? 'adf-media' : 'adf-media has-border'}>
    <${Icon} name="file" /> <${Named} node=${node} />
  </span>`;
}

export function MediaInline({ node }) {
  const file = useFileOf(node);
  const named =
    file === null
      ? html`<${Named} node=${node} />`
      : html`<a href=${file.url} download=${file.name}><bdi>${file.name}</bdi></a>`;
  return html`<span class="adf-media is-inline"><${Icon} name="file" /> ${named}</span>`;
}

function Named({ node }) {
  const { alt, type, url } = node.attrs ?? {};
  const name = alt || (type === 'external' ? url : null) || 'Attachment';
  const address = marksOf(node).link?.href ?? url;
  return typeof address === 'string' ? html`<${Link} href=${address}>${name}<//>` : html`<span>${name}</span>`;
}
