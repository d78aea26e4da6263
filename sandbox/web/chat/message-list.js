import { dateOf, dayName } from '../times.js';
import { html, useLayoutEffect, useRef } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { isAiGenerated } from './ai-badge.js';
import { Message } from './message.js';

/** Messages of one person within this time stand together, as in Slack. */
const continuedWithinSeconds = 5 * 60;

/**
 * Messages in order, with a line before each new day and before the first that is new. A message that did not change is
 * not drawn again.
 * @param afterFirst stands between the first message and the rest, in a thread
 * @param {string | null} editing the `ts` of the message that is being edited
 */
export function MessageList({
  messages,
  channel,
  firstNew = null,
  afterFirst = null,
  editing,
  onEdit,
  onOpenThread,
  onQuote = null,
}) {
  const workspace = useWorkspace();
  const drawn = useRef(new Map());
  const before = drawn.current;
  drawn.current = new Map();
  const rows = messages.flatMap((message, index) => {
    const previous = messages[index - 1];
    const isNewDay = afterFirst === null && !isSameDay(previous, message);
    const isFirstNew = message.ts === firstNew;
    const isBelowFirst = afterFirst !== null && index === 1;
    const isContinued = !isNewDay && !isFirstNew && !isBelowFirst && continues(previous, message);
    const isEditing = message.ts === editing;
    const uses = [message, isContinued, isEditing, workspace, channel.id, onOpenThread === null, onQuote === null];
    const kept = before.get(message.ts);
    const vnode = kept?.uses.every((used, at) => used === uses[at])
      ? kept.vnode
      : html`<${Message}
          key=${message.ts}
          message=${message}
          channel=${channel}
          isContinued=${isContinued}
          isEditing=${isEditing}
          onEdit=${onEdit}
          onOpenThread=${onOpenThread}
          onQuote=${onQuote}
        />`;
    drawn.current.set(message.ts, { uses, vnode });
    return [
      isNewDay && dayLine(message, isFirstNew),
      isFirstNew && !isNewDay && newLine,
      vnode,
      index === 0 && afterFirst,
    ];
  });
  const list = useRoving(messages);
  return html`<ol class="messages" ref=${list} onKeyDown=${byArrows} onFocusIn=${rove}>${rows}</ol>`;
}

/**
 * Tab goes to one message only, the last one or where the focus was before; the arrow keys go from message to message.
 * It is done on the elements themselves: a message that gets the focus is not drawn again for it.
 */
function useRoving(messages) {
  const list = useRef(null);
  useLayoutEffect(() => {
    if (list.current.querySelector('.message[tabindex="0"]') !== null) return;
    const last = [...list.current.querySelectorAll(':scope > .message')].at(-1);
    if (last !== undefined) last.tabIndex = 0;
  }, [messages]);
  return list;
}

function rove({ target, currentTarget }) {
  const row = target.closest('.message');
  const before = currentTarget.querySelector('.message[tabindex="0"]');
  if (row === null || row === before) return;
  if (before !== null) before.tabIndex = -1;
  row.tabIndex = 0;
}

function byArrows(event) {
  const { key, target, currentTarget } = event;
  if (!target.matches('.message') || !['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return;
  const rows = [...currentTarget.querySelectorAll(':scope > .message')];
  const at = rows.indexOf(target);
  const wanted = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[key];
  event.preventDefault();
  rows[wanted]?.focus();
}

const newLine = html`<li class="new-line" key="new"><span>New</span></li>`;

function dayLine(message, isNew) {
  const name = dayName(dateOf(message.ts));
  return html`<li class=${isNew ? 'day is-new' : 'day'} key=${`day ${message.ts}`}>
    <span>${name}</span>${isNew && html`<b>New</b>`}
  </li>`;
}

function isSameDay(previous, message) {
  return previous !== undefined && dayOf(previous) === dayOf(message);
}

const days = new WeakMap();

/** Remembered: dates are slow, and a long channel has thousands. */
function dayOf(message) {
  const known = days.get(message) ?? dateOf(message.ts).toDateString();
  days.set(message, known);
  return known;
}

function continues(previous, message) {
  const isTogether = previous?.author.id === message.author.id && previous.isWhisper === message.isWhisper;
  // its label stands beside the name
  if (isAiGenerated(message)) return false;
  if (!isTogether || message.isWhisper || previous.replyCount > 0 || previous.subtype === 'tombstone') return false;
  return Number(message.ts) - Number(previous.ts) < continuedWithinSeconds;
}
