import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TeamsSandbox } from '../../sandbox/teams/contract.ts';

type Json = Readonly<Record<string, unknown>>;

/** An app of a few lines in Teams: keeps the activities that it is sent, and answers invokes as the test says. */
export interface StandInTeamsApp {
  /** In the order in which they came. */
  readonly told: Json[];
  /** Gives the answer's body to an invoke; `null` is a failure. Set by the test. */
  answer: (invoke: Json) => Promise<Json | null> | Json | null;
  /** Posts an activity, in a thread of a channel when its first message is named. Returns its id. */
  send(chat: string, activity: Json, threadId?: string): Promise<string>;
  update(chat: string, id: string, activity: Json): Promise<void>;
  close(): Promise<void>;
}

async function serve(app: StandInTeamsApp, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  const activity = JSON.parse(body) as Json;
  app.told.push(activity);
  const answer = activity['type'] === 'invoke' ? await app.answer(activity) : {};
  response.writeHead(answer === null ? 500 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? {}));
}

/** Starts it and connects it to this Teams. */
export async function startStandInTeamsApp(teams: TeamsSandbox): Promise<StandInTeamsApp> {
  const server = createServer((request, response) => {
    serve(app, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const token = await tokenFor(teams);

  async function call(method: string, path: string, body: Json): Promise<Json> {
    const response = await fetch(`${teams.serviceUrl}v3/conversations/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', from: { id: teams.botId }, ...body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  }

  const app: StandInTeamsApp = {
    told: [],
    answer: () => ({}),
    async send(chat, activity, threadId) {
      const place = threadId === undefined ? chat : `${chat};messageid=${threadId}`;
      const { id } = await call('POST', `${encodeURIComponent(place)}/activities`, activity);
      return String(id);
    },
    async update(chat, id, activity) {
      await call('PUT', `${encodeURIComponent(chat)}/activities/${id}`, activity);
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  teams.connectApp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`);
  return app;
}

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
async function tokenFor({ loginUrl, tenantId, appId, appPassword }: TeamsSandbox): Promise<string> {
  const response = await fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: appPassword,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
