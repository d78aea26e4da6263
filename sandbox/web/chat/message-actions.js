import { post } from '../api.js';
import { Icon } from '../icons.js';
import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';

/** What one can do with a message; seen when the message is pointed at or focused. */
export function MessageActions({ message, channel, isOwn, onEdit, onOpenThread }) {
  const [isAsking, setAsking] = useState(false);
  if (isAsking)
    return html`<${DeleteQuestion} message=${message} channel=${channel} onDone=${() => setAsking(false)} />`;
  const action = (label, icon, onClick) => html`
    <button type="button" class="icon-button" aria-label=${label} title=${label} onClick=${onClick}>
      <${Icon} name=${icon} />
    </button>
  `;
  if (!isOwn && !onOpenThread) return null;
  return html`
    <div class="message-actions" role="group" aria-label="Message actions">
      ${onOpenThread && action('Reply in thread', 'reply', () => onOpenThread(message.ts))}
      ${isOwn && action('Edit message', 'edit', onEdit)}
      ${isOwn && action('Delete message', 'trash', () => setAsking(true))}
    </div>
  `;
}

function DeleteQuestion({ message, channel, onDone }) {
  const { as } = useWorkspace();
  const [problem, setProblem] = useState(null);
  async function remove() {
    try {
      await post('/api/chat/remove', { as, channel: channel.id, ts: message.ts });
      onDone();
    } catch (error) {
      setProblem(error.message);
    }
  }
  return html`
    <div class="message-actions is-asking" role="group" aria-label="Delete message">
      <span>${problem ?? 'Delete this message?'}</span>
      <button type="button" class="small-button is-danger" onClick=${remove}>Delete</button>
      <button type="button" class="small-button" ref=${focusOnce} onClick=${onDone}>Keep</button>
    </div>
  `;
}

function focusOnce(button) {
  if (button !== null && !button.parentElement.contains(document.activeElement)) button.focus();
}
