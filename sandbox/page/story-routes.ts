import { z } from 'zod';
import type { Trail } from '../operator.ts';
import type { Chat } from './chat.ts';
import type { ShownMessage } from './messages.ts';
import type { PageMessage, PageParts } from './parts.ts';
import { route, type Routes } from './route.ts';
import { eventsAbout } from './story-events.ts';
import { roundOfMessage, roundsOf } from './story-rounds.ts';
import type { EventStep, Story } from './story-types.ts';
import type { WikiCall } from './story-wiki.ts';
import { tellRounds } from './story.ts';

const Id = z.string().min(1).max(64);

/** How many requests of a kind the local vendors remember. */
const remembered = 1000;

interface StoryParts extends Pick<PageParts, 'slack' | 'jira' | 'notion' | 'confluence' | 'company' | 'operator'> {
  readonly chat: Chat;
}

interface Asked {
  readonly as: string;
  readonly channel: string;
  readonly ts: string;
}

/** What went on behind a message. Only who may see the message is told. */
export function storyRoutes(parts: StoryParts): Routes {
  const startedAt = Date.now();
  return {
    'GET /api/story': route(z.object({ as: Id, channel: Id, ts: Id }), async (asked): Promise<Story> => {
      const { as, channel, ts } = asked;
      const message = parts.chat.message(as, channel, ts);
      const shown = { author: message.author.name, text: message.text, ts };
      const told = await parts.operator.why(permalink(parts.slack.url, channel, message));
      if (told?.trail != null) return toStory(parts, { asked, message, trail: told.trail, startedAt });
      const events = eventsAbout(parts.slack.deliveries, channel, ts);
      const state = told === null ? 'unavailable' : 'not-stored';
      const why =
        told === null
          ? whyUnavailable
          : whyNotStored({ message, events, startedAt, isDirect: channel.startsWith('D') });
      return { state, message: shown, ticket: null, rounds: [], current: 0, why, events };
    }),
  };
}

function toStory(
  parts: StoryParts,
  found: { asked: Asked; message: ShownMessage; trail: Trail; startedAt: number },
): Story {
  const { slack, jira, company, chat } = parts;
  const { trail, message, asked, startedAt } = found;
  const { as, channel, ts } = asked;
  const thread = chat.thread(as, channel, message.thread_ts ?? ts).messages;
  const authors = new Map(thread.map((one) => [one.ts, one.author.name]));
  const requester = company.people.find(({ slackId }) => trail.conversation.requesterRef.endsWith(`/${slackId}`));
  const rounds = tellRounds({
    trail,
    channel,
    deliveries: slack.deliveries,
    slackCalls: slack.calls,
    jiraCalls: jira.calls,
    wikiCalls: wikiCallsOf(parts),
    threadTs: new Set(authors.keys()),
    requesterEmail: requester?.email ?? null,
    requesterName: requester?.name ?? null,
    keptSince: keptSince([slack.deliveries, slack.calls, jira.calls], startedAt),
    authorOf: (at) => authors.get(at) ?? null,
  });
  const own = roundOfMessage(roundsOf(trail), ts);
  const { ticket } = trail;
  return {
    state: 'told',
    message: { author: message.author.name, text: message.text, ts },
    ticket: ticket === null || ticket.key === null ? null : { key: ticket.key, url: ticket.url },
    rounds,
    current: own === -1 ? Math.max(0, rounds.length - 1) : own,
    why: null,
    events: [],
  };
}

function wikiCallsOf({ notion, confluence }: Pick<StoryParts, 'notion' | 'confluence'>): readonly WikiCall[] {
  return [
    ...(notion?.calls ?? []).map((call) => ({ ...call, system: 'notion' as const })),
    ...(confluence?.calls ?? []).map((call) => ({ ...call, system: 'confluence' as const })),
  ];
}

/** As the local Slack gives it out. https://docs.slack.dev/reference/methods/chat.getPermalink */
function permalink(url: string, channel: string, { ts, thread_ts: thread }: PageMessage): string {
  const query = thread === undefined || thread === ts ? '' : `?thread_ts=${thread}&cid=${channel}`;
  return `${url}/archives/${channel}/p${ts.replace('.', '')}${query}`;
}

/** Requests from this time on are remembered; epoch milliseconds. */
function keptSince(logs: readonly (readonly { readonly at: Date | string }[])[], startedAt: number): number {
  const oldest = logs.flatMap((log) => (log.length < remembered ? [] : log.slice(0, 1)));
  return Math.max(startedAt, ...oldest.map(({ at }) => new Date(at).getTime()));
}

const whyUnavailable = 'The bot is down at the moment, so it cannot be asked. This fills in when it is back.';

function whyNotStored(of: {
  message: ShownMessage;
  events: readonly EventStep[];
  startedAt: number;
  isDirect: boolean;
}): string {
  const { message, events, startedAt, isDirect } = of;
  if (message.author.bot) return 'Firstline posted this outside of any conversation that it keeps.';
  if (events.some(({ attempts }) => attempts.some(({ status }) => status === 200))) {
    if (isDirect) return 'Firstline was told of it and has kept nothing of it.';
    return 'Firstline was told of it and kept nothing: it is no direct message, does not mention Firstline, and is not in a thread where Firstline helps. What colleagues say to each other is not stored.';
  }
  if (events.length > 0) return 'Slack has tried to tell Firstline of it, and Firstline has not taken it yet.';
  if (Number(message.ts) * 1000 < startedAt) {
    return 'Firstline has kept nothing of it. It is from before the sandbox’s start, so what Slack told Firstline then is not remembered either.';
  }
  return 'Slack has told Firstline nothing of it: Firstline hears only what is said to it directly, or in channels that it is a member of.';
}
