import { Markdown } from '../block-kit/markdown.js';
import { Icon } from '../icons.js';
import { safeUrl } from '../links.js';
import { shortDate } from '../times.js';
import { html, useLayoutEffect, useRef } from '../view.js';
import { Actions } from './actions.js';
import { Readers } from './audience.js';
import { folderName } from './by-folder.js';
import { ArticleBar } from './states.js';
import { systemOf } from './systems.js';

/** One article to read. `isBack`: the editor stood here, so the focus goes to the button that led there. */
export function Reader({ article, isBack, onEdit, onChanged, onBack }) {
  const back = useRef(null);
  const edit = useRef(null);
  useLayoutEffect(() => (isBack ? edit : back).current?.focus({ preventScroll: true }), []);
  return html`
    <article class="reader" aria-label=${article.title} data-article-open=${article.id}>
      <${ArticleBar} folder=${folderName(article.folder)} backRef=${back} onBack=${onBack}>
        ${article.path === null && html`<${Actions} article=${article} editRef=${edit} onEdit=${onEdit} onChanged=${onChanged} />`}
      <//>
      ${
        article.isInTrash &&
        html`<p class="editor-note" role="status">In the trash of ${systemOf(article.system).name}: no answer comes from it.</p>`
      }
      <div class="article-scroll" tabindex="0" role="region" aria-label="Article">
        <div class="article-text">
          <h3 class="article-title">${article.title}</h3>
          <${Source} article=${article} />
          <${Markdown} text=${article.markdown} />
        </div>
      </div>
    </article>
  `;
}

/** Where the article is kept, who may read it, and its address there. */
function Source({ article }) {
  const { system, place, audience, updated, isChanged, path, url } = article;
  const { name, icon } = systemOf(system);
  return html`
    <p class="article-source">
      <span class="article-system"><${Icon} name=${icon} />${place === null ? name : `${name} · ${place}`}</span>
      <${Readers} audience=${audience} />
      ${updated !== '' && html`<span>Updated ${shortDate(updated)}</span>`}
      ${isChanged && html`<span class="mark is-changed">Changed</span>`}
      <${Address} text=${path ?? url} isLive=${system !== 'markdown'} />
    </p>
  `;
}

/** The wiki that a file names is not there; Notion and Confluence are. */
function Address({ text, isLive }) {
  const href = isLive ? safeUrl(text) : null;
  if (href === null) return html`<span class="article-address">${text}</span>`;
  return html`<a class="article-address" href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`;
}
