import { safeUrl } from './links.js';
import { html } from './view.js';
import { useWorkspace } from './workspace.js';

/** A link out of a message or an issue. What it names inside the sandbox opens in the page, all else in a new tab. */
export function Link({ href, children }) {
  const { openHere } = useWorkspace();
  const url = safeUrl(href);
  if (url === null) return html`<span class="dead-link" title="This link cannot be followed">${children}</span>`;

  function follow(event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (openHere(url)) event.preventDefault();
  }

  // an issue's key, or another single short word, does not break at its hyphen
  const look = /^\S{1,20}$/.test([children].flat().join('')) ? 'is-short' : undefined;
  return html`<a class=${look} href=${url} target="_blank" rel="noopener noreferrer" onClick=${follow}>${children}</a>`;
}
