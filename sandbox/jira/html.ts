import { isRecord } from './json.ts';
import type { AdfNode, Attachment } from './model.ts';

interface Scene {
  /** The files that the document can show. */
  readonly attachments: readonly Attachment[];
  /** The site's own address. */
  readonly url: string;
}

type Render = (node: AdfNode, inner: string, scene: Scene) => string;

function element(name: string): Render {
  return (_, inner) => `<${name}>${inner}</${name}>`;
}

const inner: Render = (_, content) => content;

/** Nodes as elements; what is not here is its content. */
const renders: Readonly<Record<string, Render>> = {
  paragraph: element('p'),
  heading: (node, content) => `<h${Number(node.attrs?.level)}>${content}</h${Number(node.attrs?.level)}>`,
  text: (node) => marked(node),
  hardBreak: () => '<br/>',
  rule: () => '<hr/>',
  blockquote: element('blockquote'),
  codeBlock: (_, content) => `<pre>${content}</pre>`,
  bulletList: element('ul'),
  orderedList: element('ol'),
  listItem: element('li'),
  taskList: element('ul'),
  taskItem: element('li'),
  decisionList: element('ul'),
  decisionItem: element('li'),
  table: (_, content) => `<table><tbody>${content}</tbody></table>`,
  tableRow: element('tr'),
  tableCell: element('td'),
  tableHeader: element('th'),
  panel: (_, content) => `<div class="panel">${content}</div>`,
  mention: ({ attrs = {} }, _, { url }) =>
    `<a href="${escaped(`${url}/secure/ViewProfile.jspa?accountId=${String(attrs.id)}`)}" class="user-hover" rel="${escaped(attrs.id)}">${escaped(attrs.text ?? attrs.id)}</a>`,
  emoji: ({ attrs = {} }) => escaped(attrs.text ?? attrs.shortName),
  date: ({ attrs = {} }) => `<time>${escaped(attrs.timestamp)}</time>`,
  status: ({ attrs = {} }) => `<span>${escaped(attrs.text)}</span>`,
  inlineCard: ({ attrs = {} }) => linkTo(attrs.url),
  blockCard: ({ attrs = {} }) => linkTo(attrs.url),
  embedCard: ({ attrs = {} }) => linkTo(attrs.url),
  mediaSingle: inner,
  media: mediaHtml,
  mediaInline: mediaHtml,
};

/**
 * A document as HTML, as `renderedBody` has it. A file that it shows leads to the attachment's content: pictures as
 * pictures, other files as links.
 */
export function htmlOf(node: AdfNode, scene: Scene): string {
  const content = (node.content ?? []).map((child) => htmlOf(child, scene)).join('');
  return (Object.hasOwn(renders, node.type) ? renders[node.type] : inner)?.(node, content, scene) ?? content;
}

/** A file that is gone leaves nothing but its name. */
function mediaHtml({ attrs = {} }: AdfNode, _: string, { attachments, url }: Scene): string {
  if (attrs.type === 'external') return `<img src="${escaped(attrs.url)}" alt="${escaped(attrs.alt ?? '')}"/>`;
  const attachment = attachments.find(({ mediaId }) => mediaId === attrs.id);
  if (attachment === undefined) return escaped(attrs.alt ?? '');
  const { id, name, mimeType } = attachment;
  const address = escaped(`${url}/rest/api/3/attachment/content/${id}`);
  return mimeType.startsWith('image/')
    ? `<span class="image-wrap"><img src="${address}" alt="${escaped(attrs.alt ?? name)}"/></span>`
    : `<span class="nobr"><a href="${address}" title="${escaped(name)}">${escaped(name)}</a></span>`;
}

function marked({ text = '', marks = [] }: AdfNode): string {
  const elements: Readonly<Record<string, string>> = {
    strong: 'b',
    em: 'em',
    strike: 'del',
    underline: 'ins',
    code: 'tt',
  };
  return marks.reduce((html, { type, attrs }) => {
    if (type === 'link' && isRecord(attrs)) return linkTo(attrs.href, html);
    const name = Object.hasOwn(elements, type) ? elements[type] : undefined;
    return name === undefined ? html : `<${name}>${html}</${name}>`;
  }, escaped(text));
}

/** A link in the words, told apart from files by its class. */
function linkTo(address: unknown, html = escaped(address)): string {
  return `<a href="${escaped(address)}" class="external-link" rel="nofollow noreferrer">${html}</a>`;
}

function escaped(text: unknown): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  const words = typeof text === 'string' || typeof text === 'number' ? String(text) : '';
  return words.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
