import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isRecord } from './block-kit/shape.ts';
import type { Json } from './messages.ts';
import { newSecret } from './signing.ts';
import { acceptWebSocket, type WebSocketPeer } from './socket.ts';
import type { Reception } from './transport.ts';

/** Slack pings about this often; a client that hears nothing for 30 s connects anew. */
const pingEveryMs = 10_000;

/** Events and interactions over WebSockets that the app opens. https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface SocketMode {
  /** A path that is good for one connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex): void;
  /** Sends an envelope to one of the connections and waits for its ack; never throws. */
  send(type: string, payload: Json, retry?: { retry_attempt: number; retry_reason: string }): Promise<Reception>;
  close(): void;
}

export interface SocketModeOptions {
  readonly appId: string;
  /** How long an envelope waits for its ack before it counts as not delivered. */
  readonly ackTimeoutMs: number;
  /** Told of each new connection. */
  readonly onConnect: () => void;
}

export function createSocketMode({ appId, ackTimeoutMs, onConnect }: SocketModeOptions): SocketMode {
  const tickets = new Set<string>();
  const peers = new Set<WebSocketPeer>();
  const acks = createAcks(ackTimeoutMs);
  const pings = setInterval(() => {
    for (const peer of peers) peer.ping();
  }, pingEveryMs);
  pings.unref();

  return {
    ticket() {
      const path = `/link/?ticket=${newSecret(16)}&app_id=${appId}`;
      tickets.add(path);
      return path;
    },
    upgrade(request, socket) {
      if (!tickets.delete(request.url ?? '')) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      const onClose = () => {
        if (peer !== null) peers.delete(peer);
      };
      const peer = acceptWebSocket(request, socket, { onText: (text) => acks.settle(parse(text)), onClose });
      if (peer === null) return;
      peers.add(peer);
      peer.sendText(JSON.stringify(hello(appId, peers.size)));
      onConnect();
    },
    async send(type, payload, retry) {
      // the newest: an older one may be on its way out
      const peer = [...peers].at(-1);
      if (peer === undefined) return { status: null, failure: 'connection_failed', noRetry: false, body: '' };
      const id = randomUUID();
      const accepts = type !== 'events_api';
      const answer = acks.waitFor(id);
      peer.sendText(JSON.stringify({ envelope_id: id, payload, type, accepts_response_payload: accepts, ...retry }));
      const body = await answer;
      if (body === null) return { status: null, failure: 'http_timeout', noRetry: false, body: '' };
      return { status: 200, failure: null, noRetry: false, body };
    },
    close() {
      clearInterval(pings);
      for (const peer of peers) peer.close();
      acks.close();
    },
  };
}

/** Envelopes that are out and not yet acknowledged. */
interface Acks {
  /** The payload of the ack as JSON, '' when it has none; null when none came in time. */
  waitFor(envelopeId: string): Promise<string | null>;
  settle(answer: Json): void;
  close(): void;
}

function createAcks(timeoutMs: number): Acks {
  const waiting = new Map<unknown, (body: string | null) => void>();
  return {
    waitFor(envelopeId) {
      const { promise, resolve } = Promise.withResolvers<string | null>();
      const timer = setTimeout(resolve, timeoutMs, null);
      waiting.set(envelopeId, resolve);
      return promise.finally(() => {
        clearTimeout(timer);
        waiting.delete(envelopeId);
      });
    },
    settle(answer) {
      const payload = isRecord(answer['payload']) ? answer['payload'] : {};
      waiting.get(answer['envelope_id'])?.(Object.keys(payload).length === 0 ? '' : JSON.stringify(payload));
    },
    close() {
      for (const resolve of waiting.values()) resolve(null);
    },
  };
}

function hello(appId: string, connections: number): Json {
  return {
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: {
      host: 'applink-sandbox',
      started: '2026-01-01 00:00:00.000',
      build_number: 1,
      approximate_connection_time: 18_060,
    },
  };
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
