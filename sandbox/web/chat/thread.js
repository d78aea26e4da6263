import { pathTo, post } from '../api.js';
import { Icon } from '../icons.js';
import { announce } from '../live.js';
import { useQuery } from '../query.js';
import { html, useEffect } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { Announcer } from './announcer.js';
import { Composer } from './composer.js';
import { MessageList } from './message-list.js';
import { useStickToEnd } from './stick-to-end.js';

/** A thread: its first message, the replies, what the app says it is doing, and a composer. */
export function Thread({ channel, ts, focused, onClose }) {
  const { as, bot } = useWorkspace();
  const { data, error } = useQuery(
    pathTo('/api/chat/thread', { as, channel: channel.id, ts }),
    (change) => (change.type === 'message' || change.type === 'status') && change.channel === channel.id,
  );
  const messages = data?.messages;
  const list = useStickToEnd(`${as} ${channel.id} ${ts}`, data);
  const isDm = channel.kind === 'dm';

  useEffect(() => {
    if (messages !== undefined) announce({ type: 'read' });
  }, [messages]);

  async function say(text) {
    await post('/api/chat/say', { as, channel: channel.id, text, threadTs: ts });
  }

  return html`
    <aside class="pane thread" aria-label="Thread">
      <header class="pane-header">
        <h2>Thread</h2>
        <span class="topic">${isDm ? channel.name : `#${channel.name}`}</span>
        <button type="button" class="icon-button" aria-label="Close thread" onClick=${onClose}>
          <${Icon} name="close" />
        </button>
      </header>
      <div class="pane-scroll" ref=${list}>
        <div class="pane-content">
          ${error !== null && data === undefined && html`<p class="empty" role="alert">${error}</p>`}
          ${messages?.length === 0 && html`<p class="empty">This thread is no longer there.</p>`}
          ${
            messages !== undefined &&
            html`<${MessageList}
              key=${`${as} ${ts}`}
              messages=${messages}
              channel=${channel}
              afterFirst=${html`<${ReplyCount} count=${messages.filter(({ isWhisper }) => !isWhisper).length - 1} />`}
            />`
          }
          <div class="status-line" role="status">${data?.status && html`<${Status} text=${data.status} />`}</div>
        </div>
      </div>
      <${Announcer} place=${ts} messages=${messages} as=${as} />
      <${Composer}
        draftKey=${`${as}.${channel.id}.${ts}`}
        label="Reply in thread"
        placeholder="Reply…"
        focused=${focused}
        mention=${isDm ? null : bot.name}
        onSend=${say}
      />
    </aside>
  `;
}

function ReplyCount({ count }) {
  if (count < 1) return null;
  return html`<li class="reply-count"><span>${count === 1 ? '1 reply' : `${count} replies`}</span></li>`;
}

/** Slack puts the app's name before a status. https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
function Status({ text }) {
  const { bot } = useWorkspace();
  const hasName = text.startsWith(bot.name);
  const words = hasName ? text : `${bot.name} ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
  return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${words}`;
}
