import { post } from '../api.js';
import { html, useEffect, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';

/**
 * What the app says it is doing; there even when it says nothing, so that nothing moves.
 * @param {{ channel: string, threadTs: string } | null} stop where Stop is to be told; null: it is not shown
 */
export function StatusLine({ text, stop = null }) {
  return html`
    <div class="status-line">
      <span class="status-told" role="status">${text && html`<${Status} text=${text} isWhole=${stop?.threadTs === ''} />`}</span>
      ${text && stop !== null && html`<${Stop} ...${stop} />`}
    </div>
  `;
}

/**
 * Slack puts the app's name before a status; a stream of Teams has words of its own.
 * https://docs.slack.dev/reference/methods/assistant.threads.setStatus
 */
function Status({ text, isWhole }) {
  const { bot } = useWorkspace();
  const hasName = isWhole || text.startsWith(bot.name);
  const words = hasName ? text : `${bot.name} ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> <span class="status-words">${words}</span>`;
}

/** Asks the app to leave it. Pressed once, it waits for the app. */
function Stop({ channel, threadTs }) {
  const { me } = useWorkspace();
  const [isPressed, setPressed] = useState(false);
  useEffect(() => setPressed(false), [channel, threadTs]);

  async function press() {
    setPressed(true);
    // the app goes on then, and it can be pressed again
    await post('/api/chat/stop', { ...me, channel, threadTs }).catch(() => setPressed(false));
  }
  return html`
    <button type="button" class="small-button status-stop" disabled=${isPressed} onClick=${press}>
      ${isPressed ? 'Stopping…' : 'Stop'}
    </button>
  `;
}
