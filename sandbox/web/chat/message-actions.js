import { post } from '../api.js';
import { emojiOf } from '../emoji/emoji.js';
import { EmojiButton } from '../emoji/picker-button.js';
import { Icon } from '../icons.js';
import { announce } from '../live.js';
import { html, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { MenuButton, shortcutItems } from './menu.js';
import { createTicketItem } from '../teams/message-action.js';
import { react } from './reactions.js';

/** What one presses most, as each app has it at hand. */
const quick = {
  slack: [
    ['white_check_mark', 'Completed'],
    ['eyes', 'Taking a look'],
    ['raised_hands', 'Nicely done'],
  ],
  teams: [
    ['like', 'Like'],
    ['heart', 'Heart'],
    ['laugh', 'Laugh'],
  ],
};
const saidForMs = 4000;

/** What one can do with a message; seen when the message is pointed at or focused. */
export function MessageActions({ message, channel, onEdit, onOpenThread, onQuote }) {
  const { as, me, openStory } = useWorkspace();
  const [isAsking, setAsking] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [said, say] = useSaid();
  const isOwn = message.author.id === as;
  if (isAsking)
    return html`<${DeleteQuestion} message=${message} channel=${channel} onDone=${() => setAsking(false)} />`;
  const toggle = async (name) => say(await react({ as, me, channel, message, name }));
  const action = (label, icon, onClick) => html`
    <button type="button" class="icon-button" aria-label=${label} title=${label} onClick=${onClick}>
      <${Icon} name=${icon} />
    </button>
  `;
  return html`
    <div class=${isOpen || said !== null ? 'message-actions is-open' : 'message-actions'} role="group" aria-label="Message actions">
      ${said !== null && html`<span class="message-said" role="status">${said}</span>`}
      ${quick[channel.platform].map(
        ([name, label]) => html`
        <button type="button" class="icon-button is-quick" aria-label=${label} title=${label} onClick=${() => toggle(name)}>
          ${emojiOf(name)}
        </button>
      `,
      )}
      <${EmojiButton} label="Add reaction" icon="addEmoji" align="end" onChoose=${toggle} onOpen=${setOpen} />
      ${onQuote && action('Reply', 'quote', () => onQuote(message))}
      ${onOpenThread && action('Reply in thread', 'reply', () => onOpenThread(message.ts))}
      ${openStory && action('Behind the scenes', 'story', () => openStory(channel.id, message.ts))}
      ${isOwn && action('Edit message', 'edit', onEdit)}
      ${isOwn && action('Delete message', 'trash', () => setAsking(true))}
      <${More} message=${message} channel=${channel} onSaid=${say} onOpen=${setOpen} />
    </div>
  `;
}

/** A sentence that goes away by itself. */
function useSaid() {
  const [said, setSaid] = useState(null);
  function say(sentence) {
    setSaid(sentence);
    if (sentence !== null) setTimeout(() => setSaid(null), saidForMs);
  }
  return [said, say];
}

function More({ message, channel, onSaid, onOpen }) {
  const { as, me, app } = useWorkspace();
  const shortcuts = (app?.shortcuts ?? []).filter(({ type }) => type === 'message');

  async function copyLink() {
    const place = new URLSearchParams({
      ...(channel.platform === 'teams' ? { app: 'teams' } : {}),
      ...(channel.kind === 'dm' ? { as } : {}),
      channel: channel.id,
      thread: message.thread_ts ?? message.ts,
    });
    await navigator.clipboard.writeText(`${location.origin}/#${place}`).then(
      () => onSaid('Link copied'),
      () => onSaid('The browser did not allow it'),
    );
  }
  async function run({ callbackId, name }) {
    try {
      const { status } = await post('/api/chat/shortcut', { as, callbackId, channel: channel.id, ts: message.ts });
      if (status < 200 || status > 299) onSaid(`“${name}” did not work: the app did not respond.`);
    } catch (error) {
      onSaid(error.message);
    }
  }
  async function markUnread() {
    try {
      await post('/api/chat/unread', { ...me, channel: channel.id, ts: message.ts });
      announce({ type: 'unread', channel: channel.id, place: `${as} ${channel.id}`, ts: message.ts });
    } catch (error) {
      onSaid(error.message);
    }
  }
  const isReply = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  const items = [
    ...(isReply ? [] : [{ label: 'Mark unread', icon: 'unread', onChoose: markUnread }]),
    { label: 'Copy link', icon: 'link', onChoose: copyLink },
    ...(channel.platform === 'teams' ? [null, createTicketItem({ me, channel, message, onSaid })] : []),
    ...shortcutItems(shortcuts, run),
  ];
  return html`<${MenuButton} label="More actions" icon="more" align="end" items=${items} onOpen=${onOpen} />`;
}

function DeleteQuestion({ message, channel, onDone }) {
  const { me } = useWorkspace();
  const [problem, setProblem] = useState(null);
  async function remove() {
    try {
      await post('/api/chat/remove', { ...me, channel: channel.id, ts: message.ts });
      onDone();
    } catch (error) {
      setProblem(error.message);
    }
  }
  function onKeyDown(event) {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  }
  return html`
    <div class="message-actions is-asking" role="group" aria-label="Delete message" onKeyDown=${onKeyDown}>
      <span role=${problem === null ? undefined : 'alert'}>${problem ?? 'Delete this message?'}</span>
      <button type="button" class="small-button is-danger" onClick=${remove}>Delete</button>
      <button type="button" class="small-button" ref=${focusOnce} onClick=${onDone}>Keep</button>
    </div>
  `;
}

function focusOnce(button) {
  if (button !== null && !button.parentElement.contains(document.activeElement)) button.focus();
}
