import { Blocks } from '../block-kit/blocks.js';
import { ClickArea } from '../block-kit/clicks.js';
import { Mrkdwn } from '../block-kit/mrkdwn-text.js';
import { clockTime, dateOf, dayAndTime, wholeTime } from '../times.js';
import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { Avatar } from './avatar.js';
import { MessageActions } from './message-actions.js';
import { MessageEditor } from './message-editor.js';

/**
 * One message. `isContinued`: the same person's message stands right above, so that name and picture are left out.
 * `onOpenThread` is null inside a thread.
 */
export function Message({ message, channel, isContinued, onOpenThread }) {
  const { as } = useWorkspace();
  const [isEditing, setEditing] = useState(false);
  const { author, ts } = message;
  const isGone = message.subtype === 'tombstone';
  return html`
    <li class=${isContinued ? 'message is-continued' : 'message'} data-ts=${ts} data-bot=${String(author.bot)}>
      <div class="message-margin">
        ${isContinued ? html`<${Time} ts=${ts} />` : html`<${Avatar} name=${author.name} bot=${author.bot} />`}
      </div>
      <div class="message-words">
        ${message.isWhisper && html`<p class="whisper">Only visible to you</p>`}
        ${!isContinued && html`<${Byline} author=${author} ts=${ts} />`}
        ${
          isEditing
            ? html`<${MessageEditor} message=${message} channel=${channel} onDone=${() => setEditing(false)} />`
            : html`<${Body} message=${message} channel=${channel} />`
        }
        ${onOpenThread && message.replyCount > 0 && html`<${Replies} message=${message} onOpenThread=${onOpenThread} />`}
      </div>
      ${
        !isEditing &&
        !isGone &&
        !message.isWhisper &&
        html`<${MessageActions}
          message=${message}
          channel=${channel}
          isOwn=${author.id === as}
          onEdit=${() => setEditing(true)}
          onOpenThread=${onOpenThread}
        />`
      }
    </li>
  `;
}

function Byline({ author, ts }) {
  return html`
    <div class="byline">
      <span class="author">${author.name}</span>
      ${author.bot && html`<span class="app-badge">APP</span>`}
      <${Time} ts=${ts} />
    </div>
  `;
}

function Time({ ts }) {
  const date = dateOf(ts);
  return html`<time class="time" datetime=${date.toISOString()} title=${wholeTime(date)}>${clockTime(date)}</time>`;
}

function Body({ message, channel }) {
  const { as } = useWorkspace();
  if (message.subtype === 'tombstone') return html`<p class="tombstone">This message was deleted.</p>`;
  const hasBlocks = Array.isArray(message.blocks) && message.blocks.length > 0;
  return html`
    <div class="message-body">
      <${ClickArea} as=${as} channel=${channel.id} ts=${message.ts}>
        ${hasBlocks ? html`<${Blocks} blocks=${message.blocks} />` : html`<${Mrkdwn} text=${message.text} />`}
      <//>
      ${message.edited && !message.author.bot && html`<span class="edited">(edited)</span>`}
    </div>
  `;
}

function Replies({ message, onOpenThread }) {
  const { ts, replyCount, lastReply } = message;
  return html`
    <button type="button" class="replies" onClick=${() => onOpenThread(ts)}>
      <span class="replies-count">${replyCount === 1 ? '1 reply' : `${replyCount} replies`}</span>
      ${lastReply && html`<span class="replies-time">Last reply ${dayAndTime(dateOf(lastReply))}</span>`}
    </button>
  `;
}
