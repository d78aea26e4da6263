import { createHash, timingSafeEqual } from 'node:crypto';
import { notFound, Refusal } from './api-error.ts';
import type { Incoming } from './server.ts';

/** What a path asks for. */
export interface Endpoint {
  readonly kind: 'chat' | 'embeddings' | 'models';
  /** The deployment that Azure's path names, or the model of `GET /models/{model}`; null: the body names it. */
  readonly model: string | null;
  readonly isAzure: boolean;
}

/**
 * OpenAI's own paths, and Azure's: with the deployment in the path, or below `/openai/v1` as OpenAI's.
 * https://learn.microsoft.com/en-us/azure/foundry/openai/reference
 *
 * @throws Refusal 404 for any other.
 */
export function endpointOf({ method, path, query }: Incoming): Endpoint {
  const deployment = /^\/openai\/deployments\/([^/]+)\/(.+)$/u.exec(path);
  if (deployment !== null) return deploymentEndpoint(deployment, query);
  const isAzure = path.startsWith('/openai/v1/');
  const rest = /^(?:\/openai)?\/v1\/(.+?)\/?$/u.exec(path)?.[1] ?? '';
  const named = /^models\/(.+)$/u.exec(rest)?.[1];
  if (method === 'GET' && named !== undefined) return { kind: 'models', model: decodeURIComponent(named), isAzure };
  const kind = kinds.get(`${method} ${rest}`);
  if (kind === undefined) throw notFound(`Invalid URL (${method} ${path})`, 'unknown_url');
  return { kind, model: null, isAzure };
}

const kinds = new Map<string, Endpoint['kind']>([
  ['POST chat/completions', 'chat'],
  ['POST embeddings', 'embeddings'],
  ['GET models', 'models'],
]);

function deploymentEndpoint([, name = '', rest = '']: readonly string[], query: URLSearchParams): Endpoint {
  const kind = kinds.get(`POST ${rest}`);
  if (kind === undefined || !query.has('api-version')) {
    throw new Refusal(404, { code: '404', message: 'Resource not found' });
  }
  return { kind, model: decodeURIComponent(name), isAzure: true };
}

/** @throws Refusal 401 in the words of who is asked. */
export function authenticate({ headers }: Incoming, { isAzure }: Pick<Endpoint, 'isAzure'>, apiKey: string): void {
  const bearer = /^Bearer (.+)$/iu.exec(headers.authorization ?? '')?.[1];
  const own = headers['api-key'];
  const given = isAzure && typeof own === 'string' ? own : bearer;
  if (given !== undefined && isSame(given, apiKey)) return;
  if (isAzure) throw new Refusal(401, { code: '401', message: azureWords });
  const message =
    given === undefined
      ? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
      : `Incorrect API key provided: ${masked(given)}. You can find your API key at https://platform.openai.com/account/api-keys.`;
  const code = given === undefined ? null : 'invalid_api_key';
  throw new Refusal(401, { message, type: 'invalid_request_error', param: null, code });
}

const azureWords =
  'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.';

function masked(key: string): string {
  return key.length <= 8 ? '*'.repeat(key.length) : `${key.slice(0, 4)}${'*'.repeat(8)}${key.slice(-4)}`;
}

function isSame(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
