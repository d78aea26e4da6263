const prefix = 'firstline.article.';

/**
 * An article being edited, kept on this computer until it is saved or thrown away, so that neither a reload, nor a
 * closed tab, nor a server that is gone loses it.
 * @returns {{ title: string, markdown: string, base: { title: string, markdown: string } } | null} `base` is what
 * the article was when the editing began
 */
export function readDraft(id) {
  try {
    const draft = JSON.parse(localStorage.getItem(prefix + id) ?? 'null');
    const isDraft = typeof draft?.title === 'string' && typeof draft.markdown === 'string' && draft.base !== undefined;
    return isDraft ? draft : null;
  } catch {
    return null;
  }
}

export function keepDraft(id, draft) {
  try {
    localStorage.setItem(prefix + id, JSON.stringify(draft));
  } catch {
    // the browser keeps nothing more: the text is still there while the page is
  }
}

export function dropDraft(id) {
  localStorage.removeItem(prefix + id);
}
