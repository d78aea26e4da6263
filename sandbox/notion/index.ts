import { randomBytes } from 'node:crypto';
import { createFaults, type Faults, listen } from '../http.ts';
import { createCallRecord, type RecordedCall } from '../recorded-calls.ts';
import type { Api, Settings } from './api.ts';
import { type Control, createControl } from './control.ts';
import { createCursors } from './cursors.ts';
import { toEvent } from './events.ts';
import { idFrom, newId } from './ids.ts';
import type { Seed } from './model.ts';
import { createRateLimit } from './rate-limit.ts';
import { errorBody } from './refusal.ts';
import { answerCall } from './routes.ts';
import { seedArticles } from './seed.ts';
import { createStore, type Secrets, type Subscription } from './store.ts';
import { createUsers, type Person } from './users.ts';
import { createWebhooks, type WebhookControls } from './webhooks.ts';

export type { BlockInput } from './block-content.ts';
export type { PageText } from './edits.ts';
export type { DatabaseWish, PageView, PageWish, Parent } from './control.ts';
export { articleId } from './ids.ts';
export type { Seed } from './model.ts';
export type { Change, Subscription } from './store.ts';
export type { Delivery, WebhookControls } from './webhooks.ts';

/** A workspace of Notion with one integration, on this machine only. Settings may be changed while it runs. */
export interface NotionSandbox extends Settings, Control {
  /** Without `/v1`. */
  readonly url: string;
  /** The integration's secret. */
  readonly token: string;
  readonly integrationName: string;
  readonly faults: Faults;
  /** The last ten thousand, in order. */
  readonly calls: readonly RecordedCall[];
  /**
   * Sends the verification token there, then events. With a token that the address knows already, only events.
   *
   * @throws Error when the address does not take the token.
   */
  subscribe(url: string, knownToken?: string): Promise<Subscription>;
  /** All addresses when none is named. */
  unsubscribe(url?: string): void;
  readonly webhooks: WebhookControls;
  close(): Promise<void>;
}

export interface NotionOptions {
  /** Any free port when not given. */
  readonly port?: number;
  /** The workspace's members. The first writes the articles. */
  readonly people?: readonly Person[];
  /** A file that keeps the state across restarts. */
  readonly statePath?: string;
  readonly pageUrl?: string;
  /** Waited before a webhook that failed is tried again, doubled each time; 500 when not given. */
  readonly webhookRetryMs?: number;
  readonly seed?: readonly Seed[];
  readonly now?: () => Date;
}

const integrationName = 'Firstline';
const workspaceName = 'Company wiki';
/** A first listing of some thousand pages is to be seen whole. */
const mostCalls = 10_000;

/** Starts the server. @throws the system's error when the port is taken. */
export async function startNotion(options: NotionOptions = {}): Promise<NotionSandbox> {
  const now = options.now ?? (() => new Date());
  const store = createStore({ statePath: options.statePath, newSecrets });
  const users = createUsers(options.people ?? [], integrationName);
  const settings: Settings = { searchLagMs: 0, rateLimit: null, pageUrl: options.pageUrl ?? null };
  const webhooks = createWebhooks(store, options.webhookRetryMs ?? 500);
  let url = '';
  const cursors = createCursors();
  const api: Api = { store, users, cursors, settings, workspaceName, integrationName, url: () => url, now };
  const workspace = {
    store,
    users,
    now,
    happened: (happening: Parameters<typeof toEvent>[0]) => {
      const event = toEvent(happening, { store, now: now(), workspaceName, author: users.author });
      if (event !== null) webhooks.send(event);
    },
  };
  seedArticles(options.seed ?? [], workspace);
  const server = await serve(api, options.port ?? 0);
  url = server.url;
  // the settings themselves, not a copy: whoever changes them on the sandbox changes what the server reads
  return Object.assign(settings, createControl(api, workspace), {
    url,
    token: store.secrets.token,
    integrationName,
    faults: server.faults,
    calls: server.calls,
    subscribe: (address: string, knownToken?: string) => webhooks.subscribe(address, knownToken),
    unsubscribe: (address?: string) => webhooks.unsubscribe(address),
    webhooks,
    async close() {
      webhooks.close();
      await server.close();
      store.flush();
    },
  });
}

function newSecrets(): Secrets {
  return {
    token: `ntn_${randomBytes(24).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
    workspaceId: newId(),
    integrationId: idFrom('integration', integrationName),
  };
}

async function serve(api: Api, port: number) {
  const faults = createFaults();
  const record = createCallRecord(mostCalls);
  const limited = createRateLimit(api.settings);
  const server = await listen({
    port,
    faults,
    handle: async (call) => {
      record.begin(call);
      return (call.path.startsWith('/v1/') ? limited() : null) ?? answerCall(call, api);
    },
    onCall: (call, answer) => record.end(call, answer),
    faultBody: (status) => errorBody(status),
  });
  return { url: server.url, faults, calls: record.calls, close: () => server.close() };
}
