import { aboutOf } from './about.ts';
import type { Attempt, RecordedDelivery } from './delivery.ts';
import type { Json } from './messages.ts';
import { newSecret } from './signing.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Reception, Transport } from './transport.ts';

/** The way to the app: HTTP requests to its address, or the WebSockets it has opened. */
export interface AppLink {
  connect(requestUrl: string | null): void;
  event(attempt: Attempt): Promise<Reception>;
  interaction(payload: Json, kind: RecordedDelivery['kind']): Promise<Reception>;
  command(fields: Fields): Promise<Reception>;
  /** Asks for the challenge at this address, as Slack does when it is entered. https://docs.slack.dev/reference/events/url_verification */
  verify(requestUrl: string, token: string): Promise<boolean>;
}

type Fields = Readonly<Record<string, string>>;

/** Nobody to send to. */
const unreachable: Reception = { status: null, failure: 'connection_failed', noRetry: false, body: '' };

/** @param socketMode null when the app is reached by HTTP. */
export function createAppLink(
  transport: Transport,
  socketMode: SocketMode | null,
  record: (delivery: RecordedDelivery) => void,
): AppLink {
  let url: string | null = null;

  async function post(kind: 'form' | 'json', body: string, headers: Record<string, string> = {}): Promise<Reception> {
    if (url === null) return unreachable;
    const contentType = kind === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
    return transport.send({ url, body, contentType, headers });
  }
  async function form(type: 'interactive' | 'slash_commands', payload: Json, fields: Fields): Promise<Reception> {
    if (socketMode !== null) return socketMode.send(type, payload);
    return post('form', new URLSearchParams(fields).toString());
  }
  async function recorded(kind: RecordedDelivery['kind'], payload: Json, sent: Promise<Reception>): Promise<Reception> {
    const at = new Date();
    const { status } = await sent;
    const id = String(payload['trigger_id']);
    record({ kind, id, attempt: 1, status, at, ms: Date.now() - at.getTime(), about: aboutOf(payload) });
    return sent;
  }

  return {
    connect(requestUrl) {
      url = requestUrl;
    },
    async event({ event, number, reason }) {
      if (socketMode !== null) {
        // Socket Mode says "timeout" where HTTP says "http_timeout"
        const retry_reason = reason?.replace('http_', '') ?? '';
        return socketMode.send('events_api', event.body, { retry_attempt: number, retry_reason });
      }
      const retry = { 'x-slack-retry-num': String(number), 'x-slack-retry-reason': reason ?? 'http_error' };
      return post('json', JSON.stringify(event.body), number === 0 ? {} : retry);
    },
    interaction: (payload, kind) =>
      recorded(kind, payload, form('interactive', payload, { payload: JSON.stringify(payload) })),
    command: (fields) => recorded('command', fields, form('slash_commands', fields, fields)),
    async verify(requestUrl, token) {
      const challenge = newSecret(16);
      const asked = JSON.stringify({ token, challenge, type: 'url_verification' });
      const { status, body } = await transport.send({ url: requestUrl, body: asked, contentType: 'application/json' });
      return status === 200 && body.includes(challenge);
    },
  };
}
