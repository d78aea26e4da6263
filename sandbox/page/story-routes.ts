import { z } from 'zod';
import type { Trail } from '../operator.ts';
import type { ChatApp, ChatApps } from './chat-apps.ts';
import type { ShownMessage } from './messages.ts';
import type { PageParts, PagePerson } from './parts.ts';
import { route, type Routes } from './route.ts';
import { eventsAbout } from './story-events.ts';
import { roundOfMessage, roundsOf, stampsOf } from './story-rounds.ts';
import type { EventStep, Story } from './story-types.ts';
import type { WikiCall } from './story-wiki.ts';
import { tellRounds } from './story.ts';

const Id = z.string().min(1).max(200);

/** How many requests of a kind the local vendors remember. */
const remembered = 1000;

type Known = Pick<PageParts, 'slack' | 'teams' | 'jira' | 'notion' | 'confluence' | 'openai' | 'company' | 'operator'>;

interface StoryParts extends Known {
  readonly chats: ChatApps;
}

interface Asked {
  readonly as: string;
  readonly channel: string;
  readonly ts: string;
}

/** What went on behind a message. Only who may see the message is told. */
export function storyRoutes(parts: StoryParts): Routes {
  const startedAt = Date.now();
  const Asked = z.object({ app: z.string().optional(), as: Id, channel: Id, ts: Id });
  return {
    'GET /api/story': route(Asked, async ({ app: named, ...asked }): Promise<Story> => {
      const { as, channel, ts } = asked;
      const app = parts.chats.named(named);
      const message = app.chat.message(as, channel, ts);
      const shown = { author: message.author.name, text: message.text, ts };
      const told = await askedBy(parts.operator, app.linksOf(channel, message));
      if (told?.trail != null) return toStory(parts, { app, asked, message, trail: told.trail, startedAt });
      const events = eventsAbout(app.server.deliveries, channel, ts);
      const state = told === null ? 'unavailable' : 'not-stored';
      const isDirect = app.chat.channels(as).some(({ id, kind }) => id === channel && kind === 'dm');
      const why = told === null ? whyUnavailable : whyNotStored({ app, message, events, startedAt, isDirect });
      return { state, message: shown, ticket: null, rounds: [], current: 0, why, events };
    }),
  };
}

/** By the first link that the program knows something of. */
async function askedBy(operator: PageParts['operator'], links: readonly string[]) {
  let told: Awaited<ReturnType<typeof operator.why>> = null;
  for (const link of links) {
    told = await operator.why(link);
    if (told?.trail != null) return told;
  }
  return told;
}

interface Found {
  readonly app: ChatApp;
  readonly asked: Asked;
  readonly message: ShownMessage;
  readonly trail: Trail;
  readonly startedAt: number;
}

function toStory(parts: StoryParts, found: Found): Story {
  const { app, trail, message, asked, startedAt } = found;
  const { channel, ts } = asked;
  const authors = authorsOf(found);
  const requester = requesterOf(parts, trail);
  const calls = callsOf(parts);
  const rounds = tellRounds({
    trail,
    channel,
    deliveries: app.server.deliveries,
    ...calls,
    wikiCalls: wikiCallsOf(parts),
    threadTs: new Set(authors.keys()),
    requesterEmail: requester?.email ?? null,
    requesterName: requester?.name ?? null,
    keptSince: keptSince([app.server.deliveries, ...Object.values(calls)], startedAt),
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

/** What the vendors remember that the bot has asked of them. */
function callsOf({ slack, teams, jira, openai }: StoryParts) {
  return {
    slackCalls: slack.calls,
    teamsCalls: teams?.calls ?? [],
    jiraCalls: jira.calls,
    modelCalls: openai?.calls() ?? [],
  };
}

/** Who wrote what in the conversation, by `ts`: in its thread, and where there are no threads what the bot has kept. */
function authorsOf({ app, asked, message, trail }: Found): ReadonlyMap<string, string> {
  const { as, channel, ts } = asked;
  const thread = app.chat.thread(as, channel, message.thread_ts ?? ts).messages;
  const others = app.name === 'Slack' ? [] : app.chat.some(as, channel, trail.turns.flatMap(stampsOf));
  return new Map([...others, ...thread].map((one) => [one.ts, one.author.name]));
}

function requesterOf({ company, teams }: StoryParts, { conversation }: Trail): PagePerson | undefined {
  const isIn = (id: string) => conversation.requesterRef.endsWith(`/${id}`);
  const known = new Set(teams?.people().map(({ slackId }) => slackId));
  return company.people.find(({ slackId }) => {
    return isIn(slackId) || (teams !== undefined && known.has(slackId) && isIn(teams.aadIdOf(slackId)));
  });
}

function wikiCallsOf({ notion, confluence }: Pick<StoryParts, 'notion' | 'confluence'>): readonly WikiCall[] {
  return [
    ...(notion?.calls ?? []).map((call) => ({ ...call, system: 'notion' as const })),
    ...(confluence?.calls ?? []).map((call) => ({ ...call, system: 'confluence' as const })),
  ];
}

/** Requests from this time on are remembered; epoch milliseconds. */
function keptSince(logs: readonly (readonly { readonly at: Date | string | number }[])[], startedAt: number): number {
  const oldest = logs.flatMap((log) => (log.length < remembered ? [] : log.slice(0, 1)));
  return Math.max(startedAt, ...oldest.map(({ at }) => new Date(at).getTime()));
}

const whyUnavailable = 'The bot is down at the moment, so it cannot be asked. This fills in when it is back.';

interface Untold {
  readonly app: ChatApp;
  readonly message: ShownMessage;
  readonly events: readonly EventStep[];
  readonly startedAt: number;
  readonly isDirect: boolean;
}

function whyNotStored({ app: { name }, message, events, startedAt, isDirect }: Untold): string {
  if (message.author.bot) return 'Firstline posted this outside of any conversation that it keeps.';
  if (events.some(({ attempts }) => attempts.some(({ status }) => status === 200))) {
    if (isDirect) return 'Firstline was told of it and has kept nothing of it.';
    return 'Firstline was told of it and kept nothing: it is no direct message, does not mention Firstline, and is not in a thread where Firstline helps. What colleagues say to each other is not stored.';
  }
  if (events.length > 0) return `${name} has tried to tell Firstline of it, and Firstline has not taken it yet.`;
  if (Number(message.ts) * 1000 < startedAt) {
    return `Firstline has kept nothing of it. It is from before the sandbox’s start, so what ${name} told Firstline then is not remembered either.`;
  }
  return `${name} has told Firstline nothing of it: Firstline hears only ${hears[name]}.`;
}

const hears = {
  Slack: 'what is said to it directly, or in channels that it is a member of',
  Teams: 'what is said to it directly or mentions it, and the rest only where the app was given leave to read it',
} as const;
