import { Link } from '../link.js';
import { html } from '../view.js';
import { formatDate } from './dates.js';
import { emojiOf } from './emoji.js';
import { ChannelMention, UserMention } from './mrkdwn-text.js';
import { Unsupported } from './unsupported.js';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function RichText({ block }) {
  return html`<div class="rich-text">
    ${block.elements?.map((element, index) => html`<${Part} key=${index} part=${element} />`)}
  </div>`;
}

function Part({ part }) {
  const inside = part.elements?.map((element, index) => html`<${Inline} key=${index} element=${element} />`);
  const border = part.border === 1 ? ' has-border' : '';
  switch (part.type) {
    case 'rich_text_section':
      return html`<div class="lines">${inside}</div>`;
    case 'rich_text_quote':
      return html`<blockquote class="lines">${inside}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre class=${`code-block${border}`} tabindex="0">${inside}</pre>`;
    case 'rich_text_list':
      return html`<${List} part=${part} border=${border} />`;
    default:
      return html`<${Unsupported} what=${`${part.type} element`} />`;
  }
}

/** Slack's lists are flat: each says how deep it stands. */
function List({ part, border }) {
  const items = part.elements?.map((item, index) => html`<li key=${index}><${Part} part=${item} /></li>`);
  const look = `indent-${Math.min(part.indent ?? 0, 8)}${border}`;
  if (part.style !== 'ordered') return html`<ul class=${look}>${items}</ul>`;
  return html`<ol class=${look} start=${(part.offset ?? 0) + 1}>${items}</ol>`;
}

function Inline({ element }) {
  const draw = Object.hasOwn(inline, element.type) ? inline[element.type] : inline.text;
  return styled(draw(element), element.style);
}

const inline = {
  text: ({ text }) => text ?? '',
  link: ({ url, text }) => html`<${Link} href=${url}>${text ?? url}<//>`,
  user: ({ user_id: id }) => html`<${UserMention} id=${id} />`,
  usergroup: ({ usergroup_id: id }) => html`<span class="mention">@${id}</span>`,
  team: ({ team_id: id }) => html`<span class="mention">@${id}</span>`,
  channel: ({ channel_id: id }) => html`<${ChannelMention} id=${id} />`,
  broadcast: ({ range }) => html`<span class="mention is-me">@${range}</span>`,
  emoji: ({ name, unicode }) => emojiOf(name) ?? characterOf(unicode) ?? `:${name}:`,
  color: ({ value }) => html`<${Colour} value=${value} />`,
  date: Moment,
  citation: ({ url, text, index }) => html`<sup><${Link} href=${url}>${`[${text ?? index}]`}<//></sup>`,
};

function Moment({ timestamp, format, fallback, url }) {
  const words = formatDate(timestamp, format ?? '{date_short_pretty}') ?? fallback ?? '';
  return url === undefined ? words : html`<${Link} href=${url}>${words}<//>`;
}

/** `1f44b-1f3fb` as the character. */
function characterOf(unicode) {
  if (typeof unicode !== 'string' || !/^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode)) return null;
  const points = unicode.split('-').map((point) => Number.parseInt(point, 16));
  return points.every((point) => point <= 0x10_ff_ff) ? String.fromCodePoint(...points) : null;
}

function Colour({ value }) {
  return html`
    <span class="kit-colour">
      ${value}
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false"><rect width="12" height="12" rx="2" fill=${value} /></svg>
    </span>
  `;
}

function styled(content, style = {}) {
  let shown = content;
  if (style.code) shown = html`<code>${shown}</code>`;
  if (style.highlight || style.client_highlight) shown = html`<mark>${shown}</mark>`;
  if (style.underline) shown = html`<u>${shown}</u>`;
  if (style.strike) shown = html`<s>${shown}</s>`;
  if (style.italic) shown = html`<em>${shown}</em>`;
  if (style.bold) shown = html`<strong>${shown}</strong>`;
  return shown;
}
