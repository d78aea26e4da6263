import { useState } from './view.js';

/**
 * A text being typed, kept for this tab under its key, so that neither another conversation, nor a reload, nor a
 * server that is gone loses it.
 * @returns [text, setText]
 */
export function useDraft(key) {
  const storageKey = `firstline.draft.${key}`;
  const [, redraw] = useState(0);
  const text = sessionStorage.getItem(storageKey) ?? '';
  function setText(next) {
    if (next === '') sessionStorage.removeItem(storageKey);
    else sessionStorage.setItem(storageKey, next);
    redraw((count) => count + 1);
  }
  return [text, setText];
}
