import { useEffect, useState } from '../view.js';
import { uploadsOf } from './upload-store.js';

/** The files of a draft, drawn again whenever one of them moves on. See `uploadsOf`. */
export function useUploads(draftKey, target) {
  const [, redraw] = useState(0);
  const uploads = uploadsOf(draftKey, target);
  useEffect(() => uploads.on(() => redraw((count) => count + 1)), [uploads]);
  const items = uploads.items();
  return {
    uploads,
    items,
    ids: items.flatMap(({ state, id }) => (state === 'done' ? [id] : [])),
    isUploading: items.some(({ state }) => state === 'sending'),
  };
}

/** One attempt to send at a time, with the reason of the last failure. */
export function useAttempt(draftKey) {
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState(null);
  useEffect(() => setProblem(null), [draftKey]);
  async function attempt(act) {
    setSending(true);
    setProblem(null);
    try {
      await act();
    } catch (error) {
      setProblem(`${error.message} Your text is kept.`);
    } finally {
      setSending(false);
    }
  }
  return { isSending, problem, setProblem, attempt };
}
