import { MarkedText } from './adf/marks.js';
import { Link } from './link.js';
import { shortDate } from './times.js';
import { h, html } from './view.js';

const panelTypes = ['info', 'note', 'success', 'warning', 'error'];
const statusColors = ['neutral', 'purple', 'blue', 'red', 'yellow', 'green'];

/** Node type to what draws it. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
const kinds = {
  blockquote: wrapIn('blockquote'),
  bulletList: wrapIn('ul'),
  codeBlock: ({ node }) => html`<pre class="code-block"><${Children} node=${node} /></pre>`,
  date: ({ node }) => html`<time class="adf-tag">${shortDate(Number(node.attrs?.timestamp))}</time>`,
  doc: wrapIn('div'),
  emoji: ({ node }) => node.attrs?.text ?? node.attrs?.shortName ?? '',
  expand: Expand,
  hardBreak: () => html`<br />`,
  heading: Heading,
  inlineCard: ({ node }) => html`<${Link} href=${node.attrs?.url}>${node.attrs?.url ?? 'Link'}<//>`,
  listItem: wrapIn('li'),
  mention: ({ node }) => html`<span class="mention">${mentionText(node.attrs)}</span>`,
  nestedExpand: Expand,
  orderedList: ({ node }) => html`<ol start=${node.attrs?.order ?? 1}><${Children} node=${node} /></ol>`,
  panel: Panel,
  paragraph: wrapIn('p'),
  rule: () => html`<hr />`,
  status: Status,
  table: ({ node }) => html`<div class="table-frame"><table><tbody><${Children} node=${node} /></tbody></table></div>`,
  tableCell: wrapIn('td'),
  tableHeader: wrapIn('th'),
  tableRow: wrapIn('tr'),
  text: MarkedText,
};

/** A document in Atlassian's format, or its text where a node is not drawn. */
export function Adf({ document }) {
  if (typeof document === 'string') return html`<div class="adf"><p class="lines">${document}</p></div>`;
  return html`<div class="adf"><${Node} node=${document} /></div>`;
}

function Node({ node }) {
  const type = String(node?.type);
  if (Object.hasOwn(kinds, type)) return html`<${kinds[type]} node=${node} />`;
  return html`${typeof node?.text === 'string' ? node.text : ''}<${Children} node=${node} />`;
}

function Children({ node }) {
  const children = Array.isArray(node?.content) ? node.content : [];
  return children.map((child) => html`<${Node} node=${child} />`);
}

function wrapIn(tag) {
  return ({ node }) => h(tag, null, html`<${Children} node=${node} />`);
}

/** Jira's first level stands below the issue's own title. */
function Heading({ node }) {
  const level = Math.min(Math.max(Number(node.attrs?.level) || 1, 1), 4);
  return h(`h${level + 2}`, null, html`<${Children} node=${node} />`);
}

function Panel({ node }) {
  const type = panelTypes.includes(node.attrs?.panelType) ? node.attrs.panelType : 'info';
  return html`<div class=${`adf-panel is-${type}`}><${Children} node=${node} /></div>`;
}

function Status({ node }) {
  const color = statusColors.includes(node.attrs?.color) ? node.attrs.color : 'neutral';
  return html`<span class=${`adf-status is-${color}`}>${node.attrs?.text ?? ''}</span>`;
}

function Expand({ node }) {
  return html`
    <details class="adf-expand">
      <summary>${node.attrs?.title || 'More'}</summary>
      <${Children} node=${node} />
    </details>
  `;
}

function mentionText(attrs) {
  const text = attrs?.text ?? attrs?.id ?? '';
  return text.startsWith('@') ? text : `@${text}`;
}
