import { h, html } from '../view.js';
import { kindOf } from './kinds.js';

/** One node with all below it; of an unknown kind, its text and its children. */
export function Node({ node }) {
  const Kind = kindOf(node?.type);
  return Kind === null ? html`<${Unknown} node=${node} />` : html`<${Kind} node=${node} />`;
}

export function Children({ node }) {
  const children = Array.isArray(node?.content) ? node.content : [];
  return children.map((child) => html`<${Node} node=${child} />`);
}

/** A kind that is no more than an element around its children. */
export function wrapIn(tag, className) {
  return ({ node }) =>
    h(tag, className === undefined ? null : { class: className }, html`<${Children} node=${node} />`);
}

function Unknown({ node }) {
  const text = node?.text ?? node?.attrs?.text;
  return html`${typeof text === 'string' ? text : ''}<${Children} node=${node} />`;
}
