import { isHTTPResponseError, isNotionClientError } from '@notionhq/client';
import { RemoteError } from '#errors.ts';

/** What a failure of the SDK means, by the status code. https://developers.notion.com/reference/status-codes */
export function translated(error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  if (isHTTPResponseError(error))
    return refused(error.status, { retryAfterMs: retryAfterMs(error.headers), cause: error });
  if (isNotionClientError(error) && error.code === 'notionhq_client_invalid_path_parameter') {
    return new RemoteError('Notion', 'rejected', { message: 'an id that cannot be asked for', cause: error });
  }
  return new RemoteError('Notion', 'unavailable', {
    message: 'could not be reached or did not answer in time',
    cause: error,
  });
}

function refused(status: number, detail: { retryAfterMs: number | null; cause: unknown }): RemoteError {
  const failure = (kind: RemoteError['kind'], message: string) =>
    new RemoteError('Notion', kind, { ...detail, message });
  if (status === 401)
    return failure('unauthorized', 'the token is not valid (401): set NOTION_TOKEN to the integration’s secret');
  if (status === 403) {
    return failure(
      'unauthorized',
      'the integration of NOTION_TOKEN may not read content (403): give it the capability "Read content"',
    );
  }
  if (status === 429) return failure('rate-limited', 'too many requests (429)');
  // 409: what was asked for changes at this moment.
  if (status >= 500 || status === 409 || status === 408) return failure('unavailable', `answered ${status}`);
  return failure('rejected', `refused the request (${status})`);
}

/** The status that an error came with; null when no answer came. */
export function statusOf(error: unknown): number | null {
  const cause = error instanceof RemoteError ? error.cause : error;
  return isHTTPResponseError(cause) ? cause.status : null;
}

/** Whole seconds; a date is allowed by HTTP. https://developers.notion.com/reference/request-limits */
function retryAfterMs(headers: unknown): number | null {
  const value = headers instanceof Headers ? headers.get('retry-after') : null;
  if (value === null || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
