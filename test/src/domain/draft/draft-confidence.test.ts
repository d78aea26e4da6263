import { draftConfidence, draftWeightsFrom } from '#domain/draft/draft-confidence.ts';
import shipped from '#domain/draft/draft-weights.json' with { type: 'json' };

const weights = { intercept: -1, coefficients: { retrieval: 2, sure: 1 }, writtenAt: 0.8 };

test('the signals are weighed into a probability, and kept', () => {
  const signals = { retrieval: 0.5, sure: 1 };
  expect(draftConfidence(signals, weights)).toEqual({ value: 1 / (1 + Math.exp(-1)), signals });
});

test('what is not known of an answer counts as nothing in its favour; what the weights do not know counts nothing', () => {
  const nothing = draftConfidence({}, weights).value;
  expect(nothing).toBeCloseTo(0.269, 3);
  expect(draftConfidence({ elsewhere: 1 }, weights).value).toBe(nothing);
});

describe('the weights that come with the program', () => {
  const own = draftWeightsFrom(shipped);
  const signals = { kept: 1, borneOut: 1, covered: 0.9, cited: 0.4, rank: 1, sure: 0.9, secondLook: 1, retrieval: 0.9 };
  const sure = draftConfidence(signals, own).value;

  test('let an answer through for which everything speaks', () => {
    expect(sure).toBeGreaterThan(own.writtenAt);
  });

  test.each(Object.keys(signals))('are no surer with less of %s, nor without it', (name) => {
    const { [name as keyof typeof signals]: _, ...others } = signals;
    expect(draftConfidence({ ...signals, [name]: 0.3 }, own).value).toBeLessThanOrEqual(sure);
    expect(draftConfidence(others, own).value).toBeLessThanOrEqual(sure);
  });

  test('do not let an answer through on the first passage that comes', () => {
    expect(draftConfidence({ ...signals, retrieval: 0.1, rank: 0.3 }, own).value).toBeLessThan(own.writtenAt);
  });

  test('are no surer without a second look than with one that held', () => {
    expect(draftConfidence({ ...signals, secondLook: 0.5 }, own).value).toBeLessThanOrEqual(sure);
  });
});

test.each([
  ['nothing', null, '"intercept" must be a number'],
  ['no threshold', { intercept: 0, coefficients: { sure: 1 } }, '"writtenAt" must be a number'],
  ['no coefficient', { intercept: 0, coefficients: {}, writtenAt: 0.5 }, '"coefficients" must be an object'],
  ['words', { intercept: 0, coefficients: { sure: 'very' }, writtenAt: 0.5 }, '"sure" must be a number'],
  ['no number', { intercept: Number.NaN, coefficients: { sure: 1 }, writtenAt: 0.5 }, '"intercept" must be a number'],
])('weights that are not as they must be are refused: %s', (_, json, sentence) => {
  expect(() => draftWeightsFrom(json)).toThrow(sentence);
});
