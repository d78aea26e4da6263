import { html } from '../view.js';

const rows = ['is-long', 'is-short', 'is-middle', 'is-long', 'is-short'];

/** Stands where messages will be. */
export function Skeleton() {
  return html`
    <div class="skeleton" role="status">
      <span class="out-of-sight">Loading messages…</span>
      ${rows.map((look) => html`<div class=${`skeleton-row ${look}`} aria-hidden="true"><i></i><span><b></b><b></b></span></div>`)}
    </div>
  `;
}

/** Stands where messages would be. */
export function Failed({ error, onRetry }) {
  return html`
    <div class="empty" role="alert">
      <p>${error}</p>
      <button type="button" class="small-button" onClick=${onRetry}>Try again</button>
    </div>
  `;
}
