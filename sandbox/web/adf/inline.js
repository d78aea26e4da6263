import { html } from '../view.js';
import { hexOf, paint } from './colors.js';

const statusColors = ['neutral', 'purple', 'blue', 'red', 'yellow', 'green'];

// a date without a time: the day is the one in UTC, wherever the reader is
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

export const Break = () => html`<br />`;

export function Day({ node }) {
  const date = new Date(Number(node.attrs?.timestamp));
  if (Number.isNaN(date.getTime())) return html`<span class="adf-tag">${String(node.attrs?.timestamp ?? '')}</span>`;
  return html`<time class="adf-tag" dateTime=${date.toISOString().slice(0, 10)}>${day.format(date)}</time>`;
}

/** The emoji itself where the document has it; an emoji of the site's own is its name. */
export function Emoji({ node }) {
  const { text, shortName } = node.attrs ?? {};
  return html`<span class="adf-emoji" title=${shortName}>${text || shortName || ''}</span>`;
}

export function Mention({ node }) {
  const text = String(node.attrs?.text || node.attrs?.id || '');
  return html`<span class="adf-mention">${text.startsWith('@') ? text : `@${text}`}</span>`;
}

/** What a writer was asked to fill in. */
export function Placeholder({ node }) {
  return html`<span class="adf-placeholder">${node.attrs?.text ?? ''}</span>`;
}

export function Status({ node }) {
  const { color, text } = node.attrs ?? {};
  const own = hexOf(color);
  const known = statusColors.includes(color) ? color : 'neutral';
  return html`<span class=${`adf-status is-${own === null ? known : 'custom'}`} style=${paint(own)}>${text ?? ''}</span>`;
}
