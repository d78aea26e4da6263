/**
 * Tokens as the server counts them; a server that counts none is counted by us, too high rather than too low.
 * `cachedTokens` are those of `inputTokens` that it had read before, which cost less.
 */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** A language model behind a server that speaks OpenAI's protocol. Implemented by adapters/openai. */
export interface LanguageModel {
  /** As it is set; kept with every decision. */
  readonly name: string;
  /** Whether it reads pictures. */
  readonly seesImages: boolean;
  /**
   * One call, without any tool. It is not repeated here.
   *
   * @throws RemoteError when no answer came: unreachable, too late (`signal`), refused by status code. Nothing is known
   * then of what it cost.
   */
  ask(request: ModelRequest): Promise<ModelReply>;
}

export interface ModelRequest {
  /** What is to be done; ours alone, never anybody's words. */
  readonly instructions: string;
  /** Delimited data: questions, passages. */
  readonly data: string;
  readonly images: readonly ModelImage[];
  /** What the answer has to look like. */
  readonly schema: AnswerSchema;
  /** Of the answer, at most. */
  readonly maxTokens: number;
  /** Ends the call. */
  readonly signal: AbortSignal;
}

export interface ModelImage {
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A JSON schema in the subset that strict structured output takes: all fields required, no others. */
export interface AnswerSchema {
  /** Letters, digits, `_`. */
  readonly name: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export type ModelReply = (
  | { readonly kind: 'json'; readonly json: unknown }
  /** It will not do this. */
  | { readonly kind: 'refused' }
  /** Cut off at `maxTokens`, by a filter, or by a broken connection. */
  | { readonly kind: 'truncated' }
  /** No JSON, or more of it than anybody could have meant. */
  | { readonly kind: 'malformed' }
) & {
  readonly usage: ModelUsage;
  /** As the server calls the model, which may say more than the setting: `gpt-5-mini-2025-08-07`. */
  readonly servedBy: string;
};

/** Turns texts into vectors whose closeness is likeness of meaning. Implemented by adapters/openai. */
export interface Embedder {
  /** Tells vectors that can be compared from others: model and, where they are set, dimensions. */
  readonly name: string;
  readonly limits: EmbeddingLimits;
  /**
   * One request, whatever the limits. Texts longer than the longest are cut. In order, each of length 1.
   *
   * @throws RemoteError; see {@link Embedder.refuses}.
   */
  embed(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly vectors: readonly Float32Array[]; readonly usage: ModelUsage }>;
  /** Whether a failure says that these texts are not taken, which fewer or shorter ones may be. It has cost nothing. */
  refuses(error: unknown): boolean;
  /** Another model of the same server, by its {@link Embedder.name}; whether there is one, its calls tell. */
  named(name: string): Embedder;
}

/** What most servers take in one request. */
export interface EmbeddingLimits {
  readonly texts: number;
  /** Of all texts together. */
  readonly characters: number;
  /** The characters of one text that are read. */
  readonly longest: number;
}

/** What a model is called for. */
export type ModelPurpose = 'stand-alone' | 'picture' | 'answer' | 'check' | 'embed-question' | 'embed-documents';

/** Whole millionths of the currency in which prices are set, so that sums are exact. */
export type MicroMoney = number;

/** What somebody is about to spend, and on whose behalf. */
export interface PlannedCall {
  readonly purpose: ModelPurpose;
  readonly model: string;
  /** The most that the call can cost. */
  readonly most: MicroMoney;
  /** Null for work on documents. */
  readonly conversationId: string | null;
  /** Whose caps count besides those of all; null: nobody's. */
  readonly personRef: string | null;
  readonly channel: string | null;
  readonly at: Date;
}

/** Where money is counted: all of a day, all of a month (both UTC), one channel's or one person's of a day. */
export type SpendingScope = 'day' | 'month' | 'channel' | 'person';
/** In micro money; left out: no cap. */
export type Caps = Readonly<Partial<Record<SpendingScope, MicroMoney>>>;

/** The cap of a scope, of which a share is spent. */
export interface CapNews {
  readonly scope: SpendingScope;
  /** The channel or person; '' for the others. */
  readonly whose: string;
  readonly percent: 50 | 80 | 100;
  readonly spent: MicroMoney;
  readonly cap: MicroMoney;
}

export type Reservation =
  | { readonly kind: 'reserved'; readonly reservationId: string }
  /** The call would pass this cap: it is not to be made. `news`: as with {@link Spending.settle}. */
  | { readonly kind: 'refused'; readonly scope: SpendingScope; readonly news: readonly CapNews[] };

/**
 * What is spent on models. Money is held back before a call and settled after; what a crash leaves unsettled counts as
 * spent for good, since nobody knows whether it was. Implemented by adapters/postgres.
 */
export interface Spending {
  /** All or nothing, whoever else reserves at the same time: reserved and spent together never pass a cap. */
  reserve(call: PlannedCall, caps: Caps): Promise<Reservation>;
  /** Says what it cost: at most what was reserved, usually. Twice is once. Returns shares of caps reached for the first time. */
  settle(
    reservationId: string,
    cost: { readonly spent: MicroMoney; readonly usage: ModelUsage },
    caps: Caps,
  ): Promise<readonly CapNews[]>;
  /** What is spent or held back in the day, or month, of `at`; of all. */
  spent(scope: 'day' | 'month', at: Date): Promise<MicroMoney>;
  /** What a conversation has cost so far. */
  ofConversation(conversationId: string): Promise<MicroMoney>;
}

/**
 * Vectors of the chunks, beside the index of words. Who makes some says of which model they are: programs with different
 * settings may run side by side, and only what the wanted model makes is taken. Implemented by adapters/postgres.
 */
export interface Vectors {
  /**
   * Names the model whose vectors are wanted from now on. Called when a program starts, and the latest start counts. What
   * an earlier model made is searched until all chunks have theirs of this one, and is removed then.
   */
  useModel(name: string): Promise<void>;
  /**
   * Chunks without a vector of this model, at most `limit`, with what is to be embedded of each; a text that has been
   * embedded before is not among them, its chunk just gets the same vector. `givenUp`: texts that are to go without. When
   * none is left the model counts as complete, and is not asked again before anything has changed. None, too, while another
   * model is wanted.
   */
  missing(
    model: string,
    limit: number,
    givenUp?: readonly string[],
  ): Promise<readonly { readonly chunkId: string; readonly text: string }[]>;
  /**
   * Keeps what this model has made. A chunk that is gone by now is left out. False: another model is wanted by now, and
   * nothing more is kept.
   *
   * @throws Error when a vector has not the model's length.
   */
  put(
    model: string,
    vectors: readonly { readonly chunkId: string; readonly text: string; readonly vector: Float32Array }[],
  ): Promise<boolean>;
  /** How many numbers each vector of this model has; null: none is kept. */
  lengthOf(model: string): Promise<number | null>;
  /** The name of the model whose vectors are searched: questions must be embedded with it; null: none, there are no vectors yet. */
  searched(): Promise<string | null>;
}
