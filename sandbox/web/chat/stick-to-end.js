import { useEffect, useLayoutEffect, useRef } from '../view.js';

const nearEndPx = 80;

/**
 * Keeps a scrolled list at its end while new things come, unless its reader has scrolled up.
 * @param {string} place another place starts at its end
 * @param {unknown} content changes when there is something new
 * @returns a ref for the scrolled element, whose content must be its first child
 */
export function useStickToEnd(place, content) {
  const list = useRef(null);
  const isAtEnd = useRef(true);

  useLayoutEffect(() => {
    isAtEnd.current = true;
  }, [place]);

  useLayoutEffect(() => {
    if (isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [place, content]);

  useEffect(() => {
    const element = list.current;
    const note = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    };
    // a composer that grows, or a window that shrinks, would hide the last lines
    const resized = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', note, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', note);
      resized.disconnect();
    };
  }, []);

  return list;
}
