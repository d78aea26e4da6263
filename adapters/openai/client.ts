import { AzureOpenAI, OpenAI } from 'openai';
import type { Clock } from '#ports.ts';
import { cappedFetch } from './body.ts';
import type { ServerConfig } from './config.ts';
import { toRemoteError } from './remote-error.ts';

/** Asks the server one thing, once. */
export interface Client {
  /** The body of the answer, not yet read as JSON. @throws RemoteError, or what {@link cappedFetch} throws of a body. */
  post(path: '/chat/completions' | '/embeddings', body: object, signal: AbortSignal): Promise<string>;
  /** Whether it is OpenAI itself, which alone knows parameters of its own platform. */
  readonly isOpenAi: boolean;
}

/**
 * The SDK with all that it would do by itself turned off: it repeats nothing, logs nothing, and takes nothing from the
 * environment that is not handed to it.
 *
 * @param mostBytes of an answer.
 */
export function createClient(config: ServerConfig, { clock, mostBytes }: { clock: Clock; mostBytes: number }): Client {
  const sdk = config.apiVersion === null ? plain(config, mostBytes) : azure(config, config.apiVersion, mostBytes);
  return {
    isOpenAi: /(^|\.)api\.openai\.com$/.test(new URL(config.baseUrl).hostname),
    async post(path, body, patience) {
      const began = performance.now();
      // the SDK's own time limit would do as well, but does not tell itself from other failures everywhere
      const signal = AbortSignal.any([patience, AbortSignal.timeout(config.timeoutMs)]);
      try {
        const response = await sdk.post(path, { body, signal }).asResponse();
        return await response.text();
      } catch (error) {
        // who has little time left when they ask says nothing of a server that would have answered in a moment more
        const waitedLong = performance.now() - began >= config.timeoutMs / 2;
        throw toRemoteError(error, { path, signal, now: clock(), waitedLong });
      }
    },
  };
}

/** The SDK refuses to be made without a key; what it sends of it is taken back by a header that is null. */
const NO_KEY = 'none';

function optionsOf({ apiKey, timeoutMs }: ServerConfig, mostBytes: number) {
  return {
    apiKey: apiKey ?? NO_KEY,
    organization: null,
    project: null,
    webhookSecret: null,
    timeout: timeoutMs + 1000, // ends what ours, for whatever reason, does not
    maxRetries: 0,
    logLevel: 'off',
    fetch: cappedFetch(mostBytes),
    defaultHeaders: apiKey === null ? { authorization: null, 'api-key': null } : {},
  } as const;
}

function plain(config: ServerConfig, mostBytes: number): OpenAI {
  return new OpenAI({ ...optionsOf(config, mostBytes), adminAPIKey: null, baseURL: withoutSlash(config.baseUrl) });
}

/** https://learn.microsoft.com/azure/ai-foundry/openai/reference#chat-completions */
function azure(config: ServerConfig, apiVersion: string, mostBytes: number): OpenAI {
  const base = withoutSlash(config.baseUrl);
  const baseURL = /\/openai(\/|$)/.test(new URL(base).pathname) ? base : `${base}/openai`;
  return new AzureOpenAI({ ...optionsOf(config, mostBytes), adminAPIKey: null, apiVersion, baseURL });
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}
