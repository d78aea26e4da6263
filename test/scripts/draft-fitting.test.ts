import { readFile } from 'node:fs/promises';
import { draftConfidence, draftWeightsFrom } from '#domain/draft/draft-confidence.ts';
import { checkEnoughDrafts, draftsOutOfFold, fitDraftWeights, judgeDrafts } from '../../scripts/draft-fitting.ts';
import { type DraftLesson, lessonsAsked, lessonsMade } from '../../scripts/draft-lessons.ts';
import { companyCases } from '../evals/drafts/cases.ts';
import { doesHarm } from '../evals/drafts/case.ts';

const SIGNALS = {
  kept: 1,
  borneOut: 1,
  covered: 0.8,
  cited: 0.3,
  rank: 1,
  sure: 0.8,
  secondLook: 0.5,
  retrieval: 0.8,
};

/** Good where the search is sure, and, against all sense, where little is kept; in ten groups. */
function lessons(count: number, source: DraftLesson['source'] = 'made'): readonly DraftLesson[] {
  return Array.from({ length: count }, (_, index) => {
    const retrieval = (index % 10) / 10 + (index % 7) / 100;
    const isGood = retrieval > 0.35;
    return {
      signals: { ...SIGNALS, retrieval, kept: isGood ? 0.7 + (index % 3) / 10 : 0.8 + (index % 3) / 10 },
      isGood,
      group: `g${Math.floor(index / 7) % 10}`,
      split: 'tune',
      source,
    };
  });
}

function confidenceOf(weights: ReturnType<typeof fitDraftWeights>, change: Readonly<Record<string, number>> = {}) {
  return draftConfidence({ ...SIGNALS, ...change }, weights).value;
}

describe('the fit of drafts', () => {
  test('learns what tells good from bad, and is the same every time', () => {
    const weights = fitDraftWeights(lessons(240));
    expect(weights).toEqual(fitDraftWeights(lessons(240)));
    expect(confidenceOf(weights, { retrieval: 0.9 })).toBeGreaterThan(0.9);
    expect(confidenceOf(weights, { retrieval: 0.1 })).toBeLessThan(0.1);
    expect(weights.writtenAt).toBeLessThan(1);
  });

  test('holds no good sign against an answer, whatever its drafts say', () => {
    const weights = fitDraftWeights(lessons(240));
    for (const coefficient of Object.values(weights.coefficients)) expect(coefficient).toBeGreaterThanOrEqual(0);
    for (const name of Object.keys(SIGNALS)) {
      expect(confidenceOf(weights, { [name]: 1 })).toBeGreaterThanOrEqual(confidenceOf(weights, { [name]: 0 }));
    }
  });

  test('believes a model that doubts, though its drafts never say what that is worth', () => {
    const weights = fitDraftWeights(lessons(240));
    expect(confidenceOf(weights, { sure: 0.2 })).toBeLessThan(confidenceOf(weights, { sure: 0.9 }));
  });

  test('judges nobody by weights that have seen their group', () => {
    const others = lessons(160);
    const odd: DraftLesson = { signals: SIGNALS, isGood: false, group: 'odd', split: 'tune', source: 'made' };
    const judged = draftsOutOfFold([...others, odd, odd, odd]).filter(({ lesson }) => lesson.group === 'odd');
    const [unseen] = judgeDrafts([odd], fitDraftWeights(others));
    expect(judged.map(({ confidence }) => confidence)).toEqual([1, 2, 3].map(() => unseen?.confidence));
  });

  test('gives few answers to questions as much weight as many drafts that were made', () => {
    const wrong = lessons(60, 'asked').map((lesson) => ({ ...lesson, isGood: false, group: `asked ${lesson.group}` }));
    const alone = fitDraftWeights(lessons(600));
    const both = fitDraftWeights([...lessons(600), ...wrong]);
    expect(confidenceOf(alone)).toBeGreaterThan(0.9);
    expect(confidenceOf(both)).toBeLessThan(0.6);
  });

  test('does not let good drafts that were made pay for wrong documents', () => {
    // From 0.5 to 0.8 the answers to questions are as often wrong as right.
    const asked = lessons(160, 'asked').map((lesson, index) => {
      const retrieval = lesson.signals['retrieval'] ?? 0;
      const isGood = retrieval > 0.8 || (retrieval > 0.5 && index % 2 === 0);
      return { ...lesson, isGood, group: `asked ${lesson.group}` };
    });
    const made = lessons(1200).map((lesson) => ({ ...lesson, isGood: true }));
    const weights = fitDraftWeights([...made, ...asked]);
    const said = judgeDrafts(asked, weights).filter(({ confidence }) => confidence >= weights.writtenAt);
    const right = said.filter(({ lesson }) => lesson.isGood);
    expect(right.length).toBeGreaterThan(0);
    expect(right.length / said.length).toBeGreaterThan(0.8);
  });

  test('refuses too few drafts of a kind', () => {
    expect(() => checkEnoughDrafts(lessons(240).filter(({ isGood }) => isGood))).toThrow(
      /^Too few drafts to fit: .* \d+ may be said and 0 may not/,
    );
    expect(() => checkEnoughDrafts(lessons(240))).not.toThrow();
  });
});

describe('lessons', () => {
  test('are drawn from drafts of which something is kept, by whether that does harm', async () => {
    const cases = companyCases().filter((_, index) => index % 60 === 0);
    const asked: string[] = [];
    const retrieval = async (question: string) => {
      asked.push(question);
      return 0.7;
    };
    let told = 0;
    const drawn = await lessonsMade(cases, { retrieval, onProgress: () => (told += 1) });
    expect(told).toBe(cases.length);
    expect(drawn.length).toBe(asked.length);
    expect(drawn.length).toBeGreaterThan(10);
    // What is bad and kept whole does harm; what is dropped is no lesson.
    expect(drawn.length).toBeLessThan(cases.length);
    expect(drawn.filter(({ isGood }) => isGood).length).toBeGreaterThanOrEqual(
      cases.filter(({ isGood }) => isGood).length * 0.7,
    );
    for (const { signals, source } of drawn) {
      expect(signals).toMatchObject({ retrieval: 0.7, rank: 1, secondLook: 0.5 });
      expect(source).toBe('made');
    }
    expect(cases.some((one) => doesHarm(one, one.draft.sentences))).toBe(true);
  }, 60_000);

  test('are drawn from what was written, and nothing else', () => {
    expect(lessonsAsked([], [])).toEqual([]);
  });
});

test('the weights that come with the program are of this fit', async () => {
  const file = JSON.parse(await readFile('src/domain/draft/draft-weights.json', 'utf8'));
  const weights = draftWeightsFrom(file);
  expect(weights.coefficients).toMatchObject({ secondLook: 0 });
  for (const coefficient of Object.values(weights.coefficients)) expect(coefficient).toBeGreaterThanOrEqual(0);
  expect(weights.coefficients['retrieval']).toBeGreaterThan(0);
  expect(weights.coefficients['sure']).toBeGreaterThanOrEqual(2);
  expect(weights.writtenAt).toBeGreaterThan(0.5);
  expect(weights.writtenAt).toBeLessThan(1);
  expect(file.fittedOn).toMatchObject({ made: expect.any(Object), asked: expect.any(Object) });
  // Most of what is right is said, of documents that were not fitted on.
  expect(file.report.asked.good.share).toBeGreaterThan(0.5);
  expect(file.report.asked.bad.share).toBeLessThan(file.report.asked.good.share / 2);
});
