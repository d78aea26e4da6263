import { randomBytes } from 'node:crypto';
import { createFaults, type Faults, listen } from '../http.ts';
import { type CallRecord, createCallRecord, type RecordedCall } from '../recorded-calls.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import type { Api } from './api.ts';
import type { Settings } from './fields.ts';
import type { Issue, PastTicket, Person } from './model.ts';
import { answerCall } from './routes.ts';
import { seedIssue } from './seed.ts';
import { createStore, type Store } from './store.ts';

export type { Account, AdfNode, Comment, HistoryEntry, Issue, PastTicket, Person, RemoteLink } from './model.ts';

/** A site of Jira Cloud with one project, on this machine only. */
export interface JiraSandbox extends Settings {
  readonly url: string;
  /** The bot's credentials. With the same token any employee's address acts as that employee. */
  readonly email: string;
  readonly apiToken: string;
  readonly projectKey: string;
  readonly faults: Faults;
  /** The last thousand, in order. */
  readonly calls: readonly RecordedCall[];
  issues(): Issue[];
  issue(key: string): Issue | null;
  /** Called after each change; returns what ends it. */
  on(listener: (change: { type: 'issue'; key: string }) => void): () => void;
  close(): Promise<void>;
}

export interface JiraOptions {
  /** Any free port when not given. */
  readonly port?: number;
  readonly people: readonly Person[];
  /** Become issues in Done; new keys go on after the highest. */
  readonly pastTickets?: readonly PastTicket[];
  /** A file that keeps the state across restarts. */
  readonly statePath?: string;
  readonly pageUrl?: string;
}

const projectKey = 'IT';
/** Starts the server. @throws the system's error when the port is taken. */
export async function startJira(options: JiraOptions): Promise<JiraSandbox> {
  const accounts = createAccounts(options.people);
  const store = createStore({
    projectKey,
    statePath: options.statePath,
    newSecret: () => randomBytes(24).toString('base64url'),
    seeds: (nextId) => (options.pastTickets ?? []).map((ticket) => seedIssue(ticket, accounts, nextId)),
  });
  const settings: Settings = { searchLagMs: 0, requiredFields: [], hiddenFields: [], pageUrl: options.pageUrl ?? null };
  const record = createCallRecord();
  const server = await serve({ port: options.port ?? 0, accounts, store, settings, record });
  // the settings themselves, not a copy: whoever changes them on the sandbox changes what the server reads
  return Object.assign(settings, {
    url: server.url,
    email: accounts.bot.emailAddress,
    apiToken: store.secret,
    projectKey,
    faults: server.faults,
    calls: record.calls,
    issues: () => store.all(),
    issue: (key: string) => store.find(key),
    on: (listener: Parameters<JiraSandbox['on']>[0]) => store.on(listener),
    async close() {
      await server.close();
      store.flush();
    },
  });
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
  const site = { projectKey, projectId: '10000', accounts, settings };
  const api: Api = { site, store, url: () => url, now: () => new Date() };
  const server = await listen({
    port,
    faults,
    handle: async (call) => {
      record.begin(call);
      return answerCall(call, api);
    },
    onCall: (call, answer) => record.end(call, answer),
    faultBody: (status) => ({ errorMessages: [`The request could not be handled (${status}).`], errors: {} }),
  });
  url = server.url;
  return { url, faults, close: () => server.close() };
}
