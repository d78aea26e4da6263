import type { Json } from './messages.ts';

/**
 * A call refused in Slack's way: `{ ok: false, error: code, …extra }` with HTTP status 200.
 * https://docs.slack.dev/apis/web-api/#responses
 */
export class ApiError extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.extra = extra;
  }
}

/** What Slack says of an argument: `invalid_arguments` with the details in response_metadata. */
export function invalidArguments(...details: readonly string[]): ApiError {
  return new ApiError('invalid_arguments', {
    response_metadata: { messages: details.map((detail) => `[ERROR] ${detail}`) },
  });
}
