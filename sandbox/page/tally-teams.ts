import type { PageLedger, PageMessage } from './parts.ts';
import type { AppTally, TallyView } from './tally.ts';
import { isFlat } from './teams-ids.ts';

/** A person's message with what the bot posted about it. */
interface Exchange {
  readonly said: PageMessage;
  readonly posts: readonly PageMessage[];
  /** Nothing has followed it yet. */
  readonly isLast: boolean;
}

type Outcome = 'answered' | 'handedOver' | 'waiting' | 'lost';

/**
 * What was asked in Teams.
 *
 * - In channels, as in Slack: first messages of threads that mention the bot.
 * - Personal and group chats have no threads, and only the bot knows where a conversation begins. So a message counts as
 *   asked when the bot posts before the person's next message, or when it is the last one and nothing was posted yet; in
 *   a group only those that mention the bot. What is added to a request that was handed over goes to the ticket without
 *   a word and is not counted, and of several messages in a row the last stands for all.
 * - A post says its turn only in the buttons of its card, so what was doubled without buttons is not seen.
 */
export function tallyTeams(ledger: PageLedger, view: TallyView): AppTally {
  const givenUp = new Set(ledger.givenUp.map(({ channel, ts }) => `${channel}/${ts}`));
  const counts = { answered: 0, handedOver: 0, waiting: 0, lost: 0, lostReplies: 0 };
  const turns: unknown[] = [];
  for (const channel of ledger.channels) {
    for (const post of channel.messages.filter(isPost)) turns.push(...turnsOf(post));
    const place = ({ ts }: PageMessage) => `${channel.id}/${ts}`;
    const isLost = (message: PageMessage) => givenUp.has(place(message));
    const judge = (one: Exchange): Outcome => {
      if (view.linked.has(place(one.said))) return 'handedOver';
      return outcomeOf(one.posts, { isGivenUp: isLost(one.said), browse: view.browse });
    };
    if (isFlat(channel.id)) {
      for (const outcome of outcomesOfChat(channel, { judge, isLost, view })) counts[outcome] += 1;
      continue;
    }
    for (const { question, replies } of threadsOf(channel.messages, view)) {
      counts[judge({ said: question, posts: replies.filter(isPost), isLast: false })] += 1;
      counts.lostReplies += replies.filter((reply) => isLost(reply) && !isAnswered(reply, replies)).length;
    }
  }
  return { ...counts, turns };
}

interface Judging {
  readonly judge: (one: Exchange) => Outcome;
  readonly isLost: (message: PageMessage) => boolean;
  readonly view: TallyView;
}

function outcomesOfChat({ messages, isDirect }: PageLedger['channels'][number], judging: Judging): readonly Outcome[] {
  const { judge, isLost, view } = judging;
  const asked: Outcome[] = [];
  let isHandedOver = false;
  for (const exchange of exchangesOf(messages)) {
    const { said, posts, isLast } = exchange;
    const isOpen = posts.length > 0 || (isLast && !isHandedOver) || isLost(said);
    if (!isOpen || !(isDirect || mentions(said, view.botUserId))) continue;
    const outcome = judge(exchange);
    isHandedOver = outcome === 'handedOver';
    asked.push(outcome);
  }
  return asked;
}

/** Each message of a person with the posts up to the next one; in a group, whoever writes next. */
function exchangesOf(messages: readonly PageMessage[]): readonly Exchange[] {
  const said = messages.filter(isSaid);
  return said.map((message, index) => {
    const next = said[index + 1];
    const posts = messages.filter((post) => isPost(post) && isBetween(post, message, next));
    return { said: message, posts, isLast: next === undefined };
  });
}

function isBetween({ ts }: PageMessage, from: PageMessage, until: PageMessage | undefined): boolean {
  return Number(ts) > Number(from.ts) && (until === undefined || Number(ts) < Number(until.ts));
}

function threadsOf(messages: readonly PageMessage[], { botUserId }: TallyView) {
  const isFirst = ({ ts, thread_ts }: PageMessage) => thread_ts === undefined || thread_ts === ts;
  const questions = messages.filter((one) => isFirst(one) && isSaid(one) && mentions(one, botUserId));
  return questions.map((question) => ({
    question,
    replies: messages.filter(({ ts, thread_ts }) => thread_ts === question.ts && ts !== question.ts),
  }));
}

function isAnswered({ ts }: PageMessage, replies: readonly PageMessage[]): boolean {
  return replies.some((reply) => isPost(reply) && Number(reply.ts) > Number(ts));
}

function isPost({ bot_id }: PageMessage): boolean {
  return bot_id !== undefined;
}

function isSaid({ bot_id, subtype }: PageMessage): boolean {
  return bot_id === undefined && subtype !== 'tombstone';
}

function mentions({ teams }: PageMessage, botUserId: string): boolean {
  return (teams?.entities ?? []).some(({ type, mentioned }) => {
    return type === 'mention' && (mentioned as { id?: unknown } | undefined)?.id === botUserId;
  });
}

function outcomeOf(posts: readonly PageMessage[], of: { isGivenUp: boolean; browse: string }): Outcome {
  const said = posts.map(({ teams }) => JSON.stringify([teams?.text, teams?.attachments, teams?.entities]));
  if (said.some((words) => words.includes(of.browse))) return 'handedOver';
  // "your request is taken" has neither a source nor a button: the ticket is still to come; a welcome's are of no turn
  if (said.some((words) => /"turn":"|"citation"|\]\(https?:/.test(words))) return 'answered';
  return posts.length === 0 && of.isGivenUp ? 'lost' : 'waiting';
}

/** The turns whose buttons a post has. */
function turnsOf({ teams }: PageMessage): readonly string[] {
  const found = JSON.stringify(teams?.attachments ?? []).matchAll(/"turn":"([^"]+)"/g);
  return [...new Set(Array.from(found, ([, turn = '']) => turn))];
}
