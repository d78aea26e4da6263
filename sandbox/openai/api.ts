import type { ModelMode, OpenAiModels, OpenAiSettings, TaskName } from './contract.ts';
import type { PromptCache } from './tokens.ts';

/** What the endpoints stand on. */
export interface Api {
  readonly apiKey: string;
  readonly models: OpenAiModels;
  readonly settings: OpenAiSettings;
  readonly cache: PromptCache;
  /** As which the model answers this time; asking counts as an answer. */
  modeFor(task: TaskName): ModelMode;
  seed(): number;
  now(): Date;
}
