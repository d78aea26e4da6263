import { z } from 'zod';
import type { Fault } from '../http.ts';
import { readArticles } from './articles.ts';
import type { PageParts } from './parts.ts';
import { route, type Routes } from './route.ts';

const FaultWish = z.object({
  match: z.string().default(''),
  kind: z.enum(['status', 'rate-limit', 'slow', 'drop', 'drop-after']),
  status: z.number().int().min(400).max(599).optional(),
  retryAfterSeconds: z.number().positive().max(600).optional(),
  delayMs: z.number().positive().max(60_000).optional(),
  /** Left out: until it is cleared. JSON has no Infinity. */
  times: z.number().int().positive().optional(),
});

interface ControlParts extends PageParts {
  /** Tells every open page that the faults or the deliveries have changed. */
  readonly announce: () => void;
}

/** Who is who, and the switches that disturb the vendors and the bot. */
export function controlRoutes({ slack, jira, company, bot, announce }: ControlParts): Routes {
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
