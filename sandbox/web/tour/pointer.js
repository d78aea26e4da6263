import { useEffect, useState } from '../view.js';

const mark = 'data-tour-target';

/**
 * Marks what is pointed at, for as long as it is there, and brings it into view once.
 * @param {string} name changes with what is pointed at
 * @param {() => Element | null} find
 * @returns {boolean} whether it can be seen
 */
export function usePointer(name, find) {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    let target = null;
    let isShown = false;

    function look() {
      const found = find();
      const next = found?.checkVisibility() ? found : null;
      if (next !== target) {
        target?.removeAttribute(mark);
        next?.setAttribute(mark, '');
        target = next;
      }
      if (target !== null && !isShown) {
        isShown = true;
        target.scrollIntoView({ block: 'nearest' });
      }
      setSeen(target !== null);
    }

    look();
    // attributes too: a view that is switched off by its style is still in the tree
    const watcher = new MutationObserver(look);
    watcher.observe(document.getElementById('app'), {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['data-view', 'data-menu', 'data-thread', 'href'],
    });
    window.addEventListener('resize', look);
    return () => {
      watcher.disconnect();
      window.removeEventListener('resize', look);
      target?.removeAttribute(mark);
    };
  }, [name]);
  return isSeen;
}
