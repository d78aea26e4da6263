/** What a model costs, in micro money (millionths of the currency in which prices are set) for a million tokens. */
export interface Price {
  readonly input: number;
  /** Of what the server had read before. */
  readonly cachedInput: number;
  readonly output: number;
}

/** By models' names, in small letters. */
export type Prices = ReadonlyMap<string, Price>;

/** What a call sends, and the longest answer that it asks for. */
export interface CallSize {
  /** All that is sent as text: instructions, data, the answer's schema. */
  readonly texts: readonly string[];
  readonly images: number;
  /** Of the answer, at most. */
  readonly maxTokens: number;
}

export interface TokenCount {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/**
 * Of one image, whatever its size: small models count this much for a large one, most models a twentieth of it. What is
 * held back too much is free again when the answer is there. https://developers.openai.com/api/docs/guides/images-vision
 */
const TOKENS_OF_IMAGE = 40_000;
/** What servers add around the messages, the adapter's own sentence on JSON included. */
const TOKENS_AROUND = 200;
const MILLION = 1_000_000;

/**
 * Tokens of texts and images, too high rather than too low: a token is about four letters of English, and hardly ever
 * less than two bytes of any language.
 */
export function tokensAtMost({ texts, images }: Pick<CallSize, 'texts' | 'images'>): number {
  const encoder = new TextEncoder();
  const bytes = texts.reduce((sum, text) => sum + encoder.encode(text).length, 0);
  return Math.ceil(bytes / 2) + images * TOKENS_OF_IMAGE;
}

/** The most that a call can cost, but for what models count of images, in whole micro money; `price` null: nothing. */
export function mostOf(size: CallSize, price: Price | null): number {
  const inputTokens = tokensAtMost(size) + TOKENS_AROUND;
  return costOf({ inputTokens, cachedTokens: 0, outputTokens: size.maxTokens }, price);
}

/** What a call has cost, in whole micro money, rounded up; `price` null: nothing. */
export function costOf({ inputTokens, cachedTokens, outputTokens }: TokenCount, price: Price | null): number {
  if (price === null) return 0;
  const cached = Math.min(cachedTokens, inputTokens);
  const sum = (inputTokens - cached) * price.input + cached * price.cachedInput + outputTokens * price.output;
  return Math.ceil(sum / MILLION);
}

/** What stands behind a model's name and makes no other model of it. */
const VERSION = /^(?:-\d{4}[\d-]*|[@:][\w.-]+|-latest|-preview)+$/;

/**
 * The price of a model by its name, whatever version is named behind it: `gpt-5-mini` is that of `gpt-5-mini-2025-08-07`,
 * but `gpt-5` is that of neither `gpt-5.1` nor `gpt-5-pro`, which costs twelve times as much. A name that ends with `*` is
 * that of all that begin so; the longest one counts. Null: none is set.
 */
export function priceFor(model: string, prices: Prices): Price | null {
  const asked = model.toLowerCase();
  const isFor = (name: string) =>
    asked === name ||
    VERSION.test(afterStart(asked, name)) ||
    (name.endsWith('*') && asked.startsWith(name.slice(0, -1)));
  const fitting = [...prices].filter(([name]) => isFor(name));
  const [best] = fitting.toSorted(([one], [other]) => closeness(other) - closeness(one));
  return best?.[1] ?? null;
}

/** Of two names of the same length the whole one is closer. */
function closeness(name: string): number {
  return name.endsWith('*') ? name.length - 1.5 : name.length;
}

/** '' where it does not begin so. */
function afterStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : '';
}

/**
 * Reads prices as people write them, in currency for a million tokens: `gpt-5-mini: 0.25 / 0.025 / 2.00` is input, cached
 * input, output. Two are input and output; one is all of them, as embeddings have it. Models stand apart by `;` or by lines.
 *
 * @throws Error whose message is a sentence that names the entry.
 */
export function readPrices(text: string): Prices {
  const prices = new Map<string, Price>();
  for (const entry of text.split(/[;\n]/).map((part) => part.trim())) {
    if (entry === '') continue;
    const [name, price] = readEntry(entry);
    if (prices.has(name)) throw new Error(`The price of ${name} is given twice.`);
    prices.set(name, price);
  }
  return prices;
}

/** A name may have colons of its own: `llama3.1:8b`. */
function readEntry(entry: string): readonly [string, Price] {
  const [, name = '', amounts = ''] = /^(.*\S)\s*:\s*([^:]*)$/.exec(entry) ?? [];
  const price = priceOf(amounts.split('/').map((written) => readAmount(written.trim())));
  if (name !== '' && price !== null) return [name.toLowerCase(), price];
  throw new Error(
    `The price “${entry}” cannot be read: write it as model: input / cached input / output, each for a million tokens, such as gpt-5-mini: 0.25 / 0.025 / 2.00.`,
  );
}

function priceOf(amounts: readonly number[]): Price | null {
  if (amounts.length > 3 || amounts.some(Number.isNaN)) return null;
  const [input = 0, second = input, third = second] = amounts;
  return { input, cachedInput: amounts.length === 3 ? second : input, output: third };
}

/** In micro money; NaN when it is no price that anybody asks. */
function readAmount(written: string): number {
  if (!/^\d{1,6}(\.\d{1,6})?$/.test(written)) return Number.NaN;
  return Math.round(Number(written) * MILLION);
}

/** A cap of which a share is spent, or that a call would have passed. Amounts in micro money. */
export interface BudgetNews {
  readonly scope: 'day' | 'month' | 'channel' | 'person';
  readonly whose: string;
  readonly percent: 50 | 80 | 100;
  readonly spent: number;
  readonly cap: number;
}

/** The settings of the caps, by what they limit. */
export const CAP_SETTINGS: Readonly<Record<BudgetNews['scope'], string>> = {
  day: 'MODEL_BUDGET_PER_DAY',
  month: 'MODEL_BUDGET_PER_MONTH',
  channel: 'MODEL_BUDGET_PER_CHANNEL',
  person: 'MODEL_BUDGET_PER_PERSON',
};

/** Tells an admin how much of a cap is spent, what that means, and what to change. `at`: when it came to that. */
export function budgetSentence(news: BudgetNews, at: Date): string {
  const amounts = `${amount(news.spent)} of ${amount(news.cap)}`;
  const end = news.scope === 'month' ? 'the month ends (UTC)' : 'midnight UTC';
  const setting = `To change the limit, set ${CAP_SETTINGS[news.scope]}.`;
  const budget = `the language model’s budget ${ofWhat(news, at)}`;
  if (news.percent < 100) {
    return `${news.percent} % of ${budget} is spent: ${amounts}. At 100 % ${answered(news)} from the documents without the model until ${end}. ${setting}`;
  }
  return `There is too little left of ${budget} for another answer: ${amounts} is spent. Until ${end}, ${answered(news)} from the documents without the model; nobody is left without an answer or a ticket. ${setting}`;
}

function ofWhat({ scope, whose }: BudgetNews, at: Date): string {
  const day = at.toISOString().slice(0, 10);
  switch (scope) {
    case 'day':
      return `for ${day}`;
    case 'month':
      return `for the month ${day.slice(0, 7)}`;
    case 'channel':
      return `for the channel ${whose} on ${day}`;
    case 'person':
      return `for one person (${whose}) on ${day}`;
  }
}

function answered({ scope }: BudgetNews): string {
  if (scope === 'channel') return 'questions in it are answered with quotations';
  return scope === 'person' ? 'their questions are answered with quotations' : 'questions are answered with quotations';
}

/** As an amount of money, with more digits where two would show nothing. */
function amount(micro: number): string {
  const digits = micro > 0 && micro < 10_000 ? 6 : 2;
  return (micro / MILLION).toFixed(digits);
}
