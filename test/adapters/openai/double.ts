import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LanguageModelConfig } from '../../../adapters/openai/config.ts';
import type { ModelRequest } from '#model-ports.ts';

/** A request as it came over the wire. */
export interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON that only expectations look into
  readonly body: any;
}
export type Answer = (heard: Heard, response: ServerResponse) => void;

/** A server for what happens on the wire, where the sandbox is too well-behaved. Each request gets the next answer; the last one stays. */
export interface Double {
  readonly url: string;
  readonly heard: readonly Heard[];
  answer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

export async function startDouble(): Promise<Double> {
  let answers: readonly Answer[] = [];
  let heard: Heard[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { url: path = '', headers } = request;
      heard.push({ path, headers, body: JSON.parse(body) });
      const [next = says('{}'), ...others] = answers;
      if (others.length > 0) answers = others;
      next(heard.at(-1)!, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get heard() {
      return heard;
    },
    answer(...given) {
      answers = given;
      heard = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export function sends(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

export const usage = { prompt_tokens: 10, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 4 } };

/** A completion with this content. */
export function says(content: unknown, change: Record<string, unknown> = {}): Answer {
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content, ...change } };
  return sends(200, JSON.stringify({ model: 'gpt-5-mini-2025-08-07', choices: [choice], usage }));
}

/** A refusal as OpenAI words it. */
export function refuses(status: number, error: Record<string, unknown>, headers: Record<string, string> = {}): Answer {
  return sends(
    status,
    JSON.stringify({ error: { type: 'invalid_request_error', param: null, code: null, ...error } }),
    headers,
  );
}

export const settings: LanguageModelConfig = {
  apiKey: 'sk-test',
  baseUrl: '',
  apiVersion: null,
  timeoutMs: 10_000,
  model: 'gpt-5-mini',
  seesImages: false,
  structured: 'auto',
};

export const schema = {
  name: 'firstline_question',
  json: {
    type: 'object',
    properties: { question: { type: 'string' } },
    required: ['question'],
    additionalProperties: false,
  },
};

export function request(change: Partial<ModelRequest> = {}): ModelRequest {
  return {
    instructions: 'Make the question stand alone.',
    data: '<question>\nand on Linux?\n</question>',
    images: [],
    schema,
    maxTokens: 200,
    signal: AbortSignal.timeout(20_000),
    ...change,
  };
}

/** A log that keeps what was said. */
export function createNotes() {
  const notes: unknown[] = [];
  return { notes, log: { info: (message: string, fields?: unknown) => void notes.push([message, fields]) } };
}
