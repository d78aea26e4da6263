import { pathTo } from '../api.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';

/**
 * A picture from the page itself, or a file of the workspace. One from elsewhere is a link under its description, as
 * the page asks nobody else.
 */
export function Picture({ url, file, alt }) {
  const { as } = useWorkspace();
  const words = alt || 'Image';
  const source = file?.id === undefined ? (url ?? file?.url) : pathTo('/api/file', { as, id: file.id });
  if (!isOwn(source)) return html`<span class="kit-picture-link"><${Link} href=${source}>${words}<//></span>`;
  return html`<img class="kit-picture" src=${source} alt=${words} loading="lazy" />`;
}

/** Whether the page may ask for it. */
export function isOwn(url) {
  if (typeof url !== 'string' || !URL.canParse(url, location.href)) return false;
  const { protocol, origin } = new URL(url, location.href);
  return protocol === 'data:' ? url.startsWith('data:image/') : origin === location.origin;
}
