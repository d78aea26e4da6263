import { z } from 'zod';
import type { SharedFile } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { FileStream } from '#ticket-ports.ts';
import type { OutwardDeps } from './reach.ts';
import { toFailure, waitOf } from './remote-error.ts';
import { isAllowedService } from './services.ts';

/** How long an answer may take to begin. */
const longestWaitMs = 10_000;
const mostRedirects = 3;

/** Where Teams keeps files; all below. */
const fileHosts = ['.sharepoint.com', '.sharepoint-df.com', '.svc.ms'];

/** A file's `ref`, as shared-file.ts makes it. */
const Source = z.object({ url: z.url(), kind: z.enum(['download', 'inline']) });
type Source = z.infer<typeof Source>;

/**
 * The content of a file, from the address that came with its message: a file in SharePoint, whose address opens it by
 * itself for some minutes, or a picture at the connector's, that our token opens. Null when it is gone, when its address
 * does not open it any more, and when it is kept elsewhere.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export async function openFile(deps: OutwardDeps, { ref, mimeType }: SharedFile): Promise<FileStream | null> {
  const source = ref === null ? null : sourceIn(ref);
  if (source === null) return null;
  if (!isFileAddress(source, deps.settings.serviceHosts)) {
    deps.log.warn('teams: a file is at an address that is not Microsoft’s', { kind: source.kind });
    return null;
  }
  const response = await get(source, await headersFor(source, deps));
  if (response.status !== 200) return failed(response, source);
  if (source.kind === 'download' || isPicture(response)) return toStream(response, mimeType);
  await dismiss(response);
  deps.log.warn('teams: what was to be a picture is none');
  return null;
}

async function failed(response: Response, { kind }: Source): Promise<null> {
  const { status, headers } = response;
  await dismiss(response);
  const isExpired = kind === 'download' && (status === 401 || status === 403);
  if (status === 404 || status === 410 || isExpired) return null;
  throw toFailure('files', { status, codes: [], retryAfterMs: waitOf(headers.get('retry-after')) });
}

function sourceIn(ref: string): Source | null {
  try {
    return Source.safeParse(JSON.parse(ref)).data ?? null;
  } catch {
    return null;
  }
}

/** The address comes with a message, from outside: nothing else may be asked from here. Our token goes to the connector only. */
function isFileAddress({ url, kind }: Source, serviceHosts: readonly string[]): boolean {
  const isService = isAllowedService(url, serviceHosts);
  if (kind === 'inline') return isService && isPicturePath(new URL(url).pathname);
  if (isService) return true;
  const { protocol, username, password, port, hostname } = new URL(url);
  if (protocol !== 'https:' || port !== '' || `${username}${password}` !== '') return false;
  return fileHosts.some((host) => hostname.endsWith(host));
}

/**
 * Of an attachment, below whatever base the connector has. Only there goes our token: with it all else can be read that we
 * may read. https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference#get-attachment
 */
function isPicturePath(pathname: string): boolean {
  return /^(?:\/(?!v3\/)[\w.-]{1,100}){0,3}\/v3\/attachments\/[\w.~!*'()=:@-]{1,500}\/views\/[\w.-]{1,100}$/.test(
    pathname,
  );
}

function isPicture({ headers }: Response): boolean {
  return /^image\/[\w.+-]+\s*(?:;|$)/i.test(headers.get('content-type') ?? '');
}

async function headersFor({ kind }: Source, { connector }: OutwardDeps): Promise<Record<string, string>> {
  // compressed, it would have another length than the answer says
  const plain = { 'accept-encoding': 'identity' };
  const bearer = kind === 'inline' ? await connector.bearer() : null;
  return bearer === null ? plain : { ...plain, authorization: `Bearer ${bearer}` };
}

/** Follows redirects at the same host only, and of a picture to another one. */
async function get({ url: first, kind }: Source, headers: Record<string, string>): Promise<Response> {
  let url = new URL(first);
  const { origin } = url;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await receive(url, headers);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await dismiss(response);
    const next = URL.parse(location, url.href);
    if (next?.origin !== origin || (kind === 'inline' && !isPicturePath(next.pathname))) {
      throw new RemoteError('teams', 'rejected', { message: 'files: a redirect to another place' });
    }
    url = next;
  }
  throw new RemoteError('teams', 'unavailable', { message: 'files: too many redirects' });
}

/** The limit is until the answer begins; what it holds may take longer. */
async function receive(url: URL, headers: Record<string, string>): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), longestWaitMs);
  try {
    return await fetch(url, { headers, redirect: 'manual', signal: abort.signal });
  } catch (error) {
    throw new RemoteError('teams', 'unavailable', { message: 'files: no answer', cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Frees the connection of an answer whose content is not read. */
async function dismiss(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}

function toStream({ body, headers }: Response, mimeType: string | null): FileStream {
  if (body === null) throw new RemoteError('teams', 'unavailable', { message: 'files: an answer without content' });
  const length = headers.get('content-length');
  const type = headers.get('content-type')?.replace(/\s*;.*$/s, '');
  return {
    stream: body,
    mimeType: mimeType || type || null,
    bytes: length === null || headers.has('content-encoding') ? null : Number(length),
  };
}
