import type { ServerResponse } from 'node:http';
import type { ChatApps } from './chat-apps.ts';
import { onMisbehaviour } from './model-desk.ts';
import type { PageParts } from './parts.ts';

/** A comment line now and then, so that a connection that is gone is noticed. */
const heartbeatMs = 15_000;

/** The stream of changes to every open page. Changes carry ids only; the page fetches what it shows again. */
export interface Live {
  /** Keeps this response open and writes every change to it. */
  join(response: ServerResponse): void;
  send(change: Readonly<Record<string, unknown>>): void;
  close(): void;
}

/**
 * Server-sent events of messages, status lines, issues and the bot's state. What is of Teams says so: `app` is `teams`.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function createLive({ chats, jira, knowledge, bot, openai }: PageParts & { readonly chats: ChatApps }): Live {
  const open = new Set<ServerResponse>();
  function send(change: Readonly<Record<string, unknown>>): void {
    for (const response of open) response.write(`data: ${JSON.stringify(change)}\n\n`);
  }

  const stopSlack = chats.slack.server.on((change) => send({ ...change }));
  const stopTeams = chats.teams?.server.on((change) => send({ ...change, app: 'teams' }));
  const stopJira = jira.on((change) => send({ ...change }));
  const stopKnowledge = knowledge?.on(() => send({ type: 'knowledge' }));
  const stopBot = bot.on((state) => send({ type: 'bot', state }));
  const stopModel = openai === undefined ? undefined : onMisbehaviour(openai, () => send({ type: 'bot' }));
  const heartbeat = setInterval(() => {
    for (const response of open) response.write(': here\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  return {
    join(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      response.write('retry: 1000\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    send,
    close() {
      clearInterval(heartbeat);
      stopSlack();
      stopTeams?.();
      stopJira();
      stopKnowledge?.();
      stopBot();
      stopModel?.();
      for (const response of open) response.end();
    },
  };
}
