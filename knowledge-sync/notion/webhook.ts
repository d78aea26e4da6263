import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import type { Webhook } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { recordOf } from './block-parts.ts';
import { readId } from './ids.ts';

export interface NotionWebhookConfig {
  /** What Notion signs with; null until it has sent one and somebody has set it. */
  readonly verificationToken: string | null;
  /** Where the token is put when Notion sends it. */
  readonly tokenFile: string;
}
/** What changed: one page, or something about where pages stand. */
export type NotionHint = { readonly kind: 'document'; readonly id: string } | { readonly kind: 'source' };
export interface NotionWebhookDeps {
  /** Resolves once the hint is stored. */
  onHint(hint: NotionHint): Promise<void>;
  readonly log: Log;
}

/** Events name some hundred ids at most. */
const maxBodyBytes = 1_000_000;
/** https://developers.notion.com/reference/webhooks-events-delivery */
const documentEvents = new Set([
  'page.content_updated',
  'page.properties_updated',
  'page.created',
  'page.deleted',
  'page.undeleted',
]);
const sourceEvents = /^(?:page\.moved$|data_source\.|database\.)/;

const EventSchema = z.looseObject({
  type: z.string(),
  entity: z.looseObject({ id: z.string().nullish(), type: z.string().nullish() }).nullish(),
});
const VerificationSchema = z.looseObject({
  verification_token: z
    .string()
    .min(10)
    .max(500)
    .regex(/^[\w-]+$/),
});

/**
 * Takes Notion's webhook events. They are hints that something changed, may come twice and out of order, and say nothing
 * of what it is now. Answers 200 once the hint is stored, 401 to a signature that is not right, and 503 when the hint
 * could not be stored, so that Notion delivers again. Nothing is read before it is verified, but for the very first
 * request, which brings the token to verify with. https://developers.notion.com/reference/webhooks
 */
export function createNotionWebhook(config: NotionWebhookConfig, deps: NotionWebhookDeps): Webhook {
  return {
    path: '/notion/webhook',
    handle(request, response) {
      handle({ request, config, deps }).then(
        (status) => answer(response, status),
        (error: unknown) => {
          deps.log.error('a Notion webhook event was not taken', { error });
          answer(response, 503);
        },
      );
    },
  };
}

interface Delivery {
  readonly request: IncomingMessage;
  readonly config: NotionWebhookConfig;
  readonly deps: NotionWebhookDeps;
}

async function handle({ request, config, deps }: Delivery): Promise<number> {
  if (request.method !== 'POST') return 405;
  const body = await bodyOf(request);
  if (body === null) return 413;
  if (config.verificationToken === null) return await takeToken(body, { config, deps });
  if (!isSigned(body, request.headers['x-notion-signature'], config.verificationToken)) return 401;
  const event = EventSchema.safeParse(json(body));
  if (!event.success) return 400;
  const hint = hintOf(event.data);
  if (hint !== null) await deps.onHint(hint);
  return 200;
}

/** Null: longer than an event can be; the rest is not read. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > maxBodyBytes) return null;
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

/** `sha256=` and the hex digest. https://developers.notion.com/reference/webhooks#step-3-validating-event-payloads */
function isSigned(body: Buffer, signature: string | string[] | undefined, token: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', token).update(body).digest('hex')}`);
  const given = Buffer.from(typeof signature === 'string' ? signature : '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/**
 * Whoever reaches us first could send a token; it becomes ours only when a person sets it, and Notion shows it as well.
 * The first stays: else anybody could put another in its place later. Answers 409 to a further one.
 */
async function takeToken(body: Buffer, { config, deps }: Pick<Delivery, 'config' | 'deps'>): Promise<number> {
  const verification = VerificationSchema.safeParse(json(body));
  if (!verification.success) return 401;
  const { tokenFile } = config;
  await mkdir(path.dirname(tokenFile), { recursive: true });
  try {
    await writeFile(tokenFile, `${verification.data.verification_token}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (recordOf(error).code !== 'EEXIST') throw error;
    deps.log.warn(
      'a further verification token for the Notion webhook was refused: delete the file of the first to take one',
      {
        tokenFile,
      },
    );
    return 409;
  }
  deps.log.info(
    'Notion sent the verification token of its webhook: confirm it there and set NOTION_WEBHOOK_TOKEN to it',
    {
      tokenFile,
    },
  );
  return 200;
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function hintOf({ type, entity }: z.infer<typeof EventSchema>): NotionHint | null {
  if (sourceEvents.test(type)) return { kind: 'source' };
  if (!documentEvents.has(type)) return null;
  const id = readId(entity?.id);
  return id === null ? { kind: 'source' } : { kind: 'document', id };
}

function answer(response: ServerResponse, status: number): void {
  // A sender that is not done sending is not listened to any further.
  if (status === 413) response.setHeader('connection', 'close');
  response.writeHead(status).end();
}
