/** A server that speaks OpenAI's protocol: OpenAI itself, Azure OpenAI, or one of your own. */
export interface ServerConfig {
  /** Null where none is asked for, as local servers do. */
  readonly apiKey: string | null;
  /** As `https://api.openai.com/v1`; with `apiVersion` the resource's own, `https://acme.openai.azure.com`. */
  readonly baseUrl: string;
  /**
   * Set: Azure OpenAI as it was before its v1 API, whose models are named by the path and whose key has a header of its
   * own. Null: all others, Azure's v1 API among them.
   * https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle
   */
  readonly apiVersion: string | null;
  /** For each request, its answer included. */
  readonly timeoutMs: number;
}

/**
 * How the form of an answer is asked for: by its schema; as JSON of some form, with the schema in words; in words alone.
 * `auto`: the first of these that the server takes.
 */
export type Structured = 'schema' | 'object' | 'text';

/**
 * How long a model thinks before it answers. `minimal` is known to the first of GPT-5, `none` to those from 5.1 on.
 * https://developers.openai.com/api/docs/guides/reasoning
 */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high';

export interface LanguageModelConfig extends ServerConfig {
  /** With `apiVersion`, the deployment's name. */
  readonly model: string;
  readonly seesImages: boolean;
  readonly structured: Structured | 'auto';
  /** Null or left out: as the model has it. */
  readonly reasoningEffort?: ReasoningEffort | null;
}

export interface EmbedderConfig extends ServerConfig {
  readonly model: string;
  /** Null: as many as the model has. Not every model takes a number. */
  readonly dimensions: number | null;
}
