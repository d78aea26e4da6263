import { Icon } from '../icons.js';
import { html, useState } from '../view.js';
import { Cell } from './table.js';

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
const usualPageSize = 5;

/** A table in pages, sorted by a column where one wants it. */
export function DataTable({ block }) {
  const [heading = [], ...rows] = block.rows ?? [];
  const [order, setOrder] = useState({ column: null, isUp: true });
  const [page, setPage] = useState(0);
  const size = block.page_size ?? usualPageSize;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const shown = sorted(rows, order).slice(page * size, (page + 1) * size);
  const named = block.row_header_column_index ?? 0;

  function sortBy(column) {
    setOrder({ column, isUp: order.column !== column || !order.isUp });
    setPage(0);
  }
  return html`
    <div class="kit-data-table">
      <div class="table-frame kit-table" tabindex="0" role="region" aria-label=${block.caption}>
        <table>
          <caption>${block.caption}</caption>
          <thead>
            <tr>
              ${heading.map(
                (cell, column) =>
                  html`<${Heading} key=${column} cell=${cell} order=${order.column === column ? order : null} onSort=${() => sortBy(column)} />`,
              )}
            </tr>
          </thead>
          <tbody>
            ${shown.map((row, index) => html`<${Row} key=${index} row=${row} named=${named} />`)}
          </tbody>
        </table>
      </div>
      ${pages > 1 && html`<${Pages} page=${page} pages=${pages} rows=${rows.length} onPage=${setPage} />`}
    </div>
  `;
}

function Heading({ cell, order, onSort }) {
  const direction = order?.isUp === false ? 'descending' : 'ascending';
  return html`
    <th scope="col" aria-sort=${order === null ? undefined : direction}>
      <button type="button" class="kit-sort" onClick=${onSort}>
        <${Cell} cell=${cell} />
        ${order !== null && html`<${Icon} name=${order.isUp ? 'up' : 'down'} />`}
      </button>
    </th>
  `;
}

function Row({ row, named }) {
  return html`
    <tr>
      ${row.map((cell, column) => {
        const look = cell?.type === 'raw_number' ? 'right' : undefined;
        if (column === named) return html`<th scope="row" key=${column} class=${look}><${Cell} cell=${cell} /></th>`;
        return html`<td key=${column} class=${look}><${Cell} cell=${cell} /></td>`;
      })}
    </tr>
  `;
}

function Pages({ page, pages, rows, onPage }) {
  const step = (label, icon, to) => html`
    <button type="button" class="kit-icon-button" aria-label=${label} disabled=${to < 0 || to >= pages} onClick=${() => onPage(to)}>
      <${Icon} name=${icon} />
    </button>
  `;
  return html`
    <div class="kit-pages">
      ${step('Previous page', 'back', page - 1)}
      <span role="status">Page ${page + 1} of ${pages}, ${rows} rows</span>
      ${step('Next page', 'next', page + 1)}
    </div>
  `;
}

function sorted(rows, { column, isUp }) {
  if (column === null) return rows;
  const worth = (row) => row[column]?.value ?? wordsOf(row[column]);
  return rows.toSorted((one, other) => compare(worth(one), worth(other)) * (isUp ? 1 : -1));
}

function compare(one, other) {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}

function wordsOf(cell) {
  return cell?.text ?? (cell?.elements ?? []).map(wordsOf).join('');
}
