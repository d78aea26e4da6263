import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SlackSandbox } from '../../sandbox/slack/index.ts';

type Json = Readonly<Record<string, unknown>>;

/** An app of a few lines: keeps what it is told, and answers what the test says. */
export interface StandInApp {
  /** Interactions and commands, in the order in which they came. */
  readonly told: Json[];
  /** Events, without their envelopes. */
  readonly events: Json[];
  /** Gives the answer's body to an interaction or a command; `null` is a refusal. Set by the test. */
  answer: (told: Json) => Promise<Json | string | null> | Json | string | null;
  /** Calls the Web API as the bot. @throws Error with Slack's own code. */
  call(method: string, args: Json): Promise<Json>;
  close(): Promise<void>;
}

/** Reads one request of Slack's and answers it as the test says. */
async function serve(app: StandInApp, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const part of request) body += String(part);
  if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') {
    app.events.push((JSON.parse(body) as { event: Json }).event);
    response.end();
    return;
  }
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  const told = (payload === null ? { type: 'command', ...Object.fromEntries(form) } : JSON.parse(payload)) as Json;
  app.told.push(told);
  const answer = await app.answer(told);
  response.statusCode = answer === null ? 500 : 200;
  response.setHeader('content-type', typeof answer === 'string' ? 'text/plain' : 'application/json');
  response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
}

/** Starts it and connects it to this Slack. */
export async function startStandInApp(slack: SlackSandbox): Promise<StandInApp> {
  const server = createServer((request, response) => {
    serve(app, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const app: StandInApp = {
    told: [],
    events: [],
    answer: () => '',
    async call(method, args) {
      const response = await fetch(slack.apiUrl + method, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(args),
      });
      const result = (await response.json()) as Json;
      if (result['ok'] !== true) throw new Error(`${method}: ${JSON.stringify(result)}`);
      return result;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  slack.connectApp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return app;
}
