import { randomUUID } from 'node:crypto';
import type { Answer, Call } from '../http.ts';
import type { Json, TokenWish } from './contract.ts';
import { appId, tenantId } from './ids.ts';
import type { Keys } from './keys.ts';

const channelIssuer = 'https://api.botframework.com';
const outboundAudience = 'https://api.botframework.com';
/** What Entra says of a token's life: an hour, less the second that it took. */
const lifeSeconds = 3599;

/**
 * A bearer as Teams sends it with each activity; `wish` spoils it.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-3
 */
export function channelToken(keys: Keys, serviceUrl: string, wish: TokenWish = {}): string | null {
  if (wish.none === true) return null;
  if (wish.own === true) return outboundToken(keys);
  const now = nowSeconds() - (wish.expired === true ? 2 * 3600 : 0);
  const { issuer = channelIssuer, audience = appId, endorsements, forged } = wish;
  return keys.sign(
    { serviceurl: wish.serviceUrl ?? serviceUrl, nbf: now, exp: now + 3600, iss: issuer, aud: audience },
    { ...(endorsements === undefined ? {} : { endorsements }), ...(forged === undefined ? {} : { forged }) },
  );
}

/** As Entra makes it for the app's own calls (version 1.0). */
function outboundToken(keys: Keys): string {
  const now = nowSeconds();
  return keys.sign({
    aud: outboundAudience,
    iss: `https://sts.windows.net/${tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + lifeSeconds,
    appid: appId,
    tid: tenantId,
    ver: '1.0',
  });
}

/** Whether the call carries the app's own token, as the connector wants it. */
export function isAuthorized(keys: Keys, call: Call): boolean {
  const [scheme = '', token = ''] = (call.headers.authorization ?? '').split(' ');
  const claims = scheme.toLowerCase() === 'bearer' ? keys.verified(token) : null;
  if (claims === null) return false;
  const { aud, appid, exp } = claims;
  return aud === outboundAudience && appid === appId && typeof exp === 'number' && exp > nowSeconds();
}

/**
 * `POST /{tenant}/oauth2/v2.0/token`, the client credentials flow; null when it is another path.
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function answerTokenRequest(call: Call, { keys, secret }: { keys: Keys; secret: string }): Answer | null {
  const [, tenant] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(call.path) ?? [];
  if (tenant === undefined || call.method !== 'POST') return null;
  const form = new URLSearchParams(call.body);
  const refusal = refusalOf(tenant, form, secret);
  if (refusal !== null) return refusal;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store, no-cache' },
    body: {
      token_type: 'Bearer',
      expires_in: lifeSeconds,
      ext_expires_in: lifeSeconds,
      access_token: outboundToken(keys),
    },
  };
}

function refusalOf(tenant: string, form: URLSearchParams, secret: string): Answer | null {
  const client = form.get('client_id') ?? '';
  if (tenant !== tenantId && tenant !== 'botframework.com')
    return entraError(400, 'invalid_request', [90002, `Tenant '${tenant}' not found.`]);
  if (form.get('grant_type') !== 'client_credentials')
    return entraError(400, 'unsupported_grant_type', [70003, 'The app requested an unsupported grant type.']);
  if (client !== appId)
    return entraError(400, 'unauthorized_client', [
      700016,
      `Application with identifier '${client}' was not found in the directory '${tenant}'.`,
    ]);
  if (form.get('client_secret') !== secret)
    return entraError(401, 'invalid_client', [
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client}'.`,
    ]);
  if (form.get('scope') !== `${outboundAudience}/.default`)
    return entraError(400, 'invalid_scope', [
      1002012,
      `The provided value for scope ${form.get('scope') ?? ''} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ]);
  return null;
}

function entraError(status: number, error: string, [code, words]: readonly [number, string]): Answer {
  const [trace, correlation] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${words} Trace ID: ${trace} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}

/** https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#openid-metadata-document */
export function answerKeys(call: Call, { keys, url }: { keys: Keys; url: string }): Answer | null {
  if (call.method !== 'GET') return null;
  if (call.path === '/v1/.well-known/keys') return { status: 200, body: { keys: keys.published() } };
  if (call.path !== '/v1/.well-known/openidconfiguration') return null;
  const metadata: Json = {
    issuer: channelIssuer,
    authorization_endpoint: 'https://invalid.botframework.com',
    jwks_uri: `${url}/v1/.well-known/keys`,
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
  };
  return { status: 200, body: metadata };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
