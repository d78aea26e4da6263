import { Link } from '../link.js';
import { html } from '../view.js';
import { hexOf, ink, paint, useGround } from './colors.js';

const wraps = {
  annotation: (inside) => html`<span class="adf-annotation" title="Commented">${inside}</span>`,
  code: (inside) => html`<code>${inside}</code>`,
  em: (inside) => html`<em>${inside}</em>`,
  link: (inside, attrs) => html`<${Link} href=${attrs?.href}>${inside}<//>`,
  strike: (inside) => html`<s>${inside}</s>`,
  strong: (inside) => html`<strong>${inside}</strong>`,
  subsup: (inside, attrs) => (attrs?.type === 'sup' ? html`<sup>${inside}</sup>` : html`<sub>${inside}</sub>`),
  underline: (inside) => html`<u>${inside}</u>`,
};

/** A text node with its marks around it; a mark that is not drawn leaves the text as it is. */
export function MarkedText({ node }) {
  const text = typeof node.text === 'string' ? node.text : '';
  const marked = listOf(node).reduce((inside, { type, attrs }) => {
    return Object.hasOwn(wraps, type) ? wraps[type](inside, attrs) : inside;
  }, text);
  return html`<${Colored} node=${node}>${marked}<//>`;
}

/** Both colours at once: whether one can be read depends on the other. */
function Colored({ node, children }) {
  const around = useGround();
  const { textColor, backgroundColor } = marksOf(node);
  const ground = hexOf(backgroundColor?.color);
  const color = hexOf(textColor?.color);
  if (ground === null && color === null) return children;
  const style = { ...paint(ground), ...ink(color, ground ?? around) };
  return html`<span class=${ground === null ? 'adf-colored' : 'adf-colored adf-highlight'} style=${style}>${children}</span>`;
}

/** The marks of a node by their type, each with its attributes. */
export function marksOf(node) {
  return Object.fromEntries(listOf(node).map(({ type, attrs }) => [type, attrs ?? {}]));
}

function listOf(node) {
  const marks = Array.isArray(node?.marks) ? node.marks : [];
  return marks.filter((mark) => typeof mark?.type === 'string');
}
