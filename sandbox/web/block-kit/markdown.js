import '/vendor/markdown-it.js';
import { Link } from '../link.js';
import { Fragment, h, html, useMemo } from '../view.js';

// the browser build has no module of its own: it leaves its factory on the global object
const parser = globalThis.markdownit({ html: false, linkify: false, breaks: true });

const tags = new Set('blockquote em h1 h2 h3 h4 h5 h6 hr li ol p s strong table tbody td th thead tr ul'.split(' '));

/**
 * Standard Markdown, from a `markdown` block. The parser's tokens become elements one by one, so no markup in the
 * text can become markup of the page. https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 * @param {(text: string) => unknown} words draws the plain text in it
 */
export function Markdown({ text, words = asItIs }) {
  const nodes = useMemo(() => toNodes(parser.parse(text ?? '', {}), words), [text]);
  return html`<div class="markdown">${nodes}</div>`;
}

/** Opening and closing tokens, a flat list, become nested elements. */
function toNodes(tokens, words) {
  const stack = [{ token: null, children: [] }];
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ token, children: [] });
    else if (token.nesting === -1) closeInto(stack);
    else stack.at(-1).children.push(leaf(token, words));
  }
  while (stack.length > 1) closeInto(stack);
  return stack[0].children;
}

function closeInto(stack) {
  if (stack.length === 1) return;
  const { token, children } = stack.pop();
  stack.at(-1).children.push(element(token, children));
}

function element(token, children) {
  if (token.type === 'link_open') return html`<${Link} href=${token.attrGet('href')}>${children}<//>`;
  if (token.hidden || !tags.has(token.tag)) return h(Fragment, null, children);
  if (token.tag === 'ol') return h('ol', { start: token.attrGet('start') ?? 1 }, children);
  if (token.tag === 'table') return h('div', { class: 'table-frame' }, h('table', null, children));
  if (token.tag === 'th' || token.tag === 'td') return h(token.tag, { class: alignmentOf(token) }, children);
  // below the page's own headings, whatever level the writer chose
  if (/^h\d$/.test(token.tag)) return h('h4', { class: `is-${token.tag}` }, children);
  return h(token.tag, null, children);
}

/** The parser writes a column's alignment as a style, which the page's policy forbids. */
function alignmentOf(token) {
  return /text-align:(center|right)/.exec(token.attrGet('style') ?? '')?.[1];
}

function asItIs(text) {
  return text;
}

function leaf(token, words) {
  switch (token.type) {
    case 'inline':
      return h(Fragment, null, toNodes(token.children ?? [], words));
    case 'code_inline':
      return h('code', null, token.content);
    case 'fence':
    case 'code_block':
      return h('pre', { class: 'code-block' }, token.content.replace(/\n$/, ''));
    case 'softbreak':
    case 'hardbreak':
      return h('br');
    case 'hr':
      return h('hr');
    case 'image':
      return html`<${Link} href=${token.attrGet('src')}>${token.content || 'Image'}<//>`;
    default:
      return words(token.content);
  }
}
