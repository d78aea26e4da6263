import type { CommentDraft, TicketDraft } from '#domain/ticket.ts';
import type { Route } from '#domain/routing.ts';
import { createJira, type JiraConfig } from '../../../adapters/jira/index.ts';
import { type JiraSandbox, startJira } from '../../../sandbox/jira/index.ts';

export const ada = 'ada@acme.example';
export const rui = 'rui@acme.example';

export async function startSite(): Promise<JiraSandbox> {
  return await startJira({
    people: [
      { name: 'Ada Poe', email: ada },
      { name: 'Rui Costa', email: rui },
      { name: 'Gus Guest', email: 'gus@partner.example', guest: true },
    ],
  });
}

/** The adapter on the site, with what it noted. */
export function jiraAt(site: JiraSandbox, change: Partial<JiraConfig> = {}, clock = () => new Date()) {
  const faults: (string | null)[] = [];
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, warn: (message: string) => void warnings.push(message), error() {} };
  const { url, email, apiToken, projectKey } = site;
  const config = { baseUrl: url, email, apiToken, projectKey, issueType: 'Task', searchLagMs: 45_000, ...change };
  const noteFault = async (fault: string | null) => void faults.push(fault);
  return { ...createJira(config, { clock, log, noteFault }), faults, warnings };
}

export const route: Route = {
  project: null,
  issueType: null,
  requestType: null,
  components: [],
  priority: null,
  labels: [],
  assignee: null,
  fields: {},
  rules: [],
};

export const draft: TicketDraft = {
  conversation: '0197-42',
  summary: 'VPN drops',
  body: [{ heading: 'Question', lines: [{ kind: 'text', text: 'my vpn drops' }] }],
  requester: { name: 'Ada Poe', email: ada },
  labels: ['nothing-found'],
  route,
  urgency: null,
  continues: null,
  triedAt: null,
  mayCreate: true,
};

export const comment: CommentDraft = {
  mark: 'turn-7',
  author: 'Ada Poe',
  lines: [{ kind: 'text', text: 'It is the Lisbon office' }],
  internal: false,
};

/** Jira's times tell milliseconds apart. */
export async function nextMillisecond(): Promise<void> {
  const start = Date.now();
  while (Date.now() === start) await new Promise((resolve) => setImmediate(resolve));
}

export async function kindOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => 'done',
    (error: { kind?: unknown }) => error.kind ?? error,
  );
}
