import { useDraft } from '../drafts.js';
import { namesForEmoji } from '../emoji/all.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { CompletionList } from './completion-list.js';
import { ComposerBar } from './composer-bar.js';
import { commandIn, sendCommand } from './send-command.js';
import { QuotedStrip } from './quoted-strip.js';
import { filesOfChat } from './upload-store.js';
import { UploadStrip } from './upload-strip.js';
import { useCompletion } from './use-completion.js';
import { useFileDrop } from './use-file-drop.js';
import { useAttempt, useUploads } from './use-uploads.js';

/**
 * Writes a message with its files: Enter sends, Shift+Enter breaks the line, ArrowUp in an empty one edits the last
 * message. Text and files are kept under `draftKey` until they are sent.
 * @param {(text: string, files: string[]) => Promise<void>} onSend may reject; all then stays, with the reason beside it
 */
export function Composer({
  draftKey,
  channel,
  isThread = false,
  label,
  placeholder,
  focused = false,
  quoted = null,
  onUnquote,
  onSend,
  onEditLast,
}) {
  const { as, me, platform, app } = useWorkspace();
  const [text, setText] = useDraft(draftKey);
  const [caret, setCaret] = useState(text.length);
  const { isSending, problem, setProblem, attempt } = useAttempt(draftKey);
  const { uploads, items, ids, isUploading } = useUploads(draftKey, filesOfChat(me));
  const field = useRef(null);
  useEffect(() => {
    if (quoted !== null) field.current.focus({ preventScroll: true });
  }, [quoted]);
  const canSend = (text.trim() !== '' || ids.length > 0) && !isUploading && !isSending;

  function write(next) {
    setText(next.text);
    setCaret(next.caret);
    // the field has the new text only after it is drawn
    field.current.value = next.text;
    field.current.focus();
    field.current.setSelectionRange(next.caret, next.caret);
  }
  function insert(piece) {
    const { selectionStart: start, selectionEnd: end } = field.current;
    write({ text: text.slice(0, start) + piece + text.slice(end), caret: start + piece.length });
  }
  const completion = useCompletion({ text, caret, onComplete: write });
  const addFiles = useRef(null);
  addFiles.current = (files) => {
    setProblem(uploads.add(files));
    field.current.focus();
  };
  const isOver = useFileDrop(field, addFiles);

  useEffect(() => {
    // who goes from app to app by the keyboard stays where they are
    const isSwitching = document.activeElement?.matches('.app-switch :focus-visible') ?? false;
    if (focused && !isSwitching) field.current.focus({ preventScroll: true });
    setCaret(field.current.value.length);
  }, [draftKey]);
  useLayoutEffect(() => {
    // as high as its text, up to what the style sheet allows
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text, draftKey]);

  function send() {
    if (!canSend) return;
    // a slash, and a name between colons, mean something in Slack only
    const isSlack = platform === 'slack';
    const command = isSlack ? commandIn(text.trimEnd()) : null;
    attempt(async () => {
      if (command === null) await onSend(isSlack ? namesForEmoji(text.trim()) : text.trim(), ids);
      else await sendCommand(command, { as, channel: channel.id, isThread, commands: app?.commands ?? [] });
      setText('');
      setCaret(0);
      if (command === null) uploads.forget(ids);
    });
  }
  function onKeyDown(event) {
    if (completion.onKeyDown(event) || event.isComposing) return;
    if (event.key === 'ArrowUp' && text === '' && items.length === 0) {
      event.preventDefault();
      onEditLast();
    }
    // an input method uses Enter to choose a word
    if (event.key !== 'Enter' || event.shiftKey) return;
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
  const listId = isThread ? 'completion-thread' : 'completion';
  const isOpen = completion.options.length > 0;

  return html`
    <div class="composer-area">
      ${isOver && html`<div class="drop-sign" aria-hidden="true"><span>Drop files to add them to your message</span></div>`}
      ${problem !== null && html`<p class="problem" role="alert">${problem}</p>`}
      ${isOpen && html`<${CompletionList} id=${listId} ...${completion} onChoose=${completion.choose} />`}
      <div class="out-of-sight" role="status">${isOpen && `${completion.options.length} suggestions`}</div>
      <div class="composer">
        ${quoted !== null && html`<${QuotedStrip} message=${quoted} onRemove=${onUnquote} />`}
        <textarea
          ref=${field}
          rows="1"
          dir="auto"
          aria-label=${label}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls=${isOpen ? listId : undefined}
          aria-activedescendant=${isOpen ? `${listId}-${completion.current}` : undefined}
          placeholder=${placeholder}
          maxlength="40000"
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
        <${ComposerBar}
          canSend=${canSend}
          onSend=${send}
          onInsert=${insert}
          onFiles=${(files) => addFiles.current(files)}
          onProblem=${setProblem}
        />
      </div>
    </div>
  `;
}
