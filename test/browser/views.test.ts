import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import { startJira, type JiraSandbox } from '../../sandbox/jira/index.ts';
import { createOperator } from '../../sandbox/operator.ts';
import { startPage, type Page as PageServer } from '../../sandbox/page.ts';
import { startSlack, type SlackSandbox } from '../../sandbox/slack/index.ts';
import { alerts, controls, fields, structures, texts } from './kitchen-sink.ts';
import { startStandInApp, type StandInApp } from './stand-in-app.ts';
import {
  atRest,
  click,
  eventually,
  openBrowser,
  openConversation,
  openWindow,
  screenshot,
  until,
  waitForValue,
  waitForWords,
  type Window,
} from './steps.ts';

// Block Kit, modals and the Home tab in a browser, with an app of a few lines in place of the bot.

type Json = Readonly<Record<string, unknown>>;

const company = loadCompany();
const person = company.people[0]!;
const general = company.channels.find(({ name }) => name === 'general')!.id;
const bot = {
  state: () => 'up' as const,
  on: () => () => undefined,
  kill: () => undefined,
  restart: () => undefined,
  kills: () => 0,
};
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** For a machine that is busy with other things. */
jest.setTimeout(300_000);

let slack: SlackSandbox;
let jira: JiraSandbox;
let server: PageServer;
let browser: Browser;
let app: StandInApp;
let open: Window[] = [];

beforeAll(async () => {
  slack = await startSlack({
    people: company.people,
    channels: company.channels,
    company: company.name,
    commands: [{ command: '/helpdesk', description: 'Ask IT', usageHint: '' }],
    shortcuts: [{ name: 'Create ticket', type: 'global', callbackId: 'create', description: '' }],
    homeTab: true,
  });
  jira = await startJira({ people: company.people, pastTickets: company.tickets });
  const operator = createOperator({ url: () => null, token: '' });
  server = await startPage({ port: 0, slack, jira, company, bot, operator });
  browser = await openBrowser();
});

beforeEach(async () => {
  app = await startStandInApp(slack);
});

afterEach(async () => {
  for (const { close } of open) await close();
  open = [];
  while (slack.modal(person.slackId) !== null) await slack.closeView({ as: person.slackId, all: true });
  await app.close();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await Promise.all([slack.close(), jira.close()]);
});

/** A window that acts as the person, in #general. */
async function enter(look: { width?: number; height?: number; dark?: boolean } = {}): Promise<Window> {
  const url = `${server.url}/#${new URLSearchParams({ as: person.slackId, channel: general }).toString()}`;
  const window = await openWindow(browser, { url, ...look });
  open.push(window);
  return window;
}

/** Posts as the app; gives the selector of the message in the conversation. */
async function post(blocks: readonly Json[]): Promise<string> {
  const { ts } = await app.call('chat.postMessage', { channel: general, text: 'blocks', blocks });
  return `.conversation .message[data-ts="${String(ts)}"]`;
}

/** What axe-core has against this part of the page. */
async function violations(page: Page, selector: string): Promise<unknown> {
  await atRest(page);
  await page.evaluate(axeSource);
  return page.evaluate(async (part) => {
    const { axe } = globalThis as unknown as {
      axe: { run(part: string, how: object): Promise<{ violations: readonly Found[] }> };
    };
    interface Found {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    const result = await axe.run(part, { resultTypes: ['violations'] });
    return result.violations.map(({ id, nodes }) => [id, nodes.map((node) => [node.html, node.failureSummary])]);
  }, selector);
}

const textOf = (page: Page, selector: string) => page.$eval(selector, (part) => part.innerText);
const actionInFocus = (page: Page) => page.$eval(':focus', (part) => part.getAttribute('data-action-id') as string);
const gone = (page: Page, selector: string) =>
  until(`${selector} to be gone`, async () => (await page.$(selector)) === null || undefined);
/** The last thing that the app was told of this type. */
const told = (type: string) =>
  until(`the app to be told of ${type}`, async () => app.told.findLast((one) => one['type'] === type));
const action = async () => ((await told('block_actions'))['actions'] as readonly Json[])[0];
const plain = (text: string) => ({ type: 'plain_text', text });

describe('every block and element is drawn', () => {
  const looks = [1440, 400].flatMap((width) => [false, true].map((dark) => ({ width, dark })));
  const sinks = Object.entries({ texts, structures, controls });
  const cases = sinks.flatMap(([name, blocks]) => looks.map((look) => ({ name, blocks, ...look })));

  test.each(cases)('$name at $width, dark: $dark', async ({ name, blocks, width, dark }) => {
    const message = await post(blocks);
    const { page, problems } = await enter({ width, height: 2400, dark });
    await page.waitForSelector(`${message} .blocks`);
    await atRest(page);
    expect(await textOf(page, message)).not.toContain('Not shown here');
    await screenshot(page, `views-${name}-${width}-${dark ? 'dark' : 'light'}`);
    expect(await violations(page, message)).toEqual([]);
    const spills = await page.$eval(`${message} .blocks`, (part) => part.scrollWidth > part.clientWidth + 1);
    expect(spills).toBe(false);
    expect(problems).toEqual([]);
  });

  test('a block that does not exist says so in its place', async () => {
    const { page } = await enter();
    await app.call('chat.postMessage', { channel: general, text: 'a post' });
    // no app can send it: the server refuses it
    await expect(post([{ type: 'hologram' }])).rejects.toThrow('unsupported type: hologram');
    await page.waitForSelector('.conversation .message');
  });
});

describe('elements of a message', () => {
  test('feedback buttons send their side', async () => {
    const { page } = await enter();
    const message = await post(controls);
    await click(page, `${message} [aria-label="Bad answer"]`);
    expect(await action()).toMatchObject({ type: 'feedback_buttons', action_id: 'feedback', value: 'bad' });
    await page.waitForSelector(`${message} [aria-label="Bad answer"][aria-pressed="true"]`);
  });

  test('a menu sends the option, and the other elements their state', async () => {
    const { page } = await enter();
    const message = await post(controls);
    await page.waitForSelector(`${message} [data-action-id="static"]`);
    await page.select(`${message} [data-action-id="static"]`, 'phone');
    expect(await action()).toMatchObject({
      block_id: 'menus',
      selected_option: { text: plain('Phone'), value: 'phone' },
    });
    expect((await told('block_actions'))['state']).toMatchObject({
      values: {
        pickers: { date: { selected_date: '2026-03-01' } },
        menus: { static: { selected_option: { value: 'phone' } } },
      },
    });
  });

  test('of several choices each stands as a token that can be taken away', async () => {
    const { page } = await enter();
    const message = await post(controls);
    await page.waitForSelector(`${message} [data-action-id="multi_static"]`);
    await page.select(`${message} [data-action-id="multi_static"]`, 'dock');
    await until('two to be told', async () =>
      JSON.stringify((await action())?.['selected_options']).includes('dock') ? true : undefined,
    );
    await page.waitForSelector(`${message} [aria-label="Remove Dock"]`);
    await page.waitForSelector(`${message} .kit-tokens:not(.is-waiting) [aria-label="Remove Laptop"]`);
    await click(page, `${message} [aria-label="Remove Laptop"]`);
    await gone(page, `${message} [aria-label="Remove Laptop"]`);
    await until('one to be told', async () => {
      const chosen = (await action())?.['selected_options'] as readonly Json[];
      return chosen.length === 1 ? true : undefined;
    });
    await eventually(async () => expect(await actionInFocus(page)).toBe('multi_static'));
  });

  test('an external menu asks the app while one types', async () => {
    app.answer = (one) =>
      one['type'] === 'block_suggestion'
        ? { options: [{ text: plain(`${String(one['value'])} 7`), value: 'l7' }] }
        : '';
    const { page } = await enter();
    const message = await post(controls);
    await (await page.waitForSelector(`${message} [data-action-id="external"]`))!.type('Laptop');
    await click(page, `${message} .kit-found button::-p-text(Laptop 7)`);
    await page.waitForSelector(`${message} [aria-label="Remove Laptop 7"]`);
    expect(await action()).toMatchObject({
      action_id: 'external',
      selected_option: { value: 'l7', text: plain('Laptop 7') },
    });
  });

  test('the app hears of a date when it is whole', async () => {
    const { page } = await enter();
    const message = await post(controls);
    const date = (await page.waitForSelector(`${message} [data-action-id="date"]`))!;
    await date.focus();
    await date.type('04052027');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const { selected_date: day } = (await action()) as { selected_date: string };
    expect(day).toMatch(/^2027-0[45]-0[45]$/);
    expect(app.told).toHaveLength(1);
  });

  test('a question is asked first where the app wants it; Escape is a no, and the focus comes back', async () => {
    const { page } = await enter();
    const message = await post(controls);
    const danger = `${message} [data-action-id="delete"]`;
    await click(page, danger);
    await page.waitForSelector('.kit-confirm[open]');
    await screenshot(page, 'views-confirm');
    expect(await violations(page, '.kit-confirm')).toEqual([]);
    await page.keyboard.press('Escape');
    await gone(page, '.kit-confirm');
    await eventually(async () => expect(await actionInFocus(page)).toBe('delete'));
    expect(app.told).toEqual([]);
    await page.keyboard.press('Enter');
    await click(page, '.kit-confirm .is-danger');
    expect(await action()).toMatchObject({ action_id: 'delete', value: 'Delete' });
  });

  test('an overflow menu is used by keyboard', async () => {
    const { page } = await enter();
    const message = await post(controls);
    await (await page.waitForSelector(`${message} [data-action-id="overflow"]`))!.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${message} .kit-menu:popover-open [role=menuitem]:focus`);
    expect(await violations(page, message)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector(`${message} .kit-menu [role=menuitem]:nth-child(2):focus`);
    await page.keyboard.press('Enter');
    expect(await action()).toMatchObject({ action_id: 'overflow', selected_option: { value: 'move' } });
    await eventually(async () => expect(await actionInFocus(page)).toBe('overflow'));
  });

  test('an app that refuses a click is reported under the message', async () => {
    app.answer = () => null;
    const { page } = await enter();
    const message = await post(controls);
    await click(page, `${message} [data-action-id="plain"]`);
    await waitForWords(page, `${message} .problem`, 'The app did not take the click. Try again.');
  });
});

/** A modal with these blocks. */
const modalOf = (blocks: readonly Json[], more: Json = {}) => ({
  type: 'modal',
  callback_id: 'ticket',
  title: plain('New ticket'),
  submit: plain('Create'),
  blocks,
  ...more,
});
const summary = (more: Json = {}) => ({ ...fields[0]!, ...more });

/** A message whose button opens this modal, and the press of that button. */
async function openModal(page: Page, view: Json): Promise<string> {
  const later = app.answer;
  app.answer = async (one) => {
    if (one['type'] !== 'block_actions' || one['view'] !== undefined) return later(one);
    await app.call('views.open', { trigger_id: one['trigger_id'], view });
    return '';
  };
  const message = await post([
    { type: 'actions', elements: [{ type: 'button', text: plain('Open'), action_id: 'open' }] },
  ]);
  await click(page, `${message} [data-action-id="open"]`);
  await page.waitForSelector('.modal[open]');
  return message;
}

const focused = (page: Page) =>
  page.$eval(':focus', (field) => field.closest('[data-block-id]')?.getAttribute('data-block-id') as string);

describe('modals', () => {
  test.each([
    [1440, false],
    [1440, true],
    [400, false],
    [400, true],
  ])('every field is drawn at %d, dark: %s', async (width, dark) => {
    const { page, problems } = await enter({ width, height: 900, dark });
    await openModal(page, modalOf([...fields, ...alerts]));
    await eventually(async () => expect(await focused(page)).toBe('summary'));
    await screenshot(page, `views-modal-${width}-${dark ? 'dark' : 'light'}`);
    expect(await violations(page, '.modal')).toEqual([]);
    await page.$eval('.modal-body', (body) => body.scrollTo(0, body.scrollHeight));
    await screenshot(page, `views-modal-end-${width}-${dark ? 'dark' : 'light'}`);
    await click(page, '.modal [type=submit]');
    await page.waitForSelector('.kit-error');
    await screenshot(page, `views-modal-errors-${width}-${dark ? 'dark' : 'light'}`);
    expect(await violations(page, '.modal')).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('what is wrong is said under each field, and the focus goes to the first', async () => {
    const { page } = await enter();
    await openModal(page, modalOf(fields));
    await page.type('.modal [data-block-id="summary"] input', 'ab');
    await page.type('.modal [data-block-id="email"] input', 'nobody');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.modal [data-block-id="email"] .kit-error');
    await eventually(async () => {
      const errors = await page.$$eval('.modal .kit-input.is-wrong', (wrong) =>
        wrong.map((field) => [field.getAttribute('data-block-id'), field.querySelector('.kit-error')?.textContent]),
      );
      expect(errors).toEqual([
        ['summary', 'Please enter at least 3 characters.'],
        ['number', 'Please complete this required field.'],
        ['email', 'Please enter a valid email address.'],
      ]);
    });
    await eventually(async () => expect(await focused(page)).toBe('summary'));
    const described = await page.$eval('.modal [data-block-id="summary"]', (field) =>
      (field.querySelector('input').getAttribute('aria-describedby') as string)
        .split(' ')
        .map((id) => field.querySelector(`[id="${id}"]`)?.textContent as string),
    );
    expect(described).toEqual(['Please enter at least 3 characters.', 'One line']);
    expect(app.told.map(({ type }) => type)).toEqual(['block_actions']);
  });

  test("the app's own errors stand under the right field; what was entered stays, and is sent in the end", async () => {
    app.answer = (one) =>
      one['type'] === 'view_submission' && app.told.length < 3
        ? { response_action: 'errors', errors: { details: 'Say more' } }
        : '';
    const { page } = await enter();
    const message = await openModal(page, modalOf([summary(), fields[1]!]));
    await page.type('.modal [data-block-id="summary"] input', 'VPN drops');
    await click(page, '.modal [type=submit]');
    await page.waitForSelector('.modal [data-block-id="details"] .kit-error::-p-text(Say more)');
    await eventually(async () => expect(await focused(page)).toBe('details'));
    await page.keyboard.type('every hour');
    await click(page, '.modal [type=submit]');
    await gone(page, '.modal');
    const { view } = (await told('view_submission')) as { view: { state: Json } };
    expect(view.state).toEqual({
      values: {
        summary: { it: { type: 'plain_text_input', value: 'VPN drops' } },
        details: { it: { type: 'plain_text_input', value: 'every hour' } },
      },
    });
    await page.waitForSelector(`${message} [data-action-id="open"]:focus`);
  });

  test('an app that fails leaves the modal open and says so', async () => {
    app.answer = (one) => (one['type'] === 'view_submission' ? null : '');
    const { page } = await enter();
    await openModal(page, modalOf([summary()]));
    await page.type('.modal input', 'VPN drops');
    await page.keyboard.press('Enter');
    await waitForWords(page, '.modal-trouble', 'We had some trouble connecting. Try again?');
    expect(await violations(page, '.modal')).toEqual([]);
    await waitForValue(page, '.modal input', 'VPN drops');
  });

  test('the submit button is busy while the app thinks', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    app.answer = (one) => (one['type'] === 'view_submission' ? promise : '');
    const { page } = await enter();
    await openModal(page, modalOf([summary()]));
    await page.type('.modal input', 'VPN drops');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.modal [type=submit][aria-busy="true"]');
    await page.keyboard.press('Enter');
    resolve('');
    await gone(page, '.modal');
    expect(app.told.filter(({ type }) => type === 'view_submission')).toHaveLength(1);
  });

  test('modals are pushed upon each other, updated, and closed one by one; what was entered below stays', async () => {
    const second = modalOf([{ ...fields[3]! }], { title: plain('Second'), callback_id: 'second' });
    app.answer = (one) => {
      const { callback_id: name } = (one['view'] ?? {}) as Json;
      if (one['type'] === 'view_submission' && name === 'ticket') return { response_action: 'push', view: second };
      if (one['type'] === 'view_submission')
        return { response_action: 'update', view: modalOf([], { title: plain('Thank you'), submit: undefined }) };
      return '';
    };
    const { page } = await enter();
    await openModal(page, modalOf([summary()]));
    await page.type('.modal input', 'VPN drops');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.modal h2::-p-text(Second)');
    await page.waitForSelector('.modal [data-block-id="number"] input:focus');
    await page.type('.modal input', '3');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.modal h2::-p-text(Thank you)');
    await screenshot(page, 'views-modal-updated');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.modal h2::-p-text(New ticket)');
    await waitForValue(page, '.modal input', 'VPN drops');
    await click(page, '.modal-bar button');
    await gone(page, '.modal');
  });

  test('Escape and the close button tell the app that wants to know', async () => {
    const { page } = await enter();
    await openModal(page, modalOf([summary()], { notify_on_close: true, close: plain('Not now') }));
    await page.keyboard.press('Escape');
    await gone(page, '.modal');
    expect(await told('view_closed')).toMatchObject({ is_cleared: false });
    await openModal(page, modalOf([summary()], { notify_on_close: true, close: plain('Not now') }));
    await click(page, '.modal-foot button::-p-text(Not now)');
    await gone(page, '.modal');
  });

  test('a field that dispatches tells the app on Enter and does not send the modal', async () => {
    app.answer = async (one) => {
      const { id } = (one['view'] ?? {}) as Json;
      if (one['type'] === 'block_actions' && id !== undefined) {
        const shown = { type: 'section', text: plain('Found: VPN') };
        await app.call('views.update', { view_id: id, view: modalOf([summary({ dispatch_action: true }), shown]) });
      }
      return '';
    };
    const { page } = await enter();
    await openModal(page, modalOf([summary({ dispatch_action: true })]));
    await page.type('.modal input', 'VPN');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.modal ::-p-text(Found: VPN)');
    expect((await action())?.['value']).toBe('VPN');
    await waitForValue(page, '.modal input', 'VPN');
    expect(app.told.some(({ type }) => type === 'view_submission')).toBe(false);
  });
});

describe('Home', () => {
  const home = (words: string) => ({
    type: 'home',
    blocks: [
      { type: 'header', text: plain(words) },
      {
        type: 'actions',
        elements: [{ type: 'button', text: plain('Refresh'), action_id: 'refresh', style: 'primary' }],
      },
      { type: 'divider' },
      ...['IT-1', 'IT-2'].map((key) => ({ type: 'section', text: { type: 'mrkdwn', text: `*${key}* VPN drops` } })),
    ],
  });

  test('is empty at first, and shows at once what the app publishes', async () => {
    const { page } = await enter();
    await openConversation(page, 'Firstline');
    await click(page, '.conversation [data-tab="home"]');
    await page.waitForSelector('.home-empty');
    await screenshot(page, 'views-home-empty');
    expect(await violations(page, '.home')).toEqual([]);
    await until('the app to be told', async () =>
      app.events.find((event) => event['type'] === 'app_home_opened' && event['tab'] === 'home'),
    );
    await app.call('views.publish', { user_id: person.slackId, view: home('Your requests') });
    await page.waitForSelector('.home ::-p-text(Your requests)');
    await screenshot(page, 'views-home');
    expect(await violations(page, '.home')).toEqual([]);

    app.answer = async (one) => {
      if (one['type'] === 'block_actions')
        await app.call('views.publish', { user_id: person.slackId, view: home('Up to date') });
      return '';
    };
    await click(page, '.home [data-action-id="refresh"]');
    await page.waitForSelector('.home ::-p-text(Up to date)');
  });
});

test('a command is answered for the person alone, and one that the app does not have is refused', async () => {
  app.answer = (one) => (one['type'] === 'command' ? { text: `You asked: ${String(one['text'])}` } : '');
  const { page } = await enter();
  const call = (command: string) =>
    page.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch('/api/chat/command', { method: 'POST', headers, body: JSON.stringify(body) });
        return (await response.json()) as unknown;
      },
      { as: person.slackId, channel: general, command, text: 'status' },
    );
  expect(await call('/helpdesk')).toEqual({ status: 200, problem: null });
  await page.waitForSelector('.conversation .message ::-p-text(You asked: status)');
  expect(slack.messages(general).some(({ text }) => text.includes('You asked'))).toBe(false);
  expect(await call('/nonsense')).toEqual({ error: '/nonsense is not a valid command.' });
  app.answer = () => null;
  expect(await call('/helpdesk')).toMatchObject({ status: 500, problem: expect.stringContaining('dispatch_failed') });
});
