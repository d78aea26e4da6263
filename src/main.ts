import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJira } from '../adapters/jira/index.ts';
import { createJiraWebhook } from '../adapters/jira/webhook.ts';
import { openDatabase } from '../adapters/postgres/database.ts';
import { carryOverJobs } from '../adapters/postgres/former-jobs.ts';
import { startWorkers } from '../adapters/postgres/jobs.ts';
import { useLanguage } from '../adapters/postgres/knowledge.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { createSlack } from '../adapters/slack/index.ts';
import { createTeams } from '../adapters/teams/index.ts';
import { createNotionWebhook } from '../knowledge-sync/notion/webhook.ts';
import { buildFlows } from './build-flows.ts';
import { buildModels } from './build-models.ts';
import { buildReading, buildSources } from './build-sources.ts';
import { type Config, type JiraConfig, readConfig } from './config.ts';
import { SetupError } from './errors.ts';
import type { PlatformName } from '#domain/conversation.ts';
import { ADMIN_GROUP } from '#domain/knowledge.ts';
import { noteCreationFault } from './flows/tell-admin.ts';
import { createInbox } from './inbox.ts';
import type { NotionConfig } from './knowledge-settings.ts';
import { jobTable } from './jobs.ts';
import { createFlag, keepTrying, repeat, watchLifetime } from './lifetime.ts';
import { createLog } from './log.ts';
import { createOperator } from './operator.ts';
import type { ChatPlatform, Inbox, Webhook } from './chat-ports.ts';
import type { Log, Store } from './ports.ts';
import { startServer } from './server.ts';

const clock = () => new Date();

/** The real program. Everything is built here and in the two `build-` files beside it, and nowhere else. */
async function run(config: Config, jiraConfig: JiraConfig): Promise<void> {
  const log = createLog(config.logLevel);
  const lifetime = watchLifetime(log);
  const { databaseUrl, folder } = config;
  const location = databaseUrl === null ? { folder: path.join(folder, 'database') } : { url: databaseUrl };
  const database = await openDatabase(location);
  await useLanguage({ knex: database.knex, language: config.knowledge.language });
  const store = createStore(database, { language: config.knowledge.language });
  const inbox = createInbox(store, clock);
  const platforms = buildPlatforms(config, { inbox, store, log });
  const noteFault = (fault: string | null) => noteCreationFault(store, { fault, admins: config.admins, at: clock() });
  const jira = createJira(jiraConfig, { clock, log, noteFault });
  const sources = await buildSources(config, jiraConfig, { store, log, clock });
  const names = sources.map(({ source }) => source.name);
  await settleKnowledge(store, { names, admins: config.admins, log });
  const [knowsSomething, stopping] = [createFlag(), new AbortController()];
  const areUp = new Map(Array.from(platforms.keys(), (name) => [name, createFlag()]));

  const models = await buildModels(config, { store, log, clock });
  const { signal } = stopping;
  const reading = buildReading({ config, store, sources, log, clock, signal, embeds: models.embeds }, knowsSomething);
  const flows = buildFlows({ config, store, platforms, jira, sources, models: models.deps, log, clock });
  const table = jobTable({ ...flows, ...reading, embed: models.embed });
  const workers = await startWorkers(database, table, { log, clock, slow: models.deps === null ? [] : ['answer'] });
  await carryOverJobs(database, store.jobs);
  if (await store.knowledge.holdsAny()) knowsSomething.raise();
  const readiness = async () => ({
    database: await database.isUp(),
    ...Object.fromEntries(Array.from(areUp, ([name, flag]) => [name, flag.value()])),
    knowledge: knowsSomething.value(),
  });
  const webhooks = buildWebhooks(config, { platforms: [...platforms.values()], inbox, store, names, log });
  const server = await startServer(config, { webhooks, readiness, log });
  lifetime.tell({ listening: server.url });
  const repeated = startRepeated(config, { store, names, embeds: models.embeds, log });
  lifetime.onStop(async () => {
    for (const task of repeated) task.stop();
    stopping.abort();
    await Promise.all([...Array.from(platforms.values(), (platform) => platform.stop()), server.close()]);
    await workers.stop();
    await database.close();
  });

  await startAll([...platforms.values()], { areUp, log });
  log.info('firstline is up', { url: server.url, embeddedDatabase: database.embedded });
  await keepTrying({ what: 'jira', attempt: () => jira.check(), log }).catch((error: unknown) => {
    // Employees still get their answers, and what needs a ticket waits for the setting to be mended.
    log.error('jira refuses the settings', { error });
  });
}

/** Those that are set up. */
function buildPlatforms(
  config: Config,
  { inbox, store, log }: { inbox: Inbox; store: Store; log: Log },
): ReadonlyMap<PlatformName, ChatPlatform> {
  const common = { inbox, log, clock };
  const platforms = [
    ...(config.slack === null ? [] : [createSlack(config.slack, common)]),
    ...(config.teams === null ? [] : [createTeams(config.teams, { ...common, notes: store.notes('teams') })]),
  ];
  return new Map(platforms.map((platform) => [platform.name, platform]));
}

/** One that cannot be reached does not keep the others waiting. */
async function startAll(
  platforms: readonly ChatPlatform[],
  { areUp, log }: { areUp: ReadonlyMap<PlatformName, ReturnType<typeof createFlag>>; log: Log },
): Promise<void> {
  await Promise.all(
    platforms.map(async (platform) => {
      await keepTrying({ what: platform.name, attempt: () => platform.start(), log });
      areUp.get(platform.name)?.raise();
    }),
  );
}

/** What is done again and again: the sources are read, and the tickets watched. */
function startRepeated(
  config: Config,
  { store: { jobs }, names, embeds, log }: { store: Store; names: readonly string[]; embeds: boolean; log: Log },
) {
  const syncs = repeat({
    everyMs: config.knowledge.syncMinutes * 60_000,
    run: async () => {
      for (const source of names) await jobs.sendUnlessWaiting('sync', source, { source });
    },
    log,
  });
  const watching = repeat({
    everyMs: config.tickets.pollSeconds * 1000,
    run: () => jobs.sendUnlessWaiting('watch-tickets', 'all', {}),
    log,
  });
  if (!embeds) return [syncs, watching];
  const embedding = repeat({ everyMs: embedEveryMs, run: () => jobs.sendUnlessWaiting('embed', 'all', {}), log });
  return [syncs, watching, embedding];
}

/** Each sync asks for it as well: this is for what the budget or the model's server did not allow then, and for refreshed pages. */
const embedEveryMs = 30_000;

/** Who the admins are, and what is known: a source that is no longer set up is forgotten with all its documents. */
async function settleKnowledge(
  { knowledge }: Store,
  { names, admins, log }: { names: readonly string[]; admins: readonly string[]; log: Log },
): Promise<void> {
  await knowledge.putGroups(ADMIN_GROUP.source, [{ name: ADMIN_GROUP.name, emails: admins }]);
  const forgotten = await knowledge.removeOtherSources(names);
  if (forgotten.length > 0) log.warn('documents of sources that are no longer set up were removed', { forgotten });
}

interface WebhookParts {
  readonly platforms: readonly ChatPlatform[];
  readonly inbox: Inbox;
  readonly store: Store;
  readonly names: readonly string[];
  readonly log: Log;
}

/** All that is answered over HTTP. */
function buildWebhooks(config: Config, { platforms, inbox, store, names, log }: WebhookParts): readonly Webhook[] {
  const { operatorToken: token, knowledge, folder } = config;
  const { webhookSecret: secret } = config.tickets;
  return [
    ...platforms.flatMap(({ webhook }) => webhook ?? []),
    ...(token === null ? [] : createOperator({ token, platforms, store, sources: names, log })),
    ...(secret === null ? [] : [createJiraWebhook({ secret }, { onHint: (hint) => inbox.ticketHint(hint), log })]),
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
  if ((config.slack ?? config.teams) !== null && config.jira !== null) return run(config, config.jira);
  const { startSandbox } = await import('../sandbox/index.ts');
  const { port } = config.sandbox;
  const sandbox = await startSandbox({
    port,
    vendorPorts: {
      slack: port + 1,
      jira: port + 2,
      notion: port + 3,
      confluence: port + 4,
      teams: port + 5,
      openai: port + 6,
    },
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
