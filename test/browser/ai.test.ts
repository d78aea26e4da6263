import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { freePort } from '../whole-way/free-ports.ts';
import { violations } from './panel.ts';
import {
  actAs,
  askInDm,
  atRest,
  click,
  closeFaults,
  eventually,
  firstReply,
  openBrowser,
  openFaults,
  openWindow,
  readTally,
  screenshot,
  threadLinks,
  until,
  waitForReply,
  type Window,
} from './steps.ts';

// The real program and the stand-in model, both used through the page alone.

/** A machine may be several times as slow as a desk's. */
jest.setTimeout(600_000);

const question = 'my vpn keeps dropping';
/** Of the passage, word for word, as it is quoted without a model. */
const verbatim = 'Quit Brindlow Connect';
const title = "VPN keeps dropping or won't reconnect";

let folder: string;
let sandbox: Sandbox;
let browser: Browser;
let window: Window;
let page: Page;
/** Resolves when all articles have their vectors: until then searches wait for the database. */
let embedded: PromiseWithResolvers<void>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-ai-'));
  embedded = Promise.withResolvers();
  // some of the articles: all of them take a while to be embedded
  const articles = path.join(folder, 'articles');
  for (const part of ['network', 'email', 'printing', 'groups.yml']) {
    cpSync(path.resolve('sandbox/company/knowledge', part), path.join(articles, part), { recursive: true });
  }
  sandbox = await startSandbox({
    port: await freePort(),
    botPort: await freePort(),
    folder,
    reset: false,
    program: path.resolve('src/main.ts'),
    // where others work too, the model is not to run out of time
    settings: { MODEL_SECONDS: '10', KNOWLEDGE_FOLDER: articles },
    onBotLine: (line) => line.includes('chunks were embedded') && embedded.resolve(),
    say: () => undefined,
  });
  await until('the articles to be read', async () => {
    const { syncs } = (await told('/api/knowledge/sync')) as { syncs: readonly { source: string; state: string }[] };
    return syncs.some(({ source, state }) => source === 'markdown' && state === 'done') || undefined;
  });
  browser = await openBrowser();
  window = await openWindow(browser, { url: sandbox.page.url });
  page = window.page;
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function told(at: string): Promise<unknown> {
  return (await fetch(sandbox.page.url + at)).json();
}

/** Waits until the page's server says so of the model. */
async function modelIs(part: object): Promise<void> {
  await eventually(async () => expect(await told('/api/bootstrap')).toMatchObject(part));
}

/** Chooses where answers come from, in the open Faults panel, and waits until the bot is up again. */
async function turn(to: 'quoted' | 'written'): Promise<void> {
  const up = Promise.withResolvers<void>();
  const stop = sandbox.bot.on((state) => state === 'up' && up.resolve());
  await click(page, `.faults [data-choice="answers"] input[value="${to}"]`);
  // longer than all other waits, where others work too
  await up.promise;
  stop();
  await modelIs({ ai: { isOn: to === 'written', isTurning: false, problem: null }, botState: 'up' });
  await page.waitForSelector('.faults [data-turning="false"]');
  await page.waitForSelector('[data-bot-state="up"]');
}

/** Tells the model to lie, in the open Faults panel. */
async function lie(mode: string): Promise<void> {
  await page.waitForSelector('#choice-model-mode');
  await page.select('#choice-model-mode', mode);
  await modelIs({ model: { mode } });
}

/** What the model was asked to answer since, and what it said. */
function drafts(since: number): readonly string[] {
  return sandbox.openai
    .calls()
    .slice(since)
    .filter(({ purpose }) => purpose === 'firstline_answer')
    .map(({ answer }) => answer ?? '');
}

/** Opens what went on behind the bot's first reply, and waits until it says all of this. */
async function showWhy(...parts: readonly string[]): Promise<void> {
  await click(page, `.thread .message[data-ts="${await firstReply(page)}"] .why`);
  await storySays(...parts);
}

async function storySays(...parts: readonly string[]): Promise<void> {
  await page.waitForSelector('.story [data-story="told"]');
  await eventually(async () => {
    const said = (await page.$eval('.story', ({ innerText }) => innerText)) as string;
    expect(parts.filter((part) => !said.includes(part))).toEqual([]);
  });
}

/** Looks over a part of the page in both themes, wide and narrow, and keeps pictures of one place in it. */
async function lookOver(selector: string, { name, part }: { name: string; part: string }): Promise<void> {
  for (const dark of [false, true]) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
    for (const width of [1440, 400]) {
      await page.setViewport({ width, height: 900 });
      await page.waitForSelector(selector, { visible: true });
      expect(await violations(page, selector)).toEqual([]);
      expect(await page.$eval(selector, (whole) => whole.scrollWidth <= whole.clientWidth)).toBe(true);
      await page.$eval(`${selector} ${part}`, (place) => place.scrollIntoView({ block: 'start' }));
      await screenshot(page, `${name}-${width}${dark ? '-dark' : ''}`);
    }
  }
  await page.setViewport({ width: 1440, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  await atRest(page);
}

test('answers are quoted until the model is turned on, which starts the bot anew', async () => {
  await actAs(page, 'Inês Carvalho');
  await askInDm(page, question);
  await waitForReply(page, [verbatim, title]);
  expect(sandbox.openai.calls()).toEqual([]);

  await openFaults(page);
  await page.waitForSelector('.faults ::-p-text(it picks and rephrases sentences, and can be told to lie)');
  await page.waitForSelector('.faults ::-p-text(It is not asked while answers are quoted.)');
  const log: string[] = [];
  const stop = sandbox.bot.on((state) => log.push(state));
  await turn('written');
  stop();
  expect(log.at(-1)).toBe('up');
  expect(log).toContain('down');
  await embedded.promise;
  await lookOver('.faults', { name: 'ai-faults', part: '[data-choice="model"]' });
  await closeFaults(page);
});

test('then they are written, with numbers, and one sees what the model had to do with it', async () => {
  await actAs(page, 'Duarte Antunes');
  const since = sandbox.openai.calls().length;
  await askInDm(page, question);
  const reply = await waitForReply(page, ['[1]', title]);
  expect(drafts(since)).toHaveLength(1);
  expect(reply).not.toContain('<');

  await showWhy(
    'Answered in words of the model that passed the checks',
    'The model',
    'It wrote an answer that passed the checks.',
    'To write the answer',
    'To look at the answer a second time',
    'Cost in all',
    'Each sentence says what its quotes say',
    'sure that what it wrote is right',
    'answer@',
    'The lines it rests on, word for word',
  );
  await page.waitForSelector('.story-written .story-cite ::-p-text([1])');
  await lookOver('.story', { name: 'ai-story', part: '[data-step="model"]' });
});

test('its prompt can be opened, and is text', async () => {
  const talk = '.story-request .story-raw:has(.story-talk)';
  await page.waitForSelector(`${talk} summary`);
  await page.$eval(`${talk} summary`, (summary) => summary.scrollIntoView({ block: 'center' }));
  await page.$$eval(talk, (all) => {
    for (const one of all) (one as unknown as { open: boolean }).open = true;
  });
  await storySays('Instructions', 'Data', 'What it said', '<question>', `"outcome":`);
  expect(await page.$$eval('.story-talk pre *', (made) => made.length)).toBe(0);
  expect(await violations(page, '.story')).toEqual([]);
  await screenshot(page, 'ai-story-prompt');
});

test('a foreign link that it makes up reaches nobody: the article is quoted instead', async () => {
  await openFaults(page);
  await lie('foreign-url');
  await page.waitForSelector('.fault-mark');
  await closeFaults(page);
  await actAs(page, 'Tomasz Wiśniewski');
  const since = sandbox.openai.calls().length;
  await askInDm(page, question);
  const reply = await waitForReply(page, [verbatim, title]);
  const [draft = ''] = drafts(since);
  const hosts = [...draft.matchAll(/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.example(?:\.[a-z]+)?/giu)].map(([host]) => host);
  const known = (await sandbox.knowledge.read('network/vpn-keeps-dropping.md'))?.markdown ?? '';
  const foreign = hosts.filter((host) => !known.includes(host));
  expect(foreign.length).toBeGreaterThan(0);
  const links = (await threadLinks(page)).join(' ');
  expect(foreign.filter((host) => reply.includes(host) || links.includes(host))).toEqual([]);
  await showWhy('Without the model: what it wrote did not pass the checks.', 'Failed');
});

test('down, it is quoted, and “All back to normal” ends that and the lies, but not the model', async () => {
  await openFaults(page);
  await click(page, '.faults [data-choice="model"] input[value="down"]');
  await modelIs({ model: { fault: 'down' } });
  await actAs(page, 'Gareth Pickles');
  await askInDm(page, question);
  await waitForReply(page, [verbatim, title]);
  await showWhy('Without the model: the server did not answer.', '503 Unavailable');
  await click(page, '.faults-calm:not([disabled])');
  await modelIs({ ai: { isOn: true }, model: { fault: 'none', mode: 'good', every: 0 } });
  await page.waitForSelector('.faults-calm[disabled]');
  // written or quoted, each is an answer, and starting the bot anew has lost none
  const counts = { asked: 4, answered: 4, handedOver: 0, waiting: 0, lost: 0, doubled: 0, killed: 0 };
  await eventually(async () => expect(await readTally(page)).toMatchObject(counts));
  await turn('quoted');
  expect(window.problems).toEqual([]);
});
