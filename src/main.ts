import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJira } from '../adapters/jira/index.ts';
import { openDatabase } from '../adapters/postgres/database.ts';
import { startWorkers } from '../adapters/postgres/jobs.ts';
import { useLanguage } from '../adapters/postgres/knowledge.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { createSlack } from '../adapters/slack/index.ts';
import { realFolder } from '../knowledge-sync/markdown/files.ts';
import { createConfluence } from '../knowledge-sync/confluence/index.ts';
import { createJiraTickets } from '../knowledge-sync/jira/index.ts';
import { createMarkdownFolder } from '../knowledge-sync/markdown/index.ts';
import { createNotion } from '../knowledge-sync/notion/index.ts';
import { createNotionWebhook } from '../knowledge-sync/notion/webhook.ts';
import { createPace, type Pace } from '../knowledge-sync/pace.ts';
import { syncRecorded } from '../knowledge-sync/recorded.ts';
import { createFreshness, refreshDocument } from '../knowledge-sync/refresh.ts';
import { type Config, type JiraConfig, readConfig, type SlackConfig } from './config.ts';
import { SetupError } from './errors.ts';
import { createAnswer } from './flows/answer.ts';
import { createAnswerPrivately, createHandOverUnsent } from './flows/answer-privately.ts';
import { createDeliver, createSettle } from './flows/deliver.ts';
import { createEscalate, createTellOtherwise } from './flows/escalate.ts';
import { createSyncSource } from './flows/sync-source.ts';
import { createTellAdmin } from './flows/tell-admin.ts';
import { createComment, createLink } from './flows/ticket-updates.ts';
import { createHandOverUnanswered } from './flows/unanswered.ts';
import { ADMIN_GROUP } from '#domain/knowledge.ts';
import { createInbox } from './inbox.ts';
import type { NotionConfig } from './knowledge-settings.ts';
import { type Flows, jobTable } from './jobs.ts';
import { createFlag, keepTrying, repeat, watchLifetime } from './lifetime.ts';
import { createLog } from './log.ts';
import { createOperator } from './operator.ts';
import { loadWeights, policyOf } from './policy.ts';
import type { KnowledgeSource } from './knowledge-ports.ts';
import type { ChatPlatform, Log, Store, Ticketing, Webhook } from './ports.ts';
import { startServer } from './server.ts';

const clock = () => new Date();

/** The real program. Everything is built here, top to bottom, and nowhere else. */
async function run(config: Config, slackConfig: SlackConfig, jiraConfig: JiraConfig): Promise<void> {
  const log = createLog(config.logLevel);
  const lifetime = watchLifetime(log);
  const { databaseUrl, folder } = config;
  const location = databaseUrl === null ? { folder: path.join(folder, 'database') } : { url: databaseUrl };
  const database = await openDatabase(location);
  await useLanguage({ knex: database.knex, language: config.knowledge.language });
  const store = createStore(database, { language: config.knowledge.language });
  const slack = createSlack(slackConfig, { inbox: createInbox(store), log, clock });
  const jira = createJira(jiraConfig, { clock, log });
  const sources = await buildSources(config, jiraConfig, { store, log });
  const names = sources.map(({ source }) => source.name);
  await settleKnowledge(store, { names, admins: config.admins, log });
  const [slackIsUp, knowsSomething, stopping] = [createFlag(), createFlag(), new AbortController()];

  const reading = buildReading({ config, store, sources, log, signal: stopping.signal }, knowsSomething);
  const flows = buildFlows({ config, store, slack, jira, sources, log });
  const workers = await startWorkers(database, jobTable({ ...flows, ...reading }), { log, clock });
  if (await store.knowledge.holdsAny()) knowsSomething.raise();
  const readiness = async () => ({
    database: await database.isUp(),
    slack: slackIsUp.value(),
    knowledge: knowsSomething.value(),
  });
  const webhooks = buildWebhooks(config, { slack, store, names, log });
  const server = await startServer(config, { webhooks, readiness, log });
  lifetime.tell({ listening: server.url });
  const syncs = repeat({
    everyMs: config.knowledge.syncMinutes * 60_000,
    run: async () => {
      for (const source of names) await store.jobs.sendUnlessWaiting('sync', source, { source });
    },
    log,
  });
  lifetime.onStop(async () => {
    syncs.stop();
    stopping.abort();
    await Promise.all([slack.stop(), server.close()]);
    await workers.stop();
    await database.close();
  });

  await keepTrying({ what: 'slack', attempt: () => slack.start(), log });
  slackIsUp.raise();
  log.info('firstline is up', { url: server.url, embeddedDatabase: database.embedded });
  await keepTrying({ what: 'jira', attempt: () => jira.check(), log }).catch((error: unknown) => {
    // Employees still get their answers, and what needs a ticket waits for the setting to be mended.
    log.error('jira refuses the settings', { error });
  });
}

interface Parts {
  readonly config: Config;
  readonly store: Store;
  readonly slack: ChatPlatform;
  readonly jira: Ticketing;
  readonly sources: readonly PacedSource[];
  readonly log: Log;
}

/** Somebody waits for the answer: milliseconds for the sources to say whether it is current, and to be read again. */
const patience = { askMs: 3_000, readMs: 8_000 };

function buildFlows({ config, store, slack, jira, sources, log }: Parts): Omit<Flows, 'sync' | 'refresh'> {
  const platforms = new Map([[slack.name, slack]]);
  const weights = loadWeights(config.policy.weightsFile);
  const policy = policyOf(weights, config.policy);
  const { knowledge } = store;
  const freshness = createFreshness({ sources: sources.map(({ source }) => source), knowledge, log, ...patience });
  const escalation = { store, platforms, ticketing: jira, answerAt: policy.answerAt, clock };
  return {
    answer: createAnswer({ store, platforms, policy, weights, freshness, clock }),
    handOverUnanswered: createHandOverUnanswered(escalation),
    deliver: createDeliver({ store, platforms, clock }),
    settle: createSettle({ store, platforms, clock }),
    answerPrivately: createAnswerPrivately({ store, platforms, clock }),
    handOverUnsent: createHandOverUnsent({ store, platforms, clock }),
    escalate: createEscalate(escalation),
    tellOtherwise: createTellOtherwise(escalation),
    link: createLink(escalation),
    comment: createComment(escalation),
    tellAdmin: createTellAdmin({ faults: store.syncRuns, platforms, log }),
  };
}

/** A source, and how many of its documents are read at the same time. */
interface PacedSource {
  readonly source: KnowledgeSource;
  readonly concurrency: number;
}

/** Requests under way at the same time. How many begin in a second is a setting of each source. */
const underWay = 3;
/** Documents in hand for each request under way: while one is stored, the next are asked for. */
const inHand = 3;

async function buildSources(
  { knowledge }: Config,
  jira: JiraConfig,
  { store, log }: { store: Store; log: Log },
): Promise<readonly PacedSource[]> {
  const { folder, notion, confluence, tickets } = knowledge;
  const deps = { memory: store.memory, clock, log };
  const sources: PacedSource[] = [];
  function add(create: (pace: Pace) => KnowledgeSource, { perSecond }: { perSecond: number }): void {
    const pace = createPace({ concurrency: underWay, perSecond, log });
    sources.push({ source: create(pace), concurrency: underWay * inHand });
  }
  if (folder !== null) {
    sources.push({ source: createMarkdownFolder({ folder: await realFolder(folder), clock }), concurrency: 1 });
  }
  if (notion !== null) add((pace) => createNotion({ ...notion, pace }, deps), notion);
  if (confluence !== null) add((pace) => createConfluence({ ...confluence, pace }, deps), confluence);
  if (tickets !== null) add((pace) => createJiraTickets({ ...jira, ...tickets, pace }, deps), tickets);
  return sources;
}

/** Who the admins are, and what is known: a source that is no longer set up is forgotten with all its documents. */
async function settleKnowledge(
  { knowledge }: Store,
  { names, admins, log }: { names: readonly string[]; admins: readonly string[]; log: Log },
): Promise<void> {
  await knowledge.putGroups(ADMIN_GROUP.source, [{ name: ADMIN_GROUP.name, emails: admins }]);
  const forgotten = await knowledge.removeOtherSources(names);
  if (forgotten.length > 0) log.warn('documents of sources that are no longer set up were removed', { forgotten });
}

interface ReadingParts {
  readonly config: Config;
  readonly store: Store;
  readonly sources: readonly PacedSource[];
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Syncs, and what a webhook says of one document. */
function buildReading(
  { config, store, sources, log, signal }: ReadingParts,
  knowsSomething: { raise(): void },
): Pick<Flows, 'sync' | 'refresh'> {
  const { knowledge, syncRuns: runs } = store;
  const named = (name: string) => sources.find(({ source }) => source.name === name);
  const sync = createSyncSource({
    store,
    admins: config.admins,
    clock,
    async sync(name, { dry }) {
      const paced = named(name);
      if (paced === undefined) return { brokenOff: null }; // no longer set up
      const report = await syncRecorded({ ...paced, knowledge, runs, log, clock, signal, dry });
      if (!dry && report.brokenOff === null) knowsSomething.raise();
      return report;
    },
  });
  return {
    sync,
    async refresh(name, id) {
      const paced = named(name);
      if (paced !== undefined) await refreshDocument({ source: paced.source, id }, { knowledge, log });
    },
  };
}

interface WebhookParts {
  readonly slack: ChatPlatform;
  readonly store: Store;
  readonly names: readonly string[];
  readonly log: Log;
}

/** All that is answered over HTTP. */
function buildWebhooks(config: Config, { slack, store, names, log }: WebhookParts): readonly Webhook[] {
  const { operatorToken: token, knowledge, folder } = config;
  return [
    ...(slack.webhook === null ? [] : [slack.webhook]),
    ...(token === null ? [] : createOperator({ token, platforms: [slack], store, sources: names, log })),
    ...(knowledge.notion === null ? [] : [buildNotionWebhook(folder, knowledge.notion, { store, log })]),
  ];
}

function buildNotionWebhook(
  folder: string,
  { webhookToken }: NotionConfig,
  { store: { jobs }, log }: { store: Store; log: Log },
): Webhook {
  const config = { verificationToken: webhookToken, tokenFile: path.join(folder, 'notion-webhook-token') };
  return createNotionWebhook(config, {
    log,
    onHint: (hint) =>
      hint.kind === 'document'
        ? jobs.sendUnlessWaiting('refresh', `notion ${hint.id}`, { source: 'notion', documentId: hint.id })
        : jobs.sendUnlessWaiting('sync', 'notion', { source: 'notion' }),
  });
}

async function main(): Promise<void> {
  const config = readConfig();
  if (config.slack !== null && config.jira !== null) return run(config, config.slack, config.jira);
  const { startSandbox } = await import('../sandbox/index.ts');
  const { port } = config.sandbox;
  const sandbox = await startSandbox({
    port,
    vendorPorts: { slack: port + 1, jira: port + 2, notion: port + 3, confluence: port + 4 },
    botPort: config.port,
    folder: config.folder,
    reset: process.argv.includes('--reset'),
    program: fileURLToPath(import.meta.url),
    settings: config.sandbox.settings,
  });
  watchLifetime(createLog('silent')).onStop(() => sandbox.close());
}

main().catch((error: unknown) => {
  // A fault of the set-up is one sentence; anything else is ours and shows where.
  const isSetup = error instanceof SetupError || (error instanceof Error && error.name === 'SandboxFault');
  console.error(isSetup ? error.message : error);
  process.exit(1);
});
