import { webApi } from '@slack/bolt';
import { RemoteError, type RemoteErrorKind } from '#errors.ts';

/** Error codes that mean something else than "this call is wrong". https://docs.slack.dev/apis/web-api/#errors */
const kinds: Readonly<Record<string, RemoteErrorKind>> = {
  ratelimited: 'rate-limited',
  rate_limited: 'rate-limited',
  fatal_error: 'unavailable',
  internal_error: 'unavailable',
  request_timeout: 'unavailable',
  service_unavailable: 'unavailable',
  team_added_to_org: 'unavailable',
  access_denied: 'unauthorized',
  account_inactive: 'unauthorized',
  ekm_access_denied: 'unauthorized',
  invalid_auth: 'unauthorized',
  missing_scope: 'unauthorized',
  no_permission: 'unauthorized',
  not_allowed_token_type: 'unauthorized',
  not_authed: 'unauthorized',
  org_login_required: 'unauthorized',
  team_access_not_granted: 'unauthorized',
  token_expired: 'unauthorized',
  token_revoked: 'unauthorized',
  two_factor_setup_required: 'unauthorized',
};

/**
 * Translates what the Web API client throws. The message holds the method and Slack's error code, with the scopes that
 * are missing, never a text of ours or of Slack.
 */
export function toRemoteError(method: string, error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return failure('rate-limited', `${method}: rate limited`, { retryAfterMs: error.retryAfter * 1000 });
  }
  if (error instanceof webApi.WebAPIPlatformError) return fromCode(method, error);
  if (error instanceof webApi.WebAPIHTTPError) {
    return failure(kindOfStatus(error.statusCode), `${method}: HTTP status ${error.statusCode}`);
  }
  // no connection, a time-out, an answer that breaks off; also a 429 that does not say how long to wait
  return failure('unavailable', `${method}: no answer`, { cause: error });
}

/** Slack's own code for a failed call, e.g. `message_not_found`; null when the failure is of another sort. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof webApi.WebAPIPlatformError)) return null;
  const { error: code } = error.data;
  return /^[a-z][a-z0-9_]{0,80}$/.test(code) ? code : null;
}

/** The scopes that a call lacks, as Slack names them beside `missing_scope`; null when it does not. */
export function neededScopes(error: unknown): string | null {
  if (!(error instanceof webApi.WebAPIPlatformError)) return null;
  const { needed } = Object(error.data) as { needed?: unknown };
  return typeof needed === 'string' && /^[a-z:._,]{1,200}$/.test(needed) ? needed : null;
}

function fromCode(method: string, error: webApi.WebAPIPlatformError): RemoteError {
  const code = errorCode(error);
  // the client puts a body that is not JSON where the code should be: a proxy's or an outage's page
  if (code === null) return failure('unavailable', `${method}: unreadable answer`);
  const seconds = error.data.response_metadata?.['retryAfter'];
  const lacking = code === 'missing_scope' ? neededScopes(error) : null;
  return failure(kinds[code] ?? 'rejected', `${method}: ${code}${lacking === null ? '' : ` (${lacking})`}`, {
    retryAfterMs: typeof seconds === 'number' ? seconds * 1000 : null,
  });
}

/** What an HTTP status means, where Slack gives no code of its own. */
export function kindOfStatus(status: number): RemoteErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 401 || status === 403) return 'unauthorized';
  return status >= 500 || status === 408 ? 'unavailable' : 'rejected';
}

function failure(
  kind: RemoteErrorKind,
  message: string,
  detail: { retryAfterMs?: number | null; cause?: unknown } = {},
): RemoteError {
  return new RemoteError('slack', kind, { message, ...detail });
}
