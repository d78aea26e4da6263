import { Link } from '../link.js';
import { html, useMemo } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { formatDate } from './dates.js';
import { parseMrkdwn } from './mrkdwn.js';

/** Text in Slack's mrkdwn. `isVerbatim`: addresses that stand alone do not become links. */
export function Mrkdwn({ text, isVerbatim = false }) {
  const blocks = useMemo(() => parseMrkdwn(text ?? '', { isVerbatim }), [text, isVerbatim]);
  return html`<div class="mrkdwn">${blocks.map((block, index) => html`<${Block} key=${index} block=${block} />`)}</div>`;
}

function Block({ block }) {
  if (block.type === 'pre') return html`<pre class="code-block" tabindex="0">${block.text}</pre>`;
  const inside = block.children.map((node) => html`<${Inline} node=${node} />`);
  return block.type === 'quote' ? html`<blockquote>${inside}</blockquote>` : html`<div class="lines">${inside}</div>`;
}

function Inline({ node }) {
  const inside = node.children?.map((child) => html`<${Inline} node=${child} />`);
  switch (node.type) {
    case 'bold':
      return html`<strong>${inside}</strong>`;
    case 'italic':
      return html`<em>${inside}</em>`;
    case 'strike':
      return html`<s>${inside}</s>`;
    case 'code':
      return html`<code>${node.text}</code>`;
    case 'link':
      return html`<${Link} href=${node.url}>${node.text}<//>`;
    case 'user':
      return html`<${UserMention} id=${node.id} label=${node.label} />`;
    case 'channel':
      return html`<${ChannelMention} id=${node.id} label=${node.label} />`;
    case 'date':
      return html`<${Moment} node=${node} />`;
    case 'group':
      return html`<span class="mention">${node.text}</span>`;
    case 'broadcast':
      return html`<span class="mention is-me">${node.text}</span>`;
    default:
      return node.text;
  }
}

/** A moment in the reader's own time and words. */
function Moment({ node }) {
  const words = formatDate(node.seconds, node.format) ?? node.fallback;
  return node.url === null ? words : html`<${Link} href=${node.url}>${words}<//>`;
}

/** `@Name` of somebody; one's own name is marked stronger. */
export function UserMention({ id, label }) {
  const { people, bot, as } = useWorkspace();
  const name = id === bot.userId ? bot.name : (people.get(id)?.name ?? label ?? id);
  return html`<span class=${id === as ? 'mention is-me' : 'mention'}>@${name}</span>`;
}

/** `#name` of a channel; one that the reader cannot see stays nameless. */
export function ChannelMention({ id, label }) {
  const { channels } = useWorkspace();
  return html`<span class="mention">#${channels.get(id)?.name ?? label ?? 'private-channel'}</span>`;
}
