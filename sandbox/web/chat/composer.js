import { useDraft } from '../drafts.js';
import { Icon } from '../icons.js';
import { html, useEffect, useLayoutEffect, useRef, useState } from '../view.js';

/**
 * Writes a message: Enter sends, Shift+Enter breaks the line. The draft is kept under `draftKey` until it is sent.
 * @param {(text: string) => Promise<void>} onSend may reject; the text then stays, with the reason beside it
 */
export function Composer({ draftKey, label, placeholder, mention, focused = false, onSend }) {
  const [text, setText] = useDraft(draftKey);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState(null);
  const field = useRef(null);
  const isEmpty = text.trim() === '';

  useEffect(() => setProblem(null), [draftKey]);
  useEffect(() => {
    if (focused) field.current.focus({ preventScroll: true });
  }, [draftKey]);
  useLayoutEffect(() => {
    // as high as its text, up to what the style sheet allows
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text, draftKey]);

  async function send() {
    if (isEmpty || isSending) return;
    setSending(true);
    setProblem(null);
    try {
      await onSend(text.trim());
      setText('');
    } catch (error) {
      setProblem(error.message);
    } finally {
      setSending(false);
    }
  }

  function onKeyDown(event) {
    // an input method uses Enter to choose a word
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  function addMention() {
    setText(`${text}${text === '' || text.endsWith(' ') ? '' : ' '}@${mention} `);
    field.current.focus();
  }

  return html`
    <div class="composer-area">
      ${problem !== null && html`<p class="problem" role="alert">${problem} Your text is kept.</p>`}
      <div class="composer">
        <textarea
          ref=${field}
          rows="1"
          aria-label=${label}
          placeholder=${placeholder}
          maxlength="40000"
          value=${text}
          onInput=${(event) => setText(event.currentTarget.value)}
          onKeyDown=${onKeyDown}
        ></textarea>
        <div class="composer-bar">
          ${mention && html`<button type="button" class="plain-button" onClick=${addMention}>@ ${mention}</button>`}
          <span class="composer-hint"><kbd>Shift</kbd> + <kbd>Enter</kbd> for a new line</span>
          <button type="button" class="send-button" aria-label="Send" disabled=${isEmpty || isSending} onClick=${send}>
            <${Icon} name="send" />
          </button>
        </div>
      </div>
    </div>
  `;
}
