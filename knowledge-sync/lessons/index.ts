import type { Audience, Document } from '#domain/knowledge.ts';
import type { KnowledgeSource, ListedDocument } from '#knowledge-ports.ts';
import type { Lessons, StoredLesson } from '#ticket-ports.ts';

/** Raised when the same lesson gives another document than before, so that an upgrade reads all of them again. */
const readerVersion = 1;

/** More is no title; the index holds the question as the title only. */
const maxTitleCharacters = 300;

/**
 * What was learnt from solved tickets and approved by a person, as documents: the question is the title, the answer the
 * text, the link the ticket's. A person has checked it, so unlike a solved ticket it counts as an article.
 *
 * @param audience who may read them all. One that is proposed, discarded or unknown is no document.
 */
export function createLessons(
  { audience }: { audience: Audience },
  { lessons }: { lessons: Pick<Lessons, 'approved' | 'find'> },
): KnowledgeSource {
  const name = 'lessons';

  async function approved(id: string): Promise<StoredLesson | null> {
    const lesson = await lessons.find(id);
    return lesson?.state === 'approved' ? lesson : null;
  }

  function listed(lesson: StoredLesson): ListedDocument {
    return { id: lesson.id, revision: revisionOf(lesson), audience };
  }

  function toDocument(lesson: StoredLesson): Document {
    const { id, url, answer, changedAt } = lesson;
    return {
      source: name,
      id,
      title: titleOf(lesson),
      url,
      revision: revisionOf(lesson),
      updatedAt: changedAt,
      // Without the question: the answer is quoted as it stands, and the title is searched with every part of it.
      markdown: answer,
      audience,
      gaps: [],
      isComplete: true,
    };
  }

  return {
    name,
    // The audience names groups of other sources, or everyone.
    groups: async () => [],
    async *list() {
      for (const lesson of await lessons.approved()) yield listed(lesson);
    },
    async lookUp(id) {
      const lesson = await approved(id);
      return lesson && listed(lesson);
    },
    async read(id) {
      const lesson = await approved(id);
      return lesson && toDocument(lesson);
    },
  };
}

function revisionOf({ revision }: StoredLesson): string {
  return `${readerVersion}-${revision}`;
}

/** The question, and the key of the ticket that it comes from. */
function titleOf({ question, url }: StoredLesson): string {
  const [, key] = /\/([^/]+)$/.exec(url) ?? [];
  return key === undefined ? shortened(question) : `${shortened(question)} (${decodeURIComponent(key)})`;
}

function shortened(question: string): string {
  const line = question
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= maxTitleCharacters) return line;
  // At a word's end, so that neither a word nor a character of two halves is cut.
  return `${line.slice(0, maxTitleCharacters).replace(/\s+\S*$|[\uD800-\uDBFF]$/, '')}…`;
}
