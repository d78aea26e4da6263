import { html } from '../view.js';
import { RichText } from './rich-text.js';

/** The first row is the heading. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function Table({ block }) {
  const [heading = [], ...rows] = block.rows ?? [];
  const look = (column) => lookOf(block.column_settings?.[column]);
  return html`
    <div class="table-frame kit-table" tabindex="0" role="region" aria-label="Table">
      <table>
        <thead>
          <tr>${heading.map((cell, column) => html`<th scope="col" key=${column} class=${look(column)}><${Cell} cell=${cell} /></th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map(
            (row, index) =>
              html`<tr key=${index}>
                ${row.map((cell, column) => html`<td key=${column} class=${look(column)}><${Cell} cell=${cell} /></td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function lookOf({ align, is_wrapped: isWrapped } = {}) {
  return [align === 'center' || align === 'right' ? align : 'left', isWrapped === true ? 'is-wrapped' : '']
    .join(' ')
    .trim();
}

/** raw_text, raw_number or rich_text. */
export function Cell({ cell }) {
  return cell?.type === 'rich_text' ? html`<${RichText} block=${cell} />` : (cell?.text ?? numberOf(cell));
}

function numberOf(cell) {
  return typeof cell?.value === 'number' ? cell.value.toLocaleString() : '';
}
