import { useQuery } from '../query.js';
import { html, useRef } from '../view.js';
import { Card } from './card.js';

const emptyWords = {
  'To Do': 'No open tickets. Ask something that the guides do not answer.',
  'In Progress': 'Nothing in progress.',
  Done: 'Nothing done yet.',
};

/** The IT team's board. */
export function Board({ projectKey, onIssue }) {
  const { data, error } = useQuery('/api/board', (change) => change.type === 'issue');
  const isNew = useArrivals(data);
  return html`
    <header class="board-header">
      <span class="project-sign" aria-hidden="true">${projectKey}</span>
      <h2>IT helpdesk board</h2>
    </header>
    ${error !== null && data === undefined && html`<p class="empty" role="alert">${error}</p>`}
    <div class="board-columns">
      ${data?.columns.map((column) => html`<${Column} key=${column.name} column=${column} isNew=${isNew} onIssue=${onIssue} />`)}
    </div>
  `;
}

/** Which issues were not there when the board was first shown: they are pointed out. */
function useArrivals(board) {
  const first = useRef(null);
  if (first.current === null && board !== undefined) {
    first.current = new Set(board.columns.flatMap(({ issues }) => issues.map(({ key }) => key)));
  }
  return (key) => first.current !== null && !first.current.has(key);
}

function Column({ column, isNew, onIssue }) {
  const { name, total, issues } = column;
  const id = `column-${name.toLowerCase().replaceAll(' ', '-')}`;
  return html`
    <section class="column" aria-labelledby=${id} data-column=${name}>
      <h3 id=${id}>${name} <span class="count">${total}</span></h3>
      <div class="column-scroll">
        <ul>
          ${issues.map(
            (issue) => html`<li key=${issue.key}>
              <${Card} issue=${issue} isNew=${isNew(issue.key)} onIssue=${onIssue} />
            </li>`,
          )}
        </ul>
        ${total === 0 && html`<p class="column-empty">${emptyWords[name]}</p>`}
        ${total > issues.length && html`<p class="column-empty">and ${total - issues.length} older ones</p>`}
      </div>
    </section>
  `;
}
