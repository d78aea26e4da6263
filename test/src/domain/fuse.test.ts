import { fused } from '#domain/fuse.ts';
import type { Passage } from '#domain/knowledge.ts';

function passage(chunkId: string, score: number, similarity?: number, documentId = chunkId): Passage {
  const text = { title: '', url: '', headings: [], text: '', updatedAt: null, restricted: false, matches: {} };
  const near = similarity === undefined ? {} : { similarity };
  return { ...text, ...near, chunkId, documentId, source: 'markdown', score };
}

const order = (passages: readonly Passage[], weight: number) => fused(passages, weight).map(({ chunkId }) => chunkId);

const [a, b, c, d] = [passage('a', 9, 0.1), passage('b', 5, 0.9), passage('c', 3, 0.2), passage('d', 1, 0.8)];

test.each([
  ['by words alone', 0, ['a', 'b', 'c', 'd']],
  ['by both: b is second and first, a first and last', 0.5, ['b', 'a', 'd', 'c']],
  ['by vectors alone', 1, ['b', 'd', 'c', 'a']],
])('%s', (_, weight, expected) => {
  expect(order([a, b, c, d], weight)).toEqual(expected);
});

test('of equals the one that the words favour leads', () => {
  expect(order([passage('a', 2, 0.1), passage('b', 1, 0.9)], 0.5)).toEqual(['a', 'b']);
});

test('without any vector the order stays, whatever vectors are to count', () => {
  const plain = [passage('a', 3), passage('b', 2), passage('c', 1)];
  for (const weight of [0, 0.3, 1]) expect(order(plain, weight)).toEqual(['a', 'b', 'c']);
});

test('what has no vector yet stands where its words put it', () => {
  expect(order([passage('new', 9), passage('b', 5, 0.95), passage('c', 3, 0.9)], 0.5)).toEqual(['new', 'b', 'c']);
});

test('what has none of the words is told apart by its vector only', () => {
  const found = [passage('a', 2, 0.1), passage('x', 0, 0.2), passage('y', 0, 0.8)];
  expect(order(found, 0.1)).toEqual(['a', 'y', 'x']);
});

test('at most three passages of a document, the best of both', () => {
  const many = [1, 2, 3, 4, 5].map((place) => passage(`a${place}`, 10 - place, place / 10, 'a'));
  expect(order([...many, passage('b', 1, 0)], 1)).toEqual(['a5', 'a4', 'a3', 'b']);
  expect(order([...many, passage('b', 1, 0)], 0)).toEqual(['a1', 'a2', 'a3', 'b']);
  const elsewhere = many.map((one) => ({ ...one, source: 'notion' }));
  expect(order([...many, ...elsewhere], 0)).toHaveLength(6);
});
