import type { Passage } from './knowledge.ts';

/** How little the first places are worth more than those behind them: that of the literature, https://doi.org/10.1145/1571941.1572114 */
const FLATTENING = 60;

/** At most so many passages of one document, as in a search by words. */
const MOST_OF_ONE_DOCUMENT = 3;

/**
 * The passages by what both their words and their vectors say: each place in the order of `score` and in the order of
 * `similarity` is worth 1 / (60 + place). Ranks, because scores and cosines have no common measure. Of equals the one that
 * the words favour leads.
 *
 * A passage without a vector (its document was written a moment ago) stands among the similar where it stands among the
 * words: it is neither favoured nor held back for it. Passages that have none of the words share the place behind all that have.
 *
 * @param passages in order of `score`
 * @param weight share of the vectors, 0 (the order of `score`) to 1 (that of `similarity`)
 */
export function fused(passages: readonly Passage[], weight: number): readonly Passage[] {
  const byVectors = new Map(
    passages
      .filter(({ similarity }) => similarity !== undefined)
      .toSorted((one, other) => (other.similarity ?? 0) - (one.similarity ?? 0))
      .map((passage, place) => [passage, place] as const),
  );
  const worded = passages.filter(({ score }) => score > 0).length;
  const worth = (place: number) => 1 / (FLATTENING + place + 1);
  const valued = passages.map((passage, place) => ({
    passage,
    value: (1 - weight) * worth(Math.min(place, worded)) + weight * worth(byVectors.get(passage) ?? place),
  }));
  return fewOfEachDocument(valued.toSorted((one, other) => other.value - one.value).map(({ passage }) => passage));
}

function fewOfEachDocument(passages: readonly Passage[]): readonly Passage[] {
  const seen = new Map<string, number>();
  return passages.filter(({ source, documentId }) => {
    const document = JSON.stringify([source, documentId]);
    const count = (seen.get(document) ?? 0) + 1;
    seen.set(document, count);
    return count <= MOST_OF_ONE_DOCUMENT;
  });
}
