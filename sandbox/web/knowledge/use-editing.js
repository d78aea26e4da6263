import { post } from '../api.js';
import { useRef, useState } from '../view.js';
import { dropDraft, keepDraft, readDraft } from './article-draft.js';

/**
 * Title and text while they are edited.
 * @param {(saved: object) => void} onSaved told what the server answered
 * @returns what is typed; `isDirty`, whether it differs from the article it began with; `isStale`, whether that
 * article has been changed since; `problem`, why it could not be saved
 */
export function useEditing(article, onSaved) {
  const [draft, setDraft] = useState(() => readDraft(article.id) ?? draftOf(article));
  const [problem, setProblem] = useState(null);
  const isSaving = useRef(false);
  const { title, markdown, base } = draft;
  const isDirty = title !== base.title || markdown !== base.markdown;

  function change(part) {
    const next = { ...draft, ...part };
    setDraft(next);
    if (next.title === base.title && next.markdown === base.markdown) dropDraft(article.id);
    else keepDraft(article.id, next);
  }

  async function save() {
    if (!isDirty || isSaving.current) return;
    isSaving.current = true;
    setProblem(null);
    try {
      const saved = await post('/api/knowledge/article', { id: article.id, title, markdown });
      dropDraft(article.id);
      onSaved(saved);
    } catch (error) {
      setProblem(`Not saved. ${error.message}`);
    } finally {
      isSaving.current = false;
    }
  }

  return {
    title,
    markdown,
    isDirty,
    isStale: base.title !== article.title || base.markdown !== article.markdown,
    problem,
    change,
    save,
    submit(event) {
      event.preventDefault();
      save();
    },
    discard: () => dropDraft(article.id),
  };
}

function draftOf({ title, markdown }) {
  return { title, markdown, base: { title, markdown } };
}
