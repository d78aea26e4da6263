import type { Answer } from '../http.ts';

/** Ends a call with one of Confluence's error answers. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${answer.status}`);
    this.name = 'Refusal';
    this.answer = answer;
  }
}

const v2Codes: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['INVALID_REQUEST_PARAMETER', 'Bad Request'],
  401: ['UNAUTHORIZED', 'Unauthorized'],
  404: ['NOT_FOUND', 'Not Found'],
  429: ['RATE_LIMITED', 'Too Many Requests'],
};

/** The errors of version 2: https://developer.atlassian.com/cloud/confluence/rest/v2/intro/ */
export function v2Refusal(status: number, title?: string, detail: string | null = null): Refusal {
  return new Refusal({ status, body: v2ErrorBody(status, title, detail) });
}

export function v2ErrorBody(status: number, title?: string, detail: string | null = null) {
  const [code, words] = v2Codes[status] ?? ['INTERNAL_SERVER_ERROR', 'Internal Server Error'];
  return { errors: [{ status, code, title: title ?? words, detail }] };
}

/** What is not there and what the account may not view are told alike. */
export function v2NotFound(): Refusal {
  return v2Refusal(404);
}

/** https://developer.atlassian.com/cloud/confluence/rest/v1/intro/ */
export function v1Refusal(status: number, message: string): Refusal {
  return new Refusal({ status, body: v1ErrorBody(status, message) });
}

export function v1ErrorBody(status: number, message: string) {
  const data = { authorized: status !== 401, valid: true, allowedInReadOnlyMode: true, errors: [], successful: false };
  return { statusCode: status, data, message };
}

export function badRequest(words: string): Refusal {
  return v1Refusal(400, `com.atlassian.confluence.api.service.exceptions.BadRequestException: ${words}`);
}

export function v1NotFound(words: string): Refusal {
  return v1Refusal(404, `com.atlassian.confluence.api.service.exceptions.NotFoundException: ${words}`);
}

export function noContent(id: string): Refusal {
  return v1NotFound(`No content found with id : ContentId{id=${id}}`);
}
