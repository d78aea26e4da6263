/** One case: the values of its signals, and what happened (1 or 0). */
export interface Case {
  readonly values: readonly number[];
  readonly outcome: number;
  /** What is known to count besides, on the scale of log odds; 0 if not given. */
  readonly offset?: number;
  /** As how many cases it counts; 1 if not given. */
  readonly weight?: number;
}

/** `weights[0]` is the intercept; the others belong to standardised values. */
export interface Model {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
}

/** Keeps weights finite when the cases can be told apart perfectly; too small to matter otherwise. Per case. */
const RIDGE = 0.001;

/** Newton's method doubles the right digits in each step: twenty are plenty, and always the same. */
const STEPS = 20;

/** Logistic regression on standardised values. Deterministic. @throws Error without cases. */
export function fitLogistic(cases: readonly Case[]): Model {
  const first = cases[0];
  if (first === undefined) throw new Error('nothing to fit');
  const columns = first.values.map((_, column) => cases.map(({ values }) => values[column] ?? 0));
  const means = columns.map(mean);
  const deviations = columns.map((column, index) => deviation(column, means[index] ?? 0));
  const rows = cases.map(({ values }) => [1, ...standardised(values, { means, deviations })]);
  let weights: readonly number[] = rows[0]?.map(() => 0) ?? [];
  for (let step = 0; step < STEPS; step += 1) weights = newtonStep(rows, cases, weights);
  return { means, deviations, weights };
}

/** The probability of outcome 1. */
export function predict(model: Model, values: readonly number[]): number {
  return sigmoid(dot([1, ...standardised(values, model)], model.weights));
}

function standardised(values: readonly number[], model: Pick<Model, 'means' | 'deviations'>): readonly number[] {
  return values.map((value, index) => (value - (model.means[index] ?? 0)) / (model.deviations[index] ?? 1));
}

function newtonStep(
  rows: readonly (readonly number[])[],
  cases: readonly Case[],
  weights: readonly number[],
): readonly number[] {
  const penalty = (index: number) => (index === 0 ? 0 : RIDGE * rows.length);
  const gradient = weights.map((weight, index) => penalty(index) * weight);
  const curvature = weights.map((_, index) => weights.map((_weight, other) => (index === other ? penalty(index) : 0)));
  for (const [index, row] of rows.entries()) {
    const { slope, spread } = pull(row, cases[index], weights);
    for (const [i, x] of row.entries()) {
      gradient[i] = (gradient[i] ?? 0) + x * slope;
      const line = curvature[i] ?? [];
      for (const [j, other] of row.entries()) line[j] = (line[j] ?? 0) + x * other * spread;
    }
  }
  const step = solve(curvature, gradient);
  return weights.map((weight, index) => weight - (step[index] ?? 0));
}

/** How far a case pulls at the weights, and how much that changes with them. */
function pull(row: readonly number[], one: Case | undefined, weights: readonly number[]) {
  const { outcome = 0, offset = 0, weight = 1 } = one ?? {};
  const probability = sigmoid(dot(row, weights) + offset);
  // Away from 0, so that the matrix can be inverted when a case is all but certain.
  const spread = Math.max(probability * (1 - probability), 1e-9);
  return { slope: weight * (probability - outcome), spread: weight * spread };
}

/** Solves `matrix · x = right` by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  for (let column = 0; column < rows.length; column += 1) {
    const rest = rows.slice(column);
    const pivot = rest.reduce((best, row) => (Math.abs(row[column] ?? 0) > Math.abs(best[column] ?? 0) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(column, 0, pivot);
    for (const row of rows) {
      const factor = row === pivot ? 0 : (row[column] ?? 0) / (pivot[column] ?? 1);
      if (factor !== 0) for (const [index, value] of pivot.entries()) row[index] = (row[index] ?? 0) - factor * value;
    }
  }
  return rows.map((row, index) => (row.at(-1) ?? 0) / (row[index] ?? 1));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A signal that never changes says nothing, and must not be divided by 0. */
function deviation(values: readonly number[], center: number): number {
  const spread = Math.sqrt(mean(values.map((value) => (value - center) ** 2)));
  return spread < 1e-9 ? 1 : spread;
}
