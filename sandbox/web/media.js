import { useEffect, useState } from './view.js';

/** Chat and panel do not fit beside each other. */
export const oneAtATime = '(max-width: 1279px)';

/** Whether this media query holds, as long as it does. */
export function useMedia(query) {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const read = () => setHolds(list.matches);
    read();
    list.addEventListener('change', read);
    return () => list.removeEventListener('change', read);
  }, [query]);
  return holds;
}
