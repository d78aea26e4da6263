import { Link } from '../link.js';
import { html } from '../view.js';
import { emojiOf } from './emoji.js';
import { ChannelMention, UserMention } from './mrkdwn-text.js';
import { Unsupported } from './unsupported.js';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function RichText({ block }) {
  return html`<div class="rich-text">
    ${block.elements?.map((element) => html`<${Part} part=${element} />`)}
  </div>`;
}

function Part({ part }) {
  const inside = part.elements?.map((element) => html`<${Inline} element=${element} />`);
  switch (part.type) {
    case 'rich_text_section':
      return html`<div class="lines">${inside}</div>`;
    case 'rich_text_quote':
      return html`<blockquote class="lines">${inside}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre class="code-block">${inside}</pre>`;
    case 'rich_text_list':
      return html`<${List} part=${part} />`;
    default:
      return html`<${Unsupported} what=${`${part.type} element`} />`;
  }
}

function List({ part }) {
  const items = part.elements?.map((item) => html`<li><${Part} part=${item} /></li>`);
  const indent = `indent-${Math.min(part.indent ?? 0, 4)}`;
  if (part.style !== 'ordered') return html`<ul class=${indent}>${items}</ul>`;
  return html`<ol class=${indent} start=${(part.offset ?? 0) + 1}>${items}</ol>`;
}

function Inline({ element }) {
  switch (element.type) {
    case 'text':
      return styled(element.text, element.style);
    case 'link':
      return html`<${Link} href=${element.url}>${styled(element.text ?? element.url, element.style)}<//>`;
    case 'user':
      return html`<${UserMention} id=${element.user_id} />`;
    case 'channel':
      return html`<${ChannelMention} id=${element.channel_id} />`;
    case 'broadcast':
      return html`<span class="mention is-me">@${element.range}</span>`;
    case 'emoji':
      return emojiOf(element.name) ?? `:${element.name}:`;
    case 'date':
      return element.fallback ?? '';
    default:
      return element.text ?? '';
  }
}

function styled(text, style = {}) {
  let shown = text;
  if (style.code) shown = html`<code>${shown}</code>`;
  if (style.strike) shown = html`<s>${shown}</s>`;
  if (style.italic) shown = html`<em>${shown}</em>`;
  if (style.bold) shown = html`<strong>${shown}</strong>`;
  return shown;
}
