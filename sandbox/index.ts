import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Ai, createAi, openAiSettingsFor, startsWithAi } from './ai.ts';
import { type Company, loadCompany } from './company.ts';
import { type Bot, startBot } from './bot.ts';
import { SandboxFault } from './fault.ts';
import { lockFolder } from './folder-lock.ts';
import { createConfluenceShelf } from './knowledge/confluence.ts';
import { copyKnowledge, createKnowledge, type Knowledge } from './knowledge/index.ts';
import { createNotionShelf } from './knowledge/notion.ts';
import { type PlacedArticles, placeArticles } from './knowledge/shipped.ts';
import { createOperator, type Operator } from './operator.ts';
import { bindPage, type Page } from './page.ts';
import { bindWithMemory, openPortMemory } from './port-memory.ts';
import {
  knowledgeSettingsFor,
  newWebhookSecret,
  newWebhookToken,
  settingsFor,
  startVendors,
  teamsSettingsFor,
  ticketSettingsFor,
  type VendorPorts,
  type Vendors,
} from './vendors.ts';

export { openAiSettingsFor } from './ai.ts';
export { settingsFor, teamsSettingsFor } from './vendors.ts';

export interface SandboxOptions {
  /** Of the page; 0 is any free one, and the same again at the next start if it is still free. */
  readonly port: number;
  /**
   * Of the local Slack, Teams, Jira, Notion and Confluence, whose addresses stand in links that are kept, and of the
   * model server. Not given, or with a page on any port: chosen as the page's then is.
   */
  readonly vendorPorts?: VendorPorts;
  /** Of the bot's own HTTP server. */
  readonly botPort: number;
  /** Where everything is kept, the bot's database included. */
  readonly folder: string;
  /** Begins anew: forgets all that was kept. */
  readonly reset: boolean;
  /** The bot's program, started as a process of its own: the real one, with nothing but settings to tell it apart. */
  readonly program: string;
  /** Further settings for the bot. With a KNOWLEDGE_FOLDER of one's own it answers from that folder alone. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The sample company when not given. */
  readonly company?: Company;
  readonly onBotLine?: (line: string) => void;
  /** Told how far the start has come; standard output when not given. */
  readonly say?: (line: string) => void;
}

export interface Sandbox extends Vendors {
  readonly page: Page;
  readonly bot: Bot;
  readonly ai: Ai;
  /** What the bot answers from, as the page shows it. */
  readonly knowledge: Knowledge;
  close(): Promise<void>;
}

/**
 * A whole workplace on this machine: local servers that speak the protocols of Slack, Teams, Jira, Notion, Confluence and
 * OpenAI, a sample company with its documents and past tickets, a web page to watch and use them, and the real program connected
 * to them.
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
  const { say = (line) => console.log(line), company = loadCompany() } = options;
  closing.later(await lockFolder(options.folder));
  if (options.reset) forget(options.folder);
  const folder = path.join(options.folder, 'sandbox');
  const placed = options.settings?.['KNOWLEDGE_FOLDER'] === undefined ? await placeArticles(company) : null;
  const memory = openPortMemory(path.join(folder, 'ports.json'));
  // first of all: its address stands in the links that the others make
  const bound = await bindWithMemory({ memory, name: 'page', wish: options.port, bind: bindPage });
  closing.later(() => bound.close());
  say('No credentials are set, so this is the sandbox: the real program, a sample company,');
  say('and a local Slack, Teams, Jira, Notion and Confluence.');
  const ports = (options.port === 0 ? undefined : options.vendorPorts) ?? anyPorts;
  const opened = (close: () => Promise<void>) => closing.later(close);
  const vendors = await startVendors({ company, placed, pageUrl: bound.url, folder, ports, memory, opened });
  const knowledge = openKnowledge(options, { company, placed, vendors });
  const { bot, operator, ai } = launchBot(options, { company, placed, vendors, knowledge });
  closing.later(() => bot.stop());
  const { openai } = vendors;
  const page = bound.serve({ ...shownOf(vendors, placed), company, knowledge, bot, ai, openai, operator });
  say(
    `Starting${options.reset ? ' anew' : ''}: the first start creates the local database, which takes some seconds …`,
  );
  await bot.up();
  say(`Ready. Open ${page.url}`);
  return { page, ...vendors, bot, ai, knowledge, close: () => closing.close() };
}

const anyPorts: VendorPorts = { slack: 0, jira: 0, notion: 0, confluence: 0, teams: 0, openai: 0 };

/** Notion and Confluence are shown when the bot answers from them. */
function shownOf({ slack, teams, jira, notion, confluence }: Vendors, placed: PlacedArticles | null) {
  return { slack, teams, jira, ...(placed === null ? {} : { notion, confluence }) };
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

interface Scene {
  readonly company: Company;
  /** Null: all documents are in the folder. */
  readonly placed: PlacedArticles | null;
  readonly vendors: Vendors;
}

/** The documents, which people can change: those of the folder are copies, unless the settings name another folder. */
function openKnowledge({ folder, settings }: SandboxOptions, { company, placed, vendors }: Scene): Knowledge {
  const own = settings?.['KNOWLEDGE_FOLDER'];
  if (own !== undefined) return createKnowledge({ folder: own, shipped: null });
  const shipped = company.knowledgeFolder;
  if (placed === null) {
    const copy = path.join(folder, 'sandbox', 'knowledge');
    copyKnowledge(shipped, copy);
    return createKnowledge({ folder: copy, shipped });
  }
  // not where the copy of all of them is: a folder from before would hold what is in the other systems as well
  const copy = path.join(folder, 'sandbox', 'markdown');
  const elsewhere = new Set([...placed.confluence, ...placed.notion].map(({ id }) => id));
  copyKnowledge(shipped, copy, (id) => !elsewhere.has(id));
  const others = [createConfluenceShelf(vendors.confluence, placed), createNotionShelf(vendors.notion, placed)];
  return createKnowledge({ folder: copy, shipped, others });
}

function launchBot(
  options: SandboxOptions,
  { company, placed, vendors, knowledge }: Scene & { knowledge: Knowledge },
): { bot: Bot; operator: Operator; ai: Ai } {
  const own = options.settings ?? {};
  const token = own['OPERATOR_TOKEN'] ?? randomBytes(24).toString('base64url');
  const webhookToken = newWebhookToken();
  const webhookSecret = own['JIRA_WEBHOOK_SECRET'] ?? newWebhookSecret();
  const settingsWith = (isAiOn: boolean) => ({
    KNOWLEDGE_FOLDER: knowledge.folder,
    ...(placed === null ? {} : knowledgeSettingsFor({ vendors, placed, people: company.people, webhookToken, own })),
    // the local Jira finds what was created at once; nobody should watch the wait for a search that lags
    JIRA_SEARCH_LAG_SECONDS: '2',
    ...ticketSettingsFor({ company, webhookSecret }),
    ...own,
    ...settingsFor(vendors),
    ...teamsSettingsFor(vendors.teams),
    ...(isAiOn ? openAiSettingsFor(vendors.openai, own) : {}),
    OPERATOR_TOKEN: token,
    PORT: String(options.botPort),
    FIRSTLINE_FOLDER: options.folder,
  });
  let url: string | null = null;
  const bot = startBot({
    program: options.program,
    logFile: path.join(options.folder, 'firstline.log'),
    settings: settingsWith(startsWithAi(own)),
    ...(options.onBotLine === undefined ? {} : { onLine: options.onBotLine }),
    onUp: (address) => {
      url = address;
      vendors.slack.connectApp(`${address}/slack/events`);
      vendors.teams.connectApp(`${address}/api/messages`);
      vendors.jira.connectWebhook(`${address}/jira/webhook`, webhookSecret);
      vendors.notion.unsubscribe();
      if (placed !== null) void vendors.notion.subscribe(`${address}/notion/webhook`, webhookToken);
    },
  });
  bot.on((state) => {
    if (state !== 'up') url = null;
  });
  return { bot, operator: createOperator({ url: () => url, token }), ai: createAi(own, { bot, settingsWith }) };
}

function portFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return error;
  const port = 'port' in error ? String(error.port) : 'of the sandbox';
  return new SandboxFault(
    `Port ${port} is taken by another program. Stop it, or set SANDBOX_PORT: the sandbox takes that port and the next six.`,
  );
}
