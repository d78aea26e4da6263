import { post } from '../api.js';
import { Icon } from '../icons.js';
import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';

/** Above an ephemeral message: that nobody else sees it, and the way to be rid of it. */
export function WhisperMark({ message, channel }) {
  const { as } = useWorkspace();
  const [problem, setProblem] = useState(null);
  async function dismiss() {
    setProblem(null);
    try {
      await post('/api/chat/dismiss', { as, channel: channel.id, ts: message.ts });
    } catch (error) {
      setProblem(error.message);
    }
  }
  return html`
    <p class="whisper">
      <${Icon} name="eye" /> Only visible to you
      <button type="button" class="text-button" onClick=${dismiss}>Dismiss</button>
      ${problem !== null && html`<span class="problem" role="alert">${problem}</span>`}
    </p>
  `;
}
