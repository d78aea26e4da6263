import {
  areaUnderRiskCoverage,
  auroc,
  brier,
  expectedCalibrationError,
  reliability,
  riskCoverage,
  shareOf,
} from '../../scripts/metrics.ts';

function judged(...cases: readonly (readonly [number, boolean])[]) {
  return cases.map(([confidence, right]) => ({ confidence, right }));
}

// Wilson's interval for 8 of 10, and the textbook's 59 of 59, computed by hand.
test.each([
  [8, 10, 0.8, 0.4902, 0.9433],
  [0, 10, 0, 0, 0.2775],
  [59, 59, 1, 0.9389, 1],
])('%i of %i has its share and interval', (...[count, of, share, low, high]) => {
  const result = shareOf(count, of);
  expect(result.share).toBe(share);
  expect(result.low).toBeCloseTo(low, 3);
  expect(result.high).toBeCloseTo(high, 3);
});

test('nothing has no share', () => {
  expect(shareOf(0, 0)).toEqual({ count: 0, of: 0, share: null, low: null, high: null });
});

test.each([
  ['all in order', judged([0.9, true], [0.8, true], [0.1, false]), 1],
  ['all reversed', judged([0.1, true], [0.9, false]), 0],
  ['all the same', judged([0.5, true], [0.5, false]), 0.5],
  ['one of four pairs reversed', judged([0.9, true], [0.6, false], [0.5, true], [0.1, false]), 0.75],
  ['only right ones', judged([0.9, true]), null],
])('how often right is above wrong: %s', (_, cases, expected) => {
  expect(auroc(cases)).toBe(expected);
});

test('the Brier score is the mean squared distance', () => {
  expect(brier(judged([1, true], [0.5, false]))).toBeCloseTo(0.125, 12);
});

test('calibration is compared within bins of equal width, 1 in the last', () => {
  const cases = judged([0.85, true], [0.85, false], [1, true], [0.05, false]);
  expect(reliability(cases).map(({ from, observed }) => [from, observed.count, observed.of])).toEqual([
    [0, 0, 1],
    [0.8, 1, 2],
    [0.9, 1, 1],
  ]);
  expect(expectedCalibrationError(cases)).toBeCloseTo((0.05 + 2 * 0.35 + 0) / 4, 12);
});

test('risk grows as less sure ones are answered', () => {
  const cases = judged([0.9, true], [0.8, true], [0.7, false], [0.6, false]);
  expect(areaUnderRiskCoverage(cases)).toBeCloseTo((0 + 0 + 1 / 3 + 1 / 2) / 4, 12);
  expect(riskCoverage(cases).at(-1)).toEqual({ coverage: 1, answered: 4, threshold: 0.6, risk: 0.5 });
  expect(riskCoverage(cases).find(({ coverage }) => coverage === 0.5)).toMatchObject({ answered: 2, risk: 0 });
});

test('among equals the wrong ones count first, so that a tie never flatters', () => {
  expect(areaUnderRiskCoverage(judged([0.5, true], [0.5, false]))).toBe(0.75);
});
