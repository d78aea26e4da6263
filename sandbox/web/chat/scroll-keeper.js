import { useEffect, useLayoutEffect, useRef, useState } from '../view.js';

const nearEndPx = 80;
/** How far from an end of what is loaded more is fetched: before the reader gets there. */
const nearEdgePx = 800;

/**
 * Keeps a scrolled list where its reader is: at its end while new things come, unless they have scrolled up; and on
 * the same message when older ones are put above it.
 * @param {string} on.place another place starts at its end
 * @param {{ ts: string }[] | undefined} on.messages what is shown
 * @param {boolean} [on.hasLater] the newest message is not among them
 * @param {() => void} [on.onNearTop] the reader comes near the first message
 * @param {() => void} [on.onNearEnd] the reader comes near the last one
 * @param {{ current: boolean }} on.isAtEnd written here
 * @returns `list`: a ref for the scrolled element; `isAway`: the end is out of sight; `toEnd()`
 */
export function useScrollKeeper({ place, messages, isAtEnd, hasLater = false, onNearTop, onNearEnd }) {
  const list = useRef(null);
  const anchor = useRef(null);
  const lastTop = useRef(0);
  const latest = useRef(null);
  latest.current = { hasLater, onNearTop, onNearEnd };
  const [isAway, setAway] = useState(false);

  useLayoutEffect(() => {
    isAtEnd.current = true;
    anchor.current = null;
    setAway(false);
  }, [place]);

  useLayoutEffect(() => {
    const element = list.current;
    if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    else restore(element, anchor.current);
  }, [place, messages]);

  useEffect(() => {
    const element = list.current;
    const note = () => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      // what came while the page was out of sight is laid out only now: the end has gone away, and not the reader
      const isLeftBehind = isAtEnd.current && element.scrollTop >= lastTop.current;
      lastTop.current = element.scrollTop;
      isAtEnd.current = (isLeftBehind || left < nearEndPx) && !latest.current.hasLater;
      setAway(latest.current.hasLater || (!isAtEnd.current && left > element.clientHeight / 2));
      anchor.current = isAtEnd.current ? null : anchorOf(element);
      if (element.scrollTop < nearEdgePx) latest.current.onNearTop?.();
      else if (left < nearEdgePx) latest.current.onNearEnd?.();
    };
    // a composer that grows, a picture that comes, or a window that shrinks, would hide the last lines; and a message
    // that is laid out only now, above what is seen, would push it away. Who has scrolled since is not pulled back.
    const resized = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
      else if (anchor.current?.scrollTop !== element.scrollTop) note();
      else restore(element, anchor.current);
    });
    element.addEventListener('scroll', note, { passive: true });
    resized.observe(element);
    if (element.firstElementChild !== null) resized.observe(element.firstElementChild);
    return () => {
      element.removeEventListener('scroll', note);
      resized.disconnect();
    };
  }, []);

  function toEnd() {
    isAtEnd.current = true;
    list.current.scrollTop = list.current.scrollHeight;
  }
  return { list, isAway, toEnd };
}

/** The message at the top of what is seen, and where it stands. */
function anchorOf(element) {
  const { left, top } = element.getBoundingClientRect();
  const row = document.elementsFromPoint(left + 24, top + 8).find((one) => one.matches('[data-ts]'));
  return row === undefined ? null : { row, top: row.getBoundingClientRect().top, scrollTop: element.scrollTop };
}

function restore(element, anchor) {
  if (anchor === null || !anchor.row.isConnected) return;
  const moved = anchor.row.getBoundingClientRect().top - anchor.top;
  if (moved !== 0) element.scrollTop += moved;
}
