import { onChange } from '../live.js';
import { useEffect, useRef, useState } from '../view.js';
import { createMessageStore, nothingYet } from './message-store.js';

/**
 * The messages of a channel, kept fresh while it is shown.
 * @param {{ current: boolean }} isAtEnd whether the reader sees the newest message
 * @returns the state of the message store, with `loadEarlier()`, `loadLater()`, `toNewest()` and `retry()`
 */
export function useMessages({ as, me, channel, isAtEnd }) {
  const place = `${as} ${channel}`;
  const [kept, setKept] = useState({ place: null, state: nothingYet });
  const store = useRef(null);

  useEffect(() => {
    const own = createMessageStore({
      me,
      channel,
      tell: (state) => setKept({ place, state }),
      isAtEnd: () => isAtEnd.current,
    });
    store.current = own;
    own.load();
    const stop = onChange((change) => {
      if (change.type === 'connected') own.reload();
      if (change.channel !== channel) return;
      const changed = [change.ts, change.threadTs].filter((ts) => ts !== undefined);
      if (change.type === 'message') own.changed(...changed);
      // whether a thread has something new depends on what was read
      if (change.type === 'read' && change.as === as && change.threadTs !== undefined) own.changed(change.threadTs);
    });
    return () => {
      stop();
      own.close();
    };
  }, [place]);

  const state = kept.place === place ? kept.state : nothingYet;
  return {
    ...state,
    loadEarlier: () => store.current?.loadEarlier(),
    retry: () => store.current?.reload(),
    loadLater: () => store.current?.loadLater(),
    toNewest: () => store.current?.toNewest(),
  };
}
