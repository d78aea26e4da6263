import type { webApi } from '@slack/bolt';
import type { SharedFile } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { FileStream } from '#ticket-ports.ts';
import { call, expecting, incomplete } from './call.ts';
import { dismiss, fileAddress, receive, refusal } from './http.ts';
import { isHeld } from './shared-file.ts';

/** How long an answer may take to begin. */
const longestWaitMs = 10_000;
const mostRedirects = 3;

type FileInfo = NonNullable<webApi.FilesInfoResponse['file']>;

interface Access {
  readonly botToken: string;
  /** The API's own. */
  readonly origin: string;
}

/**
 * The content of a file, from the address that Slack names at the moment; null when it is gone or kept elsewhere.
 * https://docs.slack.dev/reference/objects/file-object#authentication
 *
 * @throws RemoteError `unauthorized` when Slack shows its sign-in page in place of the file.
 */
export async function openFile(
  client: webApi.WebClient,
  { ref }: SharedFile,
  access: Access,
): Promise<FileStream | null> {
  const info = ref === null ? null : await fileInfo(client, ref);
  const address = info === null ? null : addressOf(info);
  if (info === null || address === null) return null;
  const { response, redirected } = await get(address, access);
  if (response.status === 404 || response.status === 410) {
    await dismiss(response);
    return null;
  }
  if (isSignInPage(response, info, redirected)) {
    await dismiss(response);
    throw signInAsked();
  }
  if (response.status !== 200) {
    await dismiss(response);
    throw refusal(response.status, response.headers.get('retry-after'));
  }
  return toStream(response, info);
}

/** Null when Slack has not got the content. */
function addressOf(info: FileInfo): string | null {
  return isHeld(info) ? (info.url_private_download ?? info.url_private ?? null) : null;
}

function signInAsked(): RemoteError {
  const message =
    'files: a sign-in page instead of the file. The token lacks the scope files:read; install the app again';
  return new RemoteError('slack', 'unauthorized', { message });
}

function toStream(response: Response, { mimetype }: FileInfo): FileStream {
  if (response.body === null) throw incomplete('files.info');
  const type = response.headers.get('content-type')?.replace(/\s*;.*$/, '');
  return { stream: response.body, mimeType: mimetype || type || null, bytes: lengthOf(response) };
}

/** https://docs.slack.dev/reference/methods/files.info; null when the file is gone. */
async function fileInfo(client: webApi.WebClient, id: string): Promise<FileInfo | null> {
  const answer = await call('files.info', () =>
    client.files
      .info({ file: id })
      .catch((error: unknown) => expecting(error, ['file_not_found', 'file_deleted'], null)),
  );
  if (answer === null) return null;
  if (answer.file === undefined) throw incomplete('files.info');
  return answer.file;
}

/** The token goes to the first address only, and only when that is Slack's. */
async function get(
  address: string,
  { botToken, origin }: Access,
): Promise<{ response: Response; redirected: boolean }> {
  let url = fileAddress(address, { origin });
  if (!isSlack(url, origin)) {
    throw new RemoteError('slack', 'rejected', {
      message: 'files.info: the file is at an address that is not Slack’s',
    });
  }
  // compressed, it would have another length than the answer says
  const plain = { 'accept-encoding': 'identity' };
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const headers = hop === 0 ? { ...plain, authorization: `Bearer ${botToken}` } : plain;
    const response = await receive(url, headers, longestWaitMs);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) {
      return { response, redirected: hop > 0 };
    }
    await dismiss(response);
    url = fileAddress(location, { origin, base: url.href });
    // the way back after the sign-in
    if (url.searchParams.has('redir')) throw signInAsked();
  }
  throw new RemoteError('slack', 'unavailable', { message: 'files: too many redirects' });
}

function isSlack(url: URL, origin: string): boolean {
  return url.origin === origin || /(?:^|\.)slack(?:-gov|-files)?\.com$/.test(url.hostname);
}

/**
 * Without the scope Slack gives its sign-in page, with status 200 or after a redirect. A file may be a page of its own:
 * then it comes from the address itself, and is as long as Slack says.
 */
function isSignInPage(response: Response, info: FileInfo, redirected: boolean): boolean {
  if (response.status !== 200) return false;
  if (!/^text\/html\b/i.test(response.headers.get('content-type') ?? '')) return false;
  // a canvas comes as a page too
  const isPage = /^(?:text\/html|application\/vnd\.slack-)/.test(info.mimetype ?? '');
  const bytes = lengthOf(response);
  const otherLength = info.mimetype === 'text/html' && bytes !== null && info.size !== undefined && bytes !== info.size;
  return redirected || !isPage || otherLength;
}

function lengthOf({ headers }: Response): number | null {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? null : Number(length);
}
