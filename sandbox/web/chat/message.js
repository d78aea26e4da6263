import { html, useRef, useState } from '../view.js';
import { clockTime, dateOf, wholeTime } from '../times.js';
import { useWorkspace } from '../workspace.js';
import { Avatar } from './avatar.js';
import { MessageActions } from './message-actions.js';
import { MessageBody } from './message-body.js';
import { MessageEditor } from './message-editor.js';
import { Reactions } from './reactions.js';
import { Replies } from './replies.js';
import { AiBadge } from './ai-badge.js';
import { WhisperMark } from './whisper-mark.js';

/**
 * One message. `isContinued`: the same person's message stands right above, so that name and picture are left out.
 * `onOpenThread` is null inside a thread. What can be done with it is drawn once it is pointed at or focused.
 */
export function Message({ message, channel, isContinued, isEditing, onEdit, onOpenThread, onQuote }) {
  const { as, people } = useWorkspace();
  const [isNear, setNear] = useState(false);
  const row = useRef(null);
  const { author, ts } = message;
  const isFixed = message.subtype === 'tombstone' || message.isWhisper;

  function stopEditing() {
    onEdit(null);
    row.current.focus({ preventScroll: true });
  }

  return html`
    <li
      class=${lookOf(message, { isContinued, isEditing, as, name: people.get(as)?.name })}
      ref=${row}
      tabindex="-1"
      data-ts=${ts}
      data-bot=${String(author.bot)}
      onPointerEnter=${() => setNear(true)}
      onFocusIn=${() => setNear(true)}
    >
      <div class="message-margin">
        ${isContinued ? html`<${Time} ts=${ts} />` : html`<${Avatar} name=${author.name} bot=${author.bot} />`}
      </div>
      <div class="message-words">
        ${message.isWhisper && html`<${WhisperMark} message=${message} channel=${channel} />`}
        ${!isContinued && html`<${Byline} author=${author} message=${message} channel=${channel} />`}
        ${
          isEditing
            ? html`<${MessageEditor} message=${message} channel=${channel} onDone=${stopEditing} />`
            : html`<${MessageBody} message=${message} channel=${channel} />`
        }
        <${Reactions} message=${message} channel=${channel} />
        ${onOpenThread && message.replyCount > 0 && html`<${Replies} message=${message} onOpenThread=${onOpenThread} />`}
      </div>
      ${
        isNear &&
        !isEditing &&
        !isFixed &&
        html`<${MessageActions}
          message=${message}
          channel=${channel}
          onEdit=${() => onEdit(ts)}
          onOpenThread=${onOpenThread}
          onQuote=${onQuote}
        />`
      }
    </li>
  `;
}

function lookOf(message, { isContinued, isEditing, as, name }) {
  return [
    'message',
    isContinued && 'is-continued',
    isEditing && 'is-editing',
    message.isWhisper && 'is-whisper',
    message.author.id === as && 'is-own',
    calls(message, as, name) && 'is-calling',
  ]
    .filter(Boolean)
    .join(' ');
}

/** Whether it mentions this person. */
function calls({ text, teams }, as, name) {
  if (teams === undefined) return new RegExp(`<@${as}[>|]|<!(here|channel|everyone)[>|]`).test(text);
  return teams.entities.some(({ type, mentioned }) => type === 'mention' && mentioned?.name === name);
}

function Byline({ author, message, channel }) {
  const { ts, isWhisper } = message;
  const { people, openStory } = useWorkspace();
  const isStaff = people.get(author.id)?.role === 'it-staff';
  return html`
    <div class="byline">
      <bdi class="author">${author.name}</bdi>
      ${author.bot && html`<span class="app-badge">APP</span>`}
      ${isStaff && html`<span class="app-badge is-staff">IT</span>`}
      <${Time} ts=${ts} />
      <${AiBadge} message=${message} />
      ${
        author.bot &&
        !isWhisper &&
        openStory &&
        html`<button type="button" class="why" onClick=${() => openStory(channel.id, ts)}>Why?<span class="out-of-sight"> Behind the scenes</span></button>`
      }
    </div>
  `;
}

function Time({ ts }) {
  const date = dateOf(ts);
  return html`<time class="time" datetime=${date.toISOString()} title=${wholeTime(date)}>${clockTime(date)}</time>`;
}
