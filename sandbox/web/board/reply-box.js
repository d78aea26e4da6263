import { CompletionList } from '../chat/completion-list.js';
import { UploadStrip } from '../chat/upload-strip.js';
import { useCompletion } from '../chat/use-completion.js';
import { useFileDrop } from '../chat/use-file-drop.js';
import { useAttempt, useUploads } from '../chat/use-uploads.js';
import { useDraft } from '../drafts.js';
import { Icon } from '../icons.js';
import { html, useLayoutEffect, useRef, useState } from '../view.js';
import { post } from '../api.js';
import { useDesk } from './desk.js';
import { waitingFiles } from './files-of.js';

const kinds = {
  public: { label: 'Reply to customer', icon: 'reply', send: 'Send reply', name: 'Reply' },
  internal: { label: 'Internal note', icon: 'lock', send: 'Add internal note', name: 'Internal note' },
};

/**
 * Writes a comment: a reply that the reporter reads, or a note for the IT staff. Ctrl+Enter sends. Text, files and who
 * is to see it are kept until it is sent.
 */
export function ReplyBox({ issueKey, reporter }) {
  const { as, maxFileBytes } = useDesk();
  const draftKey = `${as.email}.issue.${issueKey}`;
  const [text, setText] = useDraft(draftKey);
  const [kept, setKept] = useDraft(`${draftKey}.kind`);
  const kind = kept === 'internal' ? 'internal' : 'public';
  const [caret, setCaret] = useState(text.length);
  const { isSending, problem, setProblem, attempt } = useAttempt(draftKey);
  const { uploads, items, ids, isUploading } = useUploads(draftKey, waitingFiles(maxFileBytes));
  const field = useRef(null);
  const addFiles = useRef(null);
  addFiles.current = (files) => {
    setProblem(uploads.add(files));
    field.current.focus();
  };
  const isOver = useFileDrop(field, addFiles);
  const completion = useCompletion({ text, caret, onComplete: write, hasCommands: false });
  const canSend = (text.trim() !== '' || ids.length > 0) && !isUploading && !isSending;
  useLayoutEffect(() => {
    // as high as its text, up to what the style sheet allows
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text, draftKey]);

  function write(next) {
    setText(next.text);
    setCaret(next.caret);
    // the field has the new text only after it is drawn
    field.current.value = next.text;
    field.current.focus();
    field.current.setSelectionRange(next.caret, next.caret);
  }
  function send() {
    if (!canSend) return;
    attempt(async () => {
      const said = { as: as.email, key: issueKey, text: text.trim(), isInternal: kind === 'internal', files: ids };
      await post('/api/board/comment', said);
      setText('');
      setCaret(0);
      uploads.forget(ids);
      field.current?.focus({ preventScroll: true });
    });
  }
  function onKeyDown(event) {
    if (completion.onKeyDown(event) || event.isComposing) return;
    if (event.key === 'Escape') {
      // what was typed stays, and so does the issue
      event.preventDefault();
      event.stopPropagation();
      field.current.closest('.issue-scroll').focus({ preventScroll: true });
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  }
  function onPaste(event) {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0) return;
    event.preventDefault();
    addFiles.current(files);
  }
  const note = (event) => setCaret(event.currentTarget.selectionStart);
  const isOpen = completion.options.length > 0;

  return html`
    <div class=${`reply-box is-${kind}`} role="group" aria-label="Write a comment">
      <${Kinds} kind=${kind} reporter=${reporter} onKind=${(next) => setKept(next === 'internal' ? next : '')} />
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
      <div class="reply-field">
        ${isOver && html`<div class="drop-sign" aria-hidden="true"><span>Drop files to add them to your comment</span></div>`}
        ${isOpen && html`<${CompletionList} id="completion-issue" ...${completion} onChoose=${completion.choose} />`}
        <div class="out-of-sight" role="status">${isOpen && `${completion.options.length} suggestions`}</div>
        <div class="composer">
          <textarea
            ref=${field}
            rows="2"
            dir="auto"
            aria-label=${kinds[kind].name}
            aria-describedby="reply-note"
            aria-autocomplete="list"
            aria-controls=${isOpen ? 'completion-issue' : undefined}
            aria-activedescendant=${isOpen ? `completion-issue-${completion.current}` : undefined}
            maxlength="32767"
            value=${text}
            onInput=${(event) => {
              setText(event.currentTarget.value);
              note(event);
            }}
            onKeyDown=${onKeyDown}
            onKeyUp=${note}
            onClick=${note}
            onPaste=${onPaste}
          ></textarea>
          <${UploadStrip} uploads=${uploads} items=${items} />
          <${Bar} words=${kinds[kind].send} canSend=${canSend} onSend=${send} onFiles=${(files) => addFiles.current(files)} />
        </div>
      </div>
    </div>
  `;
}

function Kinds({ kind, reporter, onKind }) {
  const readers = reporter === '' ? 'the reporter and everybody who follows' : reporter;
  const words = kind === 'internal' ? 'Only IT staff read this.' : `Public: ${readers} reads this.`;
  return html`
    <fieldset class="reply-kinds">
      <legend class="out-of-sight">Who reads it</legend>
      ${Object.entries(kinds).map(
        ([name, { label, icon }]) => html`<label key=${name} class=${`reply-kind is-${name}`}>
          <input type="radio" name="reply-kind" value=${name} checked=${name === kind} onChange=${() => onKind(name)} />
          <span><${Icon} name=${icon} /> ${label}</span>
        </label>`,
      )}
    </fieldset>
    <p class="reply-note" id="reply-note" role="status">${words}</p>
  `;
}

function Bar({ words, canSend, onSend, onFiles }) {
  const picker = useRef(null);
  function chosen(event) {
    const { files } = event.currentTarget;
    if (files.length > 0) onFiles([...files]);
    event.currentTarget.value = '';
  }
  return html`
    <div class="composer-bar">
      <input type="file" multiple hidden ref=${picker} aria-label="Files" tabindex="-1" onChange=${chosen} />
      <button type="button" class="icon-button" aria-label="Attach files" title="Attach files" onClick=${() => picker.current.click()}>
        <${Icon} name="attach" />
      </button>
      <span class="composer-hint"><kbd>Ctrl</kbd> + <kbd>Enter</kbd> to send</span>
      <button type="button" class="small-button is-primary" disabled=${!canSend} onClick=${onSend}>${words}</button>
    </div>
  `;
}
