import { pathTo } from '../api.js';
import { Icon } from '../icons.js';
import { announce } from '../live.js';
import { useQuery } from '../query.js';
import { shortDate } from '../times.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { Audience } from './audience.js';
import { readDraft } from './article-draft.js';
import { byFolder, bySystem, folderName } from './by-folder.js';
import { systemOf } from './systems.js';
import { Tickets } from './tickets.js';

/** What the list keeps while an article stands in its place. */
const remembered = { text: '', opened: null, scrollTop: 0 };

/** All articles by system and folder, with a search in their titles and texts. */
export function ArticleList({ onArticle }) {
  const [text, setText] = useState(remembered.text);
  const { data, error } = useQuery(pathTo('/api/knowledge', { text }), ({ type }) => type === 'knowledge');
  const last = useRef(null);
  last.current = data ?? last.current;
  const list = last.current;

  function search(next) {
    remembered.text = next;
    setText(next);
  }

  function open(id) {
    remembered.opened = id;
    onArticle(id);
  }

  return html`
    <${ListHeader} list=${list} text=${text} onText=${search} />
    ${error !== null && data === undefined && html`<${Failed} error=${error} />`}
    ${list !== null && html`<${Folders} list=${list} text=${text} onArticle=${open} />`}
  `;
}

function ListHeader({ list, text, onText }) {
  const found = list?.articles.length ?? 0;
  const isFiltered = text.trim() !== '';
  const count = isFiltered ? `${found} of ${list?.total ?? 0} articles` : `${list?.total ?? 0} articles`;
  return html`
    <div class="knowledge-header" role="search" aria-label="Articles">
      <label class="search-box">
        <${Icon} name="search" />
        <span class="out-of-sight">Search the articles</span>
        <input
          type="search"
          placeholder="Search titles and texts"
          autocomplete="off"
          maxlength="200"
          value=${text}
          onInput=${(event) => onText(event.currentTarget.value)}
        />
      </label>
      <p class="faint" role="status">${list !== null && count}</p>
      ${
        list?.isOwn &&
        html`<p class="own-folder"><${Icon} name="book" /> Your own folder, to be read only here: <code>${list.folder}</code></p>`
      }
    </div>
  `;
}

function Failed({ error }) {
  return html`
    <div class="board-failed" role="alert">
      <p><strong>The articles could not be loaded.</strong></p>
      <p>${error}</p>
      <button type="button" class="small-button" onClick=${() => announce({ type: 'knowledge' })}>Try again</button>
    </div>
  `;
}

function Folders({ list, text, onArticle }) {
  const scroll = useRef(null);
  useLayoutEffect(() => {
    const element = scroll.current;
    element.scrollTop = remembered.scrollTop;
    const opened = element.querySelector(`[data-article="${CSS.escape(remembered.opened ?? '')}"]`);
    remembered.opened = null;
    if (document.activeElement === document.body) opened?.focus();
    return () => {
      remembered.scrollTop = element.scrollTop;
    };
  }, []);

  return html`
    <div class="knowledge-scroll" ref=${scroll} tabindex="-1">
      ${
        list.articles.length === 0 &&
        html`<p class="knowledge-empty">
          ${list.total === 0 ? 'There are no articles in the folder.' : `No article has “${text.trim()}”.`}
        </p>`
      }
      ${bySystem(list.articles, list.systems).map(
        ([{ system, place }, articles]) => html`<section key=${system} data-system=${system}>
          <h3>
            <${Icon} name=${systemOf(system).icon} />${systemOf(system).name}
            ${place !== null && html`<span class="faint">${place}</span>`}
            <span class="count">${articles.length}</span>
          </h3>
          ${byFolder(articles).map(
            ([folder, inside]) =>
              html`<${Folder} key=${folder} folder=${folder} articles=${inside} onArticle=${onArticle} />`,
          )}
        </section>`,
      )}
      ${list.tickets !== null && text.trim() === '' && html`<${Tickets} count=${list.tickets} />`}
    </div>
  `;
}

function Folder({ folder, articles, onArticle }) {
  return html`
    <section data-folder=${folder}>
      <h4>${folderName(folder)} <span class="count">${articles.length}</span></h4>
      <ul>
        ${articles.map((article) => html`<li key=${article.id}><${Item} article=${article} onArticle=${onArticle} /></li>`)}
      </ul>
    </section>
  `;
}

function Item({ article, onArticle }) {
  const { id, title, audience, updated, isChanged, isInTrash } = article;
  return html`
    <button type="button" class="article-item" data-article=${id} onClick=${() => onArticle(id)}>
      <span class="article-item-title">${title}</span>
      <span class="article-item-marks">
        ${readDraft(id) !== null && html`<span class="mark is-draft">Unsaved</span>`}
        ${isInTrash && html`<span class="mark is-trash">In the trash</span>`}
        ${isChanged && html`<span class="mark is-changed">Changed</span>`}
        <${Audience} audience=${audience} />
        ${updated !== '' && html`<span class="faint"><span class="out-of-sight">Updated </span>${shortDate(updated)}</span>`}
      </span>
    </button>
  `;
}
