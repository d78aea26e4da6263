import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Webhook } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import type { TicketHint } from '#ticket-ports.ts';

/** Jira's largest delivery is 25 MB; what we need of it is in far less. */
const maxBytes = 10 * 1024 * 1024;

/** https://developer.atlassian.com/cloud/jira/platform/webhooks/: events of comments carry their issue, those of links and users none. */
const Event = z.object({
  webhookEvent: z.string().optional(),
  issue: z.object({ id: z.union([z.string(), z.number()]) }).optional(),
});

/**
 * Takes Jira's webhooks. Each is only a hint that a ticket has changed, handed to `onHint`, which stores it before Jira is
 * told that it arrived; when that throws, Jira is told to deliver again. What is not signed with the secret is refused
 * before anything of it is read; with an empty secret everything is.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks
 */
export function createJiraWebhook(
  config: { secret: string },
  deps: { onHint(hint: TicketHint): Promise<void>; log: Log },
): Webhook {
  return {
    path: '/jira/webhook',
    handle(request, response) {
      handle(request, { secret: config.secret, log: deps.log, onHint: async (hint) => await deps.onHint(hint) }).then(
        (status) => answer(response, status),
        (error: unknown) => {
          // nobody is left to answer when the sender hung up
          if (!request.destroyed) deps.log.error('a webhook of Jira could not be taken', { error });
          answer(response, 500);
        },
      );
    },
  };
}

interface Taking {
  readonly secret: string;
  readonly onHint: (hint: TicketHint) => Promise<void>;
  readonly log: Log;
}

async function handle(request: IncomingMessage, { secret, onHint, log }: Taking): Promise<number> {
  if (request.method !== 'POST') return 405;
  const signature = signatureOf(request);
  if (signature === null || secret === '') return refused(log);
  const body = await bodyOf(request);
  if (body === null) return 413;
  if (!timingSafeEqual(createHmac('sha256', secret).update(body).digest(), signature)) return refused(log);
  const event = eventOf(body);
  if (event === null) {
    log.warn('a webhook of Jira has an unknown shape');
    return 200;
  }
  const ticketId = String(event.issue?.id ?? '');
  if (!/^\d{1,18}$/.test(ticketId)) {
    log.info('a webhook of Jira is about no issue', { event: nameOf(event.webhookEvent) });
    return 200;
  }
  await onHint({ eventId: `jira/${deliveryOf(request, body)}`, ticketId });
  return 200;
}

function refused(log: Log): number {
  log.warn('a webhook that is not signed by Jira was refused');
  return 401;
}

/** `sha256=` and 64 hexadecimal digits; null for anything else. */
function signatureOf({ headers }: IncomingMessage): Buffer | null {
  const given = headers['x-hub-signature'];
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(typeof given === 'string' ? given : '') ?? [];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}

/** Null when it is longer than is taken. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function eventOf(body: Buffer): z.output<typeof Event> | null {
  try {
    const read = Event.safeParse(JSON.parse(body.toString('utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** The same when Jira delivers again. Without one, the same content is the same delivery. */
function deliveryOf({ headers }: IncomingMessage, body: Buffer): string {
  const given = headers['x-atlassian-webhook-identifier'];
  if (typeof given === 'string' && /^[\w.:-]{1,200}$/.test(given)) return given;
  return createHash('sha256').update(body).digest('hex');
}

/** Jira's own word, or nothing: it goes to the log. */
function nameOf(event: string | undefined): string | null {
  return event !== undefined && /^[\w:]{1,60}$/.test(event) ? event : null;
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-length': 0,
    ...(status === 405 ? { allow: 'POST' } : {}),
    // what was not read to its end would be taken for the next request
    ...(status === 200 ? {} : { connection: 'close' }),
  });
  response.end();
}
