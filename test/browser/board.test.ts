import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'puppeteer-core';
import type { AdfNode } from '../../sandbox/jira/index.ts';
import { Refusal } from '../../sandbox/page/requests.ts';
import {
  openPanel,
  openWorkplace,
  violations,
  waitForFocus,
  waitForNone,
  waitForText,
  type Workplace,
} from './panel.ts';
import {
  chooseFault,
  chooseStatus,
  click,
  clickLast,
  commentOnIssue,
  confirmForIssue,
  eventually,
  openBrowser,
  openFaults,
  readBoard,
  readTally,
  resolveIssue,
  screenshot,
  until,
  waitForValue,
  waitForWords,
} from './steps.ts';

// The board and the issue view over the local Jira, without the bot: what it would create is created here.

const everyNode = JSON.parse(readFileSync('test/fixtures/jira/every-node.json', 'utf8')) as AdfNode;
const hostile = '<img src=x onerror=alert(1)>';

/** For one story on a machine that is slow, or has other things to do. */
const slowMs = 300_000;

let place: Workplace;
let browser: Browser;

beforeAll(async () => {
  place = await openWorkplace();
  await place.serve();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await place.close();
});

async function callJira(path: string, body: object): Promise<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${place.jira.email}:${place.jira.apiToken}`).toString('base64')}`;
  const response = await fetch(`${place.jira.url}/rest/api/3/${path}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>);
}

async function createIssue(fields: object): Promise<string> {
  const whole = { project: { key: 'IT' }, issuetype: { name: 'Task' }, ...fields };
  return (await callJira('issue', { fields: whole }))['key'] ?? '';
}

async function waitForBoard(page: Page): Promise<void> {
  await page.waitForSelector('.board-columns:not(.is-loading)');
}

/** The same place with an issue whose description no Jira of today would take. */
async function serveWith(key: string, description: AdfNode): Promise<void> {
  const { jira } = place;
  const issue = (one: string) => {
    const found = jira.issue(one);
    return found === null || one !== key ? found : { ...found, description };
  };
  await place.serve({ jira: { ...jira, issue } });
}

test(
  '200 open issues: each has its card, those out of sight are not drawn, and a new one is pointed out',
  async () => {
    const names = Array.from({ length: 200 }, (_, index) => `Monitor ${index} flickers`);
    for (const summary of names) await createIssue({ summary, labels: ['display'] });
    const { page, problems, close } = await openPanel(browser, 'panel=board', { url: place.url() });
    await waitForBoard(page);
    const open = async () => (await readBoard(page))['To Do'] ?? [];
    const before = await open();
    expect(before).toHaveLength(200);
    await waitForText(page, '[data-column="To Do"] .count', '200');
    await eventually(async () => {
      const drawn = await page.$$eval('[data-column="To Do"] .card-foot', (feet) =>
        feet.map((foot) => foot.checkVisibility({ contentVisibilityAuto: true }) as boolean),
      );
      expect([drawn[0], drawn.at(-1)]).toEqual([true, false]);
    });
    expect(await page.$$('.card.is-new')).toEqual([]);

    const key = await createIssue({ summary: 'Just come in' });
    await page.waitForSelector(`.card.is-new[data-issue="${key}"]`);
    await eventually(async () => expect((await open())[0]).toBe(key));
    await screenshot(page, 'board-1440-light');

    await page.focus('[data-column="To Do"] .card');
    await page.keyboard.press('End');
    await waitForFocus(page, `.card[data-issue="${before.at(-1)}"]`);
    await eventually(async () => {
      const down = await page.$eval('[data-column="To Do"] .column-scroll', ({ scrollTop }) => scrollTop);
      expect(down).toBeGreaterThan(3000);
    });
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'the board is narrowed by keyboard alone: words, label and reporter, past issues among them',
  async () => {
    const { page, close } = await openPanel(browser, 'panel=board', { url: place.url() });
    await waitForBoard(page);
    const shown = async () => Object.values(await readBoard(page)).flat();
    const until1 = (what: string, keys: readonly string[]) =>
      until(what, async () => ((await shown()).join() === keys.join() ? true : undefined));

    await page.focus('.board-filter input');
    await page.keyboard.type('vpn every 20');
    await until1('the one issue with these words', ['IT-1']);
    await eventually(async () => expect(await waitForText(page, '.found', '1 of ')).toMatch(/^1 of \d{3} issues$/));
    await page.keyboard.press('ArrowDown');
    await waitForFocus(page, '.card[data-issue="IT-1"]');
    await page.focus('.board-filter input');
    await page.keyboard.press('Escape');
    await until('all issues', async () => ((await shown()).length > 100 ? true : undefined));

    await page.select('.board-choice select', 'lisbon');
    const ofLabel = await until('issues of the label', async () => {
      const keys = await shown();
      return keys.length > 0 && keys.length < 100 ? keys : undefined;
    });
    const expected = place.jira.issues().filter(({ labels }) => labels.includes('lisbon'));
    expect(ofLabel.toSorted()).toEqual(expected.map(({ key }) => key).toSorted());
    await page.keyboard.press('Tab');
    await page.focus('.board-filter input');
    await page.keyboard.type('no such thing at all');
    await waitForText(page, '[data-column="To Do"]', 'No issue fits the filter.');
    await page.focus('.board-filter .plain-button');
    await page.keyboard.press('Enter');
    await until('all issues', async () => ((await shown()).length > 100 ? true : undefined));
    await close();
  },
  slowMs,
);

test(
  'what is done is shown in parts',
  async () => {
    const { page, close } = await openPanel(browser, 'panel=board', { url: place.url() });
    await waitForBoard(page);
    const done = place.jira.issues().filter(({ status }) => status === 'Done').length;
    const more = '[data-column="Done"] .more-button';
    await waitForText(page, more, `${done - 30} more`);
    for (let shown = 30; shown < done; shown += 30) {
      await page.focus(more);
      await page.keyboard.press('Enter');
      const count = Math.min(shown + 30, done);
      await page.waitForFunction(`document.querySelectorAll('[data-column="Done"] .card').length === ${count}`);
    }
    await waitForNone(page, more);
    await close();
  },
  slowMs,
);

test(
  'an issue opens with the Enter key, and its card has the focus again afterwards, as far down as it was',
  async () => {
    const { page, close } = await openPanel(browser, 'panel=board', { url: place.url() });
    await waitForBoard(page);
    await page.focus('[data-column="Done"] .card');
    for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowDown');
    const key = String(await page.evaluate('document.activeElement.dataset.issue'));
    await page.keyboard.press('Enter');
    await page.waitForSelector(`[data-issue-open="${key}"] .issue-summary`);
    await waitForFocus(page, '.issue .board-header > button');
    await page.keyboard.press('Escape');
    await waitForFocus(page, `.card[data-issue="${key}"]`);
    await eventually(async () => {
      const down = await page.$eval('[data-column="Done"] .column-scroll', ({ scrollTop }) => scrollTop);
      expect(down).toBeGreaterThan(200);
    });

    await page.keyboard.press('ArrowLeft');
    await waitForFocus(page, '[data-column="To Do"] .card');
    await close();
  },
  slowMs,
);

test(
  'every node and mark of the document format is drawn, in both themes and on a phone',
  async () => {
    const key = await createIssue({ summary: 'Every node' });
    await serveWith(key, everyNode);
    for (const { width, dark } of [
      { width: 1440, dark: false },
      { width: 1440, dark: true },
      { width: 400, dark: false },
    ]) {
      const view = { url: place.url(), width, dark };
      const { page, problems, close } = await openPanel(browser, `panel=board&issue=${key}`, view);
      await page.waitForSelector('.adf h4');
      await page.$$eval('.adf details', (all) => all.forEach((one) => Object.assign(one, { open: true })));
      await eventually(async () => {
        const text = await page.$eval('.adf', ({ innerText }) => (innerText as string).toLowerCase());
        expect(wordsOf(everyNode).filter((words) => !text.includes(words.toLowerCase()))).toEqual([]);
      });
      expect(await violations(page)).toEqual([]);
      expect(problems).toEqual([]);
      const wide = await page.$eval('.issue-scroll', ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(wide).toBe(0);
      await screenshot(page, `issue-every-node-${width}-${dark ? 'dark' : 'light'}`);
      await close();
    }
    await place.serve();
  },
  slowMs,
);

test.each([
  ['strong', 'bold'],
  ['em', 'slanted'],
  ['s', 'struck'],
  ['u', 'underlined'],
  ['code', 'ipconfig /all'],
  ['a[href="https://wiki.example/a"]', 'a wiki page'],
  ['sub', 'low'],
  ['sup', 'high'],
  ['.adf-highlight', 'highlighted'],
  ['h4.is-level-1', 'Heading one'],
  ['h4.is-end', 'Heading six'],
  ['p.is-center', 'in the middle'],
  ['p.is-indented-2', 'further in'],
  ['p.is-small', 'small print'],
  ['ul > li', 'a dot'],
  ['ol[start="3"] > li', 'a third thing'],
  ['.adf-task.is-done', 'already done'],
  ['.adf-task-list .adf-task', 'a task in a task'],
  ['.adf-decision', 'We replace the laptop'],
  ['.adf-panel.is-error', 'error panel'],
  ['.adf-panel.is-custom', 'custom panel'],
  ['td[rowspan="2"].is-middle', 'two rows high'],
  ['th', 'Gateway'],
  ['td.adf-row-number', '2'],
  ['pre', '  # two spaces before this'],
  ['blockquote', 'what somebody said'],
  ['hr.is-dashed', ''],
  ['details summary', 'Steps tried'],
  ['.adf-layout > div', 'right column'],
  ['figure figcaption', 'what it looks like'],
  ['.adf-media', 'screenshot.png'],
  ['.adf-mention', '@Mia Okafor'],
  ['.adf-emoji', '🎉'],
  ['time', '2026'],
  ['.adf-status.is-purple', 'purple state'],
  ['.adf-inline-card a', 'A named card'],
  ['.adf-block-card a', 'https://wiki.example/embed'],
])(
  'the document format: %s holds %j',
  async (selector, words) => {
    const page = await adfPage();
    const found = await page.$$eval(`.adf ${selector}`, (all) => all.map(({ textContent }) => textContent as string));
    expect(found.filter((text) => text.includes(words))).not.toEqual([]);
  },
  slowMs,
);

let openPage: Promise<Page> | null = null;

/** One window for all that is looked up in the same document. */
function adfPage(): Promise<Page> {
  openPage ??= (async () => {
    const key = await createIssue({ summary: 'Looked up' });
    await serveWith(key, everyNode);
    const { page } = await openPanel(browser, `panel=board&issue=${key}`, { url: place.url() });
    await page.waitForSelector('.adf h4');
    return page;
  })();
  return openPage;
}

test(
  'the issue leads back to its thread in the chat, from its links and from its description',
  async () => {
    const [person] = place.company.people;
    const channel = place.company.channels.find(({ name }) => name === 'it-help')!.id;
    const ts = await place.slack.say({ as: person!.slackId, channel, text: 'my screen flickers' });
    const permalink = `${place.slack.url}/archives/${channel}/p${ts.replace('.', '')}`;
    const content = [{ type: 'text', text: 'the conversation', marks: [{ type: 'link', attrs: { href: permalink } }] }];
    const description = { type: 'doc', version: 1, content: [{ type: 'paragraph', content }] };
    const key = await createIssue({ summary: hostile, description, labels: ['<b>label'] });
    const object = { url: permalink, title: 'Conversation in #it-help' };
    await callJira(`issue/${key}/remotelink`, { globalId: 'x', application: { name: 'Slack' }, object });

    for (const link of ['.remote-links a', '.adf a']) {
      const { page, problems, close } = await openPanel(browser, `panel=board&issue=${key}`, { url: place.url() });
      await page.waitForSelector('.remote-links a');
      await waitForText(page, '.issue-summary', hostile);
      expect(await page.$$('.issue img, .issue script')).toEqual([]);
      await click(page, link);
      await page.waitForSelector(`.thread .message[data-ts="${ts}"]`);
      expect(problems).toEqual([]);
      await close();
    }
  },
  slowMs,
);

test(
  'the activity is told as comments, as history, and as both',
  async () => {
    const { page, close } = await openPanel(browser, 'panel=board&issue=IT-1', { url: place.url() });
    await page.waitForSelector('.activity .comment');
    await waitForText(page, '#activity', 'Internal note');
    await waitForText(page, '#activity', 'changed the status');
    await page.focus('.activity [role="tab"][aria-selected="true"]');
    await page.keyboard.press('ArrowRight');
    await waitForFocus(page, '#activity-comments');
    await waitForNone(page, '.change');
    const { length } = place.jira.issue('IT-1')!.comments;
    await eventually(async () => expect(await page.$$('.comment')).toHaveLength(length));
    await page.keyboard.press('End');
    await waitForFocus(page, '#activity-history');
    await waitForNone(page, '.comment');
    await waitForText(page, '#activity', 'created the issue');
    await close();
  },
  slowMs,
);

test(
  'an issue without anything says so',
  async () => {
    const { page, close } = await openPanel(browser, 'panel=board', { url: place.url() });
    await waitForBoard(page);
    const key = await createIssue({ summary: 'Bare' });
    await click(page, `.card[data-issue="${key}"]`);
    for (const words of ['just now', 'created the issue', 'No description.', 'Unassigned', 'None'])
      await waitForText(page, '.issue-content', words);
    await click(page, '#activity-comments');
    await waitForText(page, '#activity', 'No comments yet.');
    await close();
  },
  slowMs,
);

test(
  'an empty board says so; one that cannot be loaded says why and tries again',
  async () => {
    let isBroken = false;
    const issues = () => {
      if (isBroken) throw new Refusal(503, 'The board is out of order.');
      return [];
    };
    await place.serve({ jira: { ...place.jira, issues } });
    const { page, close } = await openPanel(browser, 'panel=board', { url: place.url() });
    await waitForText(page, '.board-columns', 'Nothing is done yet.');
    expect(await violations(page)).toEqual([]);
    isBroken = true;
    await page.reload({ waitUntil: 'domcontentloaded' });
    await waitForText(page, '.board-failed', 'The board is out of order.');
    expect(await violations(page)).toEqual([]);
    isBroken = false;
    await click(page, '.board-failed button');
    await waitForBoard(page);
    await close();
    await place.serve();
  },
  slowMs,
);

/** An issue of a known reporter, open in a window of its own. */
async function openNew(summary: string, view: { width?: number; dark?: boolean } = {}) {
  const reporter = { id: place.jira.issue('IT-1')!.reporter!.accountId };
  const key = await createIssue({ summary, reporter });
  const window = await openPanel(browser, `panel=board&issue=${key}`, { url: place.url(), ...view });
  await window.page.waitForSelector('.reply-box');
  return { key, ...window };
}

/** What is said on an issue, in order: who, and whether the reporter reads it. */
function said(key: string) {
  return place.jira.issue(key)!.comments.map(({ author, body, public: isPublic }) => ({
    by: author.displayName,
    words: wordsOf(body).join(' '),
    isPublic,
  }));
}

/** A picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

interface Given {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** So many empty bytes instead. */
  readonly size?: number;
}

/** Pastes files into the field, or drops them on the issue. */
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
      const field = document.querySelector('.reply-box textarea');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, ...both }));
    } else {
      const summary = document.querySelector('.issue-summary');
      for (const type of ['dragenter', 'dragover', 'drop'])
        summary.dispatchEvent(new DragEvent(type, { dataTransfer: data, ...both }));
    }
  }`);
}

test(
  'IT staff reply to the customer or leave a note among themselves, and the two cannot be confused',
  async () => {
    const { key, page, problems, close } = await openNew('The VPN drops');
    const [hannah, nuno] = place.jira.staff().map(({ displayName }) => displayName);
    await waitForWords(page, '.reply-note', `Public: ${place.jira.issue(key)!.reporter!.displayName} reads this.`);
    await waitForWords(page, '.reply-box .is-primary', 'Send reply');
    await commentOnIssue(page, 'Which network are you on?');
    await waitForText(page, '.comment', 'Which network are you on?');

    await click(page, '.acting-as');
    await click(page, `.menu-item::-p-text(${nuno})`);
    await waitForText(page, '.acting-as', nuno!);
    await commentOnIssue(page, `It is the gateway\nagain, ${hostile}`, 'internal');
    for (const words of ['It is the gateway', 'Internal note', hostile])
      await waitForText(page, '.comment.is-internal', words);
    expect(said(key)).toEqual([
      { by: hannah, words: 'Which network are you on?', isPublic: true },
      { by: nuno, words: `It is the gateway again, ${hostile}`, isPublic: false },
    ]);
    // one's own only can be changed
    await eventually(async () => {
      const areOwn = await page.$$eval('.comment', (all) =>
        all.map((one) => one.querySelector('.own-actions') !== null),
      );
      expect(areOwn).toEqual([true, false]);
    });
    await screenshot(page, 'issue-internal-note');

    // whom one acts as, and who is to read what is being written, are kept
    await page.type('.reply-box textarea', 'not yet sent');
    await page.reload({ waitUntil: 'domcontentloaded' });
    await page.waitForSelector('.reply-box.is-internal');
    await waitForText(page, '.acting-as', nuno!);
    await waitForValue(page, '.reply-box textarea', 'not yet sent');
    expect(await page.$$('.issue img, .issue script')).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'a comment is edited and deleted by who wrote it, and Escape closes no more than what is open',
  async () => {
    const { key, page, problems, close } = await openNew('Wrong words');
    await commentOnIssue(page, 'Restart teh router');
    await page.waitForSelector('.own-actions');
    await click(page, '.own-actions .text-button');
    await waitForFocus(page, '.is-editing textarea');
    await page.keyboard.type('!');
    await page.keyboard.press('Escape');
    await waitForNone(page, '.is-editing');
    await click(page, '.own-actions .text-button');
    await waitForFocus(page, '.is-editing textarea');
    for (let count = 0; count < 'teh router'.length; count += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('the router');
    await click(page, '.is-editing .is-primary');
    await waitForText(page, '.comment', 'Restart the router');
    await waitForText(page, '.comment .byline', 'Edited');
    expect(said(key).map(({ words }) => words)).toEqual(['Restart the router']);

    await clickLast(page, '.own-actions .text-button');
    await page.waitForSelector('.confirm');
    await page.keyboard.press('Escape');
    await waitForNone(page, '.confirm');
    await page.waitForSelector('.issue');
    await clickLast(page, '.own-actions .text-button');
    await page.waitForSelector('.confirm .is-danger');
    await click(page, '.confirm .is-danger');
    await waitForNone(page, '.comment');
    expect(said(key)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'pictures and files go with a comment, by paste and by drop; a picture opens, all else is only ever saved',
  async () => {
    const { key, page, problems, close } = await openNew('With files');
    const script = Buffer.from('<script>alert(1)</script>');
    await give(page, 'paste', [{ name: 'screen.png', type: 'image/png', bytes: pixel }]);
    await give(page, 'drop', [{ name: `${hostile}.html`, type: 'text/html', bytes: script }]);
    await page.waitForFunction("document.querySelectorAll('.upload.is-done').length === 2");
    await page.type('.reply-box textarea', 'Look');
    await click(page, '.reply-box .is-primary');
    await page.waitForSelector('.comment .thumbnail img');
    await waitForNone(page, '.upload');
    const files = place.jira.issue(key)!.attachments;
    expect(files.map(({ name, mimeType }) => [name, mimeType])).toEqual([
      ['screen.png', 'image/png'],
      [expect.stringContaining('.html'), 'text/html'],
    ]);
    await eventually(async () => expect(await page.$$('.attachments :is(.thumbnail, .file-card)')).toHaveLength(2));
    // shown by its name, and never as what it says it is
    const address = await page.$eval('.comment .file-card', (card) => (card as unknown as { href: string }).href);
    const answer = await fetch(address);
    expect(await answer.text()).toBe('<script>alert(1)</script>');
    expect([answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
      'application/octet-stream',
      'nosniff',
    ]);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''/);

    await click(page, '.comment .thumbnail');
    await page.waitForSelector('.lightbox[open]');
    await page.keyboard.press('Escape');
    await waitForNone(page, '.lightbox');
    expect(await page.$('.issue')).not.toBeNull();
    await click(page, '#activity-history');
    await waitForText(page, '#activity', 'attached a file');
    await screenshot(page, 'issue-files');

    // without a comment
    const [chooser] = await Promise.all([page.waitForFileChooser(), click(page, '.attach-button')]);
    await chooser.accept(['LICENSE', 'README.md']);
    await waitForText(page, '.attachments h3', '4');
    await waitForNone(page, '.attachments .upload');
    const further = place.jira.issue(key)!.attachments.slice(2);
    expect(further.map(({ name }) => name)).toEqual(['LICENSE', 'README.md']);
    expect(said(key)).toHaveLength(1);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'a file that is too large is refused in words, and what was typed stays',
  async () => {
    const { page, close } = await openNew('Too large');
    await page.type('.reply-box textarea', 'see this');
    const film = { name: 'film.mov', type: 'video/quicktime', bytes: Buffer.alloc(0), size: 200 * 1024 * 1024 };
    await give(page, 'drop', [film]);
    await waitForText(page, '.upload.is-failed', 'Too large: 10 MB is the most.');
    await waitForValue(page, '.reply-box textarea', 'see this');
    await close();
  },
  slowMs,
);

test(
  'an issue is taken, waits, is resolved and is opened again; the board and the history say so',
  async () => {
    const { key, page, problems, close } = await openNew('To be done');
    const now = () => place.jira.issue(key)!;
    await click(page, '.assignee .text-button');
    await waitForText(page, '.assignee', place.jira.staff()[0]!.displayName);
    await waitForFocus(page, '.assignee-button');
    await waitForNone(page, '.assignee .text-button');
    await chooseStatus(page, 'Start work');
    await waitForText(page, '.status-button', 'In Progress');
    await chooseStatus(page, 'Wait for customer');
    await waitForText(page, '.status-button', 'Waiting for customer');
    await click(page, '.issue .board-header > button');
    await waitForText(page, `[data-column="In Progress"] .card[data-issue="${key}"]`, 'Waiting for customer');
    await click(page, `.card[data-issue="${key}"]`);
    await page.waitForSelector('.status-button');

    await chooseStatus(page, 'Resolve');
    await page.waitForSelector('.resolve');
    await page.keyboard.press('Escape');
    await waitForNone(page, '.resolve');
    expect(now().status).toBe('Waiting for customer');
    await resolveIssue(page, 'Duplicate');
    await waitForText(page, '.resolution', 'Duplicate');
    expect([now().status, now().resolution]).toEqual(['Done', 'Duplicate']);
    await chooseStatus(page, 'Reopen');
    await waitForText(page, '.status-button', 'To Do');
    expect([now().status, now().resolution]).toEqual(['To Do', null]);

    await click(page, '.assignee-button');
    await click(page, '.menu-item::-p-text(Unassigned)');
    await waitForText(page, '.assignee', 'Unassigned');
    await click(page, '#activity-history');
    for (const words of ['changed the assignee', 'changed the status', 'Waiting for customer', 'Unassigned'])
      await waitForText(page, '#activity', words);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'what Jira refuses is said, and the issue stays as it was',
  async () => {
    const { key, page, close } = await openNew('Cannot go back');
    await resolveIssue(page);
    place.jira.canReopen = false;
    await chooseStatus(page, 'Reopen');
    await page.waitForSelector('.issue-problem');
    expect(place.jira.issue(key)!.status).toBe('Done');
    place.jira.canReopen = true;
    await close();
  },
  slowMs,
);

test(
  'an issue is moved to another project and found by its old key, then deleted; each is asked about first',
  async () => {
    const { key, page, close } = await openNew('To be moved');
    await confirmForIssue(page, 'Move to project OPS');
    await page.waitForSelector('[data-issue-open^="OPS-"]');
    const moved = String(await page.$eval('.issue', (issue) => issue.getAttribute('data-issue-open')));
    expect(place.jira.issue(key)!.key).toBe(moved);
    await click(page, '.issue .board-header > button');
    await waitForBoard(page);
    expect(Object.values(await readBoard(page)).flat()).not.toContain(key);

    await page.goto(`${place.url()}/#panel=board&issue=${key}&view=panel`);
    await page.waitForSelector(`[data-issue-open="${moved}"] .issue-summary`);
    await confirmForIssue(page, 'Delete');
    await waitForBoard(page);
    expect(place.jira.issue(moved)).toBeNull();
    await close();
  },
  slowMs,
);

test(
  "Jira's webhooks are sent twice or dropped as one says, and counted",
  async () => {
    const { key, page, close } = await openNew('Webhooks');
    const taken: unknown[] = [];
    const receiver = createServer((request, response) => {
      taken.push(request.headers['x-atlassian-webhook-identifier']);
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    place.jira.connectWebhook(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/jira/webhook`, 'secret');
    const as = place.jira.staff()[0]!.emailAddress;

    await chooseFault(page, 'webhooks', 'twice');
    await page.waitForSelector('.fault-mark');
    place.jira.comment({ as, key, text: 'one' });
    await place.jira.webhooksSettled();
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.length).toBe(new Set(taken).size * 2);
    const before = taken.length;
    await chooseFault(page, 'webhooks', 'dropped');
    place.jira.comment({ as, key, text: 'two' });
    await place.jira.webhooksSettled();
    expect(taken).toHaveLength(before);

    await openFaults(page);
    await eventually(async () => {
      const counts = await readTally(page);
      expect(counts['webhooks-dropped']).toBeGreaterThan(0);
      expect(counts).toMatchObject({ 'webhooks-sent': before, 'webhooks-failed': 0 });
    });
    await page.$eval('[data-choice="webhooks"]', (choice) => choice.scrollIntoView({ block: 'center' }));
    expect(await violations(page, '.faults')).toEqual([]);
    await screenshot(page, 'faults-webhooks');
    await click(page, '.faults-calm');
    await waitForNone(page, '.fault-mark');
    expect(place.jira.delivery).toEqual({ paused: false, delayMs: 0, drop: false, twice: false, shuffle: false });
    place.jira.connectWebhook(null, null);
    const closed = new Promise((resolve) => receiver.close(resolve));
    receiver.closeAllConnections();
    await closed;
    await close();
  },
  slowMs,
);

test.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 1024, dark: false },
  { width: 400, dark: false },
  { width: 400, dark: true },
])(
  'an issue can be worked on by everybody: %p',
  async ({ width, dark }) => {
    const { key, page, problems, close } = await openNew('The VPN drops every few minutes', { width, dark });
    const [hannah, nuno] = place.jira.staff().map(({ emailAddress }) => emailAddress);
    const file = { name: 'screen.png', mimeType: 'image/png', bytes: Buffer.from(await page.screenshot()) };
    place.jira.assign({ as: hannah!, key, assignee: hannah! });
    place.jira.comment({ as: hannah!, key, text: 'Does it look like this?', files: [file] });
    place.jira.comment({ as: nuno!, key, text: 'The gateway needs a new certificate.', internal: true });
    await page.waitForSelector('.comment .thumbnail img');
    await waitForText(page, '.comment.is-internal', 'The gateway needs');
    await click(page, '.reply-kind.is-internal input');
    await page.type('.reply-box textarea', 'I renew it tonight');
    expect(await violations(page)).toEqual([]);
    const name = `${width}-${dark ? 'dark' : 'light'}`;
    await page.$eval('.activity', (activity) => activity.scrollIntoView({ block: 'start' }));
    await screenshot(page, `issue-work-${name}`);
    const sideways = await page.$eval('.issue-scroll', ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(sideways).toBe(0);
    await chooseStatus(page, 'Resolve');
    await page.waitForSelector('.resolve');
    expect(await violations(page, '.resolve')).toEqual([]);
    await screenshot(page, `issue-resolve-${name}`);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 1024, dark: false },
  { width: 400, dark: false },
  { width: 400, dark: true },
])(
  'the board and an issue can be used by everybody: %p',
  async ({ width, dark }) => {
    const name = `${width}-${dark ? 'dark' : 'light'}`;
    const height = width === 400 ? 800 : 900;
    const { page, problems, close } = await openPanel(browser, 'panel=board', {
      url: place.url(),
      width,
      height,
      dark,
    });
    await waitForBoard(page);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `board-${name}`);
    await click(page, '[data-column="To Do"] .card');
    await page.waitForSelector('.issue-summary');
    await page.goto(`${place.url()}/#panel=board&issue=IT-1&view=panel`);
    await waitForText(page, '.issue-summary', 'VPN goes down');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `issue-${name}`);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

/** All words that a document shows. */
function wordsOf(node: AdfNode): string[] {
  const own = [node.text, node.attrs?.['text'], node.attrs?.['title'], node.attrs?.['alt']];
  const words = own
    .filter((text) => typeof text === 'string' && text !== '🎉')
    .flatMap((text) => String(text).split('\n'));
  return [...words.map((text) => text.trim()).filter((text) => text !== ''), ...(node.content ?? []).flatMap(wordsOf)];
}
