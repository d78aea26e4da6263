import { onChange } from './live.js';
import { useEffect, useRef, useState } from './view.js';

/** Which part of the page a change is seen in. */
function partOf(change, channels) {
  if (change.type === 'issue') return 'board';
  if (change.type === 'knowledge') return 'knowledge';
  return change.type === 'message' && channels.has(change.channel) ? 'chat' : null;
}

/**
 * The parts of the page in which something has happened since they were last seen.
 * @param {readonly string[]} shown the parts that are seen now
 * @param {Map} channels those of the person one acts as
 * @returns {Set<string>}
 */
export function useNews(shown, channels) {
  const [news, setNews] = useState(new Set());
  const now = useRef({ shown, channels });
  now.current = { shown, channels };

  useEffect(
    () =>
      onChange((change) => {
        const part = partOf(change, now.current.channels);
        if (part === null || now.current.shown.includes(part)) return;
        setNews((before) => (before.has(part) ? before : new Set([...before, part])));
      }),
    [],
  );
  useEffect(() => {
    setNews((before) => (shown.some((part) => before.has(part)) ? before.difference(new Set(shown)) : before));
  }, [shown.join()]);
  return news;
}
