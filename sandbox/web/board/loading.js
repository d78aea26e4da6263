import { html } from '../view.js';

const shapes = [3, 2, 3];

/** The board's shape while it loads. */
export function LoadingBoard() {
  return html`
    <p class="out-of-sight" role="status">Loading the board…</p>
    <div class="board-columns is-loading" aria-hidden="true">
      ${shapes.map(
        (count) => html`<div class="column">
          <i class="shape is-title"></i>
          ${Array.from({ length: count }, () => html`<div class="card"><i class="shape"></i><i class="shape is-short"></i></div>`)}
        </div>`,
      )}
    </div>
  `;
}

/** An issue's shape while it loads. */
export function LoadingIssue() {
  const lines = ['is-title', '', '', 'is-short', '', 'is-short'];
  return html`
    <p class="out-of-sight" role="status">Loading the issue…</p>
    <div class="issue-shape" aria-hidden="true">${lines.map((kind) => html`<i class=${`shape ${kind}`}></i>`)}</div>
  `;
}
