import type { Answer } from '../http.ts';
import { newId } from './ids.ts';

/** Ends a call with one of Notion's error answers. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.name = 'Refusal';
    this.answer = answer;
  }
}

/** https://developers.notion.com/reference/status-codes */
const codes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['validation_error', 'The request is not valid.'],
  401: ['unauthorized', 'API token is invalid.'],
  403: ['restricted_resource', 'Insufficient permissions for this endpoint.'],
  404: ['object_not_found', 'Could not find the object.'],
  409: ['conflict_error', 'Conflict occurred while saving. Please try again.'],
  429: ['rate_limited', 'You have been rate limited. Please try again in a few minutes.'],
  500: ['internal_server_error', 'Unexpected error occurred.'],
  502: ['bad_gateway', 'Bad gateway.'],
  503: ['service_unavailable', 'Notion is unavailable. Please try again later.'],
  504: ['gateway_timeout', 'Notion timed out while attempting to complete this request. Please try again later.'],
  529: ['service_overload', 'Notion is overloaded. Please try again later.'],
};

/** The body of an error answer with this status. */
export function errorBody(status: number, said: { code?: string; message?: string; data?: object } = {}): object {
  const [code, message] = codes[status] ?? ['internal_server_error', 'Unexpected error occurred.'];
  return {
    object: 'error',
    status,
    code: said.code ?? code,
    message: said.message ?? message,
    ...(said.data === undefined ? {} : { additional_data: said.data }),
    request_id: newId(),
  };
}

/** With the code that goes with the status, unless another is given. */
export function refusal(status: number, message?: string, code?: string): Refusal {
  const said = { ...(message === undefined ? {} : { message }), ...(code === undefined ? {} : { code }) };
  return new Refusal({ status, body: errorBody(status, said) });
}

/** `what` is invalid: where it stands, what it should be and what it is. */
export function invalid(where: string, should: string, value: unknown): Refusal {
  const part = where.split('.')[0] ?? '';
  const is = value === undefined ? 'undefined' : JSON.stringify(value).slice(0, 100);
  return refusal(400, `${part} failed validation: ${where} should be ${should}, instead was \`${is}\`.`);
}

/** `what` as Notion names it: page, block, database, data source, user. */
export function notFound(what: string, id: string, integration: string): Refusal {
  return refusal(
    404,
    `Could not find ${what} with ID: ${id}. Make sure the relevant pages and databases are shared with your integration "${integration}".`,
  );
}
