import { pathTo } from '../api.js';
import { useQuery } from '../query.js';
import { html, useState } from '../view.js';
import { readDraft } from './article-draft.js';
import { ArticleList } from './article-list.js';
import { Editor } from './editor.js';
import { Reader } from './reader.js';
import { LoadingArticle, NoArticle } from './states.js';
import { SyncBar } from './sync-bar.js';
import { useSync } from './use-sync.js';

/**
 * What the bot answers from: the list, or one article to read and to edit.
 * @param {string | null} articleId the id or the address of the article that is open
 * @param {(id: string | null) => void} onArticle opens another, or the list
 */
export function Knowledge({ articleId, onArticle }) {
  const sync = useSync();
  return html`
    <div class="knowledge">
      <h2 class="out-of-sight">Knowledge</h2>
      <${SyncBar} sync=${sync} isShort=${Boolean(articleId)} />
      ${
        articleId
          ? html`<${OpenArticle} key=${articleId} articleId=${articleId} sync=${sync} onArticle=${onArticle} />`
          : html`<${ArticleList} onArticle=${onArticle} />`
      }
    </div>
  `;
}

function OpenArticle({ articleId, sync, onArticle }) {
  const named = /^https?:/i.test(articleId) ? { url: articleId } : { id: articleId };
  const { data: article, error } = useQuery(
    pathTo('/api/knowledge/article', named),
    ({ type }) => type === 'knowledge',
  );
  const [isEditing, setEditing] = useState(null);
  const [isBack, setBack] = useState(false);
  const back = () => onArticle(null);
  if (article === undefined) {
    return error === null ? html`<${LoadingArticle} />` : html`<${NoArticle} error=${error} onBack=${back} />`;
  }

  /** The reader takes the focus where the editor had it. */
  function read() {
    setEditing(false);
    setBack(true);
  }

  function saved({ sync: asked }) {
    sync.follow(asked);
    read();
  }

  // a draft that was kept is what the person wants to go on with
  if (article.path === null && !article.isInTrash && (isEditing ?? readDraft(article.id) !== null)) {
    return html`<${Editor} key="editor" article=${article} onSaved=${saved} onCancel=${read} onBack=${back} />`;
  }
  return html`<${Reader}
    key="reader"
    article=${article}
    isBack=${isBack}
    onEdit=${() => setEditing(true)}
    onChanged=${({ sync: asked }) => sync.follow(asked)}
    onBack=${back}
  />`;
}
