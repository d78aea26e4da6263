import { z } from 'zod';
import { RemoteError } from '#errors.ts';
import type { Clock } from '#ports.ts';
import { waitOf } from './remote-error.ts';

export interface TokenSettings {
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly appId: string;
  readonly secret: string;
}

/** What the connector accepts from us. */
const scope = 'https://api.botframework.com/.default';
const timeLimitMs = 10_000;
/** A token that ends while a request is on its way would be refused. */
const renewBeforeEndMs = 5 * 60_000;

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/**
 * The bot's own token, by client credentials. Kept until five minutes before it ends; asked for once, however many wait.
 *
 * Not by msal, which the SDK brings: it refuses authorities of plain http and asks Microsoft about any other, so that no
 * local Teams could ever stand in, and what runs in production would be run nowhere else. The request is one form.
 *
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
 *
 * @throws RemoteError `unauthorized` when the app, its secret or its tenant is wrong.
 */
export function createToken(settings: TokenSettings, clock: Clock): () => Promise<string> {
  let kept: { readonly token: string; readonly until: number } | null = null;
  let asking: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const askedAt = clock().getTime();
    const { access_token: token, expires_in: seconds } = await request(settings);
    kept = { token, until: askedAt + seconds * 1000 - renewBeforeEndMs };
    return token;
  }

  return async () => {
    if (kept !== null && clock().getTime() < kept.until) return kept.token;
    asking ??= renew().finally(() => {
      asking = null;
    });
    return asking;
  };
}

async function request({ loginUrl, tenantId, appId, secret }: TokenSettings): Promise<z.infer<typeof Granted>> {
  const form = { grant_type: 'client_credentials', client_id: appId, client_secret: secret, scope };
  try {
    const response = await fetch(`${loginUrl}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimitMs),
    });
    if (!response.ok) throw await refused(response);
    return Granted.parse(await response.json());
  } catch (error) {
    if (error instanceof RemoteError) throw error;
    throw new RemoteError('teams', 'unavailable', { message: 'token: no answer', cause: nameOnly(error) });
  }
}

const Refused = z.object({ error: z.string().regex(/^[a-z_]{1,60}$/) });

/** https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes: `error` is a code, the rest are words. */
async function refused(response: Response): Promise<RemoteError> {
  const { status, headers } = response;
  const told = Refused.safeParse(await response.json().catch(() => null));
  const code = told.success ? ` (${told.data.error})` : '';
  return new RemoteError('teams', kindOf(status), {
    message: `token: HTTP status ${status}${code}`,
    retryAfterMs: waitOf(headers.get('retry-after')),
  });
}

function kindOf(status: number): 'rate-limited' | 'unavailable' | 'unauthorized' {
  if (status === 429) return 'rate-limited';
  return status >= 500 || status === 408 ? 'unavailable' : 'unauthorized';
}

/** An error of the parser's quotes what it read, and that may be the token. */
function nameOnly(error: unknown): Error {
  return new Error(error instanceof Error ? error.name : 'unknown');
}
