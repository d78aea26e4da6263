import { useEffect, useState } from '../view.js';

/**
 * Takes the files that are dropped anywhere on the pane, or the issue, around an element.
 * @returns whether files are being held over it
 */
export function useFileDrop(inside, onFiles) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const pane = inside.current.closest('.pane, .issue');
    let depth = 0;
    const has = (event) => event.dataTransfer?.types.includes('Files') ?? false;
    function enter(event) {
      if (!has(event)) return;
      event.preventDefault();
      depth += 1;
      setOver(true);
    }
    function over(event) {
      if (has(event)) event.preventDefault();
    }
    function leave(event) {
      if (!has(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    }
    function drop(event) {
      if (!has(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      onFiles.current(event.dataTransfer.files);
    }
    pane.addEventListener('dragenter', enter);
    pane.addEventListener('dragover', over);
    pane.addEventListener('dragleave', leave);
    pane.addEventListener('drop', drop);
    return () => {
      pane.removeEventListener('dragenter', enter);
      pane.removeEventListener('dragover', over);
      pane.removeEventListener('dragleave', leave);
      pane.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
