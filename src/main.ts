import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJira } from '../adapters/jira/index.ts';
import { openDatabase } from '../adapters/postgres/database.ts';
import { startWorkers } from '../adapters/postgres/jobs.ts';
import { useLanguage } from '../adapters/postgres/knowledge.ts';
import { createStore } from '../adapters/postgres/store.ts';
import { createSlack } from '../adapters/slack/index.ts';
import { realFolder } from '../knowledge-sync/markdown/files.ts';
import { createMarkdownFolder } from '../knowledge-sync/markdown/index.ts';
import { syncRecorded } from '../knowledge-sync/recorded.ts';
import { type Config, type JiraConfig, readConfig, type SlackConfig } from './config.ts';
import { SetupError } from './errors.ts';
import { createAnswer } from './flows/answer.ts';
import { createDeliver, createSettle } from './flows/deliver.ts';
import { createEscalate, createTellOtherwise } from './flows/escalate.ts';
import { createComment, createLink } from './flows/ticket-updates.ts';
import { createHandOverUnanswered } from './flows/unanswered.ts';
import { createInbox } from './inbox.ts';
import { type Flows, jobTable } from './jobs.ts';
import { createFlag, keepTrying, repeat, watchLifetime } from './lifetime.ts';
import { createLog } from './log.ts';
import { createOperator } from './operator.ts';
import { loadWeights, policyOf } from './policy.ts';
import type { ChatPlatform, Store, Ticketing } from './ports.ts';
import { startServer } from './server.ts';

const clock = () => new Date();

/** The real program. Everything is built here, top to bottom, and nowhere else. */
async function run(config: Config, slackConfig: SlackConfig, jiraConfig: JiraConfig): Promise<void> {
  const log = createLog(config.logLevel);
  const lifetime = watchLifetime(log);
  const knowledgeFolder = await realFolder(config.knowledge.folder ?? '');
  const { databaseUrl, folder } = config;
  const location = databaseUrl === null ? { folder: path.join(folder, 'database') } : { url: databaseUrl };
  const database = await openDatabase(location);
  await useLanguage({ knex: database.knex, language: config.knowledge.language });
  const store = createStore(database, { language: config.knowledge.language });
  const slack = createSlack(slackConfig, { inbox: createInbox(store), log, clock });
  const jira = createJira(jiraConfig, { clock, log });
  const source = createMarkdownFolder({ folder: knowledgeFolder, clock });
  const [slackIsUp, knowsSomething, stopping] = [createFlag(), createFlag(), new AbortController()];

  const { knowledge, syncRuns: runs } = store;
  const sync = createSync({ source, knowledge, runs, log, clock, signal: stopping.signal }, knowsSomething);
  const flows = buildFlows({ config, store, slack, jira });
  const workers = await startWorkers(database, jobTable({ ...flows, sync }), { log, clock });
  if ((await store.knowledge.revisions(source.name)).size > 0) knowsSomething.raise();
  const readiness = async () => ({
    database: await database.isUp(),
    slack: slackIsUp.value(),
    knowledge: knowsSomething.value(),
  });
  const { operatorToken: token } = config;
  const webhooks = [
    ...(slack.webhook === null ? [] : [slack.webhook]),
    ...(token === null ? [] : createOperator({ token, platforms: [slack], store, sources: [source.name], log })),
  ];
  const server = await startServer(config, { webhooks, readiness, log });
  lifetime.tell({ listening: server.url });
  const syncs = repeat({
    everyMs: config.knowledge.syncMinutes * 60_000,
    run: () => store.jobs.sendUnlessWaiting('sync', source.name, { source: source.name }),
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
}

function buildFlows({ config, store, slack, jira }: Parts): Omit<Flows, 'sync'> {
  const platforms = new Map([[slack.name, slack]]);
  const weights = loadWeights(config.policy.weightsFile);
  const policy = policyOf(weights, config.policy);
  const escalation = { store, platforms, ticketing: jira, answerAt: policy.answerAt, clock };
  return {
    answer: createAnswer({ store, platforms, policy, weights, clock }),
    handOverUnanswered: createHandOverUnanswered(escalation),
    deliver: createDeliver({ store, platforms }),
    settle: createSettle({ store, platforms, clock }),
    escalate: createEscalate(escalation),
    tellOtherwise: createTellOtherwise(escalation),
    link: createLink(escalation),
    comment: createComment(escalation),
  };
}

/** A sync that was broken off is a failed job: the queue tries again. */
function createSync(sync: Parameters<typeof syncRecorded>[0], knowsSomething: { raise(): void }) {
  return async function run(): Promise<void> {
    const { brokenOff } = await syncRecorded(sync);
    if (brokenOff !== null) throw brokenOff;
    knowsSomething.raise();
  };
}

async function main(): Promise<void> {
  const config = readConfig();
  if (config.slack !== null && config.jira !== null) return run(config, config.slack, config.jira);
  const { startSandbox } = await import('../sandbox/index.ts');
  const sandbox = await startSandbox({
    port: config.sandbox.port,
    vendorPorts: { slack: config.sandbox.port + 1, jira: config.sandbox.port + 2 },
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
