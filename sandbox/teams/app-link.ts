import { request } from 'node:http';
import type { Json, TeamsRecordedDelivery, TokenWish } from './contract.ts';
import type { Keys } from './keys.ts';
import { channelToken } from './tokens.ts';

/** How the app took an activity. `status` is null when no answer came in time. */
export interface Reception {
  readonly status: number | null;
  readonly body: string;
}

/** The way to the app's one address. */
export interface AppLink {
  readonly deliveries: readonly TeamsRecordedDelivery[];
  connect(url: string | null): void;
  isConnected(): boolean;
  /** Sends one activity, signed; never throws. Not connected: no answer. */
  send(activity: Json, options?: { readonly attempt?: number; readonly token?: TokenWish }): Promise<Reception>;
}

const mostDeliveries = 1000;
const noAnswer: Reception = { status: null, body: '' };

export function createAppLink(options: {
  readonly keys: Keys;
  readonly serviceUrl: () => string;
  readonly answerTimeoutMs: number;
}): AppLink {
  const deliveries: TeamsRecordedDelivery[] = [];
  let url: string | null = null;

  function record(delivery: TeamsRecordedDelivery): void {
    deliveries.push(delivery);
    if (deliveries.length > mostDeliveries) deliveries.shift();
  }

  return {
    deliveries,
    connect(to) {
      url = to;
    },
    isConnected: () => url !== null,
    async send(bare, { attempt = 1, token: wish } = {}) {
      if (url === null) return noAnswer;
      const activity = { serviceUrl: options.serviceUrl(), ...bare };
      const token = channelToken(options.keys, String(activity.serviceUrl), wish);
      const at = Date.now();
      const reception = await post(url, { activity, token, timeoutMs: options.answerTimeoutMs });
      const { id = '', type = '' } = bare;
      const { status } = reception;
      record({ at, id: String(id), type: String(type), activity, attempt, status, tookMs: Date.now() - at });
      return reception;
    },
  };
}

/** One request on a connection of its own: one that was kept may be closed by the app in the moment it is used again. */
function post(url: string, sent: { activity: Json; token: string | null; timeoutMs: number }): Promise<Reception> {
  const { promise, resolve } = Promise.withResolvers<Reception>();
  const body = JSON.stringify(sent.activity);
  const outgoing = request(url, {
    method: 'POST',
    agent: false,
    signal: AbortSignal.timeout(sent.timeoutMs),
    headers: {
      'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      ...(sent.token === null ? {} : { authorization: `Bearer ${sent.token}` }),
    },
  });
  outgoing.on('error', () => resolve(noAnswer));
  outgoing.on('response', (response) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('error', () => resolve(noAnswer));
    response.on('end', () =>
      resolve({ status: response.statusCode ?? null, body: Buffer.concat(parts).toString('utf8') }),
    );
  });
  outgoing.end(body);
  return promise;
}
