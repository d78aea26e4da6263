import type { Answer } from '../http.ts';

/** Ends a call with one of Jira's error answers. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(
      `refused with ${answer.status}: ${typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)}`,
    );
    this.name = 'Refusal';
    this.answer = answer;
  }
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes, schema ErrorCollection */
export function refusal(
  status: number,
  errorMessages: readonly string[],
  errors: Readonly<Record<string, string>> = {},
): Refusal {
  return new Refusal({ status, body: { errorMessages, errors } });
}

/**
 * The service desk's own shape of an error.
 * https://developer.atlassian.com/cloud/jira/service-desk/rest/intro/#status-codes, schema ErrorResponse
 */
export function deskRefusal(status: number, errorMessage: string, i18nKey = 'sd.validation.error'): Refusal {
  return new Refusal({
    status,
    body: { errorMessage, i18nErrorMessage: { i18nKey, parameters: [errorMessage] } },
  });
}

export function issueNotFound(): Refusal {
  return refusal(404, ['Issue does not exist or you do not have permission to see it.']);
}

/** What Jira says to wrong or missing credentials: plain text. */
export function notAuthenticated(): Refusal {
  return new Refusal({
    status: 401,
    headers: { 'www-authenticate': 'OAuth realm="sandbox"', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
    body: 'Client must be authenticated to access this resource.',
  });
}
