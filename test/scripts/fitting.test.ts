import type { Signals } from '#domain/confidence.ts';
import { confidenceOf } from '#domain/confidence.ts';
import {
  answerThreshold,
  fitWeights,
  hopeThreshold,
  type Lesson,
  offerThreshold,
  outOfFold,
} from '../../scripts/fitting.ts';

function judged(count: number, confidence: number, right: number) {
  return Array.from({ length: count }, (_, index) => ({ confidence, right: index < right }));
}

test.each([
  ['35 right answers are needed, and enough', judged(35, 0.8, 35), 0.8],
  ['34 are too few: nothing is answered', judged(34, 0.8, 34), 1],
  ['a wrong one among few is too many', judged(50, 0.8, 49), 1],
  ['those below that would spoil it are left out', [...judged(60, 0.9, 60), ...judged(40, 0.5, 20)], 0.9],
  ['those below that do no harm are taken in', [...judged(60, 0.9, 60), ...judged(40, 0.5, 39)], 0.5],
  ['sure ones do not pay for doubtful ones', [...judged(200, 0.9, 200), ...judged(20, 0.5, 14)], 0.9],
  ['no data', [], 1],
])('the threshold for answers: %s', (_, cases, expected) => {
  expect(answerThreshold(cases)).toBe(expected);
});

test.each([
  ['where every other offer is right', [...judged(10, 0.2, 1), ...judged(10, 0.4, 5), ...judged(10, 0.8, 9)], 0.4],
  [
    'a lucky find further down does not count',
    [...judged(1, 0.1, 1), ...judged(20, 0.2, 1), ...judged(10, 0.6, 8)],
    0.6,
  ],
  ['nowhere', judged(20, 0.3, 2), 1],
  ['everywhere', judged(20, 0.3, 18), 0.3],
])('the threshold for offers: %s', (_, cases, expected) => {
  expect(offerThreshold(cases)).toBe(expected);
});

test.each([
  ['none of 35 may reach it', Array.from({ length: 35 }, (_, index) => index / 100), 0.3401],
  ['five of a hundred may reach it, not more', Array.from({ length: 100 }, (_, index) => index / 100), 0.9501],
  ['too few to go by', Array.from({ length: 34 }, () => 0.9), 0],
])('the threshold against false hopes: %s', (_, hopeless, expected) => {
  const threshold = hopeThreshold(hopeless);
  expect(threshold).toBeCloseTo(expected, 2);
});

/** A lesson is right when its lead is large, whatever its group; each group has four. */
function lessons(groups: number): readonly Lesson[] {
  return Array.from({ length: groups * 4 }, (_, index) => {
    const lead = (index % 8) / 8 + (index % 5) / 50;
    const right = lead > 0.4;
    return {
      signals: signals(lead),
      bestIsRight: right,
      offerIsRight: right,
      answerable: true,
      group: `g${Math.floor(index / 4)}`,
    };
  });
}

function signals(lead: number): Signals {
  return {
    similarity: 0,
    similarityGap: 0,
    lead,
    gap: lead,
    pairs: 0,
    scoreOfIdeal: lead / 2,
    logIdeal: 2,
    agreement: 0.2,
    titleCoverage: 0,
    coverage: 1,
    heaviestMissing: 0,
    unknownMass: 0,
    terms: 3,
  };
}

test('the weights learn what tells right from wrong, and are the same every time', () => {
  const weights = fitWeights(lessons(40));
  expect(weights).toEqual(fitWeights(lessons(40)));
  expect(confidenceOf(signals(0.9), weights).value).toBeGreaterThan(0.9);
  expect(confidenceOf(signals(0.1), weights).value).toBeLessThan(0.1);
  expect(weights.answerAt).toBeGreaterThan(weights.suggestAt - 1e-9);
  expect(weights.answerAt).toBeLessThan(1);
});

test('nobody is judged by weights that have seen their group', () => {
  // One group says the opposite of all others: judged without itself, it must look right where it is wrong.
  const others = lessons(20);
  const odd: Lesson = {
    signals: signals(0.9),
    bestIsRight: false,
    offerIsRight: false,
    answerable: true,
    group: 'odd',
  };
  const judgedOdd = outOfFold([...others, odd, odd, odd]).filter(({ lesson }) => lesson.group === 'odd');
  expect(judgedOdd.length).toBe(3);
  const unseen = confidenceOf(odd.signals, fitWeights(others)).value;
  for (const { confidence } of judgedOdd) expect(confidence).toBeCloseTo(unseen, 9);
});
