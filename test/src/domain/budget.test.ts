import { type BudgetNews, budgetSentence, costOf, mostOf, priceFor, readPrices, tokensAtMost } from '#domain/budget.ts';

const mini = { input: 250_000, cachedInput: 25_000, output: 2_000_000 };

describe('prices', () => {
  test('are read as people write them, whichever way they part them', () => {
    const written =
      ' gpt-5-mini: 0.25 / 0.025 / 2.00; text-embedding-3-small:0.02\n\nllama3.1:8b: 0/0 ; Writer : 1.5 / 3';
    expect(Object.fromEntries(readPrices(written))).toEqual({
      'gpt-5-mini': mini,
      'text-embedding-3-small': { input: 20_000, cachedInput: 20_000, output: 20_000 },
      'llama3.1:8b': { input: 0, cachedInput: 0, output: 0 },
      writer: { input: 1_500_000, cachedInput: 1_500_000, output: 3_000_000 },
    });
    expect(readPrices('').size).toBe(0);
  });

  test.each([
    'gpt-5-mini',
    'gpt-5-mini 0.25',
    ': 0.25',
    'gpt-5-mini:',
    'gpt-5-mini: 0,25',
    'gpt-5-mini: $0.25',
    'gpt-5-mini: -1',
    'gpt-5-mini: 1e3',
    'gpt-5-mini: 0.0000001',
    'gpt-5-mini: 1 / 2 / 3 / 4',
    'gpt-5-mini: 1 //3',
    'gpt-5-mini: free',
  ])('%j is no price, and the sentence says which entry it is and how it is written', (entry) => {
    expect(() => readPrices(`a: 1; ${entry}`)).toThrow(
      `The price “${entry}” cannot be read: write it as model: input / cached input / output, each for a million tokens, such as gpt-5-mini: 0.25 / 0.025 / 2.00.`,
    );
  });

  test('a model that is given twice is a mistake', () => {
    expect(() => readPrices('a: 1; A: 2')).toThrow('The price of a is given twice.');
  });

  test.each([
    ['gpt-5-mini', 'gpt-5-mini'],
    ['gpt-5-mini-2025-08-07', 'gpt-5-mini'],
    ['GPT-5-Mini', 'gpt-5-mini'],
    ['gpt-5', 'gpt-5'],
    ['gpt-5-nano', null],
    ['gpt-5-minimal', null],
    ['gpt-5.1', null],
    ['gpt-50', null],
    ['gpt', null],
    ['gpt-5-pro', null],
    ['gpt-5-latest', 'gpt-5'],
    ['o3-deep-research', 'o3*'],
    ['o3', 'o3'],
    ['', null],
    ['text-embedding-3-small@256', 'text-embedding-3-small'],
    ['llama3.1:8b', 'llama3.1'],
  ])('the price of %s is that of %s', (model, name) => {
    const prices = readPrices('gpt-5: 1; gpt-5-mini: 2; text-embedding-3-small: 3; llama3.1: 4; o3*: 5; o3: 6');
    expect(priceFor(model, prices)).toEqual(name === null ? null : prices.get(name));
  });
});

describe('what a call costs', () => {
  test('what was read before costs less, and parts of a millionth count whole', () => {
    const usage = { inputTokens: 1_000_000, cachedTokens: 400_000, outputTokens: 100_000 };
    expect(costOf(usage, mini)).toBe(600_000 * 0.25 + 400_000 * 0.025 + 100_000 * 2);
    expect(costOf({ inputTokens: 1, cachedTokens: 0, outputTokens: 0 }, mini)).toBe(1);
    expect(costOf({ inputTokens: 0, cachedTokens: 0, outputTokens: 0 }, mini)).toBe(0);
    expect(costOf({ inputTokens: 10, cachedTokens: 4_000_000, outputTokens: 0 }, mini)).toBe(1);
    expect(costOf(usage, null)).toBe(0);
  });

  test('at most: two bytes a token, a flat number for each image, and the longest answer', () => {
    expect(tokensAtMost({ texts: ['four', 'é', '漢字', '😀', ''], images: 3 })).toBe((4 + 2 + 6 + 4) / 2 + 120_000);
    const size = { texts: ['x'.repeat(20_000)], images: 1, maxTokens: 3_000 };
    expect(mostOf(size, mini)).toBe((10_000 + 40_000 + 200) * 0.25 + 3_000 * 2);
    expect(mostOf(size, null)).toBe(0);
  });
});

describe('what admins read', () => {
  const at = new Date('2026-11-23T23:59:59Z');
  const news: BudgetNews = { scope: 'day', whose: '', percent: 50, spent: 2_512_345, cap: 5_000_000 };

  test.each([
    [
      news,
      '50 % of the language model’s budget for 2026-11-23 is spent: 2.51 of 5.00. At 100 % questions are answered with quotations from the documents without the model until midnight UTC. To change the limit, set MODEL_BUDGET_PER_DAY.',
    ],
    [
      { ...news, scope: 'month', percent: 80, spent: 4_000_000 },
      '80 % of the language model’s budget for the month 2026-11 is spent: 4.00 of 5.00. At 100 % questions are answered with quotations from the documents without the model until the month ends (UTC). To change the limit, set MODEL_BUDGET_PER_MONTH.',
    ],
    [
      { ...news, scope: 'channel', whose: 'C1', percent: 100, spent: 4_990_000 },
      'There is too little left of the language model’s budget for the channel C1 on 2026-11-23 for another answer: 4.99 of 5.00 is spent. Until midnight UTC, questions in it are answered with quotations from the documents without the model; nobody is left without an answer or a ticket. To change the limit, set MODEL_BUDGET_PER_CHANNEL.',
    ],
    [
      { ...news, scope: 'person', whose: 'Ann Poe', percent: 100, spent: 1234, cap: 2000 },
      'There is too little left of the language model’s budget for one person (Ann Poe) on 2026-11-23 for another answer: 0.001234 of 0.002000 is spent. Until midnight UTC, their questions are answered with quotations from the documents without the model; nobody is left without an answer or a ticket. To change the limit, set MODEL_BUDGET_PER_PERSON.',
    ],
  ] satisfies [BudgetNews, string][])(
    'the news %j is a sentence that names what is spent and what to change',
    (told, sentence) => {
      expect(budgetSentence(told, at)).toBe(sentence);
    },
  );
});
