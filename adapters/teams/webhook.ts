import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Webhook } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { readBody } from '../chat/read-body.ts';
import { type DoorSettings, judge } from './door.ts';
import { idsOf } from './ids.ts';
import type { Intake } from './intake.ts';
import type { Answer } from './invokes.ts';
import type { Sdk } from './sdk.ts';

/**
 * A message is at most 100 kB in UTF-16, all of it: 51,200 characters, which JSON can write with six bytes each. A message
 * action brings the message and what was entered, twice that.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
const largestBodyBytes = 1024 * 1024;

interface WebhookParts {
  readonly path: string;
  readonly door: DoorSettings;
  readonly sdk: Sdk;
  readonly intake: Intake;
  readonly log: Log;
}

/**
 * Where Teams' activities arrive. Answered with 200 only when all is stored; what fails is answered with nothing but its
 * status, and a failed write with 500, so that Teams delivers again.
 */
export function createWebhook(parts: WebhookParts): Webhook {
  const { path, log } = parts;
  return {
    path,
    handle(request, response) {
      answerRequest(request, parts).then(
        (answer) => send(response, answer),
        (error: unknown) => {
          log.warn('teams: request failed', { errorName: error instanceof Error ? error.name : typeof error });
          send(response, { status: 500 });
        },
      );
    },
  };
}

async function answerRequest(request: IncomingMessage, parts: WebhookParts): Promise<Answer> {
  const { door, log } = parts;
  if (request.method !== 'POST') return { status: 405 };
  const body = await readText(request);
  if (body === null) return { status: 413 };
  const { headers } = request;
  const verdict = judge({ headers, body }, door);
  if ('status' in verdict) {
    log.warn('teams: delivery turned away', { status: verdict.status, why: verdict.why });
    return { status: verdict.status };
  }
  return process({ authorization: headers.authorization ?? '', activity: verdict.activity }, parts);
}

type Delivered = Parameters<Sdk['process']>[0];

async function process(delivered: Delivered, { sdk, intake, log }: WebhookParts): Promise<Answer> {
  const answers: Answer[] = [];
  const isVerified = await sdk.process(delivered, async () => {
    answers.push(await intake.activity(delivered.activity));
  });
  if (isVerified) return answers[0] ?? { status: 500 };
  log.warn('teams: delivery turned away', { status: 401, why: 'token not valid', ...idsOf(delivered.activity) });
  return { status: 401 };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  const shown = status < 400 ? body : undefined;
  response.writeHead(status, {
    ...(shown === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    // what was not read to its end is not to be taken for the next request
    ...(status < 400 ? {} : { connection: 'close' }),
  });
  response.end(shown === undefined ? undefined : JSON.stringify(shown));
}

async function readText(request: IncomingMessage): Promise<string | null> {
  const body = await readBody(request, largestBodyBytes);
  return body === null ? null : body.toString();
}
