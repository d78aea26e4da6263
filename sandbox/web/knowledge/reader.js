import { post } from '../api.js';
import { Markdown } from '../block-kit/markdown.js';
import { Icon } from '../icons.js';
import { shortDate } from '../times.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { dropDraft } from './article-draft.js';
import { Audience } from './audience.js';
import { folderName } from './by-folder.js';
import { Confirm } from './confirm.js';
import { ArticleBar } from './states.js';

/** One article to read. `isBack`: the editor stood here, so the focus goes to the button that led there. */
export function Reader({ article, isBack, onEdit, onRestored, onBack }) {
  const back = useRef(null);
  const edit = useRef(null);
  useLayoutEffect(() => (isBack ? edit : back).current?.focus({ preventScroll: true }), []);
  return html`
    <article class="reader" aria-label=${article.title} data-article-open=${article.id}>
      <${ArticleBar} folder=${folderName(article.folder)} backRef=${back} onBack=${onBack}>
        ${article.path === null && html`<${Actions} article=${article} editRef=${edit} onEdit=${onEdit} onRestored=${onRestored} />`}
      <//>
      <div class="article-scroll" tabindex="0" role="region" aria-label="Article">
        <div class="article-text">
          <h3 class="article-title">${article.title}</h3>
          <p class="article-source">
            ${article.isChanged && html`<span class="mark is-changed">Changed</span>`}
            <${Audience} audience=${article.audience} />
            ${article.updated !== '' && html`<span>Updated ${shortDate(article.updated)}</span>`}
            <span>${article.path ?? article.url}</span>
          </p>
          <${Markdown} text=${article.markdown} />
        </div>
      </div>
    </article>
  `;
}

function Actions({ article, editRef, onEdit, onRestored }) {
  const [isAsking, setAsking] = useState(false);
  const [problem, setProblem] = useState(null);

  async function restore() {
    setAsking(false);
    setProblem(null);
    try {
      const restored = await post('/api/knowledge/restore', { id: article.id });
      dropDraft(article.id);
      onRestored(restored);
      // the button that was pressed goes away with the change
      editRef.current?.focus();
    } catch (error) {
      setProblem(error.message);
    }
  }

  return html`
    ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
    ${
      article.isChanged &&
      html`<button type="button" class="small-button" onClick=${() => setAsking(true)}>Restore the original</button>`
    }
    <button type="button" class="small-button" ref=${editRef} onClick=${onEdit}><${Icon} name="edit" /> Edit</button>
    ${
      isAsking &&
      html`<${Confirm}
        title="Restore the original?"
        words="The article becomes what it was when the sandbox came. Your changes to it are lost."
        yes="Restore"
        no="Cancel"
        onYes=${restore}
        onNo=${() => setAsking(false)}
      />`
    }
  `;
}
