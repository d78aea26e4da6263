import { randomBytes } from 'node:crypto';
import { createFaults, type Faults, listen } from '../http.ts';
import { type CallRecord, createCallRecord, type RecordedCall } from '../recorded-calls.ts';
import { createAccounts } from './accounts.ts';
import type { Api } from './api.ts';
import { type Control, createControl } from './control.ts';
import { linksOf } from './links.ts';
import { type Content, type Names, type Person, type Settings, type Space, type Status, versionOf } from './model.ts';
import { v1ErrorBody, v2ErrorBody } from './refusal.ts';
import { answerCall } from './routes.ts';
import { employeesGroup, type SeedPage, seed } from './seed.ts';
import { type Change, createStore, type Store } from './store.ts';

export type { ReadersInput } from './control.ts';
export type { Group, Names, Person, Settings, Space } from './model.ts';
export { articleId, employeesGroup, type SeedPage } from './seed.ts';
export { storageOf } from './storage-format.ts';

/** A page as the sandbox's own page shows it. */
export interface PageState {
  readonly id: string;
  /** The key. */
  readonly space: string;
  readonly title: string;
  /** Its web address. */
  readonly url: string;
  readonly parentId: string | null;
  /** The text as it was given, if it was given as Markdown. */
  readonly markdown: string | null;
  readonly storage: string;
  readonly labels: readonly string[];
  readonly updated: string;
  readonly version: number;
  readonly status: Status;
  /** By itself; what is above it may restrict it further. */
  readonly restrictedTo: Names | null;
}

/** A site of Confluence Cloud, on this machine only. */
export interface ConfluenceSandbox extends Control {
  /** The origin. */
  readonly url: string;
  /** With `/wiki`. */
  readonly baseUrl: string;
  /** The bot's credentials. With the same token any employee's address acts as that employee. */
  readonly email: string;
  readonly apiToken: string;
  readonly settings: Settings;
  readonly faults: Faults;
  /** The last thousand, in order. */
  readonly calls: readonly RecordedCall[];
  /** The same as `setGroup`. */
  createGroup(name: string, emails: readonly string[]): void;
  spaces(): readonly Space[];
  /** Of any status; without folders. */
  pages(): PageState[];
  page(id: string): PageState | null;
  /** Called after each change of a page; returns what ends it. */
  on(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
}

export interface ConfluenceOptions {
  /** Any free port when not given. */
  readonly port?: number;
  readonly people?: readonly Person[];
  /** E-mail addresses by the group's name, besides the one of all employees. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** A file that keeps the state across restarts. */
  readonly statePath?: string;
  readonly pageUrl?: string;
  readonly seed?: readonly SeedPage[];
  /** Of the spaces that are seeded; all employees when not given. */
  readonly spaceReaders?: { readonly groups: readonly string[] };
  readonly now?: () => Date;
}

/** Starts the server. @throws the system's error when the port is taken. */
export async function startConfluence(options: ConfluenceOptions = {}): Promise<ConfluenceSandbox> {
  const { people = [], groups = {}, spaceReaders = { groups: [employeesGroup] }, now = () => new Date() } = options;
  const accounts = createAccounts(people);
  const store = createStore(options.statePath, () => randomBytes(24).toString('base64url'));
  for (const email of emailsOf(store)) accounts.named(email);
  const control = createControl({ store, accounts, now });
  const wanted = { groups, pages: options.seed ?? [], spaceReaders: spaceReaders.groups };
  seed(wanted, { store, accounts, control });
  const settings = createSettings(options.pageUrl);
  const record = createCallRecord();
  let baseUrl = '';
  const api: Api = { store, accounts, settings, baseUrl: () => baseUrl, now };
  const server = await serve(options.port ?? 0, api, record);
  baseUrl = `${server.url}/wiki`;
  const stateOf = (content: Content) => pageState(content, api);
  return {
    ...control,
    url: server.url,
    baseUrl,
    email: accounts.bot.email,
    apiToken: store.secret,
    settings,
    faults: server.faults,
    calls: record.calls,
    createGroup: (name, emails) => control.setGroup(name, emails),
    spaces: () => store.spaces(),
    pages: () => store.all().filter(isPage).map(stateOf),
    page: (id) =>
      [store.content(id)]
        .flatMap((content) => content ?? [])
        .filter(isPage)
        .map(stateOf)[0] ?? null,
    on: (listener) => store.on(listener),
    async close() {
      await server.close();
      store.flush();
    },
  };
}

function createSettings(pageUrl: string | undefined): Settings {
  return {
    searchLagMs: 0,
    hideEmails: false,
    emptyPages: false,
    botSeesAll: true,
    timeZone: 'UTC',
    pageUrl: pageUrl ?? null,
  };
}

/** Everybody whom the kept state names: some are no employees. */
function emailsOf(store: Store): string[] {
  const names = [
    ...store.spaces().map(({ readers }) => readers.users),
    ...store.groups().map(({ emails }) => emails),
    ...store.all().map(({ restrictedTo }) => restrictedTo?.users ?? []),
  ];
  return names.flat();
}

async function serve(
  port: number,
  api: Api,
  record: CallRecord,
): Promise<{ url: string; faults: Faults; close(): Promise<void> }> {
  const faults = createFaults();
  const server = await listen({
    port,
    faults,
    handle: async (call) => {
      record.begin(call);
      return answerCall(call, api);
    },
    onCall: (call, answer) => record.end(call, answer),
    // the path is not told, so that both versions find their own words
    faultBody: (status) => ({
      ...v1ErrorBody(status, `The request could not be handled (${status}).`),
      ...v2ErrorBody(status),
    }),
  });
  return { url: server.url, faults, close: () => server.close() };
}

function isPage({ type }: Content): boolean {
  return type === 'page';
}

function pageState(content: Content, api: Api): PageState {
  const { id, spaceId, title, parentId, markdown, storage, labels, status, restrictedTo } = content;
  const { createdAt, number } = versionOf(content);
  return {
    id,
    space: api.store.space(spaceId)?.key ?? '',
    title,
    url: `${api.baseUrl()}${linksOf(content, api).webui}`,
    parentId,
    markdown,
    storage,
    labels,
    updated: createdAt,
    version: number,
    status,
    restrictedTo,
  };
}
