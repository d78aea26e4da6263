import shipped from '../../../src/domain/confidence-weights.json' with { type: 'json' };
import { type Weights, weightsFrom } from '#domain/confidence.ts';
import { CASES, type Passage, type QuestionTerm } from '#domain/knowledge.ts';
import type { Knowledge } from '#knowledge-ports.ts';
import { lookUp } from '../../../src/flows/look-up.ts';

const weights: Weights = weightsFrom(shipped);
const readers = { kind: 'everyone' } as const;
const near = { model: 'm', values: Float32Array.from([1]) };

function passage(documentId: string, score: number, other: Partial<Passage> = {}): Passage {
  const text = {
    title: documentId,
    url: '',
    headings: [],
    updatedAt: null,
    restricted: false,
    matches: { toner: [9] },
  };
  return {
    ...text,
    chunkId: documentId,
    documentId,
    source: 'markdown',
    text: `About ${documentId}.`,
    score,
    ...other,
  };
}

const terms: readonly QuestionTerm[] = [{ lexeme: 'toner', word: 'toner', idf: 3, count: 1, position: 1, chunks: 2 }];

/** Knows these passages, and with a question's vector what they have of it. */
function knowing(passages: readonly Passage[]): Knowledge & { readonly asked: Parameters<Knowledge['search']>[0][] } {
  const asked: Parameters<Knowledge['search']>[0][] = [];
  return {
    asked,
    async search(query) {
      asked.push(query);
      const plain = passages.map((one): Passage => {
        const { similarity, ...rest } = one;
        return similarity === undefined ? one : rest;
      });
      return { terms, corrections: [], passages: query.near === undefined ? plain : passages };
    },
    sections: async ({ documentId }) => passages.filter((one) => one.documentId === documentId),
    lexemes: async (texts) => texts.map(() => []),
  };
}

const ink = passage('ink', 2, { similarity: 0.4 });
const toner = passage('toner', 1.9, { similarity: 0.9 });
const other = passage('other', 1, { similarity: 0.3 });

test('without vectors nothing is other than before there were any', async () => {
  const knowledge = knowing([ink, toner, other]);
  for (const question of [
    { text: 'toner', readers },
    { text: 'toner', readers, near: null },
  ]) {
    const { found, passages } = await lookUp(question, { knowledge, weights });
    expect(passages.map(({ documentId }) => documentId)).toEqual(['ink', 'toner', 'other']);
    expect(found.confidence?.signals).toMatchObject({ lead: (2 - 1.9) / 3, similarity: 0, similarityGap: 0 });
  }
  expect(knowledge.asked).toEqual([
    { text: 'toner', readers, limit: 20 },
    { text: 'toner', readers, limit: 20 },
  ]);
});

test('with vectors the best of both orders leads, and is what the confidence is about', async () => {
  const { found, passages } = await lookUp(
    { text: 'toner', readers, near },
    { knowledge: knowing([ink, toner, other]), weights: { ...weights, dense: 0.7 } },
  );
  expect(found.candidates[0]?.documentId).toBe('toner');
  expect(found.quote).toBe('About toner.');
  expect(passages.map(({ documentId }) => documentId)).toEqual(['toner', 'ink', 'other']);
  expect(found.confidence?.signals['lead']).toBeCloseTo((1.9 - 2) / 3, 10);
  expect(found.confidence?.signals['similarity']).toBe(0.9);
  expect(found.confidence?.signals['similarityGap']).toBeCloseTo(0.5, 10);
});

test('weights that give vectors no share do not ask for any', async () => {
  const knowledge = knowing([ink, toner, other]);
  const { passages } = await lookUp({ text: 'toner', readers, near }, { knowledge, weights: { ...weights, dense: 0 } });
  expect(passages[0]?.documentId).toBe('ink');
  expect(knowledge.asked).toEqual([{ text: 'toner', readers, limit: 20 }]);
});

test('a solved case is held back in both orders', async () => {
  const solved = passage('IT-1', 2.1, { source: CASES, similarity: 0.9, headings: ['Resolution'] });
  const article = passage('toner', 2, { similarity: 0.8 });
  const { found } = await lookUp(
    { text: 'toner', readers, near },
    { knowledge: knowing([solved, article, other]), weights },
  );
  expect(found.candidates[0]?.documentId).toBe('toner');
});
