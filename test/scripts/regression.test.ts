import { fitLogistic, predict } from '../../scripts/regression.ts';

function cases(...rows: readonly (readonly [readonly number[], number])[]) {
  return rows.map(([values, outcome]) => ({ values, outcome }));
}

test('without anything to tell cases apart the share of outcomes is predicted', () => {
  const model = fitLogistic(cases([[3], 1], [[3], 1], [[3], 1], [[3], 0]));
  expect(predict(model, [3])).toBeCloseTo(0.75, 6);
  expect(predict(model, [1000])).toBeCloseTo(0.75, 6);
});

test('two kinds of cases are predicted at their own shares', () => {
  const rows = [0, 0, 0, 1, 0, 1, 1, 1].map((outcome, index) => ({ values: [index < 4 ? 0 : 1, 7], outcome }));
  const model = fitLogistic(rows);
  expect(predict(model, [0, 7])).toBeCloseTo(0.25, 2);
  expect(predict(model, [1, 7])).toBeCloseTo(0.75, 2);
});

test('cases that can be told apart perfectly leave the weights finite', () => {
  const model = fitLogistic(cases([[0, 1], 0], [[1, 0], 0], [[2, 1], 1], [[3, 0], 1]));
  expect(model.weights.every(Number.isFinite)).toBe(true);
  expect(predict(model, [0, 1])).toBeLessThan(0.1);
  expect(predict(model, [3, 0])).toBeGreaterThan(0.9);
});

test('two signals that say the same share their weight', () => {
  const rows = [0, 0, 1, 0, 1, 1].map((outcome, index) => ({ values: [index, index], outcome }));
  const [, first, second] = fitLogistic(rows).weights;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeCloseTo(second ?? 0, 6);
});

test('nothing cannot be fitted', () => {
  expect(() => fitLogistic([])).toThrow('nothing to fit');
});

test('what is known to count besides is taken for granted', () => {
  const cases = Array.from({ length: 200 }, (_, index) => ({ values: [index % 2], outcome: Number(index % 4 !== 0) }));
  const plain = fitLogistic(cases);
  const shifted = fitLogistic(cases.map((one) => ({ ...one, offset: 1.5 })));
  expect(shifted.weights[0]).toBeCloseTo((plain.weights[0] ?? 0) - 1.5, 6);
  expect(shifted.weights[1]).toBeCloseTo(plain.weights[1] ?? 0, 6);
});

test('a case of weight 3 counts as three', () => {
  const cases = Array.from({ length: 60 }, (_, index) => ({ values: [0], outcome: Number(index < 20) }));
  const model = fitLogistic(cases.map((one) => ({ ...one, weight: one.outcome === 1 ? 3 : 1 })));
  expect(predict(model, [0])).toBeCloseTo(0.6, 6);
});
