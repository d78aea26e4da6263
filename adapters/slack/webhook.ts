import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Webhook } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { readBody } from '../chat/read-body.ts';
import { createSdkLog } from './sdk-log.ts';

/** Slack's payloads stay far below; Bolt's own limit is the same. */
const largestBodyBytes = 4 * 1024 * 1024;

const form = 'application/x-www-form-urlencoded';

/**
 * Bolt's HTTP receiver, to be mounted in a server of ours. It verifies signatures, and answers 200 only after the
 * listeners: a failure becomes a 500, and Slack delivers again.
 *
 * The body is read here and handed to Bolt: Bolt lets the process die of a body that is JSON's `null`, and takes a form
 * whose content type names a charset for JSON.
 */
export function createHttpReceiver(config: { signingSecret: string; path: string; log: Log }): {
  receiver: HTTPReceiver;
  webhook: Webhook;
} {
  const { signingSecret, path, log } = config;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: path,
    processBeforeResponse: true,
    logger: createSdkLog(log),
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 404);
    const body = await readBody(request, largestBodyBytes);
    if (body === null) return refuse(response, 413);
    if (request.headers['content-type']?.startsWith(form)) request.headers['content-type'] = form;
    if (isNull(body)) return refuse(response, 400);
    receiver.requestListener(Object.assign(request, { rawBody: body }), response);
  }

  return {
    receiver,
    webhook: {
      path,
      handle(request, response) {
        take(request, response).catch((error: unknown) => {
          log.warn('slack: request could not be read', {
            errorName: error instanceof Error ? error.name : typeof error,
          });
          refuse(response, 400);
        });
      },
    },
  };
}

function isNull(body: Buffer): boolean {
  if (body.length > 100) return false;
  const text = body.toString();
  return text.trim() === 'null' || new URLSearchParams(text).get('payload')?.trim() === 'null';
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { connection: 'close' });
  response.end();
}
