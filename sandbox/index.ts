import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Company, loadCompany } from './company.ts';
import { readManifest } from './app-manifest.ts';
import { type Bot, startBot } from './bot.ts';
import { SandboxFault } from './fault.ts';
import { type JiraSandbox, startJira } from './jira/index.ts';
import { type Page, startPage } from './page.ts';
import { type SlackSandbox, startSlack } from './slack/index.ts';

export interface SandboxOptions {
  /** Of the page. */
  readonly port: number;
  /** Of the local Slack and Jira, whose addresses stand in links that are kept; any free ones when not given. */
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
 * @throws SandboxFault in one sentence when a port is taken or the program does not start.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { company = loadCompany(), say = (line) => console.log(line) } = options;
  if (options.reset) forget(options.folder);
  const vendors = await startVendors(options, company).catch((error: unknown) => {
    throw portFault(error);
  });
  const bot = launchBot(options, company, vendors);
  const page = await startPage({ port: options.port, ...vendors, company, bot }).catch(async (error: unknown) => {
    await Promise.all([bot.stop(), vendors.slack.close(), vendors.jira.close()]);
    throw portFault(error);
  });

  async function close(): Promise<void> {
    await bot.stop();
    await Promise.all([page.close(), vendors.slack.close(), vendors.jira.close()]);
  }
  say('No credentials are set, so this is the sandbox: the real program, a local Slack and Jira, a sample company.');
  say(
    `Starting${options.reset ? ' anew' : ''}: the first start creates the local database, which takes some seconds …`,
  );
  await bot.up().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  say(`Ready. Open ${page.url}`);
  return { page, ...vendors, bot, close };
}

/** Only what the sandbox and the bot put there: the folder may be one that holds other things. */
function forget(folder: string): void {
  for (const name of ['database', 'sandbox', 'firstline.log'])
    rmSync(path.join(folder, name), { recursive: true, force: true });
}

interface Vendors {
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
}

async function startVendors({ folder, port, vendorPorts }: SandboxOptions, company: Company): Promise<Vendors> {
  const pageUrl = `http://127.0.0.1:${port}`;
  const statePath = (name: string) => path.join(folder, 'sandbox', `${name}.json`);
  const slack = await startSlack({
    port: vendorPorts?.slack ?? 0,
    ...readManifest(),
    people: company.people,
    channels: company.channels,
    company: company.name,
    pageUrl,
    statePath: statePath('slack'),
    retrySchedule: [0, 5_000, 15_000, 60_000],
  });
  const jira = await startJira({
    port: vendorPorts?.jira ?? 0,
    people: company.people,
    pastTickets: company.tickets,
    statePath: statePath('jira'),
    pageUrl,
  });
  return { slack, jira };
}

function launchBot(options: SandboxOptions, company: Company, { slack, jira }: Vendors): Bot {
  return startBot({
    program: options.program,
    logFile: path.join(options.folder, 'firstline.log'),
    settings: {
      KNOWLEDGE_FOLDER: company.knowledgeFolder,
      ...options.settings,
      ...settingsFor({ slack, jira }),
      PORT: String(options.botPort),
      FIRSTLINE_FOLDER: options.folder,
    },
    ...(options.onBotLine === undefined ? {} : { onLine: options.onBotLine }),
    onUp: (url) => slack.connectApp(`${url}/slack/events`),
  });
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
