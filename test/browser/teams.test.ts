import { jest } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { createOperator } from '../../sandbox/operator.ts';
import { startPage, type Page as PageServer } from '../../sandbox/page.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import { startTeams } from '../../sandbox/teams/index.ts';
import type { TeamsSandbox } from '../../sandbox/teams/contract.ts';
import { violations, waitForFocus, waitForNone, waitForText } from './panel.ts';
import { startStandInTeamsApp, type StandInTeamsApp } from './stand-in-teams-app.ts';
import {
  atRest,
  click,
  clickLast,
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

// The Teams tab over the local Teams server. What the app does is done by the tests.

/** For a machine that is slow, or has other things to do. */
jest.setTimeout(300_000);

type Json = Readonly<Record<string, unknown>>;

const hostile = '<img src=x onerror=alert(1)>';
const sample = loadCompany();
const company = {
  ...sample,
  people: sample.people.map((person, index) =>
    index === 3 ? { ...person, name: `${hostile} van der Meulen` } : person,
  ),
};
const [ines, tomasz, priya, stranger] = company.people as unknown as [Somebody, Somebody, Somebody, Somebody];
const bot = {
  state: () => 'up' as const,
  on: () => () => undefined,
  kill: () => undefined,
  restart: () => undefined,
  kills: () => 0,
};
const parts = { company, bot, operator: createOperator({ url: () => null, token: '' }) };

interface Somebody {
  readonly slackId: string;
  readonly name: string;
}

let slack: SlackSandbox;
let teams: TeamsSandbox;
let jira: JiraSandbox;
let app: StandInTeamsApp;
let server: PageServer;
let browser: Browser;
let window: Window;

beforeAll(async () => {
  slack = await startSlack({ people: company.people, channels: company.channels, company: company.name });
  teams = await startTeams({
    people: company.people,
    channels: company.channels,
    groups: [{ id: 'lunch', name: 'Lunch and IT', members: [ines, tomasz, stranger].map(({ slackId }) => slackId) }],
    company: company.name,
  });
  app = await startStandInTeamsApp(teams);
  jira = await startJira({ people: company.people, pastTickets: [] });
  server = await startPage({ port: 0, slack, teams, jira, ...parts });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await app?.close();
  await Promise.all([slack?.close(), teams?.close(), jira?.close()]);
});

beforeEach(() => {
  app.told.length = 0;
  app.answer = () => ({});
});

/** The Teams tab, at a chat of this person. */
async function open(as: Somebody, chat: string, options: Readonly<Record<string, unknown>> = {}): Promise<Page> {
  const place = new URLSearchParams({ app: 'teams', as: as.slackId, channel: chat });
  window = await openWindow(browser, { url: `${server.url}/#${place.toString()}`, ...options });
  await window.page.waitForSelector('[data-app="teams"] .conversation .messages');
  return window.page;
}

/** Nothing went wrong in the window that was opened last. */
async function closeCleanly(): Promise<void> {
  await window.close();
  expect(window.problems).toEqual([]);
}

const adaptive = (card: Json) => ({
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: { type: 'AdaptiveCard', version: '1.5', ...card },
});
const words = (text: string) => ({ type: 'TextBlock', text, wrap: true });
const execute = (title: string, verb: string, more: Json = {}) => ({
  type: 'Action.Execute',
  title,
  verb,
  data: { verb, turn: 't1' },
  ...more,
});
const openForm = {
  type: 'Action.Submit',
  title: 'Add details',
  data: { msteams: { type: 'task/fetch' }, verb: 'add' },
};
const citation = (position: number, name: string, url: string) => ({
  '@type': 'Claim',
  position,
  appearance: { '@type': 'DigitalDocument', name, abstract: `What ${name} says.`, url },
});
const fromAi = (...citations: Json[]) => ({
  type: 'https://schema.org/Message',
  '@type': 'Message',
  '@context': 'https://schema.org',
  '@id': '',
  additionalType: ['AIGeneratedContent'],
  citation: citations,
});

/** Presses an action of the last card that has it. */
async function press(page: Page, title: string): Promise<void> {
  await clickLast(page, `.conversation .ac-pushButton::-p-text(${title})`);
}

function lastInvoke(name: string): Json {
  const found = app.told.findLast((activity) => activity['name'] === name);
  if (found === undefined) throw new Error(`the app was not told of ${name}`);
  return found['value'] as Json;
}

/** What the app was told of, once it is. */
async function invoked(name: string): Promise<Json> {
  await until(name, async () => app.told.some((activity) => activity['name'] === name) || undefined);
  return lastInvoke(name);
}

test('two tabs at the top of the sidebar lead from Slack to Teams and back, by the keyboard too', async () => {
  window = await openWindow(browser, { url: `${server.url}/#as=${ines.slackId}` });
  const { page } = window;
  await waitForWords(page, '.app-switch [aria-selected="true"]', 'Slack');
  await page.focus('.app-switch [data-app="slack"]');
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector('[data-app="teams"] .channel-button[data-kind="group"]');
  await waitForFocus(page, '.app-switch [data-app="teams"]');
  await eventually(async () => expect(new URL(page.url()).hash).toContain('app=teams'));
  await eventually(async () => {
    const titles = await page.$$eval('.sidebar-title', (all) => all.map(({ innerText }) => innerText));
    expect(titles).toEqual(['Chat', 'Teams and channels']);
  });

  await page.reload({ waitUntil: 'domcontentloaded' });
  await page.waitForSelector('[data-app="teams"] .channel-button[data-kind="group"]');
  await page.goBack();
  await page.waitForSelector('html[data-app="slack"] .channel-button[data-kind="dm"]');
  await eventually(async () => expect(await page.$$('.sidebar-title')).toHaveLength(2));
  await closeCleanly();
});

test('what comes in the other app is marked on its tab', async () => {
  window = await openWindow(browser, { url: `${server.url}/#as=${priya.slackId}` });
  await app.send(teams.personal(priya.slackId), { text: 'Your laptop is ready.' });
  await window.page.waitForSelector('.app-switch [data-app="teams"] .news-mark');
  await click(window.page, '.app-switch [data-app="teams"]');
  await waitForText(window.page, '.conversation', 'Your laptop is ready.');
  await waitForNone(window.page, '.app-switch .news-mark');
  await closeCleanly();
});

test('a personal chat has no threads: question and answer stand below each other', async () => {
  const chat = teams.personal(ines.slackId);
  const page = await open(ines, chat);
  const ts = await say(page, 'my vpn keeps <b>droping</b> & I am *sad*');
  await until('the message to be delivered', async () => app.told.some(({ type }) => type === 'message') || undefined);
  await app.send(chat, { text: 'Update the **client**.\n\n- one\n- two', textFormat: 'markdown' });
  await page.waitForSelector('.message[data-bot="true"] strong');
  await waitForWords(page, `.message[data-ts="${ts}"] .bubble`, 'my vpn keeps <b>droping</b> & I am *sad*');
  await eventually(async () => {
    const items = await page.$$eval('.message[data-bot="true"] li', (all) => all.map(({ innerText }) => innerText));
    expect(items).toEqual(['one', 'two']);
  });
  expect(await page.$('.thread')).toBeNull();
  await closeCleanly();
});

test('an answer of an AI is labelled, its numbers name their sources, and it takes a rating with words', async () => {
  const chat = teams.personal(tomasz.slackId);
  const page = await open(tomasz, chat);
  const url = 'https://wiki.example.com/vpn';
  const id = await app.send(chat, {
    text: 'Update the VPN client to 5.2 [1] and see [2], not [3].',
    textFormat: 'markdown',
    entities: [fromAi(citation(1, 'VPN on macOS', url), citation(2, hostile, 'javascript:alert(1)'))],
    channelData: { feedbackLoop: { type: 'default' } },
  });
  await page.waitForSelector('.citation');
  await waitForText(page, '.conversation', 'AI generated');
  await eventually(async () => {
    const numbers = await page.$$eval('.citation', (all) => all.map(({ innerText }) => innerText.trim()));
    expect(numbers).toEqual(['1', '2']);
  });
  await page.hover('.citation');
  await page.waitForSelector('.citation-card ::-p-text(What VPN on macOS says.)');
  await page.waitForSelector(`.citation-card a[href="${url}"]`);
  await page.mouse.move(0, 0);
  await waitForNone(page, '.citation-card');
  await page.focus('.citation[aria-label^="Source 2"]');
  await waitForText(page, '.citation-card', hostile);
  expect(await page.$('.citation-card a')).toBeNull();
  await page.keyboard.press('Escape');
  await waitForNone(page, '.citation-card');

  await click(page, '.thumb[title="Dislike"]');
  await page.waitForSelector('.feedback-form textarea');
  await page.type('.feedback-form textarea', 'wrong article');
  await click(page, '.feedback-form [type="submit"]');
  const { actionName, actionValue } = await invoked('message/submitAction');
  expect({ actionName, actionValue }).toEqual({
    actionName: 'feedback',
    actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"wrong article"}' },
  });
  expect(app.told.findLast((activity) => activity['name'] === 'message/submitAction')?.['replyToId']).toBe(id);
  await waitForText(page, '.feedback', 'Thank you for your feedback.');
  await page.waitForSelector('.thumb.is-given[title^="Dislike"]');
  await closeCleanly();
});

test('a press tells the app of the action and the fields; the card that it answers with takes the place of the old one', async () => {
  const chat = teams.personal(ines.slackId);
  const page = await open(ines, chat);
  const id = await app.send(chat, {
    attachments: [
      adaptive({
        body: [words('Did it **help**?'), { type: 'Input.Text', id: 'why', label: 'Why?' }],
        actions: [execute('Solved', 'solved', { style: 'positive' }), execute('Get a human', 'get-human')],
      }),
    ],
  });
  await page.waitForSelector('.message:last-of-type .ac-textBlock strong');
  await page.type('.message:last-of-type [data-input="why"]', 'it works');
  app.answer = () => ({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: { type: 'AdaptiveCard', version: '1.5', body: [words('✅ Solved')] },
  });
  await press(page, 'Solved');
  await waitForText(page, '.message:last-of-type', '✅ Solved');
  await waitForNone(page, '.message:last-of-type .ac-pushButton');
  expect(lastInvoke('adaptiveCard/action')['action']).toMatchObject({
    verb: 'solved',
    data: { verb: 'solved', turn: 't1', why: 'it works' },
  });

  await app.update(chat, id, { attachments: [adaptive({ body: [words('Solved by Inês')] })] });
  await waitForText(page, '.message:last-of-type', 'Solved by Inês');
  await closeCleanly();
});

test('a refusal is a line for who pressed; a failure is what Teams says; the buttons stay', async () => {
  const chat = teams.personal(ines.slackId);
  const page = await open(ines, chat);
  await app.send(chat, { attachments: [adaptive({ body: [words('Yours?')], actions: [execute('Close', 'close')] })] });
  app.answer = () => ({
    statusCode: 200,
    type: 'application/vnd.microsoft.activity.message',
    value: 'Only the person who asked can close this.',
  });
  await press(page, 'Close');
  await waitForText(page, '.message:last-of-type', 'Only the person who asked can close this.');
  app.answer = () => null;
  await press(page, 'Close');
  await waitForText(page, '.message:last-of-type', 'Something went wrong. Please try again.');
  await eventually(async () => expect(await page.$$('.message:last-of-type .ac-pushButton')).toHaveLength(1));
  await closeCleanly();
});

const form = {
  task: {
    type: 'continue',
    value: {
      title: 'Details for IT',
      height: 'medium',
      width: 'medium',
      card: adaptive({
        body: [
          words('What you add stands in the ticket.'),
          {
            type: 'Input.Text',
            id: 'what',
            label: 'What happened?',
            isMultiline: true,
            isRequired: true,
            errorMessage: 'Please say it',
          },
          {
            type: 'Input.ChoiceSet',
            id: 'how',
            label: 'How urgent?',
            value: 'normal',
            choices: [
              { title: 'Normal', value: 'normal' },
              { title: 'I cannot work', value: 'high' },
            ],
          },
        ],
        actions: [{ type: 'Action.Submit', title: 'Send', data: { turn: 't1' } }],
      }),
    },
  },
};

test('a dialog opens, asks for what it must have, is sent, says what the app says, and gives the focus back', async () => {
  const chat = teams.personal(ines.slackId);
  const page = await open(ines, chat);
  await app.send(chat, { attachments: [adaptive({ body: [words('A person will look.')], actions: [openForm] })] });
  app.answer = () => form;
  await press(page, 'Add details');
  await page.waitForSelector('.modal [data-input="what"]');
  await waitForFocus(page, '.modal [data-input="what"]');
  expect(await violations(page, '.modal')).toEqual([]);
  await click(page, '.modal .ac-pushButton');
  await waitForText(page, '.modal', 'Please say it');
  expect(app.told.some(({ name }) => name === 'task/submit')).toBe(false);

  await page.type('.modal [data-input="what"]', 'It fell down');
  await page.select('.modal [data-input="how"]', 'high');
  app.answer = () => null;
  await click(page, '.modal .ac-pushButton');
  await waitForText(page, '.modal', 'Something went wrong. Please try again.');
  app.answer = () => ({ task: { type: 'message', value: 'Thank you, it is in the ticket.' } });
  await click(page, '.modal .ac-pushButton');
  await waitForText(page, '.modal', 'Thank you, it is in the ticket.');
  expect(lastInvoke('task/submit')['data']).toEqual({ turn: 't1', what: 'It fell down', how: 'high' });
  await page.keyboard.press('Enter');
  await waitForNone(page, '.modal');
  await waitForFocus(page, '.conversation .ac-pushButton');
  await closeCleanly();
});

test('the message action opens its form on any message', async () => {
  const chat = teams.personal(ines.slackId);
  const page = await open(ines, chat);
  const ts = await say(page, 'the printer on floor 3 is dead');
  app.answer = () => form;
  await choose(page, ts, 'Create IT ticket');
  await page.waitForSelector('.modal [data-input="what"]');
  expect(lastInvoke('composeExtension/fetchTask')).toMatchObject({
    commandId: 'createTicket',
    commandContext: 'message',
  });
  await page.keyboard.press('Escape');
  await waitForNone(page, '.modal');
  await closeCleanly();
});

test('a reply in a chat quotes its message', async () => {
  const chat = teams.chatOf('lunch');
  const first = await teams.say({ as: tomasz.slackId, chat, text: 'does anybody have a dock?' });
  const page = await open(ines, chat);
  const quoted = `.message[data-ts="${first.slice(0, -3)}.${first.slice(-3)}000"]`;
  await page.hover(quoted);
  await click(page, `${quoted} [aria-label="Reply"]`);
  await waitForText(page, '.quoted.is-writing', 'does anybody have a dock?');
  const ts = await say(page, 'yes, at my desk');
  await waitForText(page, `.message[data-ts="${ts}"] .quoted`, 'does anybody have a dock?');
  await waitForNone(page, '.quoted.is-writing');
  expect(teams.messages(chat).at(-1)?.quotes).toBe(first);
  await closeCleanly();
});

test('a channel has threads; a mention of the app opens one', async () => {
  const page = await open(ines, teams.chatOf(channelSeed('it-help')));
  await openConversation(page, 'it-help');
  const ts = await say(page, '@Firstline my vpn keeps dropping');
  await page.waitForSelector(`.thread .message[data-ts="${ts}"]`);
  const id = `${ts.slice(0, 10)}${ts.slice(11, 14)}`;
  await app.send(teams.chatOf(channelSeed('it-help')), { text: 'In the thread.' }, id);
  await waitForText(page, '.thread', 'In the thread.');
  await waitForText(page, '.conversation', '1 reply');
  await closeCleanly();
});

test('one sees that the app is typing, until it has written', async () => {
  const chat = teams.personal(ines.slackId);
  const page = await open(ines, chat);
  await app.send(chat, { type: 'typing' });
  await waitForText(page, '.status-line', 'Firstline is typing…');
  await app.send(chat, { text: 'There.' });
  await waitForNone(page, '.status-words');
  await closeCleanly();
});

test('own messages are edited and deleted, and messages are reacted to', async () => {
  const chat = teams.personal(priya.slackId);
  const page = await open(priya, chat);
  const ts = await say(page, 'frist');
  const row = `.message[data-ts="${ts}"]`;
  await page.hover(row);
  await click(page, `${row} [aria-label="Edit message"]`);
  await page.waitForSelector(`${row} textarea:focus`);
  await page.$eval(`${row} textarea`, (field) => field.select());
  await page.keyboard.type('first');
  await page.keyboard.press('Enter');
  await waitForText(page, row, 'Edited');
  await waitForWords(page, `${row} .bubble .typed`, 'first');

  await page.hover(row);
  await click(page, `${row} [aria-label="Like"]`);
  await waitForText(page, `${row} .reactions`, '👍');
  await click(page, `${row} [aria-label="Delete message"]`);
  await click(page, `${row} .is-danger::-p-text(Delete)`);
  await waitForText(page, row, 'This message was deleted.');
  await closeCleanly();
});

test('a picture in a message is shown, and opens; one from elsewhere is not fetched', async () => {
  const chat = teams.personal(priya.slackId);
  const page = await open(priya, chat);
  const png = Buffer.from(await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 20 } })).toString('base64');
  await app.send(chat, {
    attachments: [
      { contentType: 'image/png', contentUrl: `data:image/png;base64,${png}`, name: 'keys.png' },
      { contentType: 'image/png', contentUrl: 'https://evil.example/p.png', name: 'p.png' },
    ],
  });
  await waitForText(page, '.message:last-of-type', 'cannot be shown here');
  await click(page, '.message:last-of-type .thumbnail');
  await waitForText(page, '.lightbox', 'keys.png');
  await page.waitForFunction("document.querySelector('.lightbox img').naturalWidth === 40");
  await closeCleanly();
});

test('hostile names, texts and cards stay text', async () => {
  const chat = teams.personal(stranger.slackId);
  const page = await open(stranger, chat);
  await say(page, `${hostile} [x](javascript:alert(1)) <script>alert(1)</script>`);
  await app.send(chat, { text: `${hostile} [x](javascript:alert(1)) <at>${hostile}</at>`, textFormat: 'markdown' });
  await app.send(chat, {
    text: `<p onclick="alert(1)">${hostile}<a href="javascript:alert(1)">x</a></p>`,
    textFormat: 'xml',
  });
  await app.send(chat, {
    attachments: [
      adaptive({
        body: [
          words(`${hostile} [x](javascript:alert(1)) ![p](https://evil.example/p.png)`),
          { type: 'Image', url: 'https://evil.example/p.png', altText: 'a pixel' },
          { type: 'Media', sources: [{ mimeType: 'video/mp4', url: 'https://evil.example/v.mp4' }] },
          { type: 'FactSet', facts: [{ title: hostile, value: hostile }] },
          { type: 'Input.ChoiceSet', id: 'c', label: hostile, choices: [{ title: hostile, value: 'a' }] },
        ],
        backgroundImage: 'https://evil.example/b.png',
        actions: [{ type: 'Action.OpenUrl', title: hostile, url: 'javascript:alert(1)' }],
      }),
    ],
  });
  await waitForText(page, '.conversation', 'Picture: a pixel');
  // of a picture in Markdown its address is left, to be followed by who wants to
  await eventually(async () => {
    const links = await page.$$eval('.conversation a', (all) => all.map(({ href }) => href));
    expect(links).toEqual(['https://evil.example/p.png']);
  });
  expect(await page.$$('.conversation img, .conversation script, .conversation video')).toEqual([]);
  await press(page, hostile);
  await atRest(page);
  expect(await page.browserContext().pages()).toHaveLength(1);
  await closeCleanly();
});

test.each([
  ['light', false],
  ['dark', true],
])('axe-core has nothing against it (%s)', async (name, dark) => {
  const chat = teams.chatOf('lunch');
  await app.send(chat, {
    text: 'Update the VPN client to 5.2, see [the guide](https://wiki.example.com/vpn) [1].',
    textFormat: 'markdown',
    entities: [fromAi(citation(1, 'VPN on macOS', 'https://wiki.example.com/vpn'))],
    channelData: { feedbackLoop: { type: 'default' } },
  });
  await app.send(chat, {
    attachments: [
      adaptive({
        body: [
          { ...words('**From:** [VPN on macOS](https://wiki.example.com/vpn)'), size: 'Medium' },
          { ...words('Checked a minute ago'), isSubtle: true, size: 'Small' },
          { type: 'FactSet', facts: [{ title: 'Ticket', value: 'IT-42' }] },
          { type: 'Input.Text', id: `note-${name}`, label: 'Note' },
        ],
        actions: [
          execute('Solved', 'solved', { style: 'positive' }),
          execute('Discard', 'discard', { style: 'destructive' }),
          execute('Get a human', 'get-human'),
        ],
      }),
    ],
  });
  const page = await open(ines, chat, { dark });
  await page.waitForSelector('.message:last-of-type .ac-pushButton');
  await page.waitForSelector('.citation');
  expect(await violations(page, '#app')).toEqual([]);
  await screenshot(page, `teams-${name}-1440`);
  await page.setViewport({ width: 400, height: 800 });
  await screenshot(page, `teams-${name}-400`);
  expect(await violations(page, '#app')).toEqual([]);
  await closeCleanly();
});

/** Chooses an item of a message's menu. */
async function choose(page: Page, ts: string, item: string): Promise<void> {
  const row = `.message[data-ts="${ts}"]`;
  await page.hover(row);
  await click(page, `${row} [title="More actions"]`);
  await click(page, `.menu-item::-p-text(${item})`);
}

function channelSeed(name: string): string {
  return company.channels.find((channel) => channel.name === name)?.id ?? '';
}
