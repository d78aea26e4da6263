import type { Audience, Chunk, Document, Group } from '#domain/knowledge.ts';
import type { KnowledgeWriting, SourceMemory } from '#knowledge-ports.ts';

/** A process that dies at its n-th write: from then on nothing it does has any effect. */
export interface Life {
  /** @throws once it is over. */
  breath(): void;
  isOver(): boolean;
}

export function lifeOf(writes: number): Life {
  let left = writes;
  return {
    breath() {
      left -= 1;
      if (left < 0) throw new Error('killed');
    },
    isOver: () => left < 0,
  };
}

/** A store and the notes of a source, in memory. They outlive a process; what a dead one writes is not written. */
export function createStores() {
  const documents = new Map<string, { document: Document; chunks: readonly Chunk[] }>();
  const groups = new Map<string, ReadonlySet<string>>();
  const notes = new Map<string, string>();

  function knowledge(life: Life): KnowledgeWriting {
    return {
      async stored(_, ids) {
        const wanted = [...documents].filter(([id]) => ids === undefined || ids.includes(id));
        return new Map(
          wanted.map(
            ([
              id,
              {
                document: { revision, audience, isComplete },
              },
            ]) => [id, { revision: isComplete ? revision : '', audience, isComplete }],
          ),
        );
      },
      async put(document, chunks) {
        life.breath();
        documents.set(document.id, { document, chunks });
      },
      async putAudiences(_, audiences: ReadonlyMap<string, Audience>) {
        life.breath();
        for (const [id, audience] of audiences) {
          const entry = documents.get(id);
          if (entry !== undefined) documents.set(id, { ...entry, document: { ...entry.document, audience } });
        }
      },
      async remove(_, ids) {
        life.breath();
        for (const id of ids) documents.delete(id);
      },
      async putGroups(_, given: readonly Group[]) {
        life.breath();
        groups.clear();
        for (const { name, emails } of given) groups.set(name, new Set(emails.map((email) => email.toLowerCase())));
      },
      groupsOf: async (email) =>
        Array.from(groups).flatMap(([name, emails]) => (emails.has(email.toLowerCase()) ? [`source/${name}`] : [])),
      holdsAny: async () => documents.size > 0,
      removeOtherSources: async () => [],
      coverage: async () => ({ documents: documents.size, gaps: [] }),
    };
  }

  function memory(life: Life): SourceMemory {
    return {
      load: async () => new Map([...notes].map(([key, value]) => [key, JSON.parse(value)])),
      async save(_, entries) {
        life.breath();
        for (const [key, value] of entries) {
          if (value === null) notes.delete(key);
          else notes.set(key, JSON.stringify(value));
        }
      },
    };
  }

  return { documents, groups, knowledge, memory };
}
