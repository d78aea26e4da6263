import { useState } from '../view.js';

const overKey = 'firstline.tour';
const progressKey = 'firstline.tour.progress';
/** `asked` has, for each question that was asked, who asked it and where it stands. */
const beginning = { step: 0, asked: [], isOver: false };

/**
 * How far the guided first minute has come. It opens by itself until it was once ended; a reload goes on where it was.
 * @returns `isOpen`, `progress`, `start()`, `end()`, `set(change)`, and `starts`: how often it was started by hand
 */
export function useTour() {
  const [progress, setProgress] = useState(read);
  const [starts, setStarts] = useState(0);

  function keep(next) {
    sessionStorage.setItem(progressKey, JSON.stringify(next));
    setProgress(next);
  }
  return {
    isOpen: !progress.isOver,
    starts,
    progress,
    set: (change) => keep({ ...progress, ...change }),
    start() {
      setStarts(starts + 1);
      keep(beginning);
    },
    end() {
      localStorage.setItem(overKey, 'over');
      keep({ ...progress, isOver: true });
    },
  };
}

function read() {
  const kept = sessionStorage.getItem(progressKey);
  if (kept !== null) return JSON.parse(kept);
  return { ...beginning, isOver: localStorage.getItem(overKey) === 'over' };
}
