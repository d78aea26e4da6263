import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../../sandbox/teams/contract.ts';
import { startTeams, type TeamsOptions, type TeamsSandbox } from '../../../sandbox/teams/index.ts';

export const ana = 'U0ANA';
export const bob = 'U0BOB';
export const gus = 'U0GUS';
export const people = [
  { slackId: ana, name: 'Ana Poe', email: 'ana@acme.example' },
  { slackId: bob, name: 'Bob Quill', email: 'bob@acme.example' },
  { slackId: gus, name: 'Gus Guest', email: 'gus@other.example', guest: true },
];
export const channels = [
  { id: 'C0GEN', name: 'general', members: 'all' as const, topic: 'News' },
  { id: 'C0HELP', name: 'it-help', members: 'all' as const },
  { id: 'C0STAFF', name: 'it-staff', private: true, members: [bob] },
];
export const groups = [{ id: 'leeds', name: 'Leeds move', members: [ana, bob] }];

export function startAcme(options: Partial<TeamsOptions> = {}): Promise<TeamsSandbox> {
  return startTeams({ people, channels, groups, company: 'Acme', retrySchedule: [20, 20], ...options });
}

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly activity: Json;
}

/** An app that writes down what it gets. */
export interface App {
  readonly url: string;
  readonly received: Received[];
  /** What it answers; 200 and nothing when not set. May wait. */
  answer: (activity: Json) => { status?: number; body?: unknown } | Promise<{ status?: number; body?: unknown }>;
  /** The activities of this type, in order. */
  of(type: string): readonly Json[];
  close(): Promise<void>;
}

export async function startApp(): Promise<App> {
  const received: Received[] = [];
  const app = { answer: (_activity: Json): ReturnType<App['answer']> => ({}) };
  async function reply(response: ServerResponse, activity: Json): Promise<void> {
    const { status = 200, body } = await app.answer(activity);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const activity = JSON.parse(Buffer.concat(parts).toString('utf8')) as Json;
      received.push({ headers: request.headers, activity });
      void reply(response, activity);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(app, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    received,
    of: (type: string) => received.map(({ activity }) => activity).filter((activity) => activity['type'] === type),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

export function askToken(teams: TeamsSandbox, change: Readonly<Record<string, string>> = {}, tenant?: string) {
  const form = {
    grant_type: 'client_credentials',
    client_id: teams.appId,
    client_secret: teams.appPassword,
    scope: 'https://api.botframework.com/.default',
    ...change,
  };
  const url = `${teams.loginUrl}/${tenant ?? teams.tenantId}/oauth2/v2.0/token`;
  return fetch(url, { method: 'POST', body: new URLSearchParams(form) });
}

/** Calls the connector as the app does. Ids are to be encoded by the caller. */
export async function connectorOf(teams: TeamsSandbox) {
  const { access_token: token } = (await (await askToken(teams)).json()) as { access_token: string };
  return async (method: string, path: string, body?: unknown, bearer = token) => {
    const response = await fetch(`${teams.serviceUrl}v3/${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text, json: (text === '' ? null : JSON.parse(text)) as Json };
  };
}

export function activitiesOf(chat: string, id?: string): string {
  return `conversations/${encodeURIComponent(chat)}/activities${id === undefined ? '' : `/${id}`}`;
}

export function cardOf(change: Json = {}): Json {
  const content = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: 'Hi', wrap: true }],
    ...change,
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}

/** Waits until the check gives something other than null, undefined or false; fails after ten seconds. */
export async function until<T>(check: () => T | null | undefined | false): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = check();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ten seconds: ${check.toString()}`);
    await delay(5);
  }
}
