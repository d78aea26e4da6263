export interface Quality {
  readonly ndcg: number;
  readonly recall: number;
  readonly mrr: number;
}

const depth = 10;

/**
 * nDCG@10 (gain = grade), recall@10 (of at most 10 right documents) and MRR@10 of one ranked list of documents.
 * @param right grade of each right document, above 0; at least one
 */
export function qualityOf(ranked: readonly string[], right: ReadonlyMap<string, number>): Quality {
  const grades = ranked.slice(0, depth).map((id) => right.get(id) ?? 0);
  const ideal = [...right.values()].sort((a, b) => b - a).slice(0, depth);
  const first = grades.findIndex((grade) => grade > 0);
  return {
    ndcg: gain(grades) / gain(ideal),
    recall: grades.filter((grade) => grade > 0).length / ideal.length,
    mrr: first < 0 ? 0 : 1 / (first + 1),
  };
}

function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0);
}

export function meanQuality(all: readonly Quality[]): Quality {
  const mean = (of: (quality: Quality) => number) =>
    all.reduce((sum, one) => sum + of(one), 0) / Math.max(all.length, 1);
  return { ndcg: mean((one) => one.ndcg), recall: mean((one) => one.recall), mrr: mean((one) => one.mrr) };
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
