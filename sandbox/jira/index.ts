import { randomBytes } from 'node:crypto';
import { createFaults, listen } from '../http.ts';
import { type CallRecord, createCallRecord } from '../recorded-calls.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createActs } from './acts.ts';
import type { Api } from './api.ts';
import type { JiraOptions, JiraSandbox, WebhookControls } from './contract.ts';
import type { Settings } from './fields.ts';
import { projects } from './model.ts';
import { answerCall, uploadLimit } from './routes.ts';
import { seedIssue } from './seed.ts';
import { createStore, type Store } from './store.ts';
import { webhookEventsOf } from './webhook-events.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

export type {
  Act,
  CommentAct,
  JiraOptions,
  JiraSandbox,
  NewFile,
  PeopleActs,
  RecordedWebhook,
  WebhookControls,
  WebhookDelivery,
  WebhookEventName,
} from './contract.ts';
export type { Settings as JiraSettings } from './fields.ts';
export type {
  Account,
  AdfNode,
  Attachment,
  Comment,
  CustomerRequest,
  CustomField,
  HistoryEntry,
  Issue,
  IssueLink,
  PastTicket,
  Person,
  RemoteLink,
  StatusName,
  Visibility,
} from './model.ts';

const [{ id: projectId, key: projectKey }] = projects;

/** Starts the server. @throws the system's error when the port is taken. */
export async function startJira(options: JiraOptions): Promise<JiraSandbox> {
  const accounts = createAccounts(options.people);
  const store = createStore({
    projectKey,
    statePath: options.statePath,
    newSecret: () => randomBytes(24).toString('base64url'),
    seeds: (nextId) => (options.pastTickets ?? []).map((ticket) => seedIssue(ticket, accounts, nextId)),
  });
  for (const customer of store.customers) accounts.add(customer);
  const settings = firstSettings(options.pageUrl ?? null);
  const record = createCallRecord();
  const { server, faults, api } = await serve({ port: options.port ?? 0, accounts, store, settings, record });
  const { webhookRetrySchedule: retrySchedule, webhookTimeoutMs: timeoutMs, random } = options;
  const webhooks = createWebhooks({ retrySchedule, timeoutMs, random });
  store.onChange((change) => webhooks.send(() => webhookEventsOf(change, api)));
  // the settings themselves, not a copy: whoever changes them on the sandbox changes what the server reads
  return Object.assign(settings, createActs(api), webhookControls(webhooks), {
    url: server.url,
    email: accounts.bot.emailAddress,
    apiToken: store.secret,
    projectKey,
    faults,
    calls: record.calls,
    issues: () => store.all(),
    issue: (idOrKey: string) => store.find(idOrKey),
    on: (listener: Parameters<JiraSandbox['on']>[0]) => store.on(listener),
    async close() {
      webhooks.close();
      await server.close();
      store.flush();
    },
  });
}

function firstSettings(pageUrl: string | null): Settings {
  return {
    searchLagMs: 0,
    requiredFields: [],
    hiddenFields: [],
    pageUrl,
    customFields: [],
    requestTypeFields: {},
    canReopen: true,
    uploadLimitBytes: 10 * 1024 * 1024,
    projectType: 'service_desk',
    missingPermissions: [],
  };
}

function webhookControls({ delivery, webhooks, connectWebhook, webhooksSettled }: Webhooks): WebhookControls {
  return { delivery, webhooks, connectWebhook, webhooksSettled };
}

interface ServeOptions {
  readonly port: number;
  readonly accounts: Accounts;
  readonly store: Store;
  readonly settings: Settings;
  readonly record: CallRecord;
}

async function serve({ port, accounts, store, settings, record }: ServeOptions) {
  const faults = createFaults();
  let url = '';
  const site = { projectKey, projectId, accounts, settings };
  const api: Api = { site, store, url: () => url, now: () => new Date() };
  const server = await listen({
    port,
    faults,
    readsBytes: uploadLimit,
    handle: async (call) => {
      record.begin(call);
      return answerCall(call, api);
    },
    onCall: (call, answer) => record.end(call, answer),
    faultBody: (status) => ({ errorMessages: [`The request could not be handled (${status}).`], errors: {} }),
  });
  url = server.url;
  return { server, faults, api };
}
