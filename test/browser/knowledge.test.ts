import type { Browser, Page } from 'puppeteer-core';
import { createKnowledge } from '../../sandbox/knowledge/index.ts';
import {
  openPanel,
  openWorkplace,
  playOperator,
  violations,
  waitForFocus,
  waitForNone,
  waitForText,
  type Workplace,
} from './panel.ts';
import { click, eventually, openBrowser, screenshot, until, waitForValue, waitForWords } from './steps.ts';

// The Knowledge tab over the sample company's articles, without the bot: its readings are played by the tests.

const vpn = 'network/vpn-keeps-dropping.md';
const hostile = '<img src=x onerror=alert(1)>';

const operator = playOperator();
/** For one story on a machine that is slow, or has other things to do. */
const slowMs = 300_000;

let place: Workplace;
let browser: Browser;

beforeAll(async () => {
  place = await openWorkplace(operator);
  await place.serve();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser.close();
  await place.close();
});

afterEach(async () => {
  for (const { id, isChanged, isInTrash } of await place.knowledge.list()) {
    if (isInTrash) await place.knowledge.setInTrash(id, false);
    if (isChanged) await place.knowledge.restore(id);
  }
});

function open(at: string, options: { width?: number; height?: number; dark?: boolean } = {}) {
  return openPanel(browser, `panel=knowledge${at}`, { url: place.url(), ...options });
}

function articleAt(id: string): string {
  return `&article=${encodeURIComponent(id)}`;
}

async function pressButton(page: Page, within: string, label: string): Promise<void> {
  await click(page, `${within} button::-p-text(${label})`);
}

/** Opens the article's editor and puts another text in. */
async function typeText(page: Page, text: string): Promise<void> {
  await pressButton(page, '.reader', 'Edit');
  await waitForFocus(page, '.editor textarea');
  await page.$eval('.editor textarea', (field) => field.setSelectionRange(0, field.value.length));
  await page.keyboard.sendCharacter(text);
  await page.waitForFunction(`document.querySelector('.editor textarea')?.value === ${JSON.stringify(text)}`);
}

function isUntouched(id: string): Promise<boolean> {
  return place.knowledge.read(id).then((article) => article?.isChanged === false);
}

test(
  'the articles stand by folder, are found by their text, and open and close by keyboard',
  async () => {
    const { page, problems, close } = await open('');
    await page.waitForSelector('.article-item');
    const articles = await place.knowledge.list();
    await eventually(async () => {
      expect(await page.$$('[data-article]')).toHaveLength(articles.length);
      const systems = await page.$$eval('[data-system] h3', (all) => all.map(({ innerText }) => innerText as string));
      expect(systems.map((words) => words.split('\n')[0]?.trim())).toEqual([
        'Confluence',
        'Notion',
        'Markdown folder',
        'Solved tickets',
      ]);
    });
    await waitForText(page, '[data-folder="access"]', 'Month-end close');
    await waitForText(page, '[data-folder="access"]', 'finance');
    await page.focus('.knowledge-header input');
    await page.keyboard.type('heron lisbon');
    const found = articles.filter(
      ({ markdown, title }) => /heron/i.test(title + markdown) && /lisbon/i.test(title + markdown),
    );
    await waitForText(page, '.knowledge-header', `${found.length} of ${articles.length} articles`);
    await eventually(async () => expect(await page.$$('.article-item')).toHaveLength(found.length));

    const id = await page.$eval('.article-item', ({ dataset }) => dataset.article as string);
    await page.focus('.article-item');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`[data-article-open="${id}"] .markdown h4`);
    await waitForFocus(page, '.article-bar .plain-button');
    await page.keyboard.press('Enter');
    await waitForFocus(page, `[data-article="${id}"]`);
    await waitForValue(page, '.knowledge-header input', 'heron lisbon');

    await page.focus('.knowledge-header input');
    await page.keyboard.type(' xyzzy');
    await waitForText(page, '.knowledge-empty', 'No article has');
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'an article is edited, saved with Ctrl+S, followed through the sync, marked as changed, and restored',
  async () => {
    const { page, problems, close } = await open(articleAt(vpn));
    await typeText(page, '## New advice\n\nTurn it **off** and on.');
    await click(page, '#editor-pane-preview');
    await waitForText(page, '.editor-preview', 'New advice');
    await screenshot(page, 'knowledge-preview-1440-light');
    const asked = operator.asked();
    await click(page, '#editor-pane-write');
    await page.focus('.editor textarea');
    await page.keyboard.down('Control');
    await page.keyboard.press('s');
    await page.keyboard.up('Control');
    await page.waitForSelector('.reader .mark.is-changed');
    await waitForFocus(page, '.article-actions button');
    expect((await place.knowledge.read(vpn))?.markdown).toBe('## New advice\n\nTurn it **off** and on.');
    await eventually(async () => expect(operator.asked()).toBe(asked + 1));

    await waitForText(page, '.sync-line', 'Waiting for the bot…');
    operator.begin();
    await waitForText(page, '.sync-line', 'Reading 1 of 1…');
    operator.change({ state: 'done', done: 1, changed: 1, endedAt: new Date().toISOString() });
    await waitForText(page, '.sync-line', 'Done: 1 changed, 65 as they were');
    await page.waitForSelector('.sync-bar[data-sync="done"]');
    await screenshot(page, 'knowledge-synced-1440-light');

    await pressButton(page, '.reader', 'Restore the original');
    await page.waitForSelector('.confirm[open]');
    await page.keyboard.press('Escape');
    await waitForNone(page, '.confirm');
    expect(await isUntouched(vpn)).toBe(false);
    await pressButton(page, '.reader', 'Restore the original');
    await pressButton(page, '.confirm', 'Restore');
    await waitForNone(page, '.reader .mark.is-changed');
    expect(await isUntouched(vpn)).toBe(true);
    operator.begin({ state: 'done', endedAt: new Date().toISOString() });
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'changes are not thrown away without asking',
  async () => {
    const { page, close } = await open(articleAt(vpn));
    await typeText(page, 'Half an edit');
    await pressButton(page, '.editor', 'Cancel');
    await page.waitForSelector('.confirm[open]');
    await eventually(async () => {
      expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Keep editing');
    });
    await page.keyboard.press('Enter');
    await waitForNone(page, '.confirm');
    await waitForValue(page, '.editor textarea', 'Half an edit');

    // back to the list it is kept, and marked
    await pressButton(page, '.editor', 'Articles');
    await page.waitForSelector(`[data-article="${vpn}"] .mark.is-draft`);
    await click(page, `[data-article="${vpn}"]`);
    await waitForFocus(page, '.editor textarea');
    await pressButton(page, '.editor', 'Cancel');
    await pressButton(page, '.confirm', 'Discard');
    await page.waitForSelector('.reader .markdown');
    await waitForFocus(page, '.article-actions button');
    expect(await isUntouched(vpn)).toBe(true);

    // nothing changed: nothing to ask
    await pressButton(page, '.reader', 'Edit');
    await pressButton(page, '.editor', 'Cancel');
    await page.waitForSelector('.reader .markdown');
    await close();
  },
  slowMs,
);

test(
  'what is typed outlives a reload and a server that is gone',
  async () => {
    const { page, close } = await open(articleAt(vpn));
    await typeText(page, 'Typed before the server went');
    await page.reload({ waitUntil: 'domcontentloaded' });
    await waitForFocus(page, '.editor textarea');
    await waitForValue(page, '.editor textarea', 'Typed before the server went');

    await place.stop();
    await pressButton(page, '.editor', 'Save');
    await waitForText(page, '.editor-note', 'Not saved. The sandbox does not answer.');
    await waitForValue(page, '.editor textarea', 'Typed before the server went');
    await screenshot(page, 'knowledge-server-gone');
    await place.serve();
    await pressButton(page, '.editor', 'Save');
    await page.waitForSelector('.reader .mark.is-changed');
    expect((await place.knowledge.read(vpn))?.markdown).toBe('Typed before the server went');
    await close();
  },
  slowMs,
);

test(
  'who edits learns that the article was changed meanwhile',
  async () => {
    const { page, close } = await open(articleAt(vpn));
    await typeText(page, 'Mine');
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ id: vpn, title: 'VPN', markdown: 'Theirs' });
    await fetch(`${place.url()}/api/knowledge/article`, { method: 'POST', headers, body });
    await waitForText(page, '.editor-note', 'was changed after you began');
    await waitForValue(page, '.editor textarea', 'Mine');
    await pressButton(page, '.editor', 'Save');
    await page.waitForSelector('.reader .markdown');
    expect((await place.knowledge.read(vpn))?.markdown).toBe('Mine');
    await close();
  },
  slowMs,
);

test(
  'markup in titles and texts stays text, in the list, the article and the preview',
  async () => {
    const markdown = `# ${hostile}\n\n<script>alert(1)</script>\n\n[no](javascript:alert(1)) [yes](https://wiki.example/b)`;
    await place.knowledge.write({ id: vpn, title: hostile, markdown });
    const { page, problems, close } = await open('', { width: 1024 });
    await waitForText(page, `[data-article="${vpn}"]`, hostile);
    await click(page, `[data-article="${vpn}"]`);
    await page.waitForSelector('.reader .markdown');
    const made = () => page.$$eval('#panel-body :is(img, script, iframe)', (all) => all.length);
    const links = (within: string) =>
      page.$$eval(`${within} .markdown a`, (all) => all.map(({ href, rel }) => [href, rel] as const));
    await waitForWords(page, '.article-title', hostile);
    await page.waitForSelector('.reader .markdown a');
    expect(await made()).toBe(0);
    expect(await links('.reader')).toEqual([['https://wiki.example/b', 'noopener noreferrer']]);
    await pressButton(page, '.reader', 'Edit');
    await page.waitForSelector('.editor-preview .markdown a');
    expect(await made()).toBe(0);
    expect(await links('.editor-preview')).toEqual([['https://wiki.example/b', 'noopener noreferrer']]);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'what cannot be saved is refused with the reason',
  async () => {
    const { page, close } = await open(articleAt(vpn));
    await typeText(page, 'Fine');
    await page.$eval('.editor-title input', (field) => field.setSelectionRange(0, field.value.length));
    await page.focus('.editor-title input');
    await page.keyboard.press('Backspace');
    await waitForValue(page, '.editor-title input', '');
    await page.keyboard.press('Enter');
    await waitForText(page, '.editor-note', 'Give the article a title.');
    expect(await isUntouched(vpn)).toBe(true);
    await close();
  },
  slowMs,
);

test(
  'the last syncs are told with the documents that failed, by name and reason',
  async () => {
    const failed = [{ id: 'network/odd.md', reason: 'has no title: add a line `title: …` to its front matter.' }];
    const warnings = [{ id: 'access/x.md', reason: `names the group ${hostile}, which is not there.` }];
    operator.begin({ state: 'done', endedAt: new Date().toISOString() });
    operator.begin({ state: 'done', endedAt: new Date().toISOString(), failed, warnings });
    const { page, close } = await open('');
    for (const words of ['network/odd.md', '1 not read', '1 warning', 'has no title', hostile])
      await waitForText(page, '.sync-bar', words);
    await click(page, '.last-syncs summary');
    await page.waitForSelector('.last-syncs[open] li');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'knowledge-failed-1440-light');
    const asked = operator.asked();
    await pressButton(page, '.sync-bar', 'Sync now');
    await waitForText(page, '.sync-line', 'Waiting for the bot…');
    await eventually(async () => expect(operator.asked()).toBe(asked + 1));
    operator.begin({ state: 'done', endedAt: new Date().toISOString(), kept: 66 });
    await waitForText(page, '.sync-line', 'Done: nothing changed, 66 as they were');
    await close();
  },
  slowMs,
);

const sources = ['confluence', 'notion', 'markdown', 'tickets'] as const;
const gaps = [
  {
    id: '1',
    title: `Floor plan ${hostile}`,
    url: 'https://wiki.example/1',
    isComplete: false,
    gaps: [
      { kind: 'unsupported', what: 'drawio', count: 3 },
      { kind: 'attachment', what: 'plan.vsdx', count: 1 },
    ],
  },
];

test.each([
  { width: 1440, dark: false },
  { width: 1440, dark: true },
  { width: 400, dark: false },
  { width: 400, dark: true },
])(
  'each source is told with its last sync and how completely it was read: %p',
  async ({ width, dark }) => {
    const played = playOperator();
    const other = await openWorkplace(played);
    await other.serve();
    played.covers(
      sources.map((source) => {
        const fault = source === 'notion' ? 'Notion refuses the token: make a new one and set NOTION_TOKEN.' : null;
        return { source, documents: 36, gaps: source === 'confluence' ? gaps : [], fault };
      }),
    );
    const ended = new Date().toISOString();
    played.begin({ source: 'markdown', state: 'done', endedAt: ended, added: 11, kept: 0 });
    played.begin({ source: 'tickets', state: 'done', endedAt: ended, dry: true, kept: 7 });
    played.begin({ source: 'notion', state: 'broken-off', endedAt: ended, error: 'The token is refused.' });
    played.begin({ source: 'confluence', state: 'done', endedAt: ended, changed: 1, rights: 2, kept: 33 });
    const startedAt = new Date(Date.now() - 10_000).toISOString();
    played.begin({ source: 'tickets', startedAt, listed: 94, toRead: 94, done: 30 });
    const { page, problems, close } = await openPanel(browser, 'panel=knowledge', { url: other.url(), width, dark });
    await page.waitForSelector('.sources');
    await screenshot(page, `sources-first-${width}-${dark ? 'dark' : 'light'}`);
    await page.waitForSelector(width === 1440 ? '.sources[open]' : '.sources:not([open])');
    if (width === 400) await click(page, '.sources > summary');
    await waitForText(page, '[data-source="confluence"]', 'with something not read');
    await waitForText(page, '[data-source="confluence"]', 'Done: 1 changed, 2 with other readers, 33 as they were');
    await eventually(async () => {
      expect(await waitForText(page, '[data-source="tickets"]', 'all read completely')).toMatch(
        /Reading 31 of 94… \d\.\d a second, \d+ s left/,
      );
    });
    await waitForText(page, '[data-source="notion"]', 'make a new one and set NOTION_TOKEN');
    await waitForText(page, '.sync-line', 'Solved tickets: Reading 31 of 94…');
    await screenshot(page, `sources-${width}-${dark ? 'dark' : 'light'}`);
    await click(page, '[data-source="confluence"] summary');
    await waitForText(page, '[data-source="confluence"] ul', '3 × drawio: not understood');
    await waitForText(page, '[data-source="confluence"] ul', `Floor plan ${hostile}`);
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `sources-open-${width}-${dark ? 'dark' : 'light'}`);
    expect(problems).toEqual([]);
    await close();
    await other.close();
  },
  slowMs,
);

test.each([
  ['Confluence', vpn, 'Confluence · IT handbook'],
  ['Notion', 'rooms/room-booking.md', 'Notion · Company wiki'],
  ['the Markdown folder', 'email/mailbox-full.md', 'Markdown folder'],
])(
  'an article of %s goes to the trash and comes back, from the menu',
  async (_, id, system) => {
    const { page, problems, close } = await open(articleAt(id));
    for (const words of [system, 'Every employee', String((await place.knowledge.read(id))?.url)])
      await waitForText(page, '.article-source', words);
    const asked = operator.asked();
    await click(page, '.reader [aria-label="More"]');
    await page.waitForSelector('[role="menuitem"]:focus');
    expect(await violations(page, '[role="menu"]')).toEqual([]);
    await click(page, '[role="menuitem"]::-p-text(Move to trash)');
    await waitForText(page, '.editor-note', 'In the trash');
    await waitForFocus(page, '.article-actions button');
    expect((await place.knowledge.read(id))?.isInTrash).toBe(true);
    await eventually(async () => expect(operator.asked()).toBe(asked + 1));
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `article-in-trash-1440-${system.split(' ')[0]?.toLowerCase()}`);
    await pressButton(page, '.reader', 'Articles');
    await page.waitForSelector(`[data-article="${id}"] .mark.is-trash`);
    await page.focus(`[data-article="${id}"]`);
    await page.keyboard.press('Enter');
    await pressButton(page, '.reader', 'Restore from trash');
    await waitForNone(page, '.editor-note');
    await waitForFocus(page, '.article-actions button');
    expect(await isUntouched(id)).toBe(true);
    operator.begin({ state: 'done', endedAt: new Date().toISOString() });
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'an article of Confluence is closed to all but the IT staff, and opened again',
  async () => {
    const { page, problems, close } = await open(articleAt(vpn));
    const choose = async (label: string) => {
      await click(page, '.reader [aria-label="More"]');
      await click(page, `[role="menuitem"]::-p-text(${label})`);
    };
    await choose('Restrict to IT staff');
    await waitForText(page, '.article-source', 'it-staff');
    expect((await place.knowledge.read(vpn))?.audience).toEqual(['it-staff']);
    await choose('Open to everyone');
    await waitForText(page, '.article-source', 'Every employee');
    expect(await isUntouched(vpn)).toBe(true);
    operator.begin({ state: 'done', endedAt: new Date().toISOString() });
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'addresses of Notion and Confluence, and those of before, open the article in the page',
  async () => {
    const { page, problems, close } = await open(articleAt(vpn));
    const earlier = 'https://wiki.brindlow.example/it/vpn-set-up';
    await click(page, `.article-text .markdown a[href="${earlier}"]`);
    await page.waitForSelector('[data-article-open="network/vpn-set-up.md"]');
    for (const id of [vpn, 'software/licences.md']) {
      const { url } = (await place.knowledge.read(id))!;
      await page.goto(`${place.url()}/?article=${encodeURIComponent(url)}`, { waitUntil: 'domcontentloaded' });
      await page.waitForSelector(`[data-article-open="${id}"]`);
      // a step in the page, then a reload: the address leads there no more
      await pressButton(page, '.reader', 'Articles');
      await page.waitForSelector('.article-item');
      await eventually(async () => expect(new URL(page.url()).search).toBe(''));
    }
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'the solved tickets lead to the last column of the board',
  async () => {
    const { page, problems, close } = await open('', { width: 400, height: 800 });
    const item = await page.waitForSelector('[data-system="tickets"] button');
    // not by the mouse: what is told of the sources comes later, and moves it away from under one
    await item!.evaluate((button) => button.click());
    await waitForFocus(page, '[data-column="Done"]');
    await eventually(async () => {
      const done = await page.$eval('[data-column="Done"] .count', ({ innerText }) => innerText as string);
      expect(Number(done)).toBeGreaterThan(0);
    });
    expect(await violations(page)).toEqual([]);
    await screenshot(page, 'tickets-done-400-light');
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  "the visitor's own folder is read only, with the place of each file",
  async () => {
    await place.serve({ knowledge: createKnowledge({ folder: place.company.knowledgeFolder, shipped: null }) });
    const { page, close } = await open('');
    await waitForText(page, '.own-folder', place.company.knowledgeFolder);
    await click(page, `[data-article="${vpn}"]`);
    await waitForText(page, '.article-source', `${place.company.knowledgeFolder}/${vpn}`);
    expect(await page.$$eval('.article-actions button', (all) => all.length)).toBe(0);
    await page.waitForSelector('.sync-line button');
    await close();
    await place.serve();
  },
  slowMs,
);

test(
  'an article that is not there says so',
  async () => {
    const { page, close } = await open(articleAt('network/gone.md'));
    await waitForText(page, '.board-failed', 'There is no such article.');
    await pressButton(page, '.article-bar', 'Articles');
    await page.waitForSelector('.article-item');
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
  'list, article and editor can be used by everybody: %p',
  async ({ width, dark }) => {
    const name = `${width}-${dark ? 'dark' : 'light'}`;
    const { page, problems, close } = await open('', { width, dark, height: width === 400 ? 800 : 900 });
    await page.waitForSelector('.article-item');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `knowledge-${name}`);
    await click(page, '[data-article="access/finance-close-access.md"]');
    await page.waitForSelector('.reader .audience');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `article-${name}`);
    await pressButton(page, '.reader', 'Edit');
    await waitForFocus(page, '.editor textarea');
    expect(await violations(page)).toEqual([]);
    await screenshot(page, `article-editor-${name}`);
    await eventually(async () => {
      const beside = await page.$eval('.editor-preview', (preview) => preview.checkVisibility() as boolean);
      expect(beside).toBe(width === 1024);
    });
    await page.keyboard.type('x');
    await pressButton(page, '.editor', 'Cancel');
    await page.waitForSelector('.confirm[open]');
    expect(await violations(page, '.confirm')).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  },
  slowMs,
);

test(
  'a bot that could not be asked is asked again once it is there',
  async () => {
    const played = playOperator();
    let isDown = true;
    const other = await openWorkplace({
      ...played,
      syncs: async () => (isDown ? null : await played.syncs()),
      async syncNow() {
        const queued = await played.syncNow();
        if (!isDown) return queued;
        isDown = false;
        return null;
      },
    });
    await other.serve();
    const { page, close } = await openPanel(browser, 'panel=knowledge', { url: other.url() });
    await waitForText(page, '.sync-line', 'The bot does not say how far it has read.');
    await pressButton(page, '.sync-bar', 'Sync now');
    await waitForText(page, '.sync-line', 'Waiting for the bot…');
    await until('the second wish', async () => (played.asked() === 2 ? true : undefined));
    played.begin({ state: 'done', endedAt: new Date().toISOString(), changed: 1 });
    await waitForText(page, '.sync-line', 'Done: 1 changed');
    await close();
    await other.close();
  },
  slowMs,
);
