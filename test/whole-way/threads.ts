import type { Issue } from '../../sandbox/jira/index.ts';
import type { ShownMessage } from '../../sandbox/slack/index.ts';
import type { Workplace } from './workplace.ts';

/** A thread, as the person sees it who opened it. */
export interface Thread {
  readonly person: string;
  readonly channel: string;
  readonly ts: string;
}

/** The Slack id of the person with this name. */
export function named({ slack }: Workplace, name: string): string {
  const person = slack.people().find((one) => one.name.startsWith(name));
  if (person === undefined) throw new Error(`nobody is called ${name}`);
  return person.slackId;
}

/** Opens a thread with this message: in the direct messages with the bot, or in a channel. */
export async function ask(
  { slack }: Workplace,
  asked: { as: string; text: string; channel?: string; raw?: boolean },
): Promise<Thread> {
  const { as, text, channel = slack.dm(as), raw = false } = asked;
  const ts = await (raw ? slack.sayRaw({ as, channel, text }) : slack.say({ as, channel, text }));
  return { person: as, channel, ts };
}

/** Adds a message to the thread, of its owner or of somebody else. */
export function add({ slack }: Workplace, thread: Thread, text: string, as = thread.person): Promise<string> {
  return slack.say({ as, channel: thread.channel, threadTs: thread.ts, text });
}

/** What the bot has posted in the thread. */
export function posts({ slack }: Workplace, { channel, ts }: Thread): readonly ShownMessage[] {
  return slack.thread(channel, ts).filter((message) => message.bot_id === slack.botId);
}

/** Waits until the bot has posted this many times, and returns its posts. */
export function postsFrom(place: Workplace, thread: Thread, count: number): Promise<readonly ShownMessage[]> {
  return place.until(`there are ${count} posts`, () => {
    const there = posts(place, thread);
    return there.length >= count && there;
  });
}

/** All that a post shows, as one text: also what only its blocks say. */
export function shown(post: ShownMessage | undefined): string {
  return post === undefined ? '' : [post.text, ...textsIn(post.blocks)].join('\n');
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

export function hasButtons({ blocks = [] }: ShownMessage): boolean {
  return blocks.some((block) => block['type'] === 'actions');
}

/** Presses a button of a post. */
export function press(
  { slack }: Workplace,
  { channel, person }: Thread,
  click: { ts: string; actionId: 'solved' | 'get_human' | 'answer_privately'; as?: string },
): Promise<number> {
  return slack.click({ as: person, channel, ...click });
}

/** Does something that brings the bot a message, and waits until the bot has decided on it. */
export async function handled(place: Workplace, act: () => Promise<unknown>): Promise<void> {
  const decided = () => place.lines.filter(({ msg, job }) => msg === 'job done' && job === 'answer').length;
  const before = decided();
  await act();
  await place.until('the message is decided on', () => decided() > before);
}

/** The issues that link to the thread. */
export function issuesOf({ jira }: Workplace, { ts }: Thread): readonly Issue[] {
  const permalink = `/p${ts.replace('.', '')}`;
  return jira.issues().filter(({ description }) => JSON.stringify(description).includes(permalink));
}

/** Waits until the thread's ticket exists and all that belongs to it has been done. */
export async function ticketOf(place: Workplace, thread: Thread): Promise<Issue> {
  const { key } = await place.until('there is an issue', () => issuesOf(place, thread)[0]);
  await place.until('its key is in the thread', () => posts(place, thread).some((post) => shown(post).includes(key)));
  return place.until('it links to the thread', () => {
    const issue = place.jira.issue(key);
    return issue !== null && issue.remoteLinks.length > 0 && issue;
  });
}
