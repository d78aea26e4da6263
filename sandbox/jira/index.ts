import { randomBytes } from 'node:crypto';
import { type Answer, type Call, createFaults, type Faults, listen } from '../http.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import type { Api } from './api.ts';
import type { Settings } from './fields.ts';
import type { Issue, PastTicket, Person } from './model.ts';
import { answerCall } from './routes.ts';
import { seedIssue } from './seed.ts';
import { createStore, type Store } from './store.ts';

export type { Account, AdfNode, Comment, HistoryEntry, Issue, PastTicket, Person, RemoteLink } from './model.ts';

/** A call to the API; `body` is the JSON that was sent, `status` null when the connection was dropped. */
export interface RecordedCall {
  readonly method: string;
  readonly path: string;
  /** What stands behind the question mark, decoded. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly status: number | null;
  /** When it came in. */
  readonly at: string;
  /** Until it was over. */
  readonly ms: number;
}

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
const maxCalls = 1000;

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
  const calls: RecordedCall[] = [];
  const server = await serve({ port: options.port ?? 0, accounts, store, settings, calls });
  // the settings themselves, not a copy: whoever changes them on the sandbox changes what the server reads
  return Object.assign(settings, {
    url: server.url,
    email: accounts.bot.emailAddress,
    apiToken: store.secret,
    projectKey,
    faults: server.faults,
    calls,
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
  readonly calls: RecordedCall[];
}

async function serve({ port, accounts, store, settings, calls }: ServeOptions) {
  const faults = createFaults();
  let url = '';
  const site = { projectKey, projectId: '10000', accounts, settings };
  const api: Api = { site, store, url: () => url, now: () => new Date() };
  const begun = new WeakMap<Call, Date>();
  const server = await listen({
    port,
    faults,
    handle: async (call) => {
      begun.set(call, new Date());
      return answerCall(call, api);
    },
    onCall: (call, answer) => record(calls, { call, answer, at: begun.get(call) ?? new Date() }),
    faultBody: (status) => ({ errorMessages: [`The request could not be handled (${status}).`], errors: {} }),
  });
  url = server.url;
  return { url, faults, close: () => server.close() };
}

function record(calls: RecordedCall[], over: { call: Call; answer: Answer | null; at: Date }): void {
  const { call, answer, at } = over;
  const { method, path } = call;
  calls.push({
    method,
    path,
    query: Object.fromEntries(call.query),
    body: sentJson(call),
    status: answer?.status ?? null,
    at: at.toISOString(),
    ms: Date.now() - at.getTime(),
  });
  if (calls.length > maxCalls) calls.shift();
}

function sentJson({ body }: Call): unknown {
  try {
    return body === '' ? null : (JSON.parse(body) as unknown);
  } catch {
    return null;
  }
}
