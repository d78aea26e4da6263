import { h, html } from '../view.js';
import { Ground, hexOf, paint } from './colors.js';
import { Children, Node } from './node.js';

const maxSpan = 100;

export function Table({ node }) {
  const rows = Array.isArray(node.content) ? node.content : [];
  const isNumbered = node.attrs?.isNumberColumnEnabled === true;
  const hasHeader = rows[0]?.content?.every?.(({ type }) => type === 'tableHeader') === true;
  return html`
    <div class="table-frame" tabindex="0" role="region" aria-label="Table">
      <table>
        <tbody>
          ${rows.map((row, index) => html`<${Row} node=${row} number=${isNumbered ? numberOf(index, hasHeader) : null} />`)}
        </tbody>
      </table>
    </div>
  `;
}

/** The row of headers has no number. */
function numberOf(index, hasHeader) {
  if (!hasHeader) return String(index + 1);
  return index === 0 ? '' : String(index);
}

export function Row({ node, number = null }) {
  if (node?.type !== 'tableRow') return html`<tr><td><${Node} node=${node} /></td></tr>`;
  return html`<tr>
    ${number !== null && html`<td class="adf-row-number">${number}</td>`}
    <${Children} node=${node} />
  </tr>`;
}

export const Cell = cell('td');
export const HeaderCell = cell('th');

function cell(tag) {
  return ({ node }) => {
    const { colspan, rowspan, colwidth, background, valign } = node.attrs ?? {};
    const ground = hexOf(background);
    const width = Array.isArray(colwidth) ? colwidth.reduce((sum, one) => sum + (Number(one) || 0), 0) : 0;
    const attributes = {
      class: ['middle', 'bottom'].includes(valign) ? `adf-flow is-${valign}` : 'adf-flow',
      colspan: spanOf(colspan),
      rowspan: spanOf(rowspan),
      style: { ...paint(ground), ...(width > 0 ? { minWidth: `${Math.min(width, 600)}px` } : {}) },
    };
    const element = h(tag, attributes, html`<${Children} node=${node} />`);
    return ground === null ? element : html`<${Ground.Provider} value=${ground}>${element}<//>`;
  };
}

function spanOf(value) {
  const span = Math.trunc(Number(value));
  return span > 1 ? Math.min(span, maxSpan) : undefined;
}
