import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Company, loadCompany } from './company.ts';
import { readManifest } from './app-manifest.ts';
import { type Bot, startBot } from './bot.ts';
import { SandboxFault } from './fault.ts';
import { lockFolder } from './folder-lock.ts';
import { type JiraSandbox, startJira } from './jira/index.ts';
import { copyKnowledge, createKnowledge, type Knowledge } from './knowledge.ts';
import { createOperator, type Operator } from './operator.ts';
import { bindPage, type BoundPage, type Page } from './page.ts';
import { bindWithMemory, openPortMemory, type PortMemory } from './port-memory.ts';
import { type SlackSandbox, startSlack } from './slack/index.ts';

/** Milliseconds before each redelivery of an event; in all about as long as Slack's own, but with less waiting for people. */
const retrySchedule: readonly number[] = [0, 5_000, 15_000, 60_000, 300_000];

export interface SandboxOptions {
  /** Of the page; 0 is any free one, and the same again at the next start if it is still free. */
  readonly port: number;
  /**
   * Of the local Slack and Jira, whose addresses stand in links that are kept. Not given, or with a page on any port:
   * chosen as the page's then is.
   */
  readonly vendorPorts?: { readonly slack: number; readonly jira: number };
  /** Of the bot's own HTTP server. */
  readonly botPort: number;
  /** Where everything is kept, the bot's database included. */
  readonly folder: string;
  /** Begins anew: forgets all that was kept. */
  readonly reset: boolean;
  /** The bot's program, started as a process of its own: the real one, with nothing but settings to tell it apart. */
  readonly program: string;
  /** Further settings for the bot, such as a KNOWLEDGE_FOLDER of one's own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The sample company when not given. */
  readonly company?: Company;
  readonly onBotLine?: (line: string) => void;
  /** Told how far the start has come; standard output when not given. */
  readonly say?: (line: string) => void;
}

export interface Sandbox {
  readonly page: Page;
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
  readonly bot: Bot;
  close(): Promise<void>;
}

/**
 * A whole workplace on this machine: local servers that speak Slack's and Jira's protocols, a sample company with
 * its documents and past tickets, a web page to watch and use them, and the real program connected to them.
 *
 * @throws SandboxFault in one sentence when a port or the folder is taken, the program does not start, or the start is
 * interrupted by a signal; nothing is left running then.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const closing = createClosing();
  const signals = whenInterrupted();
  try {
    return await Promise.race([open(options, closing), signals.interrupted]);
  } catch (error) {
    await closing.close();
    throw portFault(error);
  } finally {
    signals.ignore();
  }
}

async function open(options: SandboxOptions, closing: Closing): Promise<Sandbox> {
  const { say = (line) => console.log(line) } = options;
  closing.later(await lockFolder(options.folder));
  if (options.reset) forget(options.folder);
  const { company, knowledge } = openWorkplace(options);
  const ports = openPortMemory(path.join(options.folder, 'sandbox', 'ports.json'));
  // first of all: its address stands in the links that the others make
  const bound = await bindWithMemory({ memory: ports, name: 'page', wish: options.port, bind: bindPage });
  closing.later(() => bound.close());
  say('No credentials are set, so this is the sandbox: the real program, a local Slack and Jira, a sample company.');
  const vendors = await startVendors({ options, company, bound, ports, closing });
  const { bot, operator } = launchBot(options, company, vendors);
  closing.later(() => bot.stop());
  const page = bound.serve({ ...vendors, company, knowledge, bot, operator });
  say(
    `Starting${options.reset ? ' anew' : ''}: the first start creates the local database, which takes some seconds …`,
  );
  await bot.up();
  say(`Ready. Open ${page.url}`);
  return { page, ...vendors, bot, close: () => closing.close() };
}

/** What is to be closed, the last opened first. */
interface Closing {
  /** Closed at once when everything is being closed already. */
  later(close: () => Promise<void>): void;
  close(): Promise<void>;
}

function createClosing(): Closing {
  const open: (() => Promise<void>)[] = [];
  let isClosing = false;
  async function close(): Promise<void> {
    isClosing = true;
    for (let next = open.pop(); next !== undefined; next = open.pop()) await next();
  }
  return {
    close,
    later(one) {
      open.push(one);
      if (isClosing) void close();
    },
  };
}

/** Fails at the first signal that would end the process, until it is told to ignore them. */
function whenInterrupted(): { interrupted: Promise<never>; ignore(): void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new SandboxFault('Stopped before the sandbox was up.'));
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, stop);
  return {
    interrupted: promise,
    ignore() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

/** Only what the sandbox and the bot put there: the folder may be one that holds other things. */
function forget(folder: string): void {
  for (const name of ['database', 'sandbox', 'firstline.log'])
    rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** The company, with the documents that people can change: a copy of the sample's, unless the settings name others. */
function openWorkplace(options: SandboxOptions): { company: Company; knowledge: Knowledge } {
  const { company = loadCompany(), folder, settings } = options;
  const own = settings?.['KNOWLEDGE_FOLDER'];
  const copy = path.join(folder, 'sandbox', 'knowledge');
  if (own === undefined) copyKnowledge(company.knowledgeFolder, copy);
  const shipped = own === undefined ? company.knowledgeFolder : null;
  const knowledge = createKnowledge({ folder: own ?? copy, shipped });
  return { company: { ...company, knowledgeFolder: knowledge.folder }, knowledge };
}

interface Vendors {
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
}

interface VendorStart {
  readonly options: SandboxOptions;
  readonly company: Company;
  readonly bound: BoundPage;
  readonly ports: PortMemory;
  readonly closing: Closing;
}

async function startVendors({ options, company, bound, ports, closing }: VendorStart): Promise<Vendors> {
  const { people, channels, name } = company;
  const { slack: slackPort = 0, jira: jiraPort = 0 } = (options.port === 0 ? undefined : options.vendorPorts) ?? {};
  const statePath = (system: string) => path.join(options.folder, 'sandbox', `${system}.json`);
  const slack = await bindWithMemory({
    memory: ports,
    name: 'slack',
    wish: slackPort,
    bind: (port) =>
      startSlack({
        port,
        ...readManifest(),
        people,
        channels,
        company: name,
        pageUrl: bound.url,
        statePath: statePath('slack'),
        retrySchedule,
      }),
  });
  closing.later(() => slack.close());
  const jira = await bindWithMemory({
    memory: ports,
    name: 'jira',
    wish: jiraPort,
    bind: (port) =>
      startJira({ port, people, pastTickets: company.tickets, statePath: statePath('jira'), pageUrl: bound.url }),
  });
  closing.later(() => jira.close());
  return { slack, jira };
}

function launchBot(options: SandboxOptions, company: Company, vendors: Vendors): { bot: Bot; operator: Operator } {
  const token = options.settings?.['OPERATOR_TOKEN'] ?? randomBytes(24).toString('base64url');
  let url: string | null = null;
  const bot = startBot({
    program: options.program,
    logFile: path.join(options.folder, 'firstline.log'),
    settings: {
      KNOWLEDGE_FOLDER: company.knowledgeFolder,
      // the local Jira finds what was created at once; nobody should watch the wait for a search that lags
      JIRA_SEARCH_LAG_SECONDS: '2',
      ...options.settings,
      ...settingsFor(vendors),
      OPERATOR_TOKEN: token,
      PORT: String(options.botPort),
      FIRSTLINE_FOLDER: options.folder,
    },
    ...(options.onBotLine === undefined ? {} : { onLine: options.onBotLine }),
    onUp: (address) => {
      url = address;
      vendors.slack.connectApp(`${address}/slack/events`);
    },
  });
  bot.on((state) => {
    if (state !== 'up') url = null;
  });
  return { bot, operator: createOperator({ url: () => url, token }) };
}

function portFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return error;
  const port = 'port' in error ? String(error.port) : 'of the sandbox';
  return new SandboxFault(
    `Port ${port} is taken by another program. Stop it, or set SANDBOX_PORT: the sandbox takes that port and the next two.`,
  );
}

/** The settings that connect a program to these vendors. */
export function settingsFor({ slack, jira }: Vendors): Readonly<Record<string, string>> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: `${slack.url}/api`,
    JIRA_BASE_URL: jira.url,
    JIRA_EMAIL: jira.email,
    JIRA_API_TOKEN: jira.apiToken,
    JIRA_PROJECT: jira.projectKey,
  };
}
