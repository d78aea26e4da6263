import { Link } from '../link.js';
import { html } from '../view.js';

/** A picture from the page itself; one from elsewhere is a link under its description, as the page asks nobody else. */
export function Picture({ url, alt }) {
  const words = alt || 'Image';
  if (!isOwn(url)) return html`<${Link} href=${url}>${words}<//>`;
  return html`<img class="kit-picture" src=${url} alt=${words} loading="lazy" />`;
}

function isOwn(url) {
  if (typeof url !== 'string' || !URL.canParse(url, location.href)) return false;
  const { protocol, origin } = new URL(url, location.href);
  return protocol === 'data:' ? url.startsWith('data:image/') : origin === location.origin;
}
