import { rmSync } from 'node:fs';
import path from 'node:path';
import { loadCompany } from './company.ts';
import { type Bot, startBot } from './bot.ts';
import { type JiraSandbox, startJira } from './jira/index.ts';
import { type Page, startPage } from './page.ts';
import { type SlackSandbox, startSlack } from './slack/index.ts';

export interface SandboxOptions {
  /** Of the page; 0 is any free port. */
  readonly port: number;
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
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { folder, say = (line) => console.log(line) } = options;
  if (options.reset) rmSync(folder, { recursive: true, force: true });
  const company = loadCompany();
  const pageUrl = `http://127.0.0.1:${options.port}`;
  const statePath = (name: string) => path.join(folder, 'sandbox', `${name}.json`);

  const slack = await startSlack({
    people: company.people,
    channels: company.channels,
    company: company.name,
    pageUrl,
    statePath: statePath('slack'),
    retrySchedule: [0, 5_000, 15_000, 60_000],
  });
  const jira = await startJira({
    people: company.people,
    pastTickets: company.tickets,
    statePath: statePath('jira'),
    pageUrl,
  });
  const bot = startBot({
    program: options.program,
    logFile: path.join(folder, 'firstline.log'),
    settings: {
      KNOWLEDGE_FOLDER: company.knowledgeFolder,
      ...options.settings,
      ...settingsFor(slack, jira),
      PORT: String(options.botPort),
      FIRSTLINE_FOLDER: folder,
    },
    ...(options.onBotLine === undefined ? {} : { onLine: options.onBotLine }),
    onUp: (url) => slack.connectApp(`${url}/slack/events`),
  });
  const page = await startPage({ port: options.port, slack, jira, company, bot });

  async function close(): Promise<void> {
    await bot.stop();
    await Promise.all([page.close(), slack.close(), jira.close()]);
  }
  say('No credentials are set, so this is the sandbox: the real program, a local Slack and Jira, a sample company.');
  say(`Starting${options.reset ? ' anew' : ''}: the first start creates the local database, which takes some seconds …`);
  await bot.up().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  say(`Ready. Open ${page.url}`);
  return { page, slack, jira, bot, close };
}

function settingsFor(slack: SlackSandbox, jira: JiraSandbox): Readonly<Record<string, string>> {
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
