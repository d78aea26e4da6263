import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import {
  actAs,
  askInChannel,
  askInDm,
  backToBoard,
  botReplies,
  followLinkToThread,
  openBrowser,
  openConversation,
  openIssue,
  openThread,
  openWindow,
  press,
  screenshot,
  threadLinks,
  ticketsToDo,
  turnFault,
  until,
  waitForNewTicket,
  waitForReply,
  type Window,
} from './steps.ts';

// The real program, started as `npm start` does it, watched and used through its page alone.

const vpnTitle = "VPN keeps dropping or won't reconnect";
const vpnArticle = 'https://wiki.brindlow.example/it/vpn-keeps-dropping';
const startTimeoutMs = 180_000;
const storyTimeoutMs = 120_000;

let folder: string;
let sandbox: Sandbox;
let browser: Browser;
let window: Window;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-browser-'));
  const program = path.resolve('src/main.ts');
  const [port, botPort] = [await freePort(), await freePort()];
  sandbox = await startSandbox({
    port,
    botPort,
    folder,
    reset: true,
    program,
    say: () => undefined,
  });
  browser = await openBrowser();
}, startTimeoutMs);

afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  rmSync(folder, { recursive: true, force: true });
}, startTimeoutMs);

beforeEach(async () => {
  window = await openWindow(browser, { url: sandbox.page.url });
});

afterEach(async () => {
  const { problems } = window;
  await window.close();
  expect(problems).toEqual([]);
});

test(
  'a misspelt question in a DM gets the steps of the article, with its link',
  async () => {
    const { page } = window;
    await actAs(page, 'Inês Carvalho');
    const before = await ticketsToDo(page);
    await screenshot(page, 'what-to-try');
    await askInDm(page, 'my vpn keeps droping');
    const answer = await waitForReply(page, ['Quit Brindlow Connect', 'VPN keeps dropping']);
    expect(answer).toContain('Get a human');
    expect(await threadLinks(page)).toContain(vpnArticle);
    expect(await botReplies(page)).toHaveLength(1);
    expect(await ticketsToDo(page)).toEqual(before);
    await screenshot(page, 'answered');
  },
  storyTimeoutMs,
);

test(
  'what no article answers becomes one ticket with the transcript, its key in the thread and a link back',
  async () => {
    const { page } = window;
    await actAs(page, 'Tomasz Wiśniewski');
    const before = await ticketsToDo(page);
    const question = 'what is the wifi password of the moon office';
    const ts = await askInDm(page, question);
    const key = await waitForNewTicket(page, before);
    await waitForReply(page, [key]);
    const issue = await openIssue(page, key);
    expect(issue).toContain(question);
    expect(issue).toContain('Tomasz Wiśniewski');
    await page.waitForSelector('.remote-links a');
    await screenshot(page, 'ticket');

    // somebody else follows the link back into a conversation that is not theirs
    await actAs(page, 'Inês Carvalho');
    await followLinkToThread(page, ts);
    await backToBoard(page);
    expect(await ticketsToDo(page)).toEqual([key, ...before]);
  },
  storyTimeoutMs,
);

test(
  'Get a human on an answer makes a ticket, once',
  async () => {
    const { page } = window;
    await actAs(page, 'Priya Raghunathan');
    const before = await ticketsToDo(page);
    await askInDm(page, 'my vpn keeps droping');
    await waitForReply(page, [vpnTitle]);
    await press(page, 'Get a human');
    const key = await waitForNewTicket(page, before);
    await waitForReply(page, [key]);
    expect(await openIssue(page, key)).toContain('my vpn keeps droping');
    await until('the buttons to be gone', async () => (await page.$('.thread .kit-button')) === null || undefined);
    await screenshot(page, 'get-a-human');
    await backToBoard(page);
    expect(await ticketsToDo(page)).toEqual([key, ...before]);
  },
  storyTimeoutMs,
);

test(
  'the same event delivered five times makes one answer and one ticket',
  async () => {
    const { page } = window;
    await actAs(page, "Siobhán O'Reilly");
    await turnFault(page, 'Deliver events five times');
    const before = await ticketsToDo(page);
    const delivered = sandbox.slack.deliveries.length;
    const asked = await askInChannel(page, 'it-help', 'my vpn keeps droping');
    await waitForReply(page, [vpnTitle]);
    await askInDm(page, 'who waters the ferns on the second moon of saturn');
    const key = await waitForNewTicket(page, before);
    await waitForReply(page, [key]);
    await until('five deliveries of every event', async () => {
      const copies = copiesSince(delivered);
      return (copies.length >= 2 && copies.every((count) => count === 5)) || undefined;
    });
    await turnFault(page, 'Deliver events five times');

    expect(await botReplies(page)).toHaveLength(1);
    expect(await ticketsToDo(page)).toEqual([key, ...before]);
    await openConversation(page, 'it-help');
    await openThread(page, asked);
    expect(await botReplies(page)).toHaveLength(1);
    await screenshot(page, 'delivered-five-times');
  },
  storyTimeoutMs,
);

test(
  'an answered thread fits into every window, light and dark, and nothing sticks out',
  async () => {
    await actAs(window.page, 'Duarte Antunes');
    await askInDm(window.page, 'my vpn keeps droping');
    await waitForReply(window.page, [vpnTitle]);
    const url = window.page.url();
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [400, 800],
    ] as const) {
      for (const dark of [false, true]) {
        const other = await openWindow(browser, { url, width, height, dark });
        await waitForReply(other.page, [vpnTitle]);
        await screenshot(other.page, `thread-${width}-${dark ? 'dark' : 'light'}`);
        const tooWide = await other.page.$eval('html', ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
        expect({ width, dark, tooWide, problems: other.problems }).toEqual({
          width,
          dark,
          tooWide: false,
          problems: [],
        });
        await other.close();
      }
    }
  },
  storyTimeoutMs,
);

/** How often each event since then was sent to the bot. */
function copiesSince(count: number): number[] {
  const events = sandbox.slack.deliveries.slice(count).filter(({ kind }) => kind === 'event');
  return [...Map.groupBy(events, ({ id }) => id).values()].map(({ length }) => length);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
