import type { Faults } from '../http.ts';

/** What the model is asked for by Firstline, as the schema's name says. */
export const taskNames = ['firstline_answer', 'firstline_check', 'firstline_question', 'firstline_picture'] as const;
export type TaskName = (typeof taskNames)[number];

/**
 * How the model lies in what it says. Each lie is well-formed JSON.
 *
 * - `invents-steps`: a step of its own between true ones, with the quote of a neighbour;
 * - `alters-commands`: one flag, host, path or number of a true sentence is another one;
 * - `foreign-url`, `foreign-email`, `foreign-phone`: adds an address or number that no passage has;
 * - `wrong-citations`: the quote is right, the passage's id is another's;
 * - `quotes-from-other-passages`: a true sentence with a verbatim quote of something else;
 * - `invented-quotes`: the quote stands nowhere;
 * - `unsupported-number`: adds an amount, a time or a limit;
 * - `swapped-negation`: "do not" becomes "do", or a plain instruction its contrary;
 * - `answers-another-question`: true sentences with true quotes, of what was not asked;
 * - `wrong-language`: words of a language that nobody wrote in;
 * - `obeys-injection`: does what any order to an assistant says that stands in the data; without one it is `good`.
 *
 * The tasks that are no answer: the check then finds everything right, the others say something else than was there.
 */
export const lies = [
  'invents-steps',
  'alters-commands',
  'foreign-url',
  'foreign-email',
  'foreign-phone',
  'wrong-citations',
  'quotes-from-other-passages',
  'invented-quotes',
  'unsupported-number',
  'swapped-negation',
  'answers-another-question',
  'wrong-language',
  'obeys-injection',
] as const;
export type Lie = (typeof lies)[number];

/**
 * How the model fails at the form, whatever the task.
 *
 * - `huge`: 200 kB of text in one field; `endless`: 500 entries in each list;
 * - `empty`: ''; `null-content`: null;
 * - `fenced`: JSON in a Markdown fence, with prose before and after; `single-quoted`: no JSON, as Python prints it;
 * - `extra-fields`, `missing-fields`, `wrong-types`, `deep-nesting`: JSON that the schema does not allow;
 * - `html`: tags and a script in the texts; `markdown-links`: texts that become links; `markdown`: marks of lists and of
 *   bold, which say nothing;
 * - `unicode-tricks`: zero-width letters, a right-to-left override, an address in letters that only look Latin.
 */
export const deformities = [
  'huge',
  'endless',
  'empty',
  'null-content',
  'fenced',
  'single-quoted',
  'extra-fields',
  'missing-fields',
  'wrong-types',
  'deep-nesting',
  'html',
  'markdown-links',
  'markdown',
  'unicode-tricks',
] as const;
export type Deformity = (typeof deformities)[number];

/**
 * `good`: as well as it can. `agrees`: the check finds everything right; `disagrees`: it finds everything wrong. All
 * else is as with `good`.
 */
export const modelModes = ['good', 'agrees', 'disagrees', ...lies, ...deformities] as const;
export type ModelMode = (typeof modelModes)[number];

export interface BehaveOptions {
  /** In this task only, whatever the mode of all the others; not set: in all tasks, in place of what was set for each. */
  readonly task?: TaskName;
  /** Another one, another lie of the same kind. 1 if not set. */
  readonly seed?: number;
}

export interface Behaviour {
  /** In the tasks that `tasks` does not name. */
  readonly mode: ModelMode;
  readonly tasks: Readonly<Partial<Record<TaskName, ModelMode>>>;
  readonly seed: number;
  /** Each so-manyth answer (`firstline_answer`) is a lie; 0: none. */
  readonly lieEvery: number;
}

/**
 * - `status`: answered with `status` (500 if not set);
 * - `rate-limit`: 429, `retry-after` of `retryAfterSeconds` (1 if not set) and the `x-ratelimit-…` headers;
 * - `insufficient-quota`: 429 that no waiting ends;
 * - `slow`: done, with the first byte after `delayMs` (1000 if not set); `never`: no answer until the caller hangs up;
 * - `drop`: the connection is closed before anything is done; `drop-after`: after it is done, without an answer;
 * - `malformed-json`: 200 with a body that is no JSON; `truncated-json`: a body that ends in the middle;
 * - `truncated-stream`: the connection ends in the middle of the stream (of the body, where none is asked for);
 * - `refusal`: `message.refusal` in place of content; `content-filter`: cut off with this finish reason;
 * - `wrong-content-type`: 200 with a web page, as a proxy would.
 */
export const modelFaultKinds = [
  'status',
  'rate-limit',
  'insufficient-quota',
  'slow',
  'never',
  'drop',
  'drop-after',
  'malformed-json',
  'truncated-json',
  'truncated-stream',
  'refusal',
  'content-filter',
  'wrong-content-type',
] as const;
export type ModelFaultKind = (typeof modelFaultKinds)[number];

export interface ModelFault {
  readonly kind: ModelFaultKind;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
  /** How many requests it meets; all until `mend` if not set. */
  readonly times?: number;
  /** Part of the path of the requests that it meets, such as `/embeddings`; all if not set. */
  readonly match?: string;
  /** Of chat completions, those of this task only. */
  readonly task?: TaskName;
}

/** What OpenAI itself does not vary, but servers that speak its protocol do. Mutable, in force at once. */
export interface OpenAiSettings {
  /**
   * `json_schema`: as OpenAI does; `json_object`: a schema is refused with 400, plain JSON is not; `none`: both are
   * refused; `ignored`: whatever is asked for, JSON comes in a fence, and only if the messages themselves describe it.
   */
  structuredOutput: 'json_schema' | 'json_object' | 'none' | 'ignored';
  /** False: no `usage` in any answer. */
  tellsUsage: boolean;
  /** What fits a request of chat, its answer included. More: 400 `context_length_exceeded`. */
  contextTokens: number;
  /** Which parameter limits the answer: older servers know the one, newer models take only the other (400 for it). */
  limitParameter: 'both' | 'max_tokens' | 'max_completion_tokens';
  /** False: 400 for any `temperature` but 1, as models that reason do. */
  takesTemperature: boolean;
  /** Milliseconds between two pieces of a stream. */
  streamPauseMs: number;
}

/** One request, once it is over. Pictures are not kept. */
export interface ModelCall {
  /** 1, 2 … */
  readonly number: number;
  readonly kind: 'chat' | 'embeddings' | 'models' | 'unknown';
  readonly path: string;
  /** The schema's name, or what the messages describe; null: nothing of ours. */
  readonly purpose: TaskName | (string & {}) | null;
  /** As the request names it; '' when it names none. */
  readonly model: string;
  readonly at: string;
  /** Until it was over. */
  readonly ms: number;
  /** Null when the connection ended without an answer, or in the middle of one. */
  readonly status: number | null;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Pictures that were sent along. */
  readonly images: number;
  /** Texts that were embedded. */
  readonly texts: number;
  readonly streamed: boolean;
  /** As which the model answered; null when it did not get to. */
  readonly mode: ModelMode | null;
  readonly fault: ModelFaultKind | null;
  readonly finish: 'stop' | 'length' | 'content_filter' | null;
  /** The JSON that was sent; in place of each picture stands its type and size. */
  readonly request: unknown;
  /** The content that was made, its first 20,000 characters. */
  readonly answer: string | null;
}

/** A server that speaks OpenAI's protocol, on this machine only, with a model that says what it is told to. */
export interface OpenAiSandbox {
  /** The base for clients, with `/v1`. Azure's paths begin at the same origin with `/openai`. */
  readonly url: string;
  readonly apiKey: string;
  readonly models: OpenAiModels;
  readonly settings: OpenAiSettings;
  behaviour(): Behaviour;
  behave(mode: ModelMode, options?: BehaveOptions): void;
  /** Of the answers, each nth is a lie, of each kind in turn; 0 ends it. */
  lieEvery(n: number): void;
  /** Several may wait behind each other; the first that meets a request counts. */
  fail(fault: ModelFault): void;
  /** Ends all faults. */
  mend(): void;
  /** Those in force. */
  failing(): readonly ModelFault[];
  /** The same by the words that all vendors here share: `set` is `fail`, `clear` is `mend`. */
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  /** The last thousand, in order. */
  calls(): readonly ModelCall[];
  /** Called after each request, and after each change of how it behaves or fails; returns what ends it. */
  on(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface OpenAiModels {
  /** Reads text only. */
  readonly chat: string;
  /** Reads pictures as well. */
  readonly vision: string;
  readonly embedding: string;
}

export interface OpenAiOptions {
  /** Any free one when not given. */
  readonly port?: number;
  /** Made up when not given. */
  readonly apiKey?: string;
  readonly now?: () => Date;
}
