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
import { Suggestions } from './suggestions.js';

/** A channel or a DM: its messages and the composer. One's own question to the bot opens its thread at once. */
export function Conversation({ channel, onOpenThread, onBack }) {
  const { as, bot } = useWorkspace();
  const { data: messages, error } = useQuery(
    pathTo('/api/chat/messages', { as, channel: channel.id }),
    (change) => change.type === 'message' && change.channel === channel.id,
  );
  const list = useStickToEnd(`${as} ${channel.id}`, messages);
  const isDm = channel.kind === 'dm';
  const title = isDm ? channel.name : `#${channel.name}`;

  useEffect(() => {
    if (messages !== undefined) announce({ type: 'read' });
  }, [messages]);

  async function say(text) {
    const { ts } = await post('/api/chat/say', { as, channel: channel.id, text });
    const isForBot = isDm || text.toLowerCase().includes(`@${bot.name.toLowerCase()}`);
    // the next question is typed where this one was
    if (isForBot) onOpenThread(ts, { focused: false });
  }

  return html`
    <section class="pane conversation" aria-label=${`Conversation ${title}`}>
      <header class="pane-header">
        <button type="button" class="icon-button back-button" aria-label="Channels" onClick=${onBack}>
          <${Icon} name="back" />
        </button>
        <h1>
          ${isDm ? null : html`<${Icon} name=${channel.kind === 'private' ? 'lock' : 'hash'} />`}
          <span>${channel.name}</span>
          ${isDm && html`<span class="app-badge">APP</span>`}
        </h1>
        <span class="topic" title=${channel.topic}>${channel.topic}</span>
      </header>
      <div class="pane-scroll" ref=${list}>
        <div class="pane-content">
          ${error !== null && messages === undefined && html`<p class="empty" role="alert">${error}</p>`}
          ${messages?.length === 0 && (isDm ? html`<${Suggestions} onChoose=${say} />` : html`<${EmptyChannel} title=${title} />`)}
          ${
            messages !== undefined &&
            html`<${MessageList}
              key=${`${as} ${channel.id}`}
              messages=${messages}
              channel=${channel}
              onOpenThread=${(ts) => onOpenThread(ts, { focused: true })}
            />`
          }
        </div>
      </div>
      <${Announcer} place=${channel.id} messages=${messages} as=${as} />
      <${Composer}
        draftKey=${`${as}.${channel.id}`}
        label=${`Message ${title}`}
        placeholder=${isDm ? `Ask ${channel.name} anything about IT` : `Message ${title}`}
        mention=${isDm ? null : bot.name}
        focused
        onSend=${say}
      />
    </section>
  `;
}

function EmptyChannel({ title }) {
  const { bot } = useWorkspace();
  return html`<p class="empty">
    This is the beginning of <strong>${title}</strong>. Mention <strong>@${bot.name}</strong> in a message to ask it.
  </p>`;
}
