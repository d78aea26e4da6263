import { z } from 'zod';
import { readArticles } from './articles.ts';
import { toBoard } from './board.ts';
import type { Chat } from './chat.ts';
import type { Fault } from '../http.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';

/** Answers one request of the page: the query or the JSON body in, what is sent back as JSON out. */
export type Route = (input: unknown) => unknown;

const Id = z.string().min(1).max(64);
const Place = z.object({ as: Id, channel: Id });
const Post = Place.extend({ ts: Id });
const Text = z.string().min(1).max(40_000);

const FaultWish = z.object({
  match: z.string().default(''),
  kind: z.enum(['status', 'rate-limit', 'slow', 'drop', 'drop-after']),
  status: z.number().int().min(400).max(599).optional(),
  retryAfterSeconds: z.number().positive().max(600).optional(),
  delayMs: z.number().positive().max(60_000).optional(),
  /** Left out: until it is cleared. JSON has no Infinity. */
  times: z.number().int().positive().optional(),
});

/** What the page needs of its server beside the parts themselves. */
export interface ApiParts extends PageParts {
  readonly chat: Chat;
  /** Tells every open page that the faults or the deliveries have changed. */
  readonly announce: () => void;
}

/** The page's JSON API: method and path to what answers it. A wrong input throws a Refusal with 400. */
export function createApi(parts: ApiParts): Readonly<Record<string, Route>> {
  return { ...chatRoutes(parts), ...boardRoutes(parts), ...controlRoutes(parts) };
}

function chatRoutes({ chat, slack }: ApiParts): Record<string, Route> {
  return {
    'GET /api/chat/channels': route(z.object({ as: Id }), ({ as }) => chat.channels(as)),
    'GET /api/chat/messages': route(Place, ({ as, channel }) => chat.messages(as, channel)),
    'GET /api/chat/thread': route(Post, ({ as, channel, ts }) => chat.thread(as, channel, ts)),
    'GET /api/chat/members': route(z.object({ channel: Id }), ({ channel }) => ({ people: chat.membersOf(channel) })),
    'POST /api/chat/say': route(Place.extend({ text: Text, threadTs: Id.optional() }), async (saying) => {
      chat.check(saying.as, saying.channel);
      const { threadTs, ...rest } = saying;
      return { ts: await slack.say(threadTs === undefined ? rest : { ...rest, threadTs }) };
    }),
    'POST /api/chat/edit': route(Post.extend({ text: Text }), async (change) => {
      checkOwn(chat, change);
      await slack.edit(change);
      return {};
    }),
    'POST /api/chat/remove': route(Post, async (change) => {
      checkOwn(chat, change);
      await slack.remove(change);
      return {};
    }),
    'POST /api/chat/click': route(Post.extend({ actionId: z.string().min(1).max(255) }), async (click) => {
      chat.check(click.as, click.channel);
      return { status: await slack.click(click) };
    }),
  };
}

function boardRoutes({ jira, company }: ApiParts): Record<string, Route> {
  return {
    'GET /api/article': route(z.object({ url: z.string().max(2000) }), async ({ url }) => {
      const article = (await readArticles(company.knowledgeFolder)).find((candidate) => candidate.url === url);
      if (article === undefined) throw new Refusal(404, 'There is no such article.');
      return article;
    }),
    'GET /api/board': () => toBoard(jira),
    'GET /api/board/issue': route(z.object({ key: Id }), ({ key }) => {
      const issue = jira.issue(key);
      if (issue === null) throw new Refusal(404, `There is no issue ${key}.`);
      return issue;
    }),
  };
}

function controlRoutes({ slack, jira, company, bot, announce }: ApiParts): Record<string, Route> {
  const systems = { slack, jira };
  const faults: { slack: unknown; jira: unknown } = { slack: null, jira: null };
  return {
    'GET /api/bootstrap': async () => ({
      company: { name: company.name },
      people: company.people.map(({ slackId, name, email, title, team, role, office }) => {
        return { slackId, name, email, title, team, role, office };
      }),
      bot: { userId: slack.botUserId, name: 'Firstline' },
      jira: { url: jira.url, projectKey: jira.projectKey },
      articles: (await readArticles(company.knowledgeFolder)).map(({ url }) => url),
      botState: bot.state(),
      faults,
      copies: slack.delivery.copies,
    }),
    'POST /api/faults': route(z.object({ system: z.enum(['slack', 'jira']), fault: FaultWish.nullable() }), (wish) => {
      systems[wish.system].faults.clear();
      if (wish.fault !== null) systems[wish.system].faults.set(toFault(wish.fault));
      faults[wish.system] = wish.fault;
      announce();
      return { faults };
    }),
    'POST /api/delivery': route(z.object({ copies: z.number().int().min(1).max(10) }), ({ copies }) => {
      slack.delivery.copies = copies;
      announce();
      return { copies };
    }),
    'POST /api/bot': route(z.object({ action: z.enum(['kill', 'restart']) }), ({ action }) => {
      bot[action]();
      return { state: bot.state() };
    }),
  };
}

/** People may change only what they wrote themselves, as in Slack. */
function checkOwn(chat: Chat, { as, channel, ts }: z.infer<typeof Post>): void {
  if (!chat.isOwn(as, channel, ts)) throw new Refusal(403, 'Only your own messages can be changed.');
}

function toFault({ match, kind, times, status, retryAfterSeconds, delayMs }: z.infer<typeof FaultWish>): Fault {
  return {
    match,
    kind,
    times: times ?? Number.POSITIVE_INFINITY,
    ...(status === undefined ? {} : { status }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(delayMs === undefined ? {} : { delayMs }),
  };
}

function route<Input>(schema: z.ZodType<Input>, answer: (input: Input) => unknown): Route {
  return (input) => {
    const parsed = schema.safeParse(input);
    if (parsed.success) return answer(parsed.data);
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'the request')));
    throw new Refusal(400, `Please check ${[...fields].join(', ')}: missing, too long or not understood.`);
  };
}
