import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { type ConfluenceSandbox, startConfluence } from '../../sandbox/confluence/index.ts';
import { confluenceSeed, createConfluenceShelf } from '../../sandbox/knowledge/confluence.ts';
import { copyKnowledge, createKnowledge, type Knowledge } from '../../sandbox/knowledge/index.ts';
import { createNotionShelf, notionSeed } from '../../sandbox/knowledge/notion.ts';
import { placeArticles } from '../../sandbox/knowledge/shipped.ts';
import { type NotionSandbox, startNotion } from '../../sandbox/notion/index.ts';
import { type Coverage, createOperator, type Operator, type SyncRun } from '../../sandbox/operator.ts';
import { startPage, type Page as PageServer } from '../../sandbox/page.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import { atRest, openWindow, until, type Window, type WindowOptions } from './steps.ts';

/** The page over the local Slack, Jira, Notion and Confluence, without the bot. */
export interface Workplace {
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
  readonly notion: NotionSandbox;
  readonly confluence: ConfluenceSandbox;
  readonly knowledge: Knowledge;
  readonly company: ReturnType<typeof loadCompany>;
  /** Serves the page, again at the same port after `stop`. */
  serve(change?: { readonly jira?: JiraSandbox; readonly knowledge?: Knowledge }): Promise<void>;
  stop(): Promise<void>;
  url(): string;
  close(): Promise<void>;
}

export async function openWorkplace(operator: Operator = silent()): Promise<Workplace> {
  const company = loadCompany();
  const channels = company.channels.map((channel) => ({ ...channel, isPrivate: channel.private }));
  const slack = await startSlack({ people: company.people, channels, company: company.name });
  const jira = await startJira({ people: company.people, pastTickets: company.tickets });
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'workplace-')), 'knowledge');
  const placed = await placeArticles(company);
  if (placed === null) throw new Error('the sample company keeps its documents in several systems');
  const notion = await startNotion({ people: company.people, seed: notionSeed(placed) });
  const confluence = await startConfluence({
    people: company.people,
    groups: placed.groups,
    seed: confluenceSeed(placed),
  });
  const elsewhere = new Set([...placed.notion, ...placed.confluence].map(({ id }) => id));
  copyKnowledge(company.knowledgeFolder, folder, (id) => !elsewhere.has(id));
  const others = [createConfluenceShelf(confluence, placed), createNotionShelf(notion, placed)];
  const knowledge = createKnowledge({ folder, shipped: company.knowledgeFolder, others });
  const bot = {
    state: () => 'up' as const,
    on: () => () => undefined,
    kill: () => undefined,
    restart: () => undefined,
    kills: () => 0,
  };
  let server: PageServer | null = null;
  let port = 0;

  async function stop(): Promise<void> {
    await server?.close();
    server = null;
  }

  return {
    slack,
    jira,
    notion,
    confluence,
    knowledge,
    company,
    stop,
    url: () => `http://127.0.0.1:${port}`,
    async serve(change = {}) {
      await stop();
      const parts = { slack, jira, notion, confluence, knowledge, ...change };
      const known = { ...company, knowledgeFolder: parts.knowledge.folder };
      server = await startPage({ port, ...parts, company: known, bot, operator });
      port = Number(new URL(server.url).port);
    },
    async close() {
      await stop();
      await Promise.all([slack.close(), jira.close(), notion.close(), confluence.close()]);
    },
  };
}

/** The bot cannot be asked. */
function silent(): Operator {
  return createOperator({ url: () => null, token: '' });
}

/** Plays the bot's readings: each begins when the test says so. */
export interface PlayedOperator extends Operator {
  /** How often a sync was asked for. */
  readonly asked: () => number;
  /** Puts a reading in front, or changes the one that stands there. */
  readonly begin: (run?: Partial<SyncRun>) => void;
  readonly change: (run: Partial<SyncRun>) => void;
  /** What it says of how completely it has read. */
  readonly covers: (sources: readonly Coverage[]) => void;
}

export function playOperator(): PlayedOperator {
  const runs: SyncRun[] = [];
  let asked = 0;
  let source = 'confluence';
  let sources: readonly Coverage[] = [];
  return {
    asked: () => asked,
    covers: (next) => void (sources = next),
    coverage: async () => sources,
    begin: (run = {}) => void runs.unshift({ ...newRun(), source, ...run }),
    change(run) {
      runs[0] = { ...(runs[0] ?? newRun()), ...run };
    },
    why: async () => null,
    syncs: async () => runs,
    async syncNow(wanted) {
      asked += 1;
      source = wanted ?? source;
      return [source];
    },
  };
}

function newRun(): SyncRun {
  return {
    source: 'confluence',
    state: 'running',
    startedAt: new Date().toISOString(),
    endedAt: null,
    dry: false,
    listed: 66,
    toRead: 1,
    done: 0,
    added: 0,
    changed: 0,
    removed: 0,
    rights: 0,
    kept: 65,
    chunks: 0,
    failed: [],
    warnings: [],
    error: null,
  };
}

/** A window whose panel stands at a place such as `panel=board`, without the guided first minute. */
export async function openPanel(browser: Browser, place: string, options: WindowOptions): Promise<Window> {
  const window = await openWindow(browser, { ...options, url: `${options.url}/#${place}&view=panel` });
  await window.page.evaluate(() => localStorage.setItem('firstline.tour', 'over'));
  await window.page.reload({ waitUntil: 'domcontentloaded' });
  await window.page.waitForSelector('#panel-body');
  await window.page.waitForSelector('.conversation textarea');
  await atRest(window.page);
  return window;
}

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core has against a part of the page, one line each, once it is drawn: a colour that fades in would be judged. */
export async function violations(page: Page, selector = '#panel-body'): Promise<string[]> {
  await page.waitForSelector(selector);
  await atRest(page);
  await page.evaluate(axe);
  const found = await page.evaluate(`axe.run(${JSON.stringify(selector)})`);
  return (found as { violations: readonly Violation[] }).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

/** Waits until the part of the page has this text, and returns all of its text. */
export async function waitForText(page: Page, selector: string, text: string): Promise<string> {
  return until(`${text} in ${selector}`, async () => {
    const found = await page.$eval(selector, (element) => element.innerText as string).catch(() => '');
    return found.includes(text) ? found : undefined;
  });
}

/** Waits until the focus is in what the selector names. */
export async function waitForFocus(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`);
}

/** Waits until nothing is what the selector names. */
export async function waitForNone(page: Page, selector: string): Promise<void> {
  await page.waitForFunction(`document.querySelector(${JSON.stringify(selector)}) === null`);
}
