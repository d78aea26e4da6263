import { Icon } from '../icons.js';
import { html } from '../view.js';

/** The way back to the list, and where the article lies. */
export function ArticleBar({ folder, backRef, onBack, children }) {
  return html`
    <div class="article-bar">
      <button type="button" class="plain-button" ref=${backRef} onClick=${onBack}><${Icon} name="back" /> Articles</button>
      <span class="article-folder">${folder}</span>
      <div class="article-actions">${children}</div>
    </div>
  `;
}

export function LoadingArticle() {
  const lines = ['is-title', '', '', 'is-short', '', 'is-short'];
  return html`
    <p class="out-of-sight" role="status">Loading the article…</p>
    <div class="article-shape" aria-hidden="true">${lines.map((kind) => html`<i class=${`shape ${kind}`}></i>`)}</div>
  `;
}

export function NoArticle({ error, onBack }) {
  return html`
    <${ArticleBar} folder="" onBack=${onBack} />
    <div class="board-failed" role="alert">
      <p><strong>The article could not be loaded.</strong></p>
      <p>${error}</p>
    </div>
  `;
}
