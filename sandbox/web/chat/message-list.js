import { dateOf, dayName } from '../times.js';
import { Fragment, html, useState } from '../view.js';
import { Message } from './message.js';

/** Messages drawn at first, and with each "Show earlier": a long channel stays quick. */
const pageSize = 100;
/** Messages of one person within this time stand together, as in Slack. */
const continuedWithinSeconds = 5 * 60;

/** Messages in order, with a line before each new day. `afterFirst` stands between the first message and the rest. */
export function MessageList({ messages, channel, onOpenThread = null, afterFirst = null }) {
  const [count, setCount] = useState(pageSize);
  const hidden = Math.max(0, messages.length - count);
  const shown = messages.slice(hidden);
  return html`
    ${
      hidden > 0 &&
      html`<div class="show-earlier">
        <button type="button" class="small-button" onClick=${() => setCount(count + pageSize)}>
          Show earlier messages (${hidden})
        </button>
      </div>`
    }
    <ol class="messages">
      ${shown.map((message, index) => {
        const previous = shown[index - 1];
        const isNewDay = afterFirst === null && !isSameDay(previous, message);
        const isContinued = !isNewDay && !(afterFirst !== null && index === 1) && continues(previous, message);
        return html`
          <${Fragment} key=${message.ts}>
            ${isNewDay && html`<li class="day"><span>${dayName(dateOf(message.ts))}</span></li>`}
            <${Message}
              message=${message}
              channel=${channel}
              isContinued=${isContinued}
              onOpenThread=${onOpenThread}
            />
            ${index === 0 && afterFirst}
          <//>
        `;
      })}
    </ol>
  `;
}

function isSameDay(previous, message) {
  return previous !== undefined && dateOf(previous.ts).toDateString() === dateOf(message.ts).toDateString();
}

function continues(previous, message) {
  if (
    previous === undefined ||
    previous.author.id !== message.author.id ||
    previous.replyCount > 0 ||
    message.isWhisper
  )
    return false;
  return Number(message.ts) - Number(previous.ts) < continuedWithinSeconds;
}
