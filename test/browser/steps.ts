import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launch, type Browser, type Page } from 'puppeteer-core';

/** Longest wait for anything that the bot does; the first question also waits for the first sync of the documents. */
const deadlineMs = 180_000;

const lookEveryMs = 50;

const slowdown = Number(process.env['BROWSER_SLOWDOWN'] ?? 1);

/** Longest wait until one button of several can be pressed, before they are looked for again. */
const pressMs = 10_000;

const artifactsFolder = path.resolve('test/artifacts');

/** Where Debian and others put the browser; CHROMIUM_PATH names another one. */
const usualPaths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts a headless Chromium.
 *
 * @throws Error that says what to install when there is none.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM_PATH'] ?? '', ...usualPaths].find((file) => existsSync(file));
  if (executablePath === undefined) {
    throw new Error('No Chromium found. Install it (apt-get install chromium) or name it in CHROMIUM_PATH.');
  }
  // root, as in a container, cannot use the sandbox; a mouse makes the page as it is on a desk
  const args = [
    '--no-sandbox',
    '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
  ];
  return launch({ executablePath, args, headless: true });
}

/**
 * Looks until there is something to see, and returns it.
 *
 * @throws Error that names what was waited for.
 */
export async function until<Seen>(what: string, look: () => Promise<Seen | undefined>): Promise<Seen> {
  const giveUpAt = Date.now() + deadlineMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > giveUpAt) throw new Error(`Waited ${deadlineMs / 1000} s in vain for ${what}.`);
    await wait(lookEveryMs);
  }
}

/**
 * Repeats a claim about the page until it holds: what is drawn, and where the focus is, comes later than what causes it.
 * For what is there in the end; that something never comes is claimed once, after what would have brought it.
 *
 * @throws what the claim threw last: what was seen, and what was expected.
 */
export async function eventually(claim: () => Promise<void>): Promise<void> {
  const giveUpAt = Date.now() + deadlineMs;
  for (;;) {
    try {
      await claim();
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
    await wait(lookEveryMs);
  }
}

/** Waits until what was begun is drawn, and nothing fades or moves any more but what does so for ever. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  await page.waitForFunction(`document.getAnimations().every(({ playState, effect }) =>
    playState !== 'running' ||
    effect.getComputedTiming().endTime === Infinity ||
    // what is out of sight stands still
    effect.target?.checkVisibility({ contentVisibilityAuto: true }) !== true)`);
}

/** Presses the first that the selector names, once it is there, can be pressed, and is no longer pushed about. */
export async function click(page: Page, selector: string): Promise<void> {
  await page.locator(selector).click();
}

/** As `click`, the last that the selector names. */
export async function clickLast(page: Page, selector: string): Promise<void> {
  await eventually(async () => {
    const last = (await page.$$(selector)).at(-1);
    if (last === undefined) throw new Error(`There is no ${selector}.`);
    // a card that is drawn anew takes its buttons with it: then the new ones are looked for
    await last.asLocator().setTimeout(pressMs).click();
  });
}

/** A window of its own, with what went wrong in it: errors of scripts, refused requests, breaches of the policy. */
export interface Window {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

export interface WindowOptions {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Lets the guided first minute start, as it does on a first visit. */
  readonly guide?: boolean;
}

export async function openWindow(browser: Browser, options: WindowOptions): Promise<Window> {
  const { origin } = new URL(options.url);
  const { url, width = 1440, height = 900, dark = false, guide = false } = options;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(deadlineMs);
  await slowDown(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      problems.push(`asked ${request.url()}`);
  });
  // runs in the page, where there is a localStorage
  if (!guide) await page.evaluateOnNewDocument("localStorage.setItem('firstline.tour', 'over')");
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  await page.waitForSelector('.conversation textarea');
  // the focus goes there by itself, and is not to come while a test is somewhere else
  await atRest(page);
  return { page, problems, close: () => context.close() };
}

/**
 * Makes the browser as slow as a loaded machine, to find what a test reads before it is drawn: with BROWSER_SLOWDOWN=6
 * scripts take six times as long, each request a little longer, and no pictures are kept.
 */
async function slowDown(page: Page): Promise<void> {
  if (slowdown <= 1) return;
  await page.emulateCPUThrottling(slowdown);
  await page.emulateNetworkConditions({ upload: -1, download: -1, latency: slowdown * 20 });
}

/** The chat apps of the page. */
export type App = 'slack' | 'teams';

/** Of chats without threads: the message with which began what is looked at. */
const begun = new WeakMap<Page, string>();

/** Goes to an app by its tab; the conversation is then the DM with the bot. All other steps work in both. */
export async function inApp(page: Page, app: App): Promise<void> {
  if ((await appOf(page)) === app) return;
  await click(page, `.app-switch [data-app="${app}"]`);
  await page.waitForSelector(`html[data-app="${app}"] .conversation textarea`);
}

async function appOf(page: Page): Promise<App> {
  return (await page.$('html[data-app="teams"]')) === null ? 'slack' : 'teams';
}

/** Where the conversation is that was opened last: the thread, or the chat where there are none. */
export async function whereThread(page: Page): Promise<'.thread' | '.conversation'> {
  return (await page.$('.conversation.is-flat')) === null ? '.thread' : '.conversation';
}

/** What can be pressed in messages. */
const buttonOf = { slack: '.kit-button', teams: '.ac-pushButton' } as const;

/** Chooses somebody by name in "Act as"; the conversation is then their DM with the bot. */
export async function actAs(page: Page, name: string): Promise<void> {
  await click(page, '.person-button');
  await page.waitForSelector('.people .person-choice');
  const id = await page.$$eval(
    '.people .person-choice',
    (choices, wanted) =>
      choices.find((choice) => choice.querySelector('bdi')?.textContent === wanted)?.getAttribute('data-act-as') ?? '',
    name,
  );
  await click(page, `.people [data-act-as="${id}"]`);
  await page.waitForSelector(`.person-switch[data-person="${id}"]`);
}

/** Opens the DM with the bot, or a channel by its name. */
export async function openConversation(page: Page, name: string): Promise<void> {
  await click(page, `.channel-button::-p-text(${name})`);
  await page.waitForSelector(`.conversation .pane-header ::-p-text(${name})`);
}

/** Types a message and sends it with Enter; returns its `ts` once it is shown, and the next can be typed. */
export async function say(page: Page, text: string): Promise<string> {
  const [own, field] = ['.conversation .message.is-own', '.conversation > .composer-area textarea'];
  // what was said before is not there until all is loaded
  await page.waitForSelector('.conversation .messages');
  const before = await tsOf(page, own);
  await page.type(field, text);
  await page.keyboard.press('Enter');
  const ts = await until('the message that was sent', async () =>
    (await tsOf(page, own)).find((one) => !before.includes(one)),
  );
  await waitForValue(page, field, '');
  return ts;
}

/** Asks in the DM: in Slack the thread opens by itself. Returns the question's `ts`. */
export async function askInDm(page: Page, question: string): Promise<string> {
  await openConversation(page, 'Firstline');
  // in Teams who opens the chat for the first time is greeted, which is no reply
  if ((await appOf(page)) === 'teams') await page.waitForSelector('.conversation .message[data-bot="true"]');
  const ts = await say(page, question);
  begun.set(page, ts);
  await page.waitForSelector(`${await whereThread(page)} .message[data-ts="${ts}"]`);
  return ts;
}

/** Asks in a channel by mentioning the bot: the thread opens by itself. Returns the question's `ts`. */
export async function askInChannel(page: Page, channel: string, question: string): Promise<string> {
  await openConversation(page, channel);
  const ts = await say(page, `@Firstline ${question}`);
  await page.waitForSelector(`.thread .message[data-ts="${ts}"]`);
  return ts;
}

/** Opens the thread of a message in the conversation by the message's `ts`; without threads it is there already. */
export async function openThread(page: Page, ts: string): Promise<void> {
  begun.set(page, ts);
  if ((await whereThread(page)) === '.conversation') {
    await page.waitForSelector(`.conversation .message[data-ts="${ts}"]`);
    return;
  }
  await click(page, `.conversation .message[data-ts="${ts}"] .replies`);
  await page.waitForSelector(`.thread .message[data-ts="${ts}"]`);
}

/**
 * What the bot has said in the open thread; without threads, since the question. In Teams an answer is two messages,
 * its text and below it its card, which are one here.
 */
export async function botReplies(page: Page): Promise<string[]> {
  const where = await whereThread(page);
  const first = where === '.conversation' ? (begun.get(page) ?? '0') : '0';
  const said = await page.$$eval(`${where} .message[data-bot="true"]`, (messages) =>
    messages.map((message) => ({
      ts: message.getAttribute('data-ts') ?? '',
      text: message.innerText as string,
      isAnswer: message.querySelector('.app-badge.is-ai') !== null,
      isCard: message.querySelector('.bubble, .blocks') === null,
    })),
  );
  return said
    .filter(({ ts }) => Number(ts) >= Number(first))
    .flatMap(({ text, isAnswer }, index, all) => {
      const next = all[index + 1];
      if (all[index - 1]?.isAnswer === true && all[index]?.isCard === true) return [];
      return isAnswer && next?.isCard === true ? [`${text}\n${next.text}`] : [text];
    });
}

/** The `ts` of the bot's first message in the open thread; without threads, of the first since the question. */
export async function firstReply(page: Page): Promise<string> {
  const where = await whereThread(page);
  const first = where === '.conversation' ? (begun.get(page) ?? '0') : '0';
  return until('a reply of the bot', async () => {
    const found = await tsOf(page, `${where} .message[data-bot="true"]`);
    return found.find((ts) => Number(ts) >= Number(first));
  });
}

/** Waits until a reply of the bot in the open thread contains all of these words, and returns it. */
export async function waitForReply(page: Page, words: readonly string[]): Promise<string> {
  const lowerCase = words.map((word) => word.toLowerCase());
  return until(`a reply with ${words.join(', ')}`, async () =>
    (await botReplies(page)).find((text) => lowerCase.every((word) => text.toLowerCase().includes(word))),
  );
}

/** Presses a button of a message in the open thread by its words; without threads, of the last message that has it. */
export async function press(page: Page, label: string): Promise<void> {
  const where = await whereThread(page);
  if (where === '.conversation') return pressIn(page, where, label);
  await click(page, `.thread ${buttonOf[await appOf(page)]}::-p-text(${label})`);
}

/** Presses a button of the last message that has it, in a part of the page such as `.conversation`. */
export async function pressIn(page: Page, part: string, label: string): Promise<void> {
  const button = `${part} ${buttonOf[await appOf(page)]}::-p-text(${label})`;
  await clickLast(page, button);
}

/**
 * Presses a button that a form goes with. In Slack the form opens at once; in Teams it has a button of its own, which
 * is then on the card.
 */
export async function pressForForm(page: Page, label: string, form: string): Promise<void> {
  await press(page, label);
  if ((await appOf(page)) === 'teams') await press(page, form);
  await page.waitForSelector('.modal h2');
}

/** Whether a button with these words can be pressed in the open thread. */
export async function hasButton(page: Page, label: string): Promise<boolean> {
  const button = `${await whereThread(page)} ${buttonOf[await appOf(page)]}::-p-text(${label})`;
  return (await page.$(button)) !== null;
}

/** What the open form holds, by the fields' names. */
export async function formValues(page: Page): Promise<Record<string, string>> {
  await page.waitForSelector('.modal :is(.kit-input, [data-input])');
  return page.$$eval('.modal :is(.kit-input, [data-input])', (fields) =>
    Object.fromEntries(
      fields.map((field) => {
        const entry = field.querySelector('input, textarea, select') ?? field;
        const name = field.getAttribute('data-block-id') ?? field.getAttribute('data-input') ?? '';
        return [name, (entry as unknown as { value: string }).value];
      }),
    ),
  );
}

/** Puts this text in the place of what a field of the open form holds. */
export async function fillForm(page: Page, name: string, text: string): Promise<void> {
  const field = `.modal :is([data-block-id="${name}"] :is(input, textarea), [data-input="${name}"])`;
  await page.waitForSelector(field);
  await page.focus(field);
  await page.$eval(field, (entry) => (entry as unknown as { select(): void }).select());
  await page.keyboard.sendCharacter(text);
  await waitForValue(page, field, text);
}

/** Waits until a field holds this text. */
export async function waitForValue(page: Page, field: string, text: string): Promise<void> {
  await eventually(async () => {
    expect(await page.$eval(field, (entry) => (entry as unknown as { value: string }).value)).toBe(text);
  });
}

/** Waits until a part of the page has these words, and no others. */
export async function waitForWords(page: Page, selector: string, words: string): Promise<void> {
  await eventually(async () => expect(await page.$eval(selector, ({ innerText }) => innerText)).toBe(words));
}

/** Waits for a form, and leaves it with its button of these words; in Teams by its cross. */
export async function leaveForm(page: Page, label: string): Promise<void> {
  const isTeams = (await appOf(page)) === 'teams';
  const way = isTeams ? '.modal [aria-label="Close"]' : `.modal-foot button::-p-text(${label})`;
  await click(page, way);
  await page.waitForFunction("document.querySelector('.modal') === null");
}

/** Sends the open form, and waits until it is closed; in Teams it may say something first, which is closed too. */
export async function sendForm(page: Page): Promise<void> {
  if ((await appOf(page)) === 'teams') {
    await click(page, '.modal .ac-pushButton');
    await page.waitForFunction("document.querySelector('.modal .card-frame') === null");
    if ((await page.$('.modal-foot button')) !== null) await click(page, '.modal-foot button');
  } else {
    await click(page, '.modal [type=submit]');
  }
  await page.waitForFunction("document.querySelector('.modal') === null");
}

/** Writes in the open thread. */
export async function replyInThread(page: Page, text: string): Promise<void> {
  const where = await whereThread(page);
  await page.type(`${where} .composer-area textarea`, text);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${where} .message ::-p-text(${text})`);
  await waitForValue(page, `${where} .composer-area textarea`, '');
}

/** Pastes a file into a field. */
export async function pasteFile(
  page: Page,
  field: string,
  file: { readonly name: string; readonly type: string; readonly bytes: Buffer },
): Promise<void> {
  const { name, type, bytes } = file;
  const plain = JSON.stringify({ name, type, base64: bytes.toString('base64') });
  await page.evaluate(`{
    const { name, type, base64 } = ${plain};
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name, { type }));
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(${JSON.stringify(field)}).dispatchEvent(paste);
  }`);
}

/** Addresses of the links in the open thread. */
export async function threadLinks(page: Page): Promise<string[]> {
  const where = await whereThread(page);
  const first = where === '.conversation' ? (begun.get(page) ?? '0') : '0';
  const found = await page.$$eval(`${where} .message[data-bot="true"] a`, (links) =>
    links.map((link) => ({ href: link.href as string, ts: link.closest('.message')?.getAttribute('data-ts') ?? '' })),
  );
  return found.filter(({ ts }) => Number(ts) >= Number(first)).map(({ href }) => href);
}

/** Keys on the board by column, newest first. */
export async function readBoard(page: Page): Promise<Record<string, string[]>> {
  return page.$$eval('.column', (columns) =>
    Object.fromEntries(
      columns.map((column) => [
        column.getAttribute('data-column') ?? '',
        [...column.querySelectorAll('.card')].map((card) => card.getAttribute('data-issue') ?? ''),
      ]),
    ),
  );
}

/** Keys of what is to do, newest first. */
export async function ticketsToDo(page: Page): Promise<string[]> {
  // while it loads it shows columns without a name
  await page.waitForSelector('.column[data-column]');
  return (await readBoard(page))['To Do'] ?? [];
}

/** Waits until there is one ticket more than there were, and returns its key. */
export async function waitForNewTicket(page: Page, before: readonly string[]): Promise<string> {
  return until('a new ticket', async () => (await ticketsToDo(page)).find((key) => !before.includes(key)));
}

/** Opens an issue from the board, and waits until it says all of these words; `backToBoard` ends it. */
export async function openIssue(page: Page, key: string, words: readonly string[] = []): Promise<void> {
  await click(page, `.card[data-issue="${key}"]`);
  await page.waitForSelector(`[data-issue-open="${key}"] .adf`);
  await eventually(async () => {
    const said = (await page.$eval('.issue-scroll', ({ innerText }) => innerText)) as string;
    expect(words.filter((word) => !said.includes(word))).toEqual([]);
  });
}

/** Writes a comment in the open issue and sends it. */
export async function commentOnIssue(page: Page, text: string, kind: 'public' | 'internal' = 'public'): Promise<void> {
  await click(page, `.reply-kind.is-${kind} input`);
  await page.waitForSelector(`.reply-box.is-${kind}`);
  await page.type('.reply-box textarea', text);
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await page.waitForFunction("document.querySelector('.reply-box textarea').value === ''");
}

/** Chooses a way out of the issue's status by its words, such as `Start work`. */
export async function chooseStatus(page: Page, way: string): Promise<void> {
  await click(page, '.status-button');
  await click(page, `.menu-item::-p-text(${way})`);
}

/** Resolves the open issue. */
export async function resolveIssue(page: Page, resolution = 'Done'): Promise<void> {
  await chooseStatus(page, 'Resolve');
  await click(page, `.resolve input[value="${resolution}"]`);
  await click(page, '.resolve .is-primary');
  await page.waitForSelector('.status-button.is-done');
}

/** Chooses what is done with the open issue as a whole, and confirms it. */
export async function confirmForIssue(page: Page, what: string): Promise<void> {
  await click(page, '[title="More about this issue"]');
  await click(page, `.menu-item::-p-text(${what})`);
  await page.waitForSelector('.confirm .is-danger');
  await click(page, '.confirm .is-danger');
}

export async function backToBoard(page: Page): Promise<void> {
  await click(page, '.issue .board-header > button');
  await page.waitForSelector('.board-columns .column[data-column]');
}

/** Follows the issue's link back to the conversation; the thread with that first message opens, if there are any. */
export async function followLinkToThread(page: Page, ts: string): Promise<void> {
  await click(page, '.remote-links a');
  await page.waitForSelector(`:is(.thread, .is-flat) .message[data-ts="${ts}"]`);
}

/** Opens the Faults panel unless it is open. */
export async function openFaults(page: Page): Promise<void> {
  if ((await page.$('.faults')) === null) await click(page, '[data-open="faults"]');
  await page.waitForSelector('.faults .tally');
}

export async function closeFaults(page: Page): Promise<void> {
  await click(page, '.faults [aria-label="Close faults"]');
  await until('the faults to be closed', async () => (await page.$('.faults')) === null || undefined);
}

/** What can be chosen in the Faults panel. */
type FaultChoice = App | 'jira' | 'copies' | 'webhooks';

/**
 * Chooses how a vendor behaves, or how often events are sent, in the open Faults panel, and waits until it is so.
 * `slack` and `jira`: `none`, `slow`, `rate-limited`, `down`, `deaf`; `copies`: `1`, `2`, `5`; `webhooks`: `once`,
 * `twice`, `late`, `shuffled`, `dropped`.
 */
export async function setFault(page: Page, choice: FaultChoice, value: string): Promise<void> {
  const input = `.faults [data-choice="${choice}"] input[value="${value}"]`;
  await page.waitForSelector(input);
  await click(page, input);
  await until(`${choice} to be ${value}`, async () => (await faultOf(page, choice)) === value || undefined);
}

/** As `setFault`, in a panel that is opened for it and closed again. */
export async function chooseFault(page: Page, choice: FaultChoice, value: string): Promise<void> {
  await openFaults(page);
  await setFault(page, choice, value);
  await closeFaults(page);
}

/** Kills or restarts the bot in the open Faults panel. */
export async function pressBotButton(page: Page, label: 'Kill' | 'Restart'): Promise<void> {
  await click(page, `.faults button:not([disabled])::-p-text(${label})`);
}

/** The counts of the open Faults panel, by name. */
export async function readTally(page: Page): Promise<Record<string, number>> {
  return page.$$eval('.faults [data-count]', (counts) =>
    Object.fromEntries(
      counts.map((count) => [
        count.getAttribute('data-count') ?? '',
        parseInt(count.querySelector('dd')?.innerText ?? '', 10),
      ]),
    ),
  );
}

/** What the server has in force, not what was just clicked. */
async function faultOf(page: Page, choice: FaultChoice): Promise<string> {
  const answer = await fetch(new URL('/api/bootstrap', page.url()));
  const known = (await answer.json()) as { faults: Record<string, string>; copies: number; webhooks: string };
  if (choice === 'copies' || choice === 'webhooks') return String(known[choice]);
  return known.faults[choice] ?? '';
}

/** Keeps a picture under test/artifacts, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (slowdown > 1) return;
  mkdirSync(artifactsFolder, { recursive: true });
  await page.screenshot({ path: path.join(artifactsFolder, `${name}.png`) });
}

function tsOf(page: Page, selector: string): Promise<string[]> {
  return page.$$eval(selector, (messages) => messages.map((message) => message.getAttribute('data-ts') ?? ''));
}
