import { jsonAnswer, type Outgoing } from './api-error.ts';

/** What is made of a request, before it is written as one body or as a stream. */
export interface Completion {
  readonly id: string;
  readonly created: number;
  readonly model: string;
  /** Null beside a refusal. */
  readonly content: string | null;
  readonly refusal: string | null;
  readonly finish: 'stop' | 'length' | 'content_filter';
  readonly usage: Usage | null;
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details: { readonly cached_tokens: number; readonly audio_tokens: number };
  readonly completion_tokens_details: Readonly<Record<string, number>>;
}

export function usageOf(input: number, cached: number, output: number): Usage {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** https://developers.openai.com/api/reference/resources/chat */
export function asBody(completion: Completion): Outgoing {
  const { content, refusal, finish, usage } = completion;
  return jsonAnswer(200, {
    ...headOf(completion, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal, annotations: [] },
        logprobs: null,
        finish_reason: finish,
      },
    ],
    ...(usage === null ? {} : { usage }),
  });
}

/** Characters of content in a piece of a stream. */
const pieceLength = 24;

/** https://developers.openai.com/api/reference/resources/chat/subresources/completions/streaming-events */
export function asStream(completion: Completion, how: { includeUsage: boolean; pauseMs: number }): Outgoing {
  const { content, refusal, finish, usage } = completion;
  const told = how.includeUsage && usage !== null;
  const chunk = (choices: readonly object[], last: Usage | null = null) =>
    event({ ...headOf(completion, 'chat.completion.chunk'), choices, ...(told ? { usage: last } : {}) });
  const delta = (one: object, reason: string | null = null) =>
    chunk([{ index: 0, delta: one, logprobs: null, finish_reason: reason }]);
  const parts = [
    delta({ role: 'assistant', content: refusal === null ? '' : null, refusal: refusal === null ? null : '' }),
    ...piecesOf(content ?? '').map((piece) => delta({ content: piece })),
    ...piecesOf(refusal ?? '').map((piece) => delta({ refusal: piece })),
    delta({}, finish),
    ...(told ? [chunk([], usage)] : []),
    'data: [DONE]\n\n',
  ];
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
  return { status: 200, headers, parts, pauseMs: how.pauseMs };
}

function headOf({ id, created, model }: Completion, object: string) {
  return { id, object, created, model, service_tier: 'default', system_fingerprint: 'fp_sandbox' };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Never in the middle of a character. */
function piecesOf(text: string): string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  // a text of 200 kB in pieces of a few words would be a stream of minutes
  const length = Math.max(pieceLength, Math.ceil(characters.length / 400));
  for (let at = 0; at < characters.length; at += length) pieces.push(characters.slice(at, at + length).join(''));
  return pieces;
}
