import { Node } from './adf/node.js';
import { shallow } from './adf/shallow.js';
import { html, useMemo } from './view.js';

/** A document in Atlassian's format, or its text where a node is not known. */
export function Adf({ document }) {
  const root = useMemo(() => (typeof document === 'string' ? null : shallow(document)), [document]);
  if (root === null) return html`<div class="adf"><p class="lines">${document}</p></div>`;
  return html`<div class="adf"><${Node} node=${root} /></div>`;
}
