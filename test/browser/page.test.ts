import { jest } from '@jest/globals';
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { createOperator } from '../../sandbox/operator.ts';
import { startPage, type Page as PageServer } from '../../sandbox/page.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import { askInDm, eventually, openBrowser, openConversation, openWindow, say, screenshot, until } from './steps.ts';

// The page over the local Slack and Jira, without the bot: what the app posts is posted by the tests.

/** For a machine that is slow, or has other things to do. */
jest.setTimeout(300_000);

const company = loadCompany();
const [person, colleague] = company.people;
const bot = {
  state: () => 'up' as const,
  on: () => () => undefined,
  kill: () => undefined,
  restart: () => undefined,
  kills: () => 0,
};
const operator = createOperator({ url: () => null, token: '' });

let slack: SlackSandbox;
let jira: JiraSandbox;
let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  const channels = company.channels.map((channel) => ({ ...channel, isPrivate: channel.private }));
  slack = await startSlack({ people: company.people, channels, company: company.name });
  jira = await startJira({ people: company.people, pastTickets: company.tickets });
  server = await startPage({ port: 0, slack, jira, company, bot, operator });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await Promise.all([slack.close(), jira.close()]);
});

async function post(body: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json; charset=utf-8' };
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}

test('markup in messages, blocks and names stays text, and only safe links can be followed', async () => {
  const { page, problems, close } = await openWindow(browser, { url: server.url });
  const hostile = '<img src=x onerror=alert(1)><script>alert(1)</script>';
  const escaped = hostile.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const ts = await askInDm(page, hostile);
  await post({
    channel: slack.dm(person!.slackId),
    thread_ts: ts,
    text: 'blocks',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${escaped}* <https://wiki.example/a|a wiki>` } },
      {
        type: 'markdown',
        text: `# ${hostile}\n\n[no](javascript:alert(1)) [yes](https://wiki.example/b) ![x](https://wiki.example/c.png)`,
      },
      { type: 'context', elements: [{ type: 'plain_text', text: hostile }] },
    ],
  });
  await page.waitForSelector('.thread .message[data-bot="true"] .markdown');
  const read = () =>
    page.$eval('.thread', (pane) => ({
      text: pane.innerText as string,
      made: pane.querySelectorAll('script, img, iframe').length as number,
      links: [...pane.querySelectorAll('a')].map(({ href, rel }: { href: string; rel: string }) => [href, rel]),
    }));
  // the browser tells the text of what it has drawn, and draws a message a frame after it is there
  await eventually(async () => expect((await read()).text.split(hostile)).toHaveLength(5));
  const thread = await read();
  expect(thread.made).toBe(0);
  expect(thread.links).toEqual([
    ['https://wiki.example/a', 'noopener noreferrer'],
    ['https://wiki.example/b', 'noopener noreferrer'],
    ['https://wiki.example/c.png', 'noopener noreferrer'],
  ]);
  expect(problems).toEqual([]);
  await close();
});

test('a message of a colleague in another channel is marked unread until the channel is opened', async () => {
  const { page, close } = await openWindow(browser, { url: server.url });
  const general = company.channels.find(({ name }) => name === 'general')!;
  await slack.say({ as: colleague!.slackId, channel: general.id, text: 'cake in the kitchen' });
  await page.waitForSelector(`[data-channel="${general.id}"].is-unread .unread`);
  await openConversation(page, 'general');
  await page.waitForSelector('.conversation ::-p-text(cake in the kitchen)');
  await openConversation(page, 'random');
  await page.waitForSelector(`[data-channel="${general.id}"]:not(.is-unread)`);
  await close();
});

test('what was said after the page was loaded and before it listened is seen', async () => {
  const general = company.channels.find(({ name }) => name === 'general')!;
  await slack.say({ as: colleague!.slackId, channel: general.id, text: 'said before' });
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const listening = Promise.withResolvers<HTTPRequest>();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (request.url().endsWith('/api/events')) listening.resolve(request);
    else void request.continue();
  });
  await page.goto(server.url, { waitUntil: 'domcontentloaded' });
  await openConversation(page, 'general');
  await page.waitForSelector('.conversation .message ::-p-text(said before)');
  await slack.say({ as: colleague!.slackId, channel: general.id, text: 'said meanwhile' });
  await (await listening.promise).continue();
  await page.waitForSelector('.conversation .message ::-p-text(said meanwhile)');
  await context.close();
});

test("one's own message is edited and deleted by keyboard alone", async () => {
  const { page, close } = await openWindow(browser, { url: server.url });
  await openConversation(page, 'random');
  const ts = await say(page, 'lost a glov');
  const message = `.conversation .message[data-ts="${ts}"]`;
  await page.focus(message);
  await page.waitForSelector(`${message} [aria-label="Edit message"]`);
  await page.focus(`${message} [aria-label="Edit message"]`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${message} textarea`);
  await page.keyboard.type('e');
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${message} .edited`);
  await page.waitForSelector(`${message} .message-body ::-p-text(lost a glove)`);

  await page.focus(`${message} [aria-label="Delete message"]`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`${message} .is-asking`);
  await page.keyboard.down('Shift');
  await page.keyboard.press('Tab');
  await page.keyboard.up('Shift');
  await page.keyboard.press('Enter');
  await until('the message to be gone', async () => (await page.$(message)) === null || undefined);
  await close();
});

test('when the server is gone the page says so, keeps what was typed, and goes on when it is back', async () => {
  const { page, close } = await openWindow(browser, { url: server.url });
  const { port } = new URL(server.url);
  await openConversation(page, 'it-help');
  await page.type('.conversation textarea', 'half a question');
  await server.close();
  await page.waitForSelector('.bar.is-warning');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.composer-area .problem');
  await screenshot(page, 'server-gone');
  const draft = () => page.$eval('.conversation textarea', ({ value }) => value);
  await eventually(async () => expect(await draft()).toBe('half a question'));

  server = await startPage({ port: Number(port), slack, jira, company, bot, operator });
  await until('the bar to be gone', async () => (await page.$('.bar.is-warning')) === null || undefined);
  await eventually(async () => expect(await draft()).toBe('half a question'));
  await page.focus('.conversation textarea');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.conversation .message ::-p-text(half a question)');
  await eventually(async () => expect(await draft()).toBe(''));
  await close();
});
