import { Link } from '../link.js';
import { Fragment, h, html, useMemo } from '../view.js';

/** What is kept of the markup that Teams' editor makes; all else leaves its text behind. */
const kept = new Set('b blockquote code em i li ol p pre s strike strong u ul'.split(' '));
const alone = new Set(['br', 'hr', 'img', 'input', 'wbr']);
const token = /<!--[^]*?-->|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+|</gi;
const signs = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' };

/**
 * HTML as people's clients send it. It is read piece by piece into elements of a few kinds without attributes, so none
 * of its scripts, addresses or styles reach the page.
 * @param {(text: string) => unknown} words draws plain text
 */
export function Html({ text, words }) {
  const nodes = useMemo(() => nodesOf(text), [text]);
  return html`<div class="from-html">${nodes.map((node) => drawn(node, words))}</div>`;
}

/** A tree of `{ name, href, isMention, children }` and strings. */
function nodesOf(text) {
  const stack = [{ name: '', children: [] }];
  for (const [piece, slash, tag, attributes] of text.matchAll(token)) {
    const name = tag?.toLowerCase();
    if (piece.startsWith('<!--')) continue;
    if (name === undefined) stack.at(-1).children.push(decoded(piece));
    else if (slash === '/') close(stack, name);
    else open(stack, name, attributes);
  }
  return stack[0].children;
}

function open(stack, name, attributes) {
  const node = {
    name,
    href: name === 'a' ? attributeOf(attributes, 'href') : null,
    isMention: name === 'at' || /schema\.skype\.com\/Mention/.test(attributes),
    isQuote: /schema\.skype\.com\/Reply/.test(attributes),
    children: [],
  };
  stack.at(-1).children.push(node);
  if (!alone.has(name)) stack.push(node);
}

/** Up to the tag that it closes; one that closes nothing is left out. */
function close(stack, name) {
  const at = stack.findLastIndex((node, index) => index > 0 && node.name === name);
  if (at > 0) stack.length = at;
}

function drawn(node, words) {
  if (typeof node === 'string') return words(node);
  const { name, href, isMention, isQuote, children } = node;
  // the page shows the quoted message by itself
  if (isQuote || name === 'script' || name === 'style') return null;
  const inside = children.map((child) => drawn(child, words));
  if (isMention) return html`<strong class="mention">${inside}</strong>`;
  if (href !== null) return html`<${Link} href=${href}>${inside}<//>`;
  if (name === 'br') return h('br');
  if (name === 'div') return h('p', null, inside);
  return h(kept.has(name) ? name : Fragment, null, inside);
}

function attributeOf(attributes, name) {
  const found = new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
  return found === null ? null : decoded(found[1] ?? found[2]);
}

function decoded(text) {
  return text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (written, decimal, hex, name) => {
    if (name !== undefined) return signs[name.toLowerCase()] ?? written;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : written;
  });
}
