import { readFileSync } from 'node:fs';
import { confidenceOf, type Signals, signalsOf, type Weights, weightsFrom } from '#domain/confidence.ts';
import type { Passage, QuestionTerm, SearchResult } from '#domain/knowledge.ts';

function term(lexeme: string, position: number, other: Partial<QuestionTerm> = {}): QuestionTerm {
  return { lexeme, word: lexeme, idf: 2, count: 1, position, chunks: 5, ...other };
}

function passage(documentId: string, score: number, other: Partial<Passage> = {}): Passage {
  return {
    chunkId: `${documentId}-${score}`,
    documentId,
    source: 'markdown',
    title: documentId,
    url: '',
    headings: [],
    text: `All about ${documentId}, and about nothing else but ${score}.`,
    updatedAt: null,
    restricted: false,
    score,
    matches: {},
    ...other,
  };
}

function result(terms: readonly QuestionTerm[], passages: readonly Passage[]): SearchResult {
  return { terms, corrections: [], passages };
}

const vpn = term('vpn', 2);
const drops = term('drop', 4);
const both = { vpn: [1, 6], drop: [3, 9] };

test('the signals of a passage that leads over another document', () => {
  const best = passage('vpn', 3, { title: 'The VPN', matches: both });
  const signals = signalsOf(result([vpn, drops], [best, passage('vpn', 2.5), passage('wifi', 1), passage('mail', 1)]));
  expect(signals).toEqual({
    lead: 0.5,
    gap: 2 / 3,
    pairs: 1,
    scoreOfIdeal: 0.75,
    logIdeal: Math.log(4),
    agreement: 0.4,
    titleCoverage: 0.5,
    coverage: 1,
    heaviestMissing: 0,
    unknownMass: 0,
    terms: 2,
    similarity: 0,
    similarityGap: 0,
  });
});

test('a term that the passage lacks, and one that no document has', () => {
  const unknown = term('moon', 5, { idf: 6, chunks: 0 });
  const signals = signalsOf(result([vpn, drops, unknown], [passage('vpn', 1, { matches: { vpn: [40] } })]));
  expect(signals).toMatchObject({ coverage: 0.2, unknownMass: 0.6, heaviestMissing: 0.6, titleCoverage: 0, pairs: 0 });
});

test('words that only ask for help do not count', () => {
  const best = passage('vpn', 1, { matches: { vpn: [1], drop: [2] } });
  const polite = signalsOf(result([term('please', 1, { idf: 9, chunks: 0 }), vpn, drops], [best]));
  expect(polite).toEqual(signalsOf(result([vpn, drops], [best])));
});

test.each([
  ['no passage', result([vpn], [])],
  ['no term', result([], [passage('vpn', 1)])],
  ['only words that ask for help', result([term('help', 1)], [passage('vpn', 1)])],
])('there are no signals where there is nothing to judge: %s', (_, found) => {
  expect(signalsOf(found)).toBeNull();
});

test('the first passage is judged; of the others the scores count, in whatever order they come', () => {
  const [best, ...others] = [passage('vpn', 3), passage('vpn', 2.5), passage('wifi', 1), passage('mail', 2)];
  const signalsOfOrder = (order: readonly Passage[]) => signalsOf(result([vpn, drops], [best, ...order]));
  expect(signalsOfOrder(others.toReversed())).toEqual(signalsOfOrder(others));
  expect(signalsOfOrder(others)).toMatchObject({ lead: 0.25 });
});

test('a best that vectors have put before one with more words has a lead below none', () => {
  const best = passage('vpn', 2, { similarity: 0.8 });
  const found = result([vpn, drops], [best, passage('wifi', 3, { similarity: 0.5 }), passage('mail', 1)]);
  const { lead, gap, similarity, similarityGap = NaN } = signalsOf(found) ?? {};
  expect({ lead, gap, similarity }).toEqual({ lead: -0.25, gap: -0.5, similarity: 0.8 });
  expect(similarityGap).toBeCloseTo(0.3, 10);
});

test.each([
  ['others have words', 2, -1],
  ['nobody has', 0, 1],
])('a best without any of the words: %s', (_, score, gap) => {
  const found = result([vpn], [passage('vpn', 0, { similarity: 0.9 }), passage('wifi', score)]);
  expect(signalsOf(found)).toMatchObject({ gap, similarity: 0.9, similarityGap: 0 });
});

test('without a rival the lead is the whole score', () => {
  const signals = signalsOf(result([vpn, drops], [passage('vpn', 3), passage('vpn', 2)]));
  expect(signals).toMatchObject({ gap: 1, lead: 0.75 });
});

test.each([
  ['the same text elsewhere', { text: 'Click the heron icon and choose sign in' }, 1],
  [
    'much the same text under the same title',
    { title: 'vpn', text: 'Click the heron icon and choose connect at once' },
    1,
  ],
  ['much the same text under another title', { text: 'Click the heron icon and choose connect at once' }, 0.2],
  ['another text under the same title', { title: 'vpn', text: 'Ask your manager for a form' }, 0.2],
])('copies are no rivals: %s', (_, copy, gap) => {
  const best = passage('vpn', 1, { text: 'Click the heron icon and choose Sign in.' });
  const signals = signalsOf(result([vpn], [best, passage('copy', 0.8, copy)]));
  expect(signals?.gap).toBeCloseTo(gap, 10);
});

test.each([
  ['together', { vpn: [1], drop: [4] }, 1],
  ['too far apart', { vpn: [1], drop: [5] }, 0],
  ['in the other order', { vpn: [4], drop: [2] }, 0],
  ['once apart and once together', { vpn: [1, 20], drop: [10, 22] }, 1],
])('neighbouring terms count as a pair when they stand together: %s', (_, matches, pairs) => {
  expect(signalsOf(result([drops, vpn], [passage('a', 1, { matches })]))?.pairs).toBe(pairs);
});

test.each([
  [{ vpn: [3] }, 1],
  [{}, 0],
])('a single term is a pair with itself: %j', (matches, pairs) => {
  expect(signalsOf(result([vpn], [passage('a', 1, { matches })]))?.pairs).toBe(pairs);
});

const signals: Signals = {
  lead: 0.5,
  gap: 0.6,
  pairs: 1,
  scoreOfIdeal: 0.7,
  logIdeal: 2,
  agreement: 0.4,
  titleCoverage: 0.5,
  coverage: 1,
  heaviestMissing: 0,
  unknownMass: 0,
  terms: 3,
  similarity: 0,
  similarityGap: 0,
};

const weights: Weights = {
  signals: [
    { name: 'lead', mean: 0.3, deviation: 0.1, coefficient: 1.5 },
    { name: 'coverage', mean: 0.5, deviation: 0.25, coefficient: -0.5 },
  ],
  intercept: -1,
  answerAt: 0.9,
  suggestAt: 0.3,
};

test('confidence is a logistic function of the standardised signals, and keeps them all', () => {
  const confidence = confidenceOf(signals, weights);
  expect(confidence.value).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  expect(confidence.signals).toEqual(signals);
});

test('without vectors, weights that count on them judge by the other signals', () => {
  const similarity = { name: 'similarity', mean: 0.5, deviation: 0.1, coefficient: 3 } as const;
  const withVectors = { ...weights, signals: [...weights.signals, similarity] };
  expect(confidenceOf(signals, withVectors).value).toBe(confidenceOf(signals, weights).value);
  const usual = { ...signals, similarity: 0.5 };
  expect(confidenceOf(usual, withVectors).value).toBe(confidenceOf(signals, weights).value);
  expect(confidenceOf({ ...signals, similarity: 0.7 }, withVectors).value).toBeGreaterThan(0.9);
});

test('confidence rises with a signal of positive weight and stays between 0 and 1', () => {
  const values = [-100, 0, 0.3, 0.5, 2, 100].map((lead) => confidenceOf({ ...signals, lead }, weights).value);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(1);
});

test('weights are read, and what else is in the file is left aside', () => {
  expect(weightsFrom({ ...weights, fittedOn: { questions: 'a.jsonl' } })).toEqual(weights);
  expect(weightsFrom({ ...weights, dense: 0.3 })).toEqual({ ...weights, dense: 0.3 });
});

test.each([
  [null, '"weights" must be an object'],
  [{ ...weights, signals: [] }, '"signals" must be a list'],
  [{ ...weights, intercept: 'x' }, '"intercept" must be a number'],
  [{ ...weights, answerAt: undefined }, '"answerAt" must be a number'],
  [{ ...weights, suggestAt: Number.NaN }, '"suggestAt" must be a number'],
  [{ ...weights, signals: [{ name: 'charm', mean: 0, deviation: 1, coefficient: 1 }] }, 'unknown signal "charm"'],
  [
    { ...weights, signals: [{ name: 'lead', mean: 0, deviation: 0, coefficient: 1 }] },
    '"deviation" of lead must be above 0',
  ],
  [{ ...weights, dense: 1.1 }, '"dense" must be from 0 to 1'],
  [{ ...weights, dense: '1' }, '"dense" must be a number'],
])('weights that are not as they must be are refused: %#', (json, reason) => {
  expect(() => weightsFrom(json)).toThrow(reason);
});

test('the shipped weights can be read, and answer only what they are surer of than of an offer', () => {
  const shipped = weightsFrom(JSON.parse(readFileSync('src/domain/confidence-weights.json', 'utf8')));
  expect(shipped.answerAt).toBeGreaterThan(shipped.suggestAt);
  expect(shipped.suggestAt).toBeGreaterThan(0);
  expect(shipped.answerAt).toBeLessThan(1);
});
