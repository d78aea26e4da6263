import { pathTo } from '../api.js';
import { announce } from '../live.js';
import { useQuery } from '../query.js';
import { html, useEffect, useRef, useState } from '../view.js';
import { BoardHeader } from './board-header.js';
import { Column } from './column.js';
import { remembered } from './remembered.js';
import { LoadingBoard } from './loading.js';

const doneStep = 30;

/** The IT team's board. */
export function Board({ projectKey, onIssue }) {
  const [wish, setWish] = useState(remembered.wish);
  const { data, error } = useQuery(pathTo('/api/board', wish), ({ type }) => type === 'issue' || type === 'board');
  // while another wish loads, what was there stays
  const last = useRef(null);
  const board = data ?? last.current;
  useEffect(() => {
    last.current = board;
    remembered.newest ??= data?.newest ?? null;
  }, [data]);

  function change(part) {
    remembered.wish = { ...wish, ...part };
    setWish(remembered.wish);
  }

  const isEmpty = board?.columns.every(({ issues }) => issues.length === 0);
  const isFiltered = wish.text.trim() !== '' || wish.label !== '' || wish.reporter !== '';
  return html`
    <${BoardHeader} board=${board} projectKey=${projectKey} wish=${wish} isFiltered=${isFiltered} onChange=${change} />
    ${error !== null && data === undefined && html`<${Failed} error=${error} />`}
    ${board === null && error === null && html`<${LoadingBoard} />`}
    ${
      board !== null &&
      html`<div class="board-columns" role="group" aria-label="Columns" tabindex=${isEmpty ? 0 : undefined}>
        ${board.columns.map(
          (column) => html`<${Column}
            key=${column.name}
            column=${column}
            isFiltered=${isFiltered}
            onIssue=${onIssue}
            onMore=${() => change({ done: wish.done + doneStep })}
          />`,
        )}
      </div>`
    }
  `;
}

function Failed({ error }) {
  return html`
    <div class="board-failed" role="alert">
      <p><strong>The board could not be loaded.</strong></p>
      <p>${error}</p>
      <button type="button" class="small-button" onClick=${() => announce({ type: 'board' })}>Try again</button>
    </div>
  `;
}
