/** What an endpoint answers with, before it goes on the wire. */
export interface Outgoing {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written one after the other. */
  readonly parts: readonly string[];
  /** Milliseconds between two parts. */
  readonly pauseMs?: number;
  /** The connection ends in the middle: fewer bytes come than are announced. */
  readonly isCut?: boolean;
}

export interface ApiErrorBody {
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
}

/** Ends a call with one of OpenAI's error answers. https://developers.openai.com/api/docs/guides/error-codes */
export class Refusal extends Error {
  readonly answer: Outgoing;

  constructor(status: number, body: object, headers: Readonly<Record<string, string>> = {}) {
    super(`refused with ${status}`);
    this.name = 'Refusal';
    this.answer = { ...jsonAnswer(status, { error: body }), headers: { ...jsonHeaders, ...headers } };
  }
}

const jsonHeaders = { 'content-type': 'application/json' };

export function jsonAnswer(status: number, body: unknown): Outgoing {
  return { status, headers: jsonHeaders, parts: [JSON.stringify(body)] };
}

/** A request that cannot be done as it stands; `param` is the field that is wrong. */
export function badRequest(message: string, param: string | null = null, code: string | null = null): Refusal {
  return new Refusal(400, { message, type: 'invalid_request_error', param, code } satisfies ApiErrorBody);
}

export function notFound(message: string, code: string | null = null): Refusal {
  return new Refusal(404, { message, type: 'invalid_request_error', param: null, code } satisfies ApiErrorBody);
}

export function unknownModel(model: string): Refusal {
  return notFound(`The model \`${model}\` does not exist or you do not have access to it.`, 'model_not_found');
}
