import { useLayoutEffect, useRef } from '../view.js';

/**
 * Keeps the keyboard in the card while what it says changes: the button that had the focus makes way for another.
 * @param card the card's ref
 * @param {number} starts how often it was started by hand: each time the focus goes there, wherever it was
 */
export function useHeldFocus(card, starts) {
  const held = useRef(false);
  useLayoutEffect(() => {
    if (starts > 0) goTo(card.current);
  }, [starts]);
  return {
    hold() {
      held.current = true;
    },
    /** Left for another place on the page; a button that is taken away leaves for nowhere. */
    release({ relatedTarget }) {
      if (relatedTarget !== null && !card.current.contains(relatedTarget)) held.current = false;
    },
    take() {
      const { activeElement, body } = document;
      const isFree = activeElement === body || card.current.contains(activeElement);
      if (!held.current || !isFree) return;
      goTo(card.current);
    },
  };
}

/** To the button that goes on, or else to the card. */
function goTo(card) {
  (card.querySelector('.is-primary:not(:disabled)') ?? card).focus({ preventScroll: true });
}

/** Each thing that the card says takes the focus when it appears. */
export function useTakenFocus(focus) {
  useLayoutEffect(() => focus.take(), []);
}
