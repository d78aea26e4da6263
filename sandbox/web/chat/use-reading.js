import { post } from '../api.js';
import { onChange } from '../live.js';
import { useEffect, useRef, useState } from '../view.js';

/**
 * Marks a channel, or a thread, as read: when it is shown in a window that is seen, and whenever something comes.
 * @param {boolean} isShown whether its messages are there to be read
 */
export function useMarkRead({ me, channel, threadTs, isShown }) {
  useEffect(() => {
    if (!isShown) return undefined;
    let isBusy = false;
    let isDue = false;
    let isHeld = false;
    async function mark() {
      isDue = true;
      if (isBusy || isHeld || document.visibilityState !== 'visible') return;
      isBusy = true;
      while (isDue) {
        isDue = false;
        // when the server is gone, it is marked with the next message
        await post('/api/chat/read', { ...me, channel, threadTs }).catch(() => undefined);
      }
      isBusy = false;
    }
    mark();
    document.addEventListener('visibilitychange', mark);
    const stop = onChange((change) => {
      // what was marked as unread stays so until the place is left
      if (change.type === 'unread' && change.channel === channel) isHeld = true;
      const isHere = change.type === 'message' && change.channel === channel;
      if (isHere && (threadTs === undefined || change.threadTs === threadTs)) mark();
    });
    return () => {
      document.removeEventListener('visibilitychange', mark);
      stop();
    };
  }, [me, channel, threadTs, isShown]);
}

/**
 * The `ts` of the first message that was new when the place was opened, or that came while nobody looked; null when
 * there is none, or `readUntil` is null. It stays there until the place is left, as Slack's line "New" does.
 */
export function useFirstNew({ place, messages, readUntil, as }) {
  const [, redraw] = useState(0);
  const found = useRef({ place: null, ts: null, until: 0 });
  if (found.current.place !== place && messages !== undefined) {
    const ts = readUntil === null ? null : firstAfter(messages, Number(readUntil), as);
    found.current = { place, ts, until: Number(messages.at(-1)?.ts ?? 0) };
  }
  useEffect(() => {
    const seen = found.current;
    if (messages === undefined || seen.place !== place) return;
    const fresh = firstAfter(messages, seen.until, as);
    seen.until = Number(messages.at(-1)?.ts ?? 0);
    if (fresh === null || document.visibilityState === 'visible' || isStillNew(seen)) return;
    found.current = { ...seen, ts: fresh, isUnseen: true };
    redraw((count) => count + 1);
  }, [place, messages]);
  useEffect(
    () =>
      onChange(({ type, place: marked, ts }) => {
        if (type !== 'unread' || marked !== found.current.place) return;
        found.current = { ...found.current, ts };
        redraw((count) => count + 1);
      }),
    [],
  );
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') found.current.isUnseen = false;
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return found.current.place === place ? found.current.ts : null;
}

/** Nobody has looked since the line was drawn. */
function isStillNew({ isUnseen }) {
  return isUnseen === true;
}

function firstAfter(messages, ts, as) {
  return (
    messages.find((message) => Number(message.ts) > ts && message.author.id !== as && !message.isWhisper)?.ts ?? null
  );
}
