import { Icon } from '../icons.js';
import { html, useEffect, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { Announcer } from './announcer.js';
import { channelIcon, channelTitle } from './channel-words.js';
import { FlatStatus } from './flat-status.js';
import { MessageList } from './message-list.js';
import { Failed, Skeleton } from './pane-states.js';
import { useScrollKeeper } from './scroll-keeper.js';
import { StableWorkspace } from './stable-workspace.js';
import { Suggestions } from './suggestions.js';
import { useFirstNew, useMarkRead } from './use-reading.js';
import { useMessages } from './use-messages.js';

const pointedForMs = 4000;

/**
 * The messages of a channel or a DM, older ones as one scrolls up.
 * @param {string | null} pointed the `ts` of a message that is to be seen
 * @param onOpenThread, onQuote null where there are no threads, or no quoting
 * @param {{ current: Function }} editLast is given what opens the editor on one's last message
 */
export function MessagePane({ channel, pointed, editLast, onSay, onOpenThread, onQuote }) {
  const { as, me } = useWorkspace();
  const place = `${as} ${channel.id}`;
  const isAtEnd = useRef(true);
  const feed = useMessages({ as, me, channel: channel.id, isAtEnd });
  const { messages, hasEarlier, hasLater, readUntil, error, isLoading } = feed;
  const { list, isAway, toEnd } = useScrollKeeper({
    place,
    messages,
    isAtEnd,
    hasLater,
    onNearTop: feed.loadEarlier,
    onNearEnd: feed.loadLater,
  });
  // to who was never here everything is new: a line above the first message would say nothing
  const firstNew = useFirstNew({ place, messages, as, readUntil: Number(readUntil) === 0 ? null : readUntil });
  const [editing, setEditing] = useState(null);
  const isLoaded = messages !== undefined;
  useMarkRead({ me, channel: channel.id, isShown: isLoaded });
  usePointed({ list, pointed: isLoaded ? pointed : null, isAtEnd });
  useEffect(() => setEditing(null), [place]);

  editLast.current = () => {
    const last = messages?.findLast(
      ({ author, subtype, isWhisper }) => author.id === as && !isWhisper && subtype !== 'tombstone',
    );
    if (last !== undefined) setEditing(last.ts);
  };
  async function jump() {
    if (await feed.toNewest()) toEnd();
  }

  return html`
    <div class="pane-body">
      <div class="pane-scroll" ref=${list} tabindex="-1">
        <div class="pane-content">
          ${!isLoaded && (error === null ? html`<${Skeleton} />` : html`<${Failed} error=${error} onRetry=${feed.retry} />`)}
          ${isLoaded && html`<${Beginning} channel=${channel} messages=${messages} hasEarlier=${hasEarlier} onSay=${onSay} />`}
          ${isLoaded && hasEarlier && html`<${Earlier} isLoading=${isLoading} error=${error} onShow=${feed.loadEarlier} />`}
          ${
            isLoaded &&
            html`<${StableWorkspace}>
              <${MessageList}
                key=${place}
                messages=${messages}
                channel=${channel}
                firstNew=${firstNew}
                editing=${editing}
                onEdit=${setEditing}
                onOpenThread=${onOpenThread}
                onQuote=${onQuote}
              />
            <//>`
          }
          ${channel.flat && html`<${FlatStatus} channel=${channel} />`}
        </div>
      </div>
      ${
        isAway &&
        html`<button type="button" class="jump-button" onClick=${jump}><${Icon} name="down" /> Jump to latest</button>`
      }
      <${Announcer} place=${place} messages=${hasLater ? undefined : messages} as=${as} />
    </div>
  `;
}

/** Brings a message into sight that a link has led to, and marks it for a while. */
function usePointed({ list, pointed, isAtEnd }) {
  useEffect(() => {
    const row = pointed === null ? null : list.current.querySelector(`[data-ts="${CSS.escape(pointed)}"]`);
    if (row === null) return;
    isAtEnd.current = false;
    row.scrollIntoView({ block: 'center' });
    row.classList.add('is-pointed');
    setTimeout(() => row.classList.remove('is-pointed'), pointedForMs);
  }, [pointed]);
}

function Beginning({ channel, messages, hasEarlier, onSay }) {
  const { bot } = useWorkspace();
  if (hasEarlier) return null;
  if (channel.kind === 'dm') return messages.length === 0 && html`<${Suggestions} onChoose=${onSay} />`;
  return html`
    <div class="beginning">
      <span class="beginning-sign"><${Icon} name=${channelIcon(channel)} /></span>
      <h2>${channel.name}</h2>
      <p>
        This is the beginning of <strong>${channelTitle(channel)}</strong>. ${channel.topic && html`<bdi>${channel.topic}.</bdi> `}
        Mention <strong>@${bot.name}</strong> in a message to ask it.
      </p>
    </div>
  `;
}

function Earlier({ isLoading, error, onShow }) {
  return html`
    <div class="show-earlier">
      ${error !== null && html`<span class="problem" role="alert">${error}</span>`}
      <button type="button" class="small-button" aria-busy=${isLoading} onClick=${onShow}>
        ${isLoading ? 'Loading earlier messages…' : 'Show earlier messages'}
      </button>
    </div>
  `;
}
