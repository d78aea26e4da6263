import type { Browser, Page } from 'puppeteer-core';
import { loadCompany } from '../../sandbox/company.ts';
import type { Comment, Issue } from '../../sandbox/jira/index.ts';
import { channelIdOf } from '../../sandbox/teams/ids.ts';
import { startWorkplace, type Workplace } from '../whole-way/workplace.ts';
import { violations, waitForText } from './panel.ts';
import {
  type App,
  actAs,
  askInDm,
  backToBoard,
  botReplies,
  chooseFault,
  chooseStatus,
  click,
  commentOnIssue,
  eventually,
  fillForm,
  firstReply,
  formValues,
  inApp,
  openBrowser,
  openConversation,
  openIssue,
  openThread,
  openWindow,
  pasteFile,
  press,
  pressForForm,
  pressIn,
  replyInThread,
  resolveIssue,
  screenshot,
  sendForm,
  threadLinks,
  ticketsToDo,
  until,
  waitForNewTicket,
  waitForReply,
  whereThread,
  type Window,
} from './steps.ts';

// A request from the question to what is learnt from it: the employee in one window, IT staff in another. The real
// program, used through the page alone: the same in both chat apps.

const [ines, hannah] = ['Inês Carvalho', 'Hannah Aldersley'];
const triageChannel = 'it-triage';
/** The guides come close to it, and no more. */
const question = 'The docking station of my MacBook Pro loses the second monitor after lunch';
const note = 'Third dock of this batch, I ask the supplier for a refund';
const solution =
  'Hold the power button of the docking station for fifteen seconds, then plug the second monitor into the port beside it.';
const addition = 'The cable must be the short one.';

/** Generous: a machine may be several times as slow as a desk's. */
const startTimeoutMs = 300_000;
const storyTimeoutMs = 900_000;

let place: Workplace;
let browser: Browser;
/** Of the employee, and of IT staff with the board beside the chat. */
let desk: Window;
let office: Window;
/** The chat app in which all of it happens. */
let app: App;
/** What the names of its pictures begin with. */
let prefix: string;

/** Declares the stories as tests of the file that calls it, in this chat app. */
export function tellTicketLoop(chat: App): void {
  app = chat;
  prefix = chat === 'teams' ? 'teams-' : '';

  beforeAll(async () => {
    place = await startWorkplace(app === 'teams' ? { TRIAGE_CHANNEL: triageInTeams() } : {});
    browser = await openBrowser();
  }, startTimeoutMs);

  afterAll(async () => {
    await browser?.close();
    await place?.close();
  }, startTimeoutMs);

  beforeEach(async () => {
    desk = await openWindow(browser, { url: place.page.url });
    office = await openWindow(browser, { url: place.page.url });
    for (const { page } of [desk, office]) await inApp(page, app);
    await actAs(office.page, hannah);
  });

  afterEach(async () => {
    const problems = [...desk.problems, ...office.problems];
    await Promise.all([desk.close(), office.close()]);
    expect(problems).toEqual([]);
  });

  test(
    'from a question to a ticket, through comments, a screenshot, Not yet and a rating, to an answer for the next one',
    async () => {
      const [employee, staff] = [desk.page, office.page];
      await actAs(employee, ines);
      const asked = await askInDm(employee, question);
      await waitForReply(employee, ['may help', 'Get a human']);

      await handedOver(employee);
      const key = await taken(staff);
      await waitForReply(employee, [`${hannah} from IT has taken this`]);

      await openIssue(staff, key);
      await waitForText(staff, '.issue-scroll', 'MacBook Pro, label 4471');
      await waitForText(staff, '.assignee', hannah);
      await pictures(staff, 'loop-issue-new', '.issue-summary');
      await chooseStatus(staff, 'Start work');
      await waitForReply(employee, ['IT is working on it']);

      await commentOnIssue(staff, 'Which dock is it? Please send a picture of its label.');
      await waitForReply(employee, [hannah, 'Which dock is it?']);
      await commentOnIssue(staff, note, 'internal');
      await waitForText(staff, '#activity', note);

      const where = await whereThread(employee);
      await pasteFile(employee, `${where} textarea`, { name: 'label.png', type: 'image/png', bytes: await picture() });
      await employee.waitForSelector(`${where} .upload.is-done`);
      await replyInThread(employee, 'It is this one');
      await staff.waitForSelector('.attachments .thumbnail img');
      await waitForText(staff, '#activity', 'It is this one');
      // a picture in a message of Teams has no name
      expect(issueOf(key).attachments.map(({ name }) => name)).toEqual([app === 'teams' ? 'image.png' : 'label.png']);
      await pictures(staff, 'loop-issue-answered', '.comment');

      await commentOnIssue(staff, 'Please start the dock once more, that should do.');
      await resolveIssue(staff);
      await waitForReply(employee, ['Is it solved for you?']);
      await pictures(employee, 'loop-solved-or-not');
      await notYet(employee);
      await waitForReply(employee, ['This is open again']);
      await waitForText(staff, '#activity', 'It is still dark after lunch');
      await eventually(async () => expect(issueOf(key).status).not.toBe('Done'));

      await commentOnIssue(staff, solution);
      await resolveIssue(staff);
      await eventually(async () => {
        const asked = (await botReplies(employee)).filter((text) => text.includes('Is it solved for you?'));
        expect(asked).toHaveLength(2);
      });
      await press(employee, 'Solved');
      await rated(employee, staff);
      expect((await botReplies(employee)).join('\n')).not.toContain(note);

      await learnt(staff, key);
      await openConversation(employee, 'Firstline');
      await openThread(employee, asked);
      await waitForReply(employee, ['Rated 4 of 5']);
      expect((await botReplies(employee)).join('\n')).not.toContain(note);
      await pictures(employee, 'loop-thread-whole');
      await showWhy(employee);
      await employee.waitForSelector('#panel-body ::-p-text(Offered links)');
      await pictures(employee, 'loop-why-whole');

      await actAs(employee, 'Tomasz Wiśniewski');
      await askInDm(employee, question);
      await waitForReply(employee, ['Hold the power button of the docking station', addition]);
      // in Teams the card with the link is drawn after the words
      await eventually(async () => {
        expect(await threadLinks(employee)).toContainEqual(expect.stringMatching(new RegExp(`/browse/${key}$`)));
      });
      await pictures(employee, 'loop-learnt-answer');
      await showWhy(employee);
      await employee.waitForSelector('#panel-body ::-p-text(Answered: confidence)');
      await pictures(employee, 'loop-learnt-why');
      await click(employee, '#tab-knowledge');
      await employee.waitForSelector('.sync-bar');
      await pictures(employee, 'loop-knowledge');
    },
    storyTimeoutMs,
  );

  test(
    'three have the same outage, the fourth follows the first one’s ticket and gets its news; IT sees who has it',
    async () => {
      const [employee, staff] = [desk.page, office.page];
      const [priya, duarte, femke, gareth] = [
        'Priya Raghunathan',
        'Duarte Antunes',
        'Femke Hoekstra',
        'Gareth Pickles',
      ];
      const before = await ticketsToDo(staff);
      const keys: string[] = [];
      for (const [person, words] of [
        [priya, 'the pallet gateway of the warehouse is down'],
        [duarte, 'pallet gateway is down in the warehouse'],
        [femke, 'The warehouse pallet gateway is down again'],
      ] as const) {
        await actAs(employee, person);
        await askInDm(employee, words);
        const key = await waitForNewTicket(staff, [...before, ...keys]);
        await waitForReply(employee, [key]);
        keys.push(key);
      }
      const [first = ''] = keys;

      await actAs(employee, gareth);
      await askInDm(employee, 'is the pallet gateway in the warehouse down?');
      await waitForReply(employee, ['Is yours the same as', first]);
      await pictures(employee, 'loop-offer-follow');
      await press(employee, 'Follow it');
      await waitForReply(employee, [`You follow ${first}`]);
      await openIssue(staff, first);
      await eventually(async () => {
        const counted = await waitForText(staff, '#activity', 'people have this problem');
        expect(counted).toContain(gareth);
      });
      await pictures(staff, 'loop-followers', '.comment.is-internal');

      await commentOnIssue(staff, 'The gateway gets a new certificate now.');
      await waitForReply(employee, [hannah, 'new certificate']);
      await resolveIssue(staff);
      await waitForReply(employee, ['the problem you follow is solved']);
      await pictures(employee, 'loop-followed');
      await openConversation(staff, triageChannel);
      await pressIn(staff, '.conversation', 'Mute');
      await waitForText(staff, '.conversation .messages', `Muted by ${hannah}`);
      await pictures(staff, 'loop-triage-muted');
      await backToBoard(staff);
      await eventually(async () => {
        expect((await ticketsToDo(staff)).toSorted()).toEqual([...before, ...keys.slice(1)].toSorted());
      });
    },
    storyTimeoutMs,
  );

  test(
    'what IT answers from the triage channel is in the thread and on the ticket, once; a picture on the ticket comes over',
    async () => {
      const [employee, staff] = [desk.page, office.page];
      await actAs(employee, 'Zeynep Yıldız');
      const before = await ticketsToDo(staff);
      await askInDm(employee, 'the tea robot of the moon office speaks Klingon');
      const key = await waitForNewTicket(staff, before);
      await waitForReply(employee, [key]);
      await openConversation(staff, triageChannel);
      await waitForText(staff, '.conversation .messages', key);
      await pressIn(staff, '.conversation', 'Answer from here');
      await staff.waitForSelector('.modal h2::-p-text(Answer the employee)');
      await pictures(staff, 'loop-answer-here');
      await fillForm(staff, 'text', 'Switch it to English with the red key.');
      await sendForm(staff);
      await waitForReply(employee, [hannah, 'Switch it to English']);
      await openIssue(staff, key);
      await waitForText(staff, '#activity', 'Switch it to English');
      const written = issueOf(key).comments.filter(({ body }) => JSON.stringify(body).includes('Switch it to English'));
      expect(written.map((comment) => comment.public)).toEqual([true]);
      expect((await botReplies(employee)).filter((text) => text.includes('Switch it to English'))).toHaveLength(1);

      // and a picture on the ticket comes to the thread
      await pasteFile(staff, '.reply-box textarea', { name: 'keys.png', type: 'image/png', bytes: await picture() });
      await staff.waitForSelector('.reply-box .upload.is-done');
      await commentOnIssue(staff, 'This is the **red key**:\n\n- left of the lamp\n- above the tap');
      await waitForReply(employee, [hannah, 'red key']);
      await employee.waitForSelector(`${await whereThread(employee)} .message[data-bot="true"] .thumbnail img`);
      await pictures(employee, 'loop-picture-from-it');
    },
    storyTimeoutMs,
  );

  test(
    'webhooks sent twice, or not at all: each comment is in the thread once',
    async () => {
      const [employee, staff] = [desk.page, office.page];
      await actAs(employee, 'Joost van der Meulen');
      const before = await ticketsToDo(staff);
      await askInDm(employee, 'who feeds the ferns on the second moon of saturn');
      const key = await waitForNewTicket(staff, before);
      await waitForReply(employee, [key]);
      await openIssue(staff, key);

      await chooseFault(staff, 'webhooks', 'twice');
      await commentOnIssue(staff, 'Said while all is told twice.');
      await waitForReply(employee, ['Said while all is told twice.']);
      await chooseFault(staff, 'webhooks', 'dropped');
      await commentOnIssue(staff, 'Said while nothing is told.');
      await waitForReply(employee, ['Said while nothing is told.']);
      await pictures(staff, 'loop-webhooks-dropped', '.comment');
      await chooseFault(staff, 'webhooks', 'once');
      // what comes after both shows that nothing of them is still on its way
      await commentOnIssue(staff, 'Said at last.');
      await waitForReply(employee, ['Said at last.']);
      const said = (await botReplies(employee)).flatMap((text) => /Said [a-z ]+\./.exec(text) ?? []);
      expect(said).toEqual(['Said while all is told twice.', 'Said while nothing is told.', 'Said at last.']);
    },
    storyTimeoutMs,
  );
}

/** The form behind Get a human: filled in, changed and sent. */
async function handedOver(employee: Page): Promise<void> {
  await pressForForm(employee, 'Get a human', 'Add details');
  const values = await formValues(employee);
  expect(values).toMatchObject({ summary: question, device: 'MacBook Pro', urgency: 'normal' });
  expect(values['tried']).toContain('Docking station');
  expect(await violations(employee, '.modal')).toEqual([]);
  await pictures(employee, 'loop-form');
  await fillForm(employee, 'device', 'MacBook Pro, label 4471');
  await sendForm(employee);
  await waitForReply(employee, ['I have handed this over to the IT team: IT-']);
}

/** IT takes it in the triage channel. Returns the ticket's key. */
async function taken(staff: Page): Promise<string> {
  await openConversation(staff, triageChannel);
  const key = await until('a card that names the ticket', async () => {
    const words = await waitForText(staff, '.conversation .messages', ines);
    return /IT-\d+/.exec(words)?.[0];
  });
  await pictures(staff, 'loop-triage-new');
  await pressIn(staff, '.conversation', 'Take');
  await waitForText(staff, '.conversation .messages', `Taken by ${hannah}`);
  await pictures(staff, 'loop-triage-taken');
  return key;
}

/** Says in the form what is still wrong. */
async function notYet(employee: Page): Promise<void> {
  await pressForForm(employee, 'Not yet', 'Say what is wrong');
  await employee.waitForSelector('.modal h2::-p-text(Not solved yet)');
  await pictures(employee, 'loop-not-yet');
  await fillForm(employee, 'text', 'It is still dark after lunch');
  await sendForm(employee);
}

async function rated(employee: Page, staff: Page): Promise<void> {
  await waitForReply(employee, ['How did this go?']);
  await pictures(employee, 'loop-rating');
  await pressForForm(employee, '4', 'Add a comment');
  await employee.waitForSelector('.modal h2::-p-text(Thank you!)');
  await pictures(employee, 'loop-rating-form');
  await fillForm(employee, 'comment', 'Quick and kind');
  await sendForm(employee);
  await waitForReply(employee, ['Rated 4 of 5']);
  await waitForText(staff, '#activity', 'Quick and kind');
  await waitForText(staff, '#activity', '4 of 5');
}

/** What is to be learnt is in the triage channel and on the issue; it is reworded, and approved. */
async function learnt(staff: Page, key: string): Promise<void> {
  await waitForText(staff, '#activity', '/firstline approve');
  await pictures(staff, 'loop-issue-lesson', '.comment.is-internal');
  const hidden = issueOf(key).comments.filter(isAboutStaff);
  expect(hidden.map((comment) => comment.public)).toEqual(hidden.map(() => false));

  await click(staff, '.conversation .replies');
  await waitForReply(staff, ['from now on?', 'Hold the power button']);
  await pictures(staff, 'loop-lesson');
  await press(staff, 'Edit');
  await staff.waitForSelector('.modal h2::-p-text(Edit before approving)');
  expect(await formValues(staff)).toEqual({ question, answer: solution });
  await pictures(staff, 'loop-lesson-edit');
  await fillForm(staff, 'answer', `${solution}\n\n${addition}`);
  await sendForm(staff);
  await waitForReply(staff, [addition]);
  await press(staff, 'Approve');
  await waitForReply(staff, [`Approved by ${hannah}`]);
  await pictures(staff, 'loop-lesson-approved');
  await place.until('it is knowledge', () =>
    place.lines.some(
      ({ msg, job, key: of }) => msg === 'job done' && job === 'refresh' && String(of).startsWith('lessons'),
    ),
  );
}

/** Written by us for IT staff, or by them among themselves. */
function isAboutStaff({ body }: Comment): boolean {
  const words = JSON.stringify(body);
  return ['/firstline approve', 'Quick and kind', note].some((part) => words.includes(part));
}

function issueOf(key: string): Issue {
  const issue = place.jira.issue(key);
  if (issue === null) throw new Error(`there is no ${key}`);
  return issue;
}

/** Something that one can see is a picture. */
async function picture(): Promise<Buffer> {
  return Buffer.from(await desk.page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } }));
}

/** At the width of a desk and of a telephone, by day and by night. @param at what is to be seen of the open issue */
async function pictures(page: Page, name: string, at?: string): Promise<void> {
  for (const [width, height] of [
    [1440, 900],
    [400, 800],
  ] as const) {
    await page.setViewport({ width, height });
    if (at !== undefined && width === 400) await click(page, '[data-view="board"]');
    if (at !== undefined) await page.waitForSelector(at);
    if (at !== undefined) await page.$eval(at, (part) => part.scrollIntoView({ block: 'center' }));
    for (const look of ['light', 'dark'] as const) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look }]);
      await screenshot(page, `${prefix}${name}-${width}-${look}`);
    }
  }
  if (at !== undefined) await click(page, '[data-view="chat"]');
  await page.setViewport({ width: 1440, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
}

/** Opens what happened behind the first answer. */
async function showWhy(page: Page): Promise<void> {
  const first = await firstReply(page);
  await click(page, `${await whereThread(page)} .message[data-ts="${first}"] .why`);
}

function triageInTeams(): string {
  const channel = loadCompany().channels.find(({ name }) => name === triageChannel);
  return channelIdOf(channel?.id ?? '');
}
