import { post } from '../api.js';
import { emojiOf } from '../emoji/emoji.js';
import { EmojiButton } from '../emoji/picker-button.js';
import { Icon } from '../icons.js';
import { html, useRef } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { MenuButton, shortcutItems } from './menu.js';

/** Below the text: files, the app's shortcuts, emoji, a mention, and Send. */
export function ComposerBar({ canSend, onSend, onInsert, onFiles, onProblem }) {
  const picker = useRef(null);
  const pick = () => picker.current.click();
  function chosen(event) {
    const { files } = event.currentTarget;
    if (files.length > 0) onFiles([...files]);
    event.currentTarget.value = '';
  }
  return html`
    <div class="composer-bar">
      <input type="file" multiple hidden ref=${picker} aria-label="Files" tabindex="-1" onChange=${chosen} />
      <${PlusMenu} onPick=${pick} onProblem=${onProblem} />
      <button type="button" class="icon-button" aria-label="Attach files" title="Attach files" onClick=${pick}>
        <${Icon} name="attach" />
      </button>
      <${EmojiButton} label="Emoji" icon="smile" side="above" onChoose=${(name) => onInsert(emojiOf(name) ?? `:${name}:`)} />
      <button type="button" class="icon-button" aria-label="Mention someone" title="Mention someone" onClick=${() => onInsert('@')}>
        <${Icon} name="at" />
      </button>
      <span class="composer-hint"><kbd>Shift</kbd> + <kbd>Enter</kbd> for a new line</span>
      <button type="button" class="send-button" aria-label="Send" title="Send" disabled=${!canSend} onClick=${onSend}>
        <${Icon} name="send" />
      </button>
    </div>
  `;
}

function PlusMenu({ onPick, onProblem }) {
  const { as, app } = useWorkspace();
  const shortcuts = (app?.shortcuts ?? []).filter(({ type }) => type === 'global');
  async function run({ callbackId, name }) {
    onProblem(null);
    try {
      const { status } = await post('/api/chat/shortcut', { as, callbackId });
      if (status < 200 || status > 299) onProblem(`“${name}” did not work: the app did not respond.`);
    } catch (error) {
      onProblem(error.message);
    }
  }
  const items = [
    { label: 'Upload from your computer', icon: 'attach', onChoose: onPick },
    ...shortcutItems(shortcuts, run),
  ];
  return html`<${MenuButton} label="Attachments and shortcuts" icon="plus" look="icon-button is-round" side="above" items=${items} />`;
}
