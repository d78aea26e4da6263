import { pathTo, post } from '../api.js';
import { useEscape } from '../escape.js';
import { Icon } from '../icons.js';
import { useQuery } from '../query.js';
import { html, useEffect, useMemo, useRef, useState } from '../view.js';
import { useWorkspace } from '../workspace.js';
import { Announcer } from './announcer.js';
import { channelTitle } from './channel-words.js';
import { Composer } from './composer.js';
import { MessageList } from './message-list.js';
import { Failed, Skeleton } from './pane-states.js';
import { useScrollKeeper } from './scroll-keeper.js';
import { StableWorkspace } from './stable-workspace.js';
import { StatusLine } from './status-line.js';
import { useFirstNew, useMarkRead } from './use-reading.js';

/** A thread: its first message, the replies, what the app says it is doing, and a composer. */
export function Thread({ channel, ts, focused, onClose }) {
  const { as, me } = useWorkspace();
  const place = `${as} ${channel.id} ${ts}`;
  const { data, error } = useQuery(pathTo('/api/chat/thread', { ...me, channel: channel.id, ts }), (change) =>
    isOfThread(change, channel, ts),
  );
  const messages = useSame(data?.messages);
  const isAtEnd = useRef(true);
  const { list } = useScrollKeeper({ place, messages: data, isAtEnd });
  const replies = messages?.slice(1);
  const firstNew = useFirstNew({
    place,
    messages: replies,
    as,
    readUntil: messages?.[0]?.hasNewReplies ? data.readUntil : null,
  });
  const [editing, setEditing] = useState(null);
  useMarkRead({ me, channel: channel.id, threadTs: ts, isShown: messages !== undefined });
  useEffect(() => setEditing(null), [place]);
  const close = () => closeThread(ts, onClose);
  useEscape(close);

  async function say(text, files) {
    await post('/api/chat/say', { ...me, channel: channel.id, text, threadTs: ts, files });
  }
  function editLast() {
    const last = replies?.findLast(({ author, isWhisper }) => author.id === as && !isWhisper);
    if (last !== undefined) setEditing(last.ts);
  }

  return html`
    <aside class="pane thread" aria-label="Thread">
      <header class="pane-header">
        <h2>Thread</h2>
        <bdi class="topic">${channelTitle(channel)}</bdi>
        <button type="button" class="icon-button" aria-label="Close thread" title="Close (Esc)" onClick=${close}>
          <${Icon} name="close" />
        </button>
      </header>
      <div class="pane-scroll" ref=${list} tabindex="-1">
        <div class="pane-content">
          ${messages === undefined && (error === null ? html`<${Skeleton} />` : html`<${Failed} error=${error} />`)}
          ${messages?.length === 0 && html`<p class="empty">This thread is no longer there.</p>`}
          ${
            messages !== undefined &&
            html`<${StableWorkspace}>
              <${MessageList}
                key=${place}
                messages=${messages}
                channel=${channel}
                firstNew=${firstNew}
                editing=${editing}
                onEdit=${setEditing}
                onOpenThread=${null}
                afterFirst=${replyCount(replies.filter(({ isWhisper }) => !isWhisper).length)}
              />
            <//>`
          }
          <${StatusLine}
            text=${data?.status}
            stop=${data?.canStop ? { channel: channel.id, threadTs: ts } : null}
          />
        </div>
      </div>
      <${Announcer} place=${place} messages=${messages} as=${as} />
      <${Composer}
        draftKey=${`${as}.${channel.id}.${ts}`}
        channel=${channel}
        isThread
        label="Reply in thread"
        placeholder="Reply…"
        focused=${focused}
        onSend=${say}
        onEditLast=${editLast}
      />
    </aside>
  `;
}

function isOfThread({ type, channel, threadTs, ts }, own, first) {
  return (type === 'message' || type === 'status') && channel === own.id && (threadTs === first || ts === first);
}

/** Who closes a thread goes on where they opened it. */
function closeThread(ts, onClose) {
  onClose();
  requestAnimationFrame(() => {
    const row = document.querySelector(`.conversation .message[data-ts="${CSS.escape(ts)}"]`);
    (row?.querySelector('.replies') ?? row)?.focus({ preventScroll: true });
  });
}

/** The same objects for messages that did not change, so that they are not drawn again. */
function useSame(messages) {
  const known = useRef(new Map());
  return useMemo(() => {
    const before = known.current;
    known.current = new Map();
    return messages?.map((message) => {
      const text = JSON.stringify(message);
      const same = before.get(text) ?? message;
      known.current.set(text, same);
      return same;
    });
  }, [messages]);
}

function replyCount(count) {
  if (count < 1) return null;
  return html`<li class="reply-count" key="replies"><span>${count === 1 ? '1 reply' : `${count} replies`}</span></li>`;
}
