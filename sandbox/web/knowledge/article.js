import { pathTo } from '../api.js';
import { Markdown } from '../block-kit/markdown.js';
import { Icon } from '../icons.js';
import { useQuery } from '../query.js';
import { shortDate } from '../times.js';
import { html, useEffect, useRef } from '../view.js';

/** One of the company's articles, where a link in an answer or a ticket leads. */
export function Article({ url, onClose }) {
  const { data: article, error } = useQuery(pathTo('/api/article', { url }), () => false);
  const dialog = useRef(null);
  useEffect(() => {
    if (!dialog.current.open) dialog.current.showModal();
    dialog.current.scrollTop = 0;
  }, [url, article === undefined]);

  function closeFromOutside(event) {
    if (event.target === dialog.current) dialog.current.close();
  }

  return html`
    <dialog class="article" ref=${dialog} aria-label="Article" onClose=${onClose} onClick=${closeFromOutside}>
      <div class="article-frame">
        <header class="pane-header">
          <h2>${article?.title ?? 'Article'}</h2>
          <button type="button" class="icon-button" aria-label="Close article" onClick=${() => dialog.current.close()}>
            <${Icon} name="close" />
          </button>
        </header>
        <div class="article-body">
          <p class="article-source">
            <span>${url}</span>${article?.updated && html`<span>Updated ${shortDate(article.updated)}</span>`}
          </p>
          ${error !== null && html`<p role="alert">${error}</p>`}
          ${article !== undefined && html`<${Markdown} text=${article.markdown} />`}
        </div>
      </div>
    </dialog>
  `;
}
