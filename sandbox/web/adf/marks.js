import { Link } from '../link.js';
import { html } from '../view.js';

const wraps = {
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
  return (node.marks ?? []).reduce((inside, { type, attrs }) => {
    return Object.hasOwn(wraps, type) ? wraps[type](inside, attrs) : inside;
  }, text);
}
