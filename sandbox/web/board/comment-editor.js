import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { isPlain, textOfAdf } from './adf-text.js';
import { useDesk } from './desk.js';

const mostRows = 14;

/** Edits one's own comment in its place: Ctrl+Enter saves, Escape leaves it as it was. */
export function CommentEditor({ comment, onDone }) {
  const { act } = useDesk();
  const [text, setText] = useState(() => textOfAdf(comment.body));
  const field = useRef(null);

  // before the next paint: who types at once would otherwise lose the first letters
  useLayoutEffect(() => {
    field.current.focus();
    field.current.setSelectionRange(text.length, text.length);
  }, []);

  async function save() {
    if (text.trim() === '') return;
    if ((await act('comment/edit', { id: comment.id, text: text.trim() })) !== null) onDone();
  }

  function onKeyDown(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save();
  }

  return html`
    <div class="composer is-editing">
      <textarea
        ref=${field}
        rows=${Math.min(text.split('\n').length + 1, mostRows)}
        aria-label="Edit comment"
        maxlength="32767"
        value=${text}
        onInput=${(event) => setText(event.currentTarget.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      ${!isPlain(comment.body) && html`<p class="editing-note">Saved as plain text. Its files stay among the attachments.</p>`}
      <div class="composer-bar">
        <span class="composer-hint"><kbd>Ctrl</kbd> + <kbd>Enter</kbd> to save</span>
        <button type="button" class="small-button" onClick=${onDone}>Cancel</button>
        <button type="button" class="small-button is-primary" disabled=${text.trim() === ''} onClick=${save}>Save</button>
      </div>
    </div>
  `;
}
