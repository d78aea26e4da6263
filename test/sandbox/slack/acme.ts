import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { startSlack, type SlackOptions, type SlackSandbox } from '../../../sandbox/slack/index.ts';

export const ana = 'U0ANA';
export const bob = 'U0BOB';
export const guest = 'U0GUEST';
export const stranger = 'U0STRANGER';
export const help = 'C0HELP';
export const secret = 'C0SECRET';
export const elsewhere = 'C0ELSEWHERE';

/** A small company with a Slack of its own. */
export function startAcme(options: Partial<SlackOptions> = {}): Promise<SlackSandbox> {
  return startSlack({
    company: 'Acme Rail',
    people: [
      { slackId: ana, name: 'Ana Maria', email: 'ana@acme.example', title: 'Driver', timezone: 'Europe/Lisbon' },
      { slackId: bob, name: 'Bob Low', email: 'bob@acme.example' },
      { slackId: guest, name: 'Gus Test', email: 'gus@other.example', guest: true },
      { slackId: stranger, name: 'Stan Ger', email: 'stan@third.example', foreignTeamId: 'T0THIRD' },
    ],
    channels: [
      { id: help, name: 'it-help', topic: 'Ask here' },
      { id: secret, name: 'secret', private: true, members: [ana, bob] },
      { id: elsewhere, name: 'elsewhere', hasApp: false },
      { id: 'C0HIDDEN', name: 'hidden', private: true, members: [bob], hasApp: false },
      { id: 'C0SHARED', name: 'with-third', isExtShared: true },
      { id: 'C0OLD', name: 'old', isArchived: true },
    ],
    retrySchedule: [0, 10, 10],
    ...options,
  });
}

/** Refusals are what the tests are about: the SDK need not tell of them on the console. */
const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export function clientOf(slack: SlackSandbox, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

export interface Connected {
  readonly app: App;
  readonly server: Server;
  readonly url: string;
  close(): Promise<void>;
}

/** The real Bolt over its own HTTP receiver, connected to this Slack. */
export async function connectBolt(slack: SlackSandbox, signingSecret = slack.signingSecret): Promise<Connected> {
  const receiver = new HTTPReceiver({ signingSecret, processBeforeResponse: true, logger: silent });
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: silent,
    ignoreSelf: false,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  const server = createServer((request, response) => receiver.requestListener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.connectApp(url);
  return {
    app,
    server,
    url,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
