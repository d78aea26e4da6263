import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { RemoteError, SetupError } from '#errors.ts';
import type { ChatPlatform, Webhook } from '#chat-ports.ts';
import type { Log, Store } from '#ports.ts';

export interface OperatorDeps {
  /** The setting OPERATOR_TOKEN: who sends it may read conversations. */
  readonly token: string;
  readonly platforms: readonly ChatPlatform[];
  readonly store: Pick<Store, 'trails' | 'syncRuns' | 'jobs' | 'knowledge'>;
  /** Names of the sources whose documents are synced. */
  readonly sources: readonly string[];
  readonly log: Log;
}

interface Reply {
  readonly status: number;
  readonly body: object;
}
interface Route {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly answer: (request: IncomingMessage) => Promise<Reply>;
}

/**
 * What whoever runs the program may ask of it over HTTP, as JSON: why it did what it did, and how the syncs of the
 * documents are. Each request carries the token as `Authorization: Bearer …`; nothing is read of one that does not.
 */
export function createOperator(deps: OperatorDeps): readonly Webhook[] {
  const routes: readonly Route[] = [
    { path: '/operator/why', method: 'GET', answer: (request) => why(parameterIn(request, 'message'), deps) },
    { path: '/operator/syncs', method: 'GET', answer: () => syncs(deps) },
    { path: '/operator/coverage', method: 'GET', answer: (request) => coverage(parameterIn(request, 'source'), deps) },
    { path: '/operator/sync', method: 'POST', answer: (request) => startSync(request, deps) },
  ];
  const expected = digest(deps.token);
  return routes.map((route) => ({
    path: route.path,
    handle: (request, response) => void respond({ request, response, route }, { expected, log: deps.log }),
  }));
}

async function respond(
  { request, response, route }: { request: IncomingMessage; response: ServerResponse; route: Route },
  { expected, log }: { expected: Buffer; log: Log },
): Promise<void> {
  const { status, body } = await replyTo(request, route, expected).catch((error: unknown) => {
    log.error('operator request failed', { path: route.path, error });
    return problem(500, 'The question could not be answered; the log says why.');
  });
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(status === 405 ? { allow: route.method } : {}),
    ...(request.complete ? {} : { connection: 'close' }), // what is left of the request is not read
  });
  response.end(`${JSON.stringify(body)}\n`);
}

async function replyTo(request: IncomingMessage, route: Route, expected: Buffer): Promise<Reply> {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  // Of the digests: the time this takes tells neither the token nor its length.
  if (!timingSafeEqual(digest(given), expected)) {
    return problem(401, 'Send the setting OPERATOR_TOKEN as “Authorization: Bearer …”.');
  }
  if (request.method !== route.method) return problem(405, `Only ${route.method} is answered here.`);
  return route.answer(request);
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function parameterIn({ url = '' }: IncomingMessage, name: string): string | null {
  return new URLSearchParams(url.split('?').slice(1).join('?')).get(name);
}

async function why(link: string | null, { platforms, store, log }: OperatorDeps): Promise<Reply> {
  if (link === null || link === '') return problem(400, 'The parameter “message” is missing: the link of a message.');
  for (const platform of platforms) {
    const message = await platform.messageOf(link).catch(unreachable);
    if (message === 'unreachable') {
      return problem(503, 'The chat platform cannot be asked at present; try again in a minute.');
    }
    if (message === null) continue;
    const found = await store.trails.ofMessage(message);
    if (found === null) return problem(404, 'Nothing is stored about this message.');
    const { trail, address } = found;
    log.info('operator read a trail', { conversation: trail.conversation.id });
    const turns = trail.turns.map((turn) => ({ ...turn, link: platform.linkOf({ ...turn, address }, link) }));
    return { status: 200, body: { ...trail, turns } };
  }
  return problem(400, 'This is not the link of a message: copy it in the chat with “Copy link”.');
}

/** Until the platform has once said who we are, its links cannot be read. */
function unreachable(error: unknown): 'unreachable' {
  if (error instanceof RemoteError || error instanceof SetupError) return 'unreachable';
  throw error;
}

async function syncs({ store }: OperatorDeps): Promise<Reply> {
  return { status: 200, body: { syncs: await store.syncRuns.latest() } };
}

/** What of each source's documents was not read, and why. */
async function coverage(source: string | null, { sources, store }: OperatorDeps): Promise<Reply> {
  const asked = sources.filter((name) => source === null || name === source);
  if (asked.length === 0) return unknownSource(sources);
  const told = await Promise.all(
    asked.map(async (name) => ({
      source: name,
      ...(await store.knowledge.coverage(name)),
      fault: await store.syncRuns.fault(name),
    })),
  );
  return { status: 200, body: { sources: told } };
}

function unknownSource(sources: readonly string[]): Reply {
  return problem(404, `There is no such source; there is: ${sources.join(', ')}.`);
}

/** `dry`: nothing is written; the run tells what a sync would do. */
const SyncRequest = z.strictObject({ source: z.string().optional(), dry: z.boolean().default(false) });

async function startSync(request: IncomingMessage, { sources, store }: OperatorDeps): Promise<Reply> {
  const asked = SyncRequest.safeParse(await readJson(request));
  if (!asked.success) return problem(400, 'The body must be JSON: {} for all sources, or {"source": "name"} for one.');
  const { source, dry } = asked.data;
  const queued = sources.filter((name) => source === undefined || name === source);
  if (queued.length === 0) return unknownSource(sources);
  for (const name of queued) {
    await store.jobs.sendUnlessWaiting('sync', dry ? `${name} dry` : name, {
      source: name,
      ...(dry ? { dry: 'yes' } : {}),
    });
  }
  return { status: 202, body: { queued } };
}

/** A source's name is far shorter. */
const largestBodyBytes = 10_000;

/** An empty body is an empty object; null when it is too long or not JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // leaving the loop must not close the connection: the answer is still to be sent
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > largestBodyBytes) return null;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString().trim();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

function problem(status: number, error: string): Reply {
  return { status, body: { error } };
}
