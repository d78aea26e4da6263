import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openDatabase } from '../adapters/postgres/database.ts';
import { bulkLoad } from './bulk-load.ts';
import { generatedCompany } from './generated.ts';
import { quantile } from './measures.ts';
import { seeded } from './random.ts';
import { type Asked, type SlackStub, startSlackStub } from './slack-stub.ts';

/**
 * Answered messages a second, and the time from an event to the answer's post, of one Firstline process; beside a bare
 * Bolt echo app on the same machine in the same run.
 *
 *   npm run bench:messages                                     on the embedded database
 *   node scripts/with-postgres.ts npm run bench:messages       on a Postgres server of its own
 *
 * `--messages 1000 --chunks 10000 --concurrency 16`: how much; `--questions 200`: how many different ones at most, for
 * words that were asked before cost less; `--profile FOLDER` writes Firstline's CPU profile there; `--log` shows its
 * log; `--json`. All of it, Postgres and the asking included, shares this machine: a busy one lowers every figure.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000' },
    chunks: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '16' },
    questions: { type: 'string', default: '200' },
    profile: { type: 'string' },
    log: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const messages = Number(values.messages);
const concurrency = Number(values.concurrency);
const databaseUrl = process.env['DATABASE_URL'];

interface Measured {
  readonly app: string;
  readonly differentTexts: number;
  readonly perSecond: number;
  readonly alone: { readonly p50Ms: number; readonly p95Ms: number };
  readonly loaded: { readonly p50Ms: number; readonly p95Ms: number; readonly ackP95Ms: number };
}

/** Processes that run or wait to, over the last minute: beyond the number of cores the machine is busy with something else. */
const load = () => (os.loadavg()[0] ?? 0).toFixed(1);

async function main(): Promise<void> {
  const loadBefore = load();
  const slack = await startSlackStub();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-bench-'));
  try {
    const echo = await measureEcho(slack);
    const firstline = await measureFirstline(slack, folder);
    report(echo, firstline, loadBefore);
  } finally {
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureEcho(slack: SlackStub): Promise<Measured> {
  const port = await freePort();
  const app = fork(
    new URL('./echo-app.ts', import.meta.url),
    [String(port), slack.apiUrl, slack.token, slack.signingSecret],
    {
      execArgv: ['--no-warnings'],
    },
  );
  await new Promise((resolve) => app.once('message', resolve));
  try {
    return await measure('bare Bolt echo', (text) => slack.ask(`http://127.0.0.1:${port}/slack/events`, text), [
      'hello',
    ]);
  } finally {
    app.kill();
  }
}

/**
 * Into the database of the running program: at its start it would forget what is of no source that it has. The embedded
 * one can be opened by the program alone, so there only the sample company is searched.
 */
async function loadGenerated(url: string): Promise<void> {
  progress(`loading ${values.chunks} generated chunks beside the sample company`);
  const database = await openDatabase({ url });
  const company = generatedCompany(1);
  await bulkLoad({
    knex: database.knex,
    chunks: Number(values.chunks),
    document: company.document,
    random: seeded(1),
    firstId: 1_000_000,
    progress,
  });
  await database.close();
}

async function measureFirstline(slack: SlackStub, folder: string): Promise<Measured> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const app = startFirstline(slack, folder, port);
  try {
    await ready(app, url);
    if (databaseUrl !== undefined) await loadGenerated(databaseUrl);
    const ask = (text: string) => slack.ask(`${url}/slack/events`, text);
    return await measure(
      `Firstline, ${databaseUrl === undefined ? 'embedded' : 'server'}`,
      ask,
      await answeredQuestions(ask),
    );
  } finally {
    app.kill('SIGTERM');
    await new Promise((resolve) => app.once('exit', resolve));
  }
}

function startFirstline(slack: SlackStub, folder: string, port: number): ChildProcess {
  return fork(new URL('../src/main.ts', import.meta.url), [], {
    execArgv: [
      '--no-warnings',
      ...(values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]),
    ],
    stdio: ['ignore', values.log ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    env: {
      PORT: String(port),
      FIRSTLINE_FOLDER: folder,
      LOG_LEVEL: 'info',
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      SLACK_BOT_TOKEN: slack.token,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      JIRA_BASE_URL: slack.apiUrl,
      JIRA_EMAIL: 'bench@bench.example',
      JIRA_API_TOKEN: 'bench',
      JIRA_PROJECT: 'IT',
      KNOWLEDGE_FOLDER: 'sandbox/company/knowledge',
    },
  });
}

async function ready(app: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (app.exitCode !== null) throw new Error('Firstline ended before it was ready');
    const response = await fetch(`${url}/readyz`).catch(() => null);
    if (response?.ok === true) break;
    await wait(100);
  }
  await wait(5000); // the first sync of the sample company
}

/** Questions that get an answer or links, so that each message measured is one that was answered. */
async function answeredQuestions(ask: (text: string) => Promise<Asked>): Promise<readonly string[]> {
  const lines = readFileSync('test/evals/questions.jsonl', 'utf8').split('\n').filter(Boolean);
  const candidates: { question: string; expected?: readonly string[] }[] = lines.map((line) => JSON.parse(line));
  const answered: string[] = [];
  for (const { question, expected = [] } of candidates) {
    if (answered.length >= Number(values.questions)) break;
    if (expected.length === 0) continue;
    const asked = await Promise.race([ask(question), wait(500, null)]);
    if (asked?.post.includes('wiki.brindlow.example') === true) answered.push(question);
  }
  if (answered.length < 10) throw new Error(`only ${answered.length} questions are answered: nothing to measure`);
  progress(`${answered.length} different questions, each answered or offered links`);
  return answered;
}

async function measure(
  app: string,
  ask: (text: string) => Promise<Asked>,
  texts: readonly string[],
): Promise<Measured> {
  let next = 0;
  const one = () => ask(texts[next++ % texts.length] ?? '');
  progress(`${app}: warming up`);
  await inParallel(concurrency, Math.ceil(messages / 4), one);
  progress(`${app}: one at a time`);
  const alone = await inParallel(1, Math.ceil(messages / 5), one);
  progress(`${app}: ${concurrency} at a time`);
  const begun = performance.now();
  const loaded = await inParallel(concurrency, messages, one);
  const seconds = (performance.now() - begun) / 1000;
  const posts = (asked: readonly Asked[]) => asked.map(({ postMs }) => postMs);
  return {
    app,
    differentTexts: texts.length,
    perSecond: messages / seconds,
    alone: { p50Ms: quantile(posts(alone), 0.5), p95Ms: quantile(posts(alone), 0.95) },
    loaded: {
      p50Ms: quantile(posts(loaded), 0.5),
      p95Ms: quantile(posts(loaded), 0.95),
      ackP95Ms: quantile(
        loaded.map(({ ackMs }) => ackMs),
        0.95,
      ),
    },
  };
}

async function inParallel<T>(width: number, total: number, run: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = [];
  let begun = 0;
  const lane = async () => {
    while (begun < total) {
      begun += 1;
      results.push(await run());
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

function report(echo: Measured, firstline: Measured, loadBefore: string): void {
  const machine = { cores: os.availableParallelism(), loadBefore, loadAfter: load() };
  const ratio = firstline.perSecond / echo.perSecond;
  if (values.json) return console.log(JSON.stringify({ echo, firstline, ratio, machine }));
  for (const { app, perSecond, alone, loaded } of [echo, firstline]) {
    console.log(
      `${app.padEnd(22)} ${perSecond.toFixed(0).padStart(5)} messages/s   alone p50 ${alone.p50Ms.toFixed(1)} p95 ${alone.p95Ms.toFixed(1)} ms   ` +
        `${concurrency} at a time p50 ${loaded.p50Ms.toFixed(1)} p95 ${loaded.p95Ms.toFixed(1)} ms, acknowledged p95 ${loaded.ackP95Ms.toFixed(1)} ms`,
    );
  }
  console.log(
    `${messages} messages of ${firstline.differentTexts} different questions, each answered or offered links; ` +
      `${machine.cores} cores, load ${machine.loadBefore} before and ${machine.loadAfter} after`,
  );
  console.log(`throughput beside the bare echo: ${ratio.toFixed(2)} ×  (target 0.4 ×; alone p50 ≤ 60 ms)`);
}

function progress(text: string): void {
  if (!values.json) console.error(`… ${text}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

await main();
