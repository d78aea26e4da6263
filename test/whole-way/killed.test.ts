import type { Issue } from '../../sandbox/jira/model.ts';
import type { Message } from '../../sandbox/slack/messages.ts';
import { startWorkplace, wikiPath, type Workplace } from './workplace.ts';

/** One conversation with everything in it: question, answer, Get a human, ticket, one more message. */
interface Story {
  readonly person: string;
  readonly channel: string;
  readonly ts: string;
}

const vpnSource = wikiPath('network/vpn-keeps-dropping.md');

/** A restart takes a second or two, and on a busy machine far longer. */
const patienceMs = 120_000;

let place: Workplace;
let told = 0;

beforeAll(async () => {
  place = await startWorkplace();
}, patienceMs);
afterAll(() => place.close());

/** Asks, waits for the answer, presses the button, waits for the ticket, adds a message, waits until it is on the ticket. */
async function tell(): Promise<Story> {
  const people = place.slack.people();
  const person = people[told++ % people.length]!.slackId;
  const channel = place.slack.dm(person);
  const ts = await place.slack.say({ as: person, channel, text: 'my vpn keeps droping' });
  const story = { person, channel, ts };
  const answer = await place.until('the answer is there', () => posts(story).find(hasButtons));
  await press(story, answer.ts);
  const issue = await place.until('the ticket exists', () => issueOf(story));
  await place.until('its key is posted', () => posts(story).find(({ text }) => text.includes(issue.key)));
  await place.slack.say({ as: person, channel, threadTs: ts, text: 'it is the Lisbon office' });
  await place.until('the message is on the ticket', () => (issueOf(story)?.comments.length ?? 0) > 0);
  await place.until('the link is on the ticket', () => (issueOf(story)?.remoteLinks.length ?? 0) > 0);
  await place.until('the buttons are gone', () => !posts(story).some(hasButtons));
  return story;
}

/** A click is not delivered again: a person whose click failed sees a warning sign and clicks once more. */
async function press({ person, channel }: Story, ts: string): Promise<void> {
  await place.until('the bot takes clicks', () => place.bot.state() === 'up');
  const status = await place.slack.click({ as: person, channel, ts, actionId: 'get_human' }).catch(() => 0);
  if (status !== 200) await press({ person, channel, ts }, ts);
}

function posts({ channel, ts }: Story): readonly Message[] {
  return place.slack.thread(channel, ts).filter((message) => message.bot_id !== undefined);
}

function hasButtons({ blocks = [] }: Message): boolean {
  return blocks.some((block) => block['type'] === 'actions');
}

function issuesOf({ ts }: Story): readonly Issue[] {
  const isLinked = (issue: Issue) => JSON.stringify(issue.description).includes(ts.replace('.', ''));
  return place.jira.issues().filter(isLinked);
}

function issueOf(story: Story): Issue | undefined {
  return issuesOf(story)[0];
}

/** What people are left with: each thing once, however often the program was killed on the way. */
function whatIsThere(story: Story) {
  const shown = posts(story);
  return {
    answers: shown.filter(({ blocks }) => JSON.stringify(blocks ?? []).includes(vpnSource)).length,
    keys: shown.filter(({ text }) => text.includes(issueOf(story)?.key ?? '?')).length,
    withButtons: shown.filter(hasButtons).length,
    issues: issuesOf(story).length,
    links: issueOf(story)?.remoteLinks.length,
    comments: issueOf(story)?.comments.length,
  };
}

const once = { answers: 1, keys: 1, withButtons: 0, issues: 1, links: 1, comments: 1 };

test('undisturbed, each thing is there once', async () => {
  expect(whatIsThere(await tell())).toEqual(once);
});

const jobs = [
  ['answer', 1],
  ['deliver', 1],
  ['answer', 2],
  ['settle', 1],
  ['escalate', 1],
  ['deliver', 2],
  ['link', 1],
  ['answer', 3],
  ['mirror', 1],
] as const;
const boundaries = jobs.flatMap(([job, nth]) => [
  { moment: 'begins', job, nth },
  { moment: 'done', job, nth },
]);

test.each(boundaries)(
  'killed when the job $job ($nth) $moment, the conversation ends as if nothing had happened',
  async (at) => {
    let seen = 0;
    let kills = 0;
    const stop = place.onLine((line) => {
      if (line.msg !== `job ${at.moment}` || line.job !== at.job) return;
      seen += 1;
      if (seen !== at.nth) return;
      kills += 1;
      place.bot.kill();
    });
    const story = await tell();
    stop();
    expect({ kills, ...whatIsThere(story) }).toEqual({ kills: 1, ...once });
  },
  patienceMs,
);

/** What the vendors have after each outside effect, counted from before the conversation. */
const effects = [
  ['the answer is posted', ({ posted }: Seen) => posted === 1],
  ['the buttons are replaced', ({ posted, withButtons }: Seen) => posted >= 1 && withButtons === 0],
  ['the ticket is created', ({ issue }: Seen) => issue !== null],
  ['the ticket is told of', ({ posted }: Seen) => posted === 2],
  ['the link is made', ({ issue }: Seen) => issue !== null && issue.remoteLinks.length > 0],
  ['the comment is made', ({ issue }: Seen) => issue !== null && issue.comments.length > 0],
] as const;
interface Seen {
  readonly posted: number;
  readonly withButtons: number;
  readonly issue: Issue | null;
}

test.each(effects)(
  'killed as soon as %s, before it hears of it, nothing is doubled',
  async (_, isDone) => {
    const channels = place.slack.people().map(({ slackId }) => place.slack.dm(slackId));
    const ofBot = () =>
      channels.flatMap((channel) => place.slack.messages(channel)).filter(({ bot_id }) => bot_id !== undefined);
    const postsBefore = ofBot().length;
    const issuesBefore = new Set(place.jira.issues().map(({ key }) => key));
    let kills = 0;
    const killWhenDone = () => {
      const now = ofBot();
      const issue = place.jira.issues().find(({ key }) => !issuesBefore.has(key)) ?? null;
      const seen = { posted: now.length - postsBefore, withButtons: now.filter(hasButtons).length, issue };
      if (kills > 0 || !isDone(seen)) return;
      kills += 1;
      place.bot.kill(); // the vendor tells its listeners before it answers the call
    };
    const stop = [place.slack.on(killWhenDone), place.jira.on(killWhenDone)];
    const story = await tell();
    for (const off of stop) off();
    expect({ kills, ...whatIsThere(story) }).toEqual({ kills: 1, ...once });
  },
  patienceMs,
);
