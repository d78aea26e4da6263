import type { PageIssue, PageLedger, PageMessage } from './parts.ts';
import { tallyTeams } from './tally-teams.ts';
import { tsOfTeams } from './teams-ids.ts';

/** What became of everything that people asked since the workplace began; `sentAgain` and `killed` since the start. */
export interface Tally {
  /**
   * Top-level messages of people to the bot: in their direct messages, or with a mention in a channel. Of Teams, see
   * {@link tallyTeams}.
   */
  readonly asked: number;
  readonly answered: number;
  /** Became a ticket, or belong to one. */
  readonly handedOver: number;
  /** Neither yet. */
  readonly waiting: number;
  /** Messages that Slack or Teams has given up delivering, after which nothing was said. */
  readonly lost: number;
  /** Posts, issues, links and comments too many. */
  readonly doubled: number;
  readonly tickets: number;
  /** Deliveries of an event beyond its first. */
  readonly sentAgain: number;
  readonly killed: number;
}

/** The fields of an issue that the tally is worked out from. */
export type TallyIssue = Pick<PageIssue, 'labels' | 'properties' | 'remoteLinks' | 'comments'>;

export interface TallyInput {
  readonly botUserId: string;
  readonly slack: PageLedger;
  /** When the bot is in Teams as well. */
  readonly teams?: { readonly botUserId: string; readonly ledger: PageLedger };
  readonly jira: { readonly url: string; readonly issues: readonly TallyIssue[] };
  readonly killed: number;
}

/** The key under which the program marks what it makes in Jira. */
const markKey = 'firstline';

/** Works it all out from what the local chats and Jira hold: nothing is counted along the way, so nothing is missed. */
export function tallyOf({ botUserId, slack, teams, jira, killed }: TallyInput): Tally {
  const issues = jira.issues.filter((issue) => conversationOf(issue) !== null);
  const linked = new Set(issues.flatMap(({ remoteLinks }) => remoteLinks.map(({ object }) => placeOf(object.url))));
  const browse = `${jira.url}/browse/`;
  const inSlack = tallySlack(slack, { botUserId, linked, browse });
  const inTeams = teams === undefined ? nobody : tallyTeams(teams.ledger, { ...teams, linked, browse });
  const both = (name: keyof Outcomes) => inSlack[name] + inTeams[name];
  const counts = { answered: both('answered'), handedOver: both('handedOver'), waiting: both('waiting') };
  return {
    asked: counts.answered + counts.handedOver + counts.waiting + both('lost'),
    ...counts,
    lost: both('lost') + both('lostReplies'),
    doubled: tooMany(inSlack.turns) + tooMany(inTeams.turns) + doubledIssues(issues),
    tickets: issues.length,
    sentAgain: slack.sentAgain + (teams?.ledger.sentAgain ?? 0),
    killed,
  };
}

/** What became of the questions of one app. */
export interface AppTally extends Outcomes {
  /** The turn of each post, where it says one: what stands there twice was posted twice. */
  readonly turns: readonly unknown[];
}

interface Outcomes {
  readonly answered: number;
  readonly handedOver: number;
  readonly waiting: number;
  readonly lost: number;
  /** What was said below a question, given up, and nothing was said after it. */
  readonly lostReplies: number;
}

const nobody: AppTally = { answered: 0, handedOver: 0, waiting: 0, lost: 0, lostReplies: 0, turns: [] };

/** What the questions of one app are judged by. */
export interface TallyView {
  readonly botUserId: string;
  /** Channel and first message of the threads that tickets are linked to. */
  readonly linked: ReadonlySet<string>;
  /** Where every issue's address begins. */
  readonly browse: string;
}

function tallySlack(slack: PageLedger, { botUserId, linked, browse }: TallyView): AppTally {
  const givenUp = new Set(slack.givenUp.map(({ channel, ts }) => `${channel}/${ts}`));
  const counts = { answered: 0, handedOver: 0, waiting: 0, lost: 0 };
  const turns: unknown[] = [];
  let lostReplies = 0;
  for (const { id, isDirect, messages } of slack.channels) {
    const threads = threadsOf(messages, botUserId);
    for (const posts of threads.posts.values()) turns.push(...posts.map(turnOf));
    for (const question of messages.filter((message) => isQuestion(message, { isDirect, botUserId }))) {
      const posts = threads.posts.get(question.ts) ?? [];
      const place = `${id}/${question.ts}`;
      counts[outcomeOf({ posts, hasLink: linked.has(place), isGivenUp: givenUp.has(place), browse })] += 1;
      const replies = threads.replies.get(question.ts) ?? [];
      lostReplies += replies.filter(({ ts }) => givenUp.has(`${id}/${ts}`) && !saidAfter(posts, ts)).length;
    }
  }
  return { ...counts, lostReplies, turns };
}

interface Threads {
  /** The bot's posts by the thread they stand in. */
  readonly posts: Map<string, PageMessage[]>;
  /** What people say below the first message, likewise. */
  readonly replies: Map<string, PageMessage[]>;
}

function threadsOf(messages: readonly PageMessage[], botUserId: string): Threads {
  const threads: Threads = { posts: new Map(), replies: new Map() };
  for (const message of messages) {
    const isPost = message.bot_id !== undefined || message.user === botUserId;
    const thread = message.thread_ts ?? message.ts;
    if (!isPost && thread === message.ts) continue;
    const of = isPost ? threads.posts : threads.replies;
    const there = of.get(thread);
    if (there === undefined) of.set(thread, [message]);
    else there.push(message);
  }
  return threads;
}

function isQuestion(message: PageMessage, { isDirect, botUserId }: { isDirect: boolean; botUserId: string }): boolean {
  const { ts, thread_ts, user, bot_id, subtype, text } = message;
  if (thread_ts !== undefined && thread_ts !== ts) return false;
  if (bot_id !== undefined || user === undefined || user === botUserId) return false;
  if (subtype !== undefined && subtype !== 'file_share') return false;
  return isDirect || text.includes(`<@${botUserId}>`) || text.includes(`<@${botUserId}|`);
}

interface Asked {
  readonly posts: readonly PageMessage[];
  readonly hasLink: boolean;
  readonly isGivenUp: boolean;
  /** Where every issue's address begins. */
  readonly browse: string;
}

function outcomeOf({ posts, hasLink, isGivenUp, browse }: Asked): 'answered' | 'handedOver' | 'waiting' | 'lost' {
  if (hasLink) return 'handedOver';
  // the post of the key comes before the link from the ticket to the thread
  const said = posts.map(({ text, blocks }) => `${text}${JSON.stringify(blocks ?? [])}`);
  if (said.some((words) => words.includes(browse))) return 'handedOver';
  // "your request is taken" has neither a source nor a button: the ticket is still to come
  if (said.some((words) => /"type":"(actions|markdown)"|<https?:/.test(words))) return 'answered';
  return posts.length === 0 && isGivenUp ? 'lost' : 'waiting';
}

function saidAfter(posts: readonly PageMessage[], ts: string): boolean {
  return posts.some((post) => Number(post.ts) > Number(ts));
}

function doubledIssues(issues: readonly TallyIssue[]): number {
  const inside = issues.map(
    ({ remoteLinks, comments }) =>
      tooMany(remoteLinks.map(({ object }) => object.url)) +
      tooMany(comments.map(({ properties }) => field(properties[markKey], 'id'))),
  );
  return inside.reduce((sum, each) => sum + each, tooMany(issues.map(conversationOf)));
}

/** How many there are beyond the first of each; null and undefined are nothing. */
function tooMany(names: readonly unknown[]): number {
  const there = names.filter((name) => name !== null && name !== undefined);
  return there.length - new Set(there).size;
}

/** The turn that a post of the bot's shows, as its metadata says. */
function turnOf({ metadata }: PageMessage): unknown {
  return field(field(metadata, 'event_payload'), 'turn_id');
}

/** The conversation that an issue was made for; null for any other issue. */
function conversationOf({ properties, labels }: TallyIssue): string | null {
  const marked = field(properties[markKey], 'conversation');
  if (typeof marked === 'string') return marked;
  return labels.find((label) => label.startsWith(`${markKey}-`))?.slice(markKey.length + 1) ?? null;
}

/** Channel and first message of the thread that a permalink names; '' for any other address. */
function placeOf(address: string): string {
  return slackPlaceOf(address) ?? teamsPlaceOf(address) ?? '';
}

function slackPlaceOf(address: string): string | null {
  const found = /\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:\?thread_ts=([\d.]+))?/.exec(address);
  if (found === null) return null;
  const [, channel = '', seconds = '', micros = '', thread] = found;
  return `${channel}/${thread ?? `${seconds}.${micros}`}`;
}

/** See `teamsLink`. */
function teamsPlaceOf(address: string): string | null {
  const url = URL.parse(address);
  const [, chat, id] = /\/l\/message\/([^/]+)\/(\d+)$/.exec(url?.pathname ?? '') ?? [];
  if (url === null || chat === undefined || id === undefined) return null;
  const root = url.searchParams.get('parentMessageId') ?? id;
  try {
    return `${decodeURIComponent(chat)}/${tsOfTeams(root)}`;
  } catch {
    // anybody may put a link on a ticket
    return null;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
