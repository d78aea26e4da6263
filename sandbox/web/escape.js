import { useEffect, useRef } from './view.js';

/** What Escape closes, the topmost last. */
const open = [];

/**
 * Closes with Escape what is open, the topmost first. What has keys of its own (a dialog, a menu, an editor) goes
 * before: it takes the key for itself, or the browser does.
 * @param {() => void} close
 * @param {boolean} isOpen
 */
export function useEscape(close, isOpen = true) {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!isOpen) return undefined;
    const entry = () => latest.current();
    open.push(entry);
    return () => void open.splice(open.indexOf(entry), 1);
  }, [isOpen]);
}

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
  if (document.querySelector('dialog:modal, :popover-open') !== null) return;
  const close = open.at(-1);
  if (close === undefined) return;
  event.preventDefault();
  close();
});
