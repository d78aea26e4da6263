import { z } from 'zod';
import { readArticles } from './articles.ts';
import { disturb, faultNames, type FaultName } from './faults.ts';
import type { PageParts } from './parts.ts';
import { route, type Routes } from './route.ts';
import { tallyOf } from './tally.ts';

interface ControlParts extends PageParts {
  /** Tells every open page that the faults or the deliveries have changed. */
  readonly announce: () => void;
}

/** Who is who, the switches that disturb the vendors and the bot, and what came of it. */
export function controlRoutes(parts: ControlParts): Routes {
  const { slack, jira, bot, announce } = parts;
  // a page server that is started over the same vendors begins with them undisturbed
  const faults: Record<'slack' | 'jira', FaultName> = { slack: 'none', jira: 'none' };
  return {
    'GET /api/bootstrap': async () => ({ ...(await whoIsWho(parts)), faults }),
    'GET /api/tally': () =>
      tallyOf({
        botUserId: slack.botUserId,
        slack: slack.ledger(),
        jira: { url: jira.url, issues: jira.issues() },
        killed: bot.kills(),
      }),
    'POST /api/faults': route(
      z.object({ system: z.enum(['slack', 'jira']), fault: z.enum(faultNames) }),
      ({ system, fault }) => {
        disturb(system === 'slack' ? slack : { faults: jira.faults }, fault);
        faults[system] = fault;
        announce();
        return { faults };
      },
    ),
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

async function whoIsWho({ slack, jira, company, bot, knowledge }: PageParts) {
  return {
    company: { name: company.name },
    people: company.people.map(({ slackId, name, email, title, team, role, office }) => {
      return { slackId, name, email, title, team, role, office };
    }),
    bot: { userId: slack.botUserId, name: 'Firstline' },
    app: slack.app,
    jira: { url: jira.url, projectKey: jira.projectKey },
    articles: (await readArticles(company.knowledgeFolder)).map(({ url }) => url),
    knowledgeIsOwn: knowledge?.isOwn ?? false,
    botState: bot.state(),
    copies: slack.delivery.copies,
  };
}
