import { settingsFor } from '../../sandbox/index.ts';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JiraSandbox, startJira } from '../../sandbox/jira/index.ts';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/index.ts';
import { freePort, freePorts } from '../whole-way/free-ports.ts';

const patienceMs = 120_000;
const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const person = { slackId: 'U0ANNA0001', name: 'Anna', email: 'anna@acme.example', jiraAccountId: 'anna' };

let folder: string;
let slack: SlackSandbox;
let jira: JiraSandbox;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-start-'));
  mkdirSync(path.join(folder, 'knowledge'));
  writeFileSync(
    path.join(folder, 'knowledge', 'heron.md'),
    '---\ntitle: The heron\nurl: https://wiki.example/heron\n---\n\nRestart the heron twice, then wait for the green light.\n',
  );
  slack = await startSlack({ people: [person], channels: [], company: 'Acme', retrySchedule: [200, 500, 1000, 2000] });
  jira = await startJira({ people: [person] });
});
afterEach(async () => {
  slack.faults.clear();
  await Promise.all(running.splice(0).map((one) => one.end()));
});
afterAll(async () => {
  await Promise.all([slack.close(), jira.close()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Program {
  readonly url: string;
  /** Resolves with the exit code and what was written to standard error. */
  readonly ended: Promise<{ code: number | null; said: string }>;
  signal(name: NodeJS.Signals): void;
  /** For the end of a test, however it went. */
  end(): Promise<unknown>;
}
const running: Program[] = [];

/** All that the program needs, with a free port; its own data in a folder of this name. */
async function allSettings(name: string): Promise<Readonly<Record<string, string>>> {
  return {
    ...settingsFor({ slack, jira }),
    KNOWLEDGE_FOLDER: path.join(folder, 'knowledge'),
    FIRSTLINE_FOLDER: path.join(folder, name),
    PORT: String(await freePort()),
    ANSWER_AT: '0.01',
    SUGGEST_AT: '0.01',
  };
}

function start(settings: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, ['--no-warnings', program], {
    env: { ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += String(data);
  });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said: said.trim() }));
  });
  const one: Program = {
    url: `http://127.0.0.1:${settings['PORT']}`,
    ended,
    signal: (name) => void child.kill(name),
    end() {
      child.kill('SIGKILL');
      return ended;
    },
  };
  running.push(one);
  return one;
}

async function until<T>(
  what: string,
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + 100_000;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isOk(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Starts the program and connects Slack to it. */
async function up(settings: Readonly<Record<string, string>>): Promise<Program> {
  const one = start(settings);
  await until('the program is up', () => isOk(`${one.url}/readyz`));
  slack.connectApp(`${one.url}/slack/events`);
  return one;
}

function postsIn(channel: string, ts: string) {
  return slack.thread(channel, ts).filter(({ bot_id }) => bot_id !== undefined);
}

async function ask(): Promise<{ channel: string; ts: string }> {
  const channel = slack.dm(person.slackId);
  return { channel, ts: await slack.say({ as: person.slackId, channel, text: 'how do I restart the heron' }) };
}

describe('what cannot be started says why in one sentence and exits with 1:', () => {
  test.each([
    [
      'a database server that does not answer',
      { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/helpdesk' },
      'DATABASE_URL (postgres://me:…@127.0.0.1:1/helpdesk) cannot be used: no server answers there. Start it, or correct host and port.',
    ],
    [
      'a database address that is none',
      { DATABASE_URL: 'localhost' },
      'The settings need mending (see .env.example):\n  - DATABASE_URL must look like postgres://user:password@host:5432/name',
    ],
    [
      'a missing token',
      { SLACK_BOT_TOKEN: '' },
      /^The settings need mending \(see \.env\.example\):\n  - Slack is set up in part: SLACK_BOT_TOKEN is missing\n/,
    ],
    [
      'a token that Slack refuses',
      { SLACK_BOT_TOKEN: 'xoxb-hunter2' },
      'Slack refuses SLACK_BOT_TOKEN (slack: auth.test: invalid_auth). Install the app again and copy its bot token.',
    ],
    [
      'weights that are not there',
      { CONFIDENCE_WEIGHTS: '/nowhere.json' },
      /^CONFIDENCE_WEIGHTS cannot be used \(.*\)\. .*$/,
    ],
    ['documents that are not there', { KNOWLEDGE_FOLDER: '/nowhere' }, /^.*\/nowhere .*$/],
  ])(
    '%s',
    async (_, wrong, sentence) => {
      const { code, said } = await start({ ...(await allSettings('wrong')), ...wrong }).ended;
      expect(code).toBe(1);
      if (typeof sentence === 'string') expect(said).toBe(sentence);
      else expect(said).toMatch(sentence);
      expect(said).not.toMatch(/hunter2|\n\s+at /);
    },
    patienceMs,
  );

  test(
    'a port that is taken, and a database folder that another process has open',
    async () => {
      const settings = await allSettings('shared');
      await up(settings);
      const samePort = { ...(await allSettings('own')), PORT: settings['PORT'] ?? '' };
      expect(await start(samePort).ended).toEqual({
        code: 1,
        said: `Port ${settings['PORT']} on 127.0.0.1 is taken by another program. Stop it or set PORT to a free one.`,
      });
      const sameFolder = { ...settings, PORT: String(await freePort()) };
      expect(await start(sameFolder).ended).toEqual({
        code: 1,
        said: `The database in ${folder}/shared/database is open in another process. Stop that one, choose another FIRSTLINE_FOLDER, or set DATABASE_URL to share a server.`,
      });
      // The first one is none the worse for it.
      const { channel, ts } = await ask();
      await until('it answers', () => postsIn(channel, ts).length === 1);
    },
    patienceMs,
  );

  test(
    'the sandbox, when its page or its folder is taken by another one',
    async () => {
      // the sandbox takes the ports after the page's for its vendors as well
      const bot = await freePorts(10);
      const sandbox = {
        FIRSTLINE_FOLDER: path.join(folder, 'sandbox'),
        SANDBOX_PORT: String(bot + 1),
        PORT: String(bot),
      };
      const first = start(sandbox);
      const failed = first.ended.then(({ said }) => Promise.reject(new Error(`it ended: ${said}`)));
      await Promise.race([until('it is ready', () => isOk(`${first.url}/readyz`)), failed]);
      failed.catch(() => {});
      const { code, said } = await start(sandbox).ended;
      expect(code).toBe(1);
      expect(said).toMatch(/taken|Another sandbox is running on the folder/);
      expect(said).not.toMatch(/\n\s+at /);
      first.signal('SIGTERM');
      expect((await first.ended).code).toBe(0);
    },
    patienceMs,
  );
});

describe('SIGTERM', () => {
  test(
    'in the middle of a job ends the program in order, and the next one completes the conversation',
    async () => {
      const settings = await allSettings('stopped');
      const first = await up(settings);
      slack.faults.set({ match: 'users.info', kind: 'slow', delayMs: 1000, times: 1 });
      const before = slack.calls.length;
      const { channel, ts } = await ask();
      await until('the job is at work', () => slack.calls.slice(before).some(({ method }) => method === 'users.info'));
      first.signal('SIGTERM');
      expect(await first.ended).toEqual({ code: 0, said: '' });
      await up(settings);
      await until('the answer is there', () => postsIn(channel, ts).length === 1);
      const next = await ask();
      await until('the next answer is there', () => postsIn(next.channel, next.ts).length === 1);
      expect(postsIn(channel, ts)).toHaveLength(1);
    },
    patienceMs,
  );

  test(
    'before Slack can be reached ends the program as well',
    async () => {
      slack.faults.set({ match: 'auth.test', kind: 'status', status: 503, times: Infinity });
      const one = start(await allSettings('early'));
      await until('it is listening', () => isOk(`${one.url}/healthz`));
      expect((await fetch(`${one.url}/readyz`)).status).toBe(503);
      one.signal('SIGTERM');
      expect(await one.ended).toEqual({ code: 0, said: '' });
    },
    patienceMs,
  );
});
