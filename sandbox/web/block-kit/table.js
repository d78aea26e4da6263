import { html } from '../view.js';
import { RichText } from './rich-text.js';

/** The first row is the heading. https://docs.slack.dev/reference/block-kit/blocks/table-block */
export function Table({ block }) {
  const [heading = [], ...rows] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const look = (column) => (['center', 'right'].includes(settings[column]?.align) ? settings[column].align : 'left');
  return html`
    <div class="table-frame" tabindex="0" role="region" aria-label="Table">
      <table>
        <thead>
          <tr>${heading.map((cell, column) => html`<th scope="col" class=${look(column)}><${Cell} cell=${cell} /></th>`)}</tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>${row.map((cell, column) => html`<td class=${look(column)}><${Cell} cell=${cell} /></td>`)}</tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function Cell({ cell }) {
  return cell?.type === 'rich_text' ? html`<${RichText} block=${cell} />` : (cell?.text ?? '');
}
