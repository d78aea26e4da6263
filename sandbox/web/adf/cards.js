import { Icon } from '../icons.js';
import { Link } from '../link.js';
import { html } from '../view.js';
import { Children } from './node.js';

/** A link that Jira shows as a small card in the line. */
export function InlineCard({ node }) {
  const { url, name } = targetOf(node);
  return html`<span class="adf-inline-card"><${Icon} name="link" /><${Link} href=${url}>${name}<//></span>`;
}

/** A link in a card of its own; a list of issues that Jira would look up has no address and is only named. */
export function BlockCard({ node }) {
  const { url, name, summary } = targetOf(node);
  return html`
    <div class="adf-block-card">
      <${Icon} name="link" />
      <div>
        ${url === null ? html`<span>${name}</span>` : html`<${Link} href=${url}>${name}<//>`}
        ${summary !== '' && html`<p class="faint">${summary}</p>`}
      </div>
    </div>
  `;
}

/** What an app would draw: the app's key, the text that stands for it, and what is written inside. */
export function Extension({ node }) {
  const { extensionKey, text } = node.attrs ?? {};
  return html`
    <div class="adf-frame adf-flow">
      <p class="adf-extension">${extensionKey ?? 'App'}</p>
      ${typeof text === 'string' && text !== '' && html`<p>${text}</p>`}
      <${Children} node=${node} />
    </div>
  `;
}

export function InlineExtension({ node }) {
  return html`<span class="adf-tag">${node.attrs?.text || node.attrs?.extensionKey || 'App'}</span>`;
}

/** Text that is kept elsewhere. */
export function SyncBlock() {
  return html`<p class="adf-frame faint">Synced from another page</p>`;
}

/** `data` is a description in JSON-LD, which knows the address and the name. */
function targetOf({ attrs = {} }) {
  const data = typeof attrs.data === 'object' && attrs.data !== null ? attrs.data : {};
  const url = textOf(attrs.url) || textOf(data.url) || textOf(data['@id']) || null;
  const name = textOf(data.name) || url || 'A list of issues';
  return { url, name, summary: textOf(data.summary) };
}

function textOf(value) {
  return typeof value === 'string' ? value : '';
}
