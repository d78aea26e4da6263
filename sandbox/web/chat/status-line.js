import { html } from '../view.js';
import { useWorkspace } from '../workspace.js';

/** What the app says it is doing; there even when it says nothing, so that nothing moves. */
export function StatusLine({ text }) {
  return html`<div class="status-line" role="status">${text && html`<${Status} text=${text} />`}</div>`;
}

/** Slack puts the app's name before a status. https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
function Status({ text }) {
  const { bot } = useWorkspace();
  const hasName = text.startsWith(bot.name);
  const words = hasName ? text : `${bot.name} ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> <span class="status-words">${words}</span>`;
}
