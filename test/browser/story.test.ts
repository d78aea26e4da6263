import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { createOperator, type TrailDecision, type TrailJob, type TrailTurn } from '../../sandbox/operator.ts';
import { startPage, type Page as PageServer } from '../../sandbox/page.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import {
  article,
  botTurn,
  jobOf,
  judged,
  operatorToken,
  saidTurn,
  startStandIn,
  type StandIn,
  trailOf,
  unsearched,
} from '../sandbox/stand-in-operator.ts';
import { atRest, click, eventually, openBrowser, openWindow, screenshot, until } from './steps.ts';

// The panel over the local Slack and Jira; what the program recorded is told by a stand-in.

const company = loadCompany();
const person = company.people[0]!;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// a page that is opened, looked over by axe and drawn takes its time where others work too
jest.setTimeout(300_000);

let slack: SlackSandbox;
let jira: JiraSandbox;
let program: StandIn;
let server: PageServer;
let browser: Browser;
let programUrl: string | null;
const watchers = new Set<(state: 'up' | 'down') => void>();

beforeAll(async () => {
  const channels = company.channels.map((channel) => ({ ...channel, isPrivate: channel.private }));
  slack = await startSlack({ people: company.people, channels, company: company.name });
  jira = await startJira({ people: company.people });
  program = await startStandIn();
  programUrl = program.url;
  slack.connectApp(`${program.url}/slack/events`);
  const bot = {
    state: () => (programUrl === null ? ('down' as const) : ('up' as const)),
    on(listener: (state: 'up' | 'down') => void) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    kill: () => undefined,
    restart: () => undefined,
    kills: () => 0,
  };
  const operator = createOperator({ url: () => programUrl, token: operatorToken });
  server = await startPage({ port: 0, slack, jira, company, bot, operator });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await Promise.all([slack.close(), jira.close(), program.close()]);
});

/** Says it in the person's DM; resolves when the bot has been told. */
async function said(
  text: string,
  { threadTs, channel = slack.dm(person.slackId) }: { threadTs?: string; channel?: string } = {},
): Promise<{ ts: string; eventId: string }> {
  const thread = threadTs === undefined ? {} : { threadTs };
  const ts = await slack.say({ as: person.slackId, channel, text, ...thread });
  const eventId = await until(
    'the event to be delivered',
    async () => slack.deliveries.find(({ about }) => about?.ts === ts)?.id,
  );
  return { ts, eventId };
}

async function callSlack(method: string, body: Readonly<Record<string, unknown>>): Promise<string> {
  const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json; charset=utf-8' };
  const response = await fetch(slack.apiUrl + method, { method: 'POST', headers, body: JSON.stringify(body) });
  const { ok, ts } = (await response.json()) as { ok: boolean; ts?: string };
  expect(ok).toBe(true);
  return ts ?? '';
}

/** As the program posts what a turn says. */
function postTurn(thread: string, turnId: string, text: string): Promise<string> {
  const metadata = { event_type: 'firstline_turn', event_payload: { turn_id: turnId } };
  return callSlack('chat.postMessage', { channel: slack.dm(person.slackId), thread_ts: thread, text, metadata });
}

async function createIssue(conversation: string): Promise<{ status: number; key: string | null }> {
  const authorization = `Basic ${Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64')}`;
  const fields = { project: { key: jira.projectKey }, issuetype: { name: 'Task' }, summary: 'Moon cheese' };
  const response = await fetch(`${jira.url}/rest/api/3/issue`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ fields, properties: [{ key: 'firstline', value: { conversation } }] }),
  });
  return { status: response.status, key: response.ok ? ((await response.json()) as { key: string }).key : null };
}

/** The trail of a conversation about this first message, as the program keeps it. */
async function conversation(
  text: string,
  decision: TrailDecision,
  further: (
    at: (ms: number) => string,
  ) => Promise<{ jobs?: TrailJob[]; turns?: TrailTurn[]; ticket?: string | null; name?: string }> = async () => ({}),
): Promise<string> {
  const { ts, eventId } = await said(text);
  const from = Date.now();
  const at = (ms: number) => new Date(from + ms).toISOString();
  const { jobs = [], turns = [], ticket = null, name } = await further(at);
  const trail = trailOf({
    turns: [
      { ...saidTurn({ id: '1', recordedAt: at(0), ts, text }), messageId: `T1/D1/${ts}` },
      botTurn({ id: '2', recordedAt: at(40), decision }),
      ...turns,
    ],
    events: [{ id: `slack/${eventId}`, receivedAt: at(0), turnId: '1' }],
    jobs: [jobOf({ id: 'answer', name: 'answer', sentAt: at(0), startedAt: at(4), endedAt: at(41) }), ...jobs],
    ticket: ticket === null ? null : { reason: 'unsure', key: ticket, url: `${jira.url}/browse/${ticket}` },
  });
  program.trails.set(ts, {
    ...trail,
    conversation: { ...trail.conversation, ...(name === undefined ? {} : { name }) },
  });
  return ts;
}

async function openStory(
  ts: string,
  { channel = slack.dm(person.slackId), ...look }: { width?: number; dark?: boolean; channel?: string } = {},
): Promise<Awaited<ReturnType<typeof openWindow>>> {
  const story = `${channel}/${ts}`;
  const place = new URLSearchParams({ as: person.slackId, channel, panel: 'story', view: 'panel', story });
  const opened = await openWindow(browser, { url: `${server.url}/#${place.toString()}`, ...look });
  const { page } = opened;
  await page.waitForSelector('.story [data-story], .story [role="alert"]', { visible: true });
  return opened;
}

async function violations(page: Page): Promise<string[]> {
  await atRest(page);
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await Object(globalThis).axe.run('.story');
    return found.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`);
  });
}

function words(page: Page): Promise<string> {
  return page.$eval('.story', ({ innerText }) => innerText as string);
}

/** Waits until the panel says all of it. */
async function says(page: Page, ...parts: readonly string[]): Promise<void> {
  await eventually(async () => {
    const said = await words(page);
    expect(parts.filter((part) => !said.includes(part))).toEqual([]);
  });
}

const answer = judged(0.9934, { kind: 'answer', quote: 'Quit **Connect** and open it again.', citations: [article] });

test('an answered question shows why: what was found, how sure it is, and what it takes', async () => {
  const ts = await conversation('my vpn keeps droping', answer, async (at) => ({
    jobs: [
      jobOf({ id: 'deliver', name: 'deliver', sentAt: at(40), startedAt: at(44), endedAt: at(90), turnIds: ['2'] }),
    ],
  }));
  await postTurn(ts, '2', 'Quit Connect and open it again.');
  const { page, problems, close } = await openStory(ts);
  await says(
    page,
    'Answered: confidence 99 % is above the 96 % that an answer needs.',
    'Slack tells Firstline of the message',
    'Read as: droping →',
    'My VPN keeps dropping',
    'Not for everybody',
    'Quoted',
    'chat.postMessage',
    '200 OK',
  );
  await eventually(async () => {
    expect(await page.$eval('[role="meter"]', (meter) => meter.getAttribute('aria-valuetext'))).toBe(
      '99 %: enough to answer. Links are offered from 54 %, an answer is given from 96 %.',
    );
  });
  await screenshot(page, 'story-answered');
  expect(await violations(page)).toEqual([]);
  await click(page, '.story-passages a');
  await page.waitForSelector('[data-panel="knowledge"]');
  expect(problems).toEqual([]);
  await close();
});

test('a question that goes to a person shows each try that Jira refused', async () => {
  const name = '5d3a6f0e-1c7b-4e1f-8f52-9f6a0e4b7c11';
  const unsure = judged(0.13, { kind: 'escalate', reason: 'unsure' });
  const ts = await conversation('what colour is the moon cheese form', unsure, async (at) => {
    await until('the decision to be made', async () => Date.now() > Date.parse(at(40)) || undefined);
    jira.faults.set({ match: '/issue', kind: 'status', status: 503, times: 1 });
    jira.faults.set({ match: '/issue', kind: 'drop', times: 1 });
    expect(await createIssue(name)).toMatchObject({ status: 503 });
    await createIssue(name).catch(() => null);
    const { key } = await createIssue(name);
    const news = unsearched({ kind: 'report', news: 'ticket-open', reason: 'unsure' });
    return {
      name,
      ticket: key,
      jobs: [
        jobOf({ id: 'escalate', name: 'escalate', sentAt: at(40), startedAt: at(2000), endedAt: at(5000), tries: 3 }),
        jobOf({
          id: 'link',
          name: 'link',
          sentAt: at(5000),
          startedAt: null,
          endedAt: null,
          state: 'retrying',
          tries: 2,
          error: 'jira create link: 503',
        }),
      ],
      turns: [botTurn({ id: '3', recordedAt: at(5000), decision: news })],
    };
  });
  const { page, problems, close } = await openStory(ts);
  await says(
    page,
    'Handed over: confidence 13 % is below the 54 % that even a link needs. IT-',
    'Opens a ticket in Jira',
    '3 tries',
    '503 Unavailable',
    'No answer',
    '201 Created',
    'Told the thread that the ticket is open.',
    'trying again soon',
    'jira create link: 503',
  );
  await eventually(async () => expect((await words(page)).match(/Tried again after/g)).toHaveLength(2));
  await page.$eval('.story-request', (row) => row.scrollIntoView({ block: 'center' }));
  await screenshot(page, 'story-handed-over');
  expect(await violations(page)).toEqual([]);
  await click(page, '.story-verdict a');
  await page.waitForSelector('[data-issue-open]');
  expect(problems).toEqual([]);
  await close();
});

test('offered links at 400 pixels in the dark', async () => {
  const ts = await conversation('the printer says paper', judged(0.91, { kind: 'suggest', citations: [article] }));
  const { page, problems, close } = await openStory(ts, { width: 400, dark: true });
  await says(page, 'Offered links: confidence 91 % is below the 96 %');
  await screenshot(page, 'story-suggested-400-dark');
  expect(await page.$eval('.story', (story) => story.scrollWidth <= story.clientWidth)).toBe(true);
  expect(await page.$eval('.story-scroll', (scroll) => scroll.scrollWidth <= scroll.clientWidth)).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.$eval('.story-gauge', (gauge) => gauge.scrollIntoView({ block: 'start' }));
  await screenshot(page, 'story-suggested-400-dark-gauge');
  expect(problems).toEqual([]);
  await close();
});

test('talk of which nothing is kept says so', async () => {
  const general = company.channels.find(({ name }) => name === 'it-help')!.id;
  const { ts } = await said('cake in the kitchen', { channel: general });
  const { page, close } = await openStory(ts, { channel: general });
  await says(
    page,
    'Firstline has kept nothing of this message',
    'What colleagues say to each other is not stored.',
    'Taken, and not kept.',
  );
  await screenshot(page, 'story-not-stored');
  expect(await violations(page)).toEqual([]);
  await close();
});

test('while the bot is down nothing can be told, and it fills in when the bot is back', async () => {
  const ts = await conversation('my vpn keeps droping again', answer);
  programUrl = null;
  const { page, close } = await openStory(ts, { dark: true });
  await page.waitForSelector('[data-story="unavailable"]');
  await screenshot(page, 'story-unavailable-dark');
  expect(await violations(page)).toEqual([]);
  programUrl = program.url;
  for (const tell of watchers) tell('up');
  await page.waitForSelector('[data-story="told"] .story-verdict.is-good');
  await close();
});

test('what happens further is shown at once, and leaves open what was opened', async () => {
  const ts = await conversation('my vpn keeps droping still', answer);
  const { page, problems, close } = await openStory(ts);
  await click(page, '.story-more summary');
  await page.waitForSelector('.story-more[open]');
  await page.$eval('.story-scroll', (scroll) => scroll.scrollTo(0, 300));
  const second = await said('still drops', { threadTs: ts });
  const trail = program.trails.get(ts)!;
  const now = new Date().toISOString();
  const turn = {
    ...saidTurn({ id: '3', recordedAt: now, ts: second.ts, text: 'still drops' }),
    messageId: `T1/D1/${second.ts}`,
  };
  const longer = {
    ...trail,
    turns: [
      ...trail.turns,
      turn,
      botTurn({ id: '4', recordedAt: now, decision: judged(0.97, { kind: 'escalate', reason: 'unsure' }) }),
    ],
  };
  program.trails.set(ts, longer).set(second.ts, longer);
  await postTurn(ts, '4', 'A person has it.');
  await page.waitForSelector('.story-rounds');
  await says(page, 'Round 1 of 2');
  await page.waitForSelector('.story-more[open]');
  expect(await page.$eval('.story-scroll', ({ scrollTop }) => scrollTop as number)).toBeGreaterThan(0);

  await page.focus('.story-rounds button:last-child');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.story-verdict.is-person');
  await says(page, 'what fits best has been shown before, and did not help', 'Round 2 of 2');
  await screenshot(page, 'story-rounds');
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press('Escape');
  await until('the panel to be closed', async () => (await page.$('.story')) === null || undefined);
  expect(problems).toEqual([]);
  await close();
});

test('it opens from a message and closes again by keyboard alone, and the focus comes back', async () => {
  const ts = await conversation('my vpn keeps droping once more', answer);
  const channel = slack.dm(person.slackId);
  const place = new URLSearchParams({ as: person.slackId, channel });
  const { page, close } = await openWindow(browser, { url: `${server.url}/#${place.toString()}` });
  const message = `.conversation .message[data-ts="${ts}"]`;
  const button = `${message} [aria-label="Behind the scenes"]`;
  await page.waitForSelector(message);
  await page.focus(message);
  await page.waitForSelector(button);
  await page.focus(button);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.story .story-verdict');
  await page.waitForSelector('.story h2:focus');
  await page.keyboard.press('Escape');
  await page.waitForSelector(`${button}:focus`);
  await until('the panel to be closed', async () => (await page.$('.story')) === null || undefined);
  await close();
});

test('markup in what was said and found stays text', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const grounds = {
    ...answer.grounds,
    question: hostile,
    found: [{ title: hostile, url: 'javascript:alert(1)', score: 1 }],
  };
  const ts = await conversation(hostile, { ...answer, quote: hostile, grounds });
  const { page, problems, close } = await openStory(ts);
  await says(page, `“${hostile}”`);
  expect(await page.$$eval('.story img, .story script, .story-passages a', (made) => made.length)).toBe(0);
  expect(problems).toEqual([]);
  await close();
});
