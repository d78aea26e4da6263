import { Tabs } from '../board/tabs.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { folderName } from './by-folder.js';
import { Confirm } from './confirm.js';
import { Preview } from './preview.js';
import { ArticleBar } from './states.js';
import { useEditing } from './use-editing.js';

const tabs = [
  { id: 'write', name: 'Write' },
  { id: 'preview', name: 'Preview' },
];

/** One article to edit: title and Markdown, and beside it, or behind a tab, what it looks like. */
export function Editor({ article, onSaved, onCancel, onBack }) {
  const editing = useEditing(article, onSaved);
  const { title, markdown, isDirty, isStale, problem } = editing;
  const [tab, setTab] = useState('write');
  const [isAsking, setAsking] = useState(false);
  const text = useRef(null);
  useLayoutEffect(() => text.current.focus({ preventScroll: true }), []);

  function press(event) {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    editing.save();
  }

  function discard() {
    editing.discard();
    onCancel();
  }

  return html`
    <form class="editor" aria-label="Edit article" data-editing=${article.id} onKeyDown=${press} onSubmit=${editing.submit}>
      <${ArticleBar} folder=${folderName(article.folder)} onBack=${onBack}>
        <button type="button" class="small-button" onClick=${() => (isDirty ? setAsking(true) : discard())}>Cancel</button>
        <button type="submit" class="small-button is-primary" aria-disabled=${!isDirty} aria-keyshortcuts="Control+S Meta+S">
          Save
        </button>
      <//>
      ${problem !== null && html`<p class="editor-note is-problem" role="alert">${problem}</p>`}
      ${isStale && html`<p class="editor-note" role="status">This article was changed after you began. Saving replaces that change.</p>`}
      <label class="editor-title">
        <span>Title</span>
        <input type="text" maxlength="300" value=${title} onInput=${(event) => editing.change({ title: event.currentTarget.value })} />
      </label>
      <div class="editor-tabs">
        <${Tabs} label="Article" tabs=${tabs} current=${tab} panel="editor-pane" onTab=${setTab} />
      </div>
      <div class="editor-panes" id="editor-pane" data-tab=${tab}>
        <label class="editor-text">
          <span class="out-of-sight">Text in Markdown</span>
          <textarea
            ref=${text}
            spellcheck="true"
            value=${markdown}
            onInput=${(event) => editing.change({ markdown: event.currentTarget.value })}
          ></textarea>
        </label>
        <section class="editor-preview" tabindex="0" aria-label="Preview">
          <${Preview} title=${title} markdown=${markdown} />
        </section>
      </div>
      <p class="editor-foot">${isDirty ? 'Not saved yet. Your text is kept on this computer.' : 'Nothing changed yet.'} Ctrl+S saves.</p>
      ${
        isAsking &&
        html`<${Confirm}
          title="Discard your changes?"
          words="What you have typed here is lost. The article stays as it was."
          yes="Discard"
          no="Keep editing"
          onYes=${discard}
          onNo=${() => setAsking(false)}
        />`
      }
    </form>
  `;
}
