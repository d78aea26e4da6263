import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { createOperator } from '../../sandbox/operator.ts';
import { startPage, type Page as PageServer } from '../../sandbox/page.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import {
  atRest,
  click,
  eventually,
  openBrowser,
  openConversation,
  openWindow,
  say,
  screenshot,
  until,
  waitForWords,
  type Window,
} from './steps.ts';

// The chat over the local Slack, without the bot: what the app does is done by the tests.

/** For a machine that is slow, or has other things to do. */
jest.setTimeout(300_000);

const hostile = '<img src=x onerror=alert(1)>';
const sample = loadCompany();
const company = {
  ...sample,
  people: sample.people.map((person, index) =>
    index === 3 ? { ...person, name: `${hostile} van der Meulen` } : person,
  ),
};
const [ines, tomasz, priya, stranger] = company.people.map(({ slackId }) => slackId) as [
  string,
  string,
  string,
  string,
];
const help = channelId('it-help');
const random = channelId('random');
const bot = {
  state: () => 'up' as const,
  on: () => () => undefined,
  kill: () => undefined,
  restart: () => undefined,
  kills: () => 0,
};
const parts = { company, bot, operator: createOperator({ url: () => null, token: '' }) };

let slack: SlackSandbox;
let jira: JiraSandbox;
let server: PageServer;
let browser: Browser;
let window: Window;

beforeAll(async () => {
  slack = await startSlack({
    people: company.people,
    channels: company.channels,
    company: company.name,
    commands: [
      { command: '/it', description: 'Ask, or open a ticket', usageHint: '[question]' },
      { command: '/it-status', description: 'Your open requests', usageHint: '' },
    ],
    shortcuts: [
      { name: 'Ask IT', type: 'global', callbackId: 'ask', description: 'Ask a question' },
      { name: 'Hand to IT', type: 'message', callbackId: 'hand', description: 'Open a ticket from this message' },
    ],
  });
  jira = await startJira({ people: company.people, pastTickets: [] });
  server = await startPage({ port: 0, slack, jira, ...parts });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await Promise.all([slack?.close(), jira?.close()]);
});

async function open(as: string, channel: string, options: Readonly<Record<string, unknown>> = {}): Promise<Page> {
  window = await openWindow(browser, { url: `${server.url}/#as=${as}&channel=${channel}`, ...options });
  await window.page.waitForSelector('.conversation .messages');
  return window.page;
}

/** Nothing went wrong in the window that was opened last. */
async function closeCleanly(): Promise<void> {
  await window.close();
  expect(window.problems).toEqual([]);
}

describe('reading', () => {
  test('a channel of ten thousand messages opens at its end, goes up page by page in its place, and takes new ones', async () => {
    const channel = channelId('general');
    for (let index = 0; index < 10_000; index += 1) {
      await slack.say({ as: index % 7 === 0 ? tomasz : priya, channel, text: `message number ${index}` });
    }
    const page = await open(ines, channel);
    await page.waitForSelector('.message ::-p-text(message number 9999)');
    await eventually(async () => expect(await countOf(page, '.conversation .message')).toBe(100));

    const firstTs = () => page.$eval('.conversation .message', (row) => row.getAttribute('data-ts'));
    for (const drawn of [200, 300, 400, 500, 500, 500]) {
      const first = await firstTs();
      const before = await firstVisible(page, { scrollTo: 300 });
      await until('the page before', async () => (await firstTs()) !== first || undefined);
      await staysAt(page, before);
      await eventually(async () => expect(await countOf(page, '.conversation .message')).toBe(drawn));
    }
    const before = await firstVisible(page);
    const ts = await slack.say({ as: tomasz, channel, text: 'the newest of all' });
    await until('it to be read', async () => unreadOf(ines, channel) === 0 || undefined);
    await staysAt(page, before);
    await screenshot(page, 'chat-scrolled-up');

    // down again, where what was pushed out is fetched anew
    const lastTs = () => page.$$eval('.conversation .message', (rows) => rows.at(-1)?.getAttribute('data-ts'));
    const last = await lastTs();
    const below = await firstVisible(page, { scrollTo: 1_000_000 });
    await until('the page after', async () => (await lastTs()) !== last || undefined);
    await staysAt(page, below);

    await click(page, '.jump-button');
    await page.waitForSelector(`.message[data-ts="${ts}"]`);
    await until('the end', async () => (await distanceToEnd(page)) < 5 || undefined);
    await until('the button to be gone', async () => (await page.$('.jump-button')) === null || undefined);
    await closeCleanly();
  });

  test('earlier messages are also shown by a button, and a channel has a beginning', async () => {
    const channel = channelId('lisbon-office');
    for (let index = 0; index < 130; index += 1) await slack.say({ as: ines, channel, text: `hello ${index}` });
    const page = await open(ines, channel);
    await page.focus('.show-earlier button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.message ::-p-text(hello 0)');
    await page.waitForSelector('.beginning');
    await eventually(async () => expect(await countOf(page, '.conversation .message')).toBe(130));
    await eventually(async () => expect(await page.$('.show-earlier')).toBeNull());
    await closeCleanly();
  });

  test('what came since one was here is counted in the list and stands below a line', async () => {
    const page = await open(ines, random);
    await slack.say({ as: tomasz, channel: random, text: 'seen' });
    await page.waitForSelector('.message ::-p-text(seen)');
    await until('it to be read', async () => unreadOf(ines, random) === 0 || undefined);
    await openConversation(page, 'it-help');
    await slack.say({ as: tomasz, channel: random, text: 'first new' });
    await slack.say({ as: priya, channel: random, text: 'second new' });
    await page.waitForSelector(`[data-channel="${random}"].is-unread .unread ::-p-text(2)`);
    await screenshot(page, 'chat-unread');

    await openConversation(page, 'random');
    await page.waitForSelector('.new-line');
    await eventually(async () => {
      const below = await page.$eval('.new-line', (line) => line.nextElementSibling?.textContent);
      expect(below).toContain('first new');
    });
    await until('it to be read', async () => unreadOf(ines, random) === 0 || undefined);
    await page.waitForSelector(`[data-channel="${random}"]:not(.is-unread)`);
    await screenshot(page, 'chat-new-line');

    const seen = slack.messages(random).find(({ text }) => text === 'seen')?.ts ?? '';
    await page.hover(`.message[data-ts="${seen}"]`);
    await page.waitForSelector(`.message[data-ts="${seen}"] [aria-label="More actions"]`);
    await click(page, `.message[data-ts="${seen}"] [aria-label="More actions"]`);
    await click(page, '[role="menuitem"]::-p-text(Mark unread)');
    await until('it to be unread again', async () => unreadOf(ines, random) === 3 || undefined);
    await page.waitForSelector(`.day.is-new ~ .message[data-ts="${seen}"]`);
    await openConversation(page, 'it-help');
    await page.waitForSelector(`[data-channel="${random}"].is-unread .unread ::-p-text(3)`);
    await closeCleanly();
  });

  test('a reply to one own thread is marked until the thread is opened; Escape goes back to the message', async () => {
    const ts = await slack.say({ as: ines, channel: help, text: 'who has the projector' });
    await slack.say({ as: tomasz, channel: help, text: 'I do', threadTs: ts });
    const page = await open(ines, help);
    const row = `.conversation .message[data-ts="${ts}"]`;
    await page.waitForSelector(`${row} .replies.is-new`);
    await click(page, `${row} .replies`);
    await page.waitForSelector('.thread .new-line');
    await page.waitForSelector(`${row} .replies:not(.is-new)`);
    await until(
      'the field to have the focus',
      async () => (await focused(page)).includes('Reply in thread') || undefined,
    );
    await page.keyboard.press('Escape');
    await until('the thread to be gone', async () => (await page.$('.thread')) === null || undefined);
    await until('the focus on the reply link', async () => (await focused(page)).includes('1 reply') || undefined);
    await closeCleanly();
  });

  test('what only one person sees is marked so, and can be dismissed', async () => {
    await callApi('chat.postEphemeral', { channel: help, user: ines, text: 'psst, only for you' });
    const page = await open(ines, help);
    await page.waitForSelector('.message.is-whisper ::-p-text(Only visible to you)');
    await screenshot(page, 'chat-ephemeral');
    await click(page, '.message.is-whisper .text-button');
    await until('it to be gone', async () => (await page.$('.message.is-whisper')) === null || undefined);
    await closeCleanly();
  });
});

describe('two windows at once', () => {
  test('two people see each other live: messages, reactions, edits, deletions', async () => {
    const mine = await openWindow(browser, { url: `${server.url}/#as=${ines}&channel=${random}` });
    const theirs = await openWindow(browser, { url: `${server.url}/#as=${tomasz}&channel=${random}` });
    await openConversation(theirs.page, 'random');
    const ts = await say(mine.page, 'anybody for lunch? :pizza:');
    const row = `.conversation .message[data-ts="${ts}"]`;
    await theirs.page.waitForSelector(`${row} ::-p-text(anybody for lunch? 🍕)`);

    await theirs.page.hover(row);
    await theirs.page.waitForSelector(`${row} [aria-label="Add reaction"]`);
    await click(theirs.page, `${row} [aria-label="Add reaction"]`);
    await theirs.page.waitForSelector('.emoji-picker input');
    await until('the search field', async () => (await focused(theirs.page)).includes('Search all emoji') || undefined);
    await theirs.page.keyboard.type('large_green');
    await theirs.page.waitForSelector('[data-emoji="large_green_circle"][aria-selected="true"]');
    await screenshot(theirs.page, 'chat-emoji-picker');
    await theirs.page.keyboard.press('Enter');
    await mine.page.waitForSelector(`${row} [data-reaction="large_green_circle"][aria-pressed="false"]`);
    await click(mine.page, `${row} [data-reaction="large_green_circle"]`);
    await theirs.page.waitForSelector(`${row} [data-reaction="large_green_circle"] ::-p-text(2)`);
    await eventually(async () => {
      const label = await theirs.page.$eval(`${row} .reaction.is-mine`, (pill) => pill.getAttribute('title'));
      expect(label).toBe('You and Inês Carvalho reacted with :large_green_circle:');
    });
    await click(theirs.page, `${row} [data-reaction="large_green_circle"]`);
    // the pill becomes smaller: a press in that moment would miss it
    await mine.page.waitForSelector(`${row} [data-reaction="large_green_circle"] ::-p-text(1)`);
    await click(mine.page, `${row} [data-reaction="large_green_circle"]`);
    await until('no reaction', async () => (await theirs.page.$(`${row} .reaction`)) === null || undefined);

    // an empty field and the arrow up: one's last message
    await mine.page.focus('.conversation > .composer-area textarea');
    await mine.page.keyboard.press('ArrowUp');
    await mine.page.waitForSelector(`${row} textarea`);
    await until(
      'the editor to have the focus',
      async () => (await focused(mine.page)).includes('Edit message') || undefined,
    );
    await mine.page.keyboard.type(' at noon');
    await mine.page.keyboard.press('Enter');
    await theirs.page.waitForSelector(`${row} .edited`);
    await theirs.page.waitForSelector(`${row} ::-p-text(at noon)`);

    await mine.page.focus(row);
    await mine.page.waitForSelector(`${row} [aria-label="Delete message"]`);
    await click(mine.page, `${row} [aria-label="Delete message"]`);
    await click(mine.page, `${row} .is-asking .is-danger`);
    await until('it to be gone', async () => (await theirs.page.$(row)) === null || undefined);
    expect([...mine.problems, ...theirs.problems]).toEqual([]);
    await Promise.all([mine.close(), theirs.close()]);
  });

  test('a second window as somebody else opens from the list of people', async () => {
    const page = await open(ines, help);
    await click(page, '.person-button');
    const opened = new Promise<string>((resolve) => {
      browser.once('targetcreated', (target) => resolve(target.url()));
    });
    await click(page, '[aria-label="Open a second window as Tomasz Wiśniewski"]');
    await opened;
    const other = await until('the second window', async () => {
      const pages = await page.browserContext().pages();
      return pages.find((candidate) => candidate.url().includes(`as=${tomasz}`));
    });
    await other.waitForSelector(`.person-switch[data-person="${tomasz}"]`);
    await page.keyboard.press('Escape');
    await closeCleanly();
  });
});

describe('writing', () => {
  test('a person, an emoji and a command are completed by keyboard; an unknown command is refused in Slack words', async () => {
    const page = await open(ines, help);
    const field = '.conversation > .composer-area textarea';
    await page.focus(field);
    await page.keyboard.type('hello @tom');
    await page.waitForSelector('.completion [aria-selected="true"] ::-p-text(Tomasz Wiśniewski)');
    await screenshot(page, 'chat-mention');
    await page.keyboard.press('Enter');
    await until('the name', async () => (await valueOf(page, field)) === 'hello @Tomasz Wiśniewski ' || undefined);
    await page.keyboard.type(':tad');
    await page.waitForSelector('.completion [aria-selected="true"] ::-p-text(:tada:)');
    await page.keyboard.press('Tab');
    await until('the emoji', async () => (await valueOf(page, field)).endsWith('🎉 ') || undefined);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.conversation .message .mention ::-p-text(@Tomasz Wiśniewski)');
    await eventually(async () => expect(slack.messages(help).at(-1)?.text).toBe(`hello <@${tomasz}> :tada:`));

    await until('an empty field', async () => (await valueOf(page, field)) === '' || undefined);
    await page.keyboard.type('/it');
    await page.waitForSelector('.completion[data-kind="command"] li:nth-child(2)');
    await screenshot(page, 'chat-commands');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('.completion li:nth-child(2)[aria-selected="true"]');
    await page.keyboard.press('Enter');
    await until('the command', async () => (await valueOf(page, field)) === '/it-status ' || undefined);
    await page.keyboard.press('Escape');
    await clear(page, field);
    await page.keyboard.type('/foo bar');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      const refusal = await page.$eval('.composer-area .problem', ({ textContent }) => textContent);
      expect(refusal).toMatch(/^\/foo is not a valid command\./);
      expect(await valueOf(page, field)).toBe('/foo bar');
    });
    await closeCleanly();
  });

  test('menus go by arrow keys and give the focus back: shortcuts below the field, more actions on a message', async () => {
    const ts = await slack.say({ as: tomasz, channel: help, text: 'something for IT' });
    const page = await open(ines, help);
    await page.focus('[aria-label="Attachments and shortcuts"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role="menu"]');
    await until('the first item', async () => (await focused(page)).includes('Upload from your computer') || undefined);
    await page.keyboard.press('ArrowDown');
    await until('the shortcut', async () => (await focused(page)).includes('Ask IT') || undefined);
    await screenshot(page, 'chat-shortcuts');
    await page.keyboard.press('Escape');
    await until('the button', async () => (await focused(page)).includes('Attachments and shortcuts') || undefined);

    const row = `.conversation .message[data-ts="${ts}"]`;
    await page.focus(row);
    await page.waitForSelector(`${row} [aria-label="More actions"]`);
    await page.focus(`${row} [aria-label="More actions"]`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role="menuitem"] ::-p-text(Hand to IT)');
    await screenshot(page, 'chat-more');
    await page.keyboard.press('Escape');
    await closeCleanly();
  });

  test('pasted and dropped files go with a message, open in full size and come back as files', async () => {
    const page = await open(ines, help);
    const name = `${hostile}.png`;
    await give(page, 'paste', [{ name, type: 'image/png', bytes: png(64, 48) }]);
    await page.waitForSelector('.upload.is-done .upload-picture');
    await give(page, 'drop', [
      { name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('hello') },
      { name: 'page.html', type: 'text/html', bytes: Buffer.from(`<script>alert(1)</script>`) },
      { name: 'second.png', type: 'image/png', bytes: png(900, 400) },
    ]);
    await until('all four', async () => (await countOf(page, '.upload.is-done')) === 4 || undefined);
    await screenshot(page, 'chat-uploads');
    await click(page, '[aria-label="Remove notes.txt"]');
    await until('three', async () => (await countOf(page, '.upload')) === 3 || undefined);
    await page.focus('.conversation > .composer-area textarea');
    await page.keyboard.type('see the pictures');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.message .thumbnail img');
    await until('an empty strip', async () => (await page.$('.upload')) === null || undefined);
    const sent = slack.messages(help).at(-1);
    expect([sent?.subtype, sent?.text, sent?.files?.map((file) => file['name'])]).toEqual([
      'file_share',
      'see the pictures',
      [name, 'page.html', 'second.png'],
    ]);
    await page.waitForSelector('.file-card[download="page.html"]');
    await screenshot(page, 'chat-files');

    await click(page, '.message .thumbnail');
    await page.waitForSelector('.lightbox[open] img');
    await waitForWords(page, '.lightbox .file-name', name);
    await screenshot(page, 'chat-lightbox');
    await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.lightbox .file-name ::-p-text(second.png)');
    await page.keyboard.press('Escape');
    await until('it to be closed', async () => (await page.$('.lightbox')) === null || undefined);
    await until('the picture to have the focus', async () => (await focused(page)).includes('Open ') || undefined);
    await closeCleanly();
  });

  test('a file that is too large says so; one that is under way when the server goes is kept and sent later', async () => {
    const page = await open(ines, help);
    await give(page, 'drop', [{ name: 'huge.bin', type: '', bytes: Buffer.from('x'), size: 20 * 1024 * 1024 + 1 }]);
    await page.waitForSelector('.upload.is-failed ::-p-text(Too large)');
    await screenshot(page, 'chat-too-large');
    await click(page, '[aria-label="Remove huge.bin"]');
    await until('it to be gone', async () => (await page.$('.upload')) === null || undefined);

    const { port } = new URL(server.url);
    await server.close();
    await page.waitForSelector('.bar.is-warning');
    await give(page, 'paste', [{ name: 'kept.png', type: 'image/png', bytes: png(8, 8) }]);
    await page.waitForSelector('.upload.is-failed ::-p-text(The sandbox does not answer.)');
    server = await startPage({ port: Number(port), slack, jira, ...parts });
    await page.waitForSelector('.upload.is-done');
    await page.focus('.conversation > .composer-area textarea');
    await page.keyboard.press('Enter');
    await until('an empty strip', async () => (await page.$('.upload')) === null || undefined);
    await eventually(async () => {
      const files = slack.messages(help).at(-1)?.files;
      expect(files?.map((file) => file['name'])).toEqual(['kept.png']);
    });
    await window.close();
  });
});

test('names, messages and long words of any kind stay text and stay inside', async () => {
  const texts = [
    hostile,
    'x'.repeat(400),
    'مرحبا بالعالم',
    '\u202Ertl override',
    '```' + '<b>code</b>\n'.repeat(3) + '```',
  ];
  for (const text of texts) await slack.say({ as: stranger, channel: help, text });
  const page = await open(ines, help, { width: 400, height: 800 });
  await page.waitForSelector('.author ::-p-text(van der Meulen)');
  await atRest(page);
  const made = await page.$$eval('.message .message-body :is(img, script), .byline img', ({ length }) => length);
  const tooWide = await page.$eval('html', ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
  const paneTooWide = await page.$eval('.conversation .pane-scroll', (pane) => pane.scrollWidth > pane.clientWidth);
  expect([made, tooWide, paneTooWide]).toEqual([0, false, false]);
  await screenshot(page, 'chat-hostile-400');
  await closeCleanly();
});

describe('accessibility', () => {
  test.each([
    [1440, false],
    [1440, true],
    [400, false],
    [400, true],
  ])('nothing for axe to find at %d px, dark: %s', async (width, dark) => {
    const ts = await slack.say({ as: ines, channel: help, text: '@Firstline my vpn keeps droping' });
    await callApi('chat.postMessage', { channel: help, thread_ts: ts, text: 'Try this' });
    await callApi('assistant.threads.setStatus', {
      channel_id: help,
      thread_ts: ts,
      status: 'is searching the IT guides…',
    });
    await callApi('chat.postEphemeral', { channel: help, user: ines, text: 'only you' });
    await slack.react({ as: tomasz, channel: help, ts, name: 'eyes', on: true });
    const page = await open(ines, help, { width, height: 900, dark });
    const row = `.conversation .message[data-ts="${ts}"]`;
    await page.waitForSelector(`${row} .replies`);
    const found = { channel: await violations(page) };
    await page.focus(row);
    await page.waitForSelector(`${row} [aria-label="Add reaction"]`);
    await click(page, `${row} [aria-label="Add reaction"]`);
    await page.waitForSelector('.emoji-picker');
    const picker = await violations(page);
    await page.keyboard.press('Escape');
    await page.focus('.conversation > .composer-area textarea');
    await page.keyboard.type('@t');
    await page.waitForSelector('.completion');
    const completion = await violations(page);
    await page.keyboard.press('Escape');
    await click(page, `${row} .replies`);
    await page.waitForSelector('.thread .status-words');
    await screenshot(page, `chat-thread-${width}-${dark ? 'dark' : 'light'}`);
    const thread = await violations(page);
    if (width > 719) await click(page, '.person-button');
    if (width > 719) await page.waitForSelector('.people .person-choice');
    const people = await violations(page);
    expect({ ...found, picker, completion, thread, people }).toEqual({
      channel: [],
      picker: [],
      completion: [],
      thread: [],
      people: [],
    });
    await closeCleanly();
  });
});

function channelId(name: string): string {
  return sample.channels.find((channel) => channel.name === name)?.id ?? '';
}

function unreadOf(person: string, channel: string): number | undefined {
  return slack.channels(person).find(({ id }) => id === channel)?.unread;
}

async function callApi(method: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json; charset=utf-8' };
  const response = await fetch(slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(await response.json()).toMatchObject({ ok: true });
}

/** What axe-core finds in the chat, as rule and element. The policy forbids a script element, so its source is run. */
async function violations(page: Page): Promise<string[]> {
  await atRest(page);
  const source = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
  await page.evaluate(source);
  return (await page.evaluate(`
    axe.run({ include: [['.sidebar'], ['main.chat']] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))
  `)) as string[];
}

interface Given {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Bytes of zeros in place of `bytes`. */
  readonly size?: number;
}

/** Pastes files into the field, or drops them on the messages. */
async function give(page: Page, how: 'paste' | 'drop', files: readonly Given[]): Promise<void> {
  const plain = files.map(({ bytes, ...file }) => ({ ...file, base64: bytes.toString('base64') }));
  await page.evaluate(`{
    const data = new DataTransfer();
    for (const { name, type, base64, size } of ${JSON.stringify(plain)}) {
      const bytes = size === undefined ? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)) : new Uint8Array(size);
      data.items.add(new File([bytes], name, { type }));
    }
    const both = { bubbles: true, cancelable: true };
    if (${how === 'paste'}) {
      const field = document.querySelector('.conversation > .composer-area textarea');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...both }));
    } else {
      const pane = document.querySelector('.conversation .pane-scroll');
      for (const type of ['dragenter', 'dragover', 'drop']) {
        pane.dispatchEvent(new DragEvent(type, { dataTransfer: data, ...both }));
      }
    }
  }`);
}

function countOf(page: Page, selector: string): Promise<number> {
  return page.$$eval(selector, ({ length }) => length);
}

function valueOf(page: Page, selector: string): Promise<string> {
  return page.$eval(selector, ({ value }) => value);
}

async function clear(page: Page, selector: string): Promise<void> {
  await page.focus(selector);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.press('Delete');
  await until('an empty field', async () => (await valueOf(page, selector)) === '' || undefined);
}

/** The label or the words of what has the focus. */
async function focused(page: Page): Promise<string> {
  return (await page.evaluate(
    `(document.activeElement?.getAttribute('aria-label') ?? '') + ' ' + (document.activeElement?.textContent ?? '')`,
  )) as string;
}

/** Scrolls there, if it is said where, and tells which message is then the first that is seen. */
async function firstVisible(
  page: Page,
  { scrollTo }: { scrollTo?: number } = {},
): Promise<{ ts: string; top: number }> {
  return (await page.evaluate(`(async () => {
    const pane = document.querySelector('.conversation .pane-scroll');
    if (${scrollTo !== undefined}) {
      const told = new Promise((resolve) => pane.addEventListener('scroll', resolve, { once: true }));
      pane.scrollTop = ${scrollTo ?? 0};
      await told;
    }
    const edge = pane.getBoundingClientRect().top;
    const rows = [...pane.querySelectorAll('.message')];
    const row = rows.find((one) => one.getBoundingClientRect().bottom > edge + 10);
    return { ts: row.dataset.ts, top: row.getBoundingClientRect().top };
  })()`)) as { ts: string; top: number };
}

/** The message is where it was, and stays there when all is drawn. */
async function staysAt(page: Page, { ts, top }: { ts: string; top: number }): Promise<void> {
  await atRest(page);
  const row = `.conversation .message[data-ts="${ts}"]`;
  const moved = (await page.$eval(row, (one) => one.getBoundingClientRect().top)) - top;
  expect(Math.abs(moved)).toBeLessThan(3);
}

async function distanceToEnd(page: Page): Promise<number> {
  return page.$eval('.conversation .pane-scroll', (pane) => pane.scrollHeight - pane.scrollTop - pane.clientHeight);
}

/** A picture of this size, in PNG. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.writeUInt16BE(0x0802, 8);
  const rows = Buffer.alloc((width * 3 + 1) * height, 0);
  for (let at = 0; at < rows.length; at += 1) if (at % (width * 3 + 1) !== 0) rows[at] = (at * 7) % 256;
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
