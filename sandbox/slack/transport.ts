import { Agent, request } from 'node:http';
import { signatureHeaders } from './signing.ts';

/** How an app took a request. `status` is null when no answer came; `failure` is null when it took it. */
export interface Reception {
  readonly status: number | null;
  readonly failure: 'http_error' | 'http_timeout' | 'connection_failed' | null;
  /** The app asks not to be sent this again; heeded with a failure only. */
  readonly noRetry: boolean;
  readonly body: string;
}

export interface Outgoing {
  readonly url: string;
  /** Sent exactly so: an app compares it to the letter. */
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Transport {
  /** Sends a signed request; never throws. */
  send(outgoing: Outgoing): Promise<Reception>;
  close(): void;
}

/**
 * Signed requests to the app, as Slack makes them.
 * https://docs.slack.dev/apis/events-api#responding
 *
 * @param options.answerTimeoutMs how long the app has to answer; Slack gives it 3 seconds.
 */
export function createTransport(options: { signingSecret: string; answerTimeoutMs: number }): Transport {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    // A kept connection may be closed by the app at the moment it is used again. An event is then sent again; a click
    // is not, so it gets a connection of its own.
    send: (outgoing) =>
      exchange({ ...options, ...outgoing, agent: outgoing.contentType === 'application/json' ? agent : false }),
    close: () => agent.destroy(),
  };
}

interface Exchange extends Outgoing {
  readonly signingSecret: string;
  readonly answerTimeoutMs: number;
  readonly agent: Agent | false;
}

function exchange(options: Exchange): Promise<Reception> {
  const { promise, resolve } = Promise.withResolvers<Reception>();
  const sent = request(options.url, {
    method: 'POST',
    agent: options.agent,
    signal: AbortSignal.timeout(options.answerTimeoutMs),
    headers: {
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: '*/*',
      'content-type': options.contentType,
      'content-length': Buffer.byteLength(options.body),
      ...signatureHeaders(options.signingSecret, Math.floor(Date.now() / 1000), options.body),
      ...options.headers,
    },
  });
  sent.on('error', (error: NodeJS.ErrnoException) => resolve(lost(error.name === 'TimeoutError' || isAbort(error))));
  sent.on('response', (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('error', (error: NodeJS.ErrnoException) => resolve(lost(isAbort(error))));
    response.on('end', () => {
      const status = response.statusCode ?? 0;
      const taken = status >= 200 && status < 300;
      const noRetry = response.headers['x-slack-no-retry'] === '1';
      resolve({ status, failure: taken ? null : 'http_error', noRetry, body: Buffer.concat(parts).toString('utf8') });
    });
  });
  sent.end(options.body);
  return promise;
}

function isAbort(error: NodeJS.ErrnoException): boolean {
  return error.name === 'AbortError' || error.code === 'ABORT_ERR';
}

function lost(late: boolean): Reception {
  return { status: null, failure: late ? 'http_timeout' : 'connection_failed', noRetry: false, body: '' };
}
