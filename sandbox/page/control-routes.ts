import { z } from 'zod';
import type { Knowledge } from '../knowledge/index.ts';
import type { ChatApps } from './chat-apps.ts';
import {
  countWebhooks,
  disturb,
  type Disturbed,
  faultNames,
  type FaultName,
  sendWebhooks,
  type WebhookMode,
  webhookModes,
} from './faults.ts';
import type { ModelDesk } from './model-desk.ts';
import type { PageJira, PageParts, PageTeams } from './parts.ts';
import { route, type Routes } from './route.ts';
import { tallyOf } from './tally.ts';

interface ControlParts extends PageParts {
  readonly knowledge: Knowledge;
  readonly chats: ChatApps;
  readonly modelDesk: ModelDesk;
  /** Tells every open page that the faults or the deliveries have changed. */
  readonly announce: () => void;
}

/** Who is who, the switches that disturb the vendors and the bot, and what came of it. */
export function controlRoutes(parts: ControlParts): Routes {
  const { slack, teams, jira, notion, confluence, bot, modelDesk, announce } = parts;
  const vendors = new Map<string, Disturbed>([
    ['slack', slack],
    ...(teams === undefined ? [] : [['teams', teams] as const]),
    ['jira', jira],
    ...(notion === undefined ? [] : [['notion', notion] as const]),
    ...(confluence === undefined ? [] : [['confluence', confluence] as const]),
  ]);
  // a page server that is started over the same vendors begins with them undisturbed
  const faults = Object.fromEntries([...vendors.keys()].map((name): [string, FaultName] => [name, 'none']));
  const webhooks = createWebhooks(jira, () => faults['jira'] ?? 'none');
  return {
    'GET /api/bootstrap': async () => ({
      ...(await whoIsWho(parts)),
      faults,
      ...webhooks?.told(),
      ...modelDesk.told(),
    }),
    'GET /api/tally': () => toldTally(parts),
    'POST /api/webhooks': route(z.object({ mode: z.enum(webhookModes) }), ({ mode }) => {
      webhooks?.set(mode);
      announce();
      return { mode };
    }),
    'POST /api/faults': route(
      z.object({ system: z.enum([...vendors.keys()]), fault: z.enum(faultNames) }),
      ({ system, fault }) => {
        const vendor = vendors.get(system);
        if (vendor !== undefined) disturb(vendor, fault);
        faults[system] = fault;
        webhooks?.again();
        announce();
        return { faults };
      },
    ),
    'POST /api/delivery': route(z.object({ copies: z.number().int().min(1).max(10) }), ({ copies }) => {
      slack.delivery.copies = copies;
      if (teams !== undefined) teams.delivery.copies = copies;
      announce();
      return { copies };
    }),
    'POST /api/bot': route(z.object({ action: z.enum(['kill', 'restart']) }), ({ action }) => {
      bot[action]();
      return { state: bot.state() };
    }),
  };
}

function toldTally({ slack, chats, jira, bot }: ControlParts) {
  const teams = chats.teams?.server;
  return {
    ...tallyOf({
      botUserId: slack.botUserId,
      slack: slack.ledger(),
      ...(teams === undefined ? {} : { teams: { botUserId: teams.botUserId, ledger: teams.ledger() } }),
      jira: { url: jira.url, issues: jira.issues() },
      killed: bot.kills(),
    }),
    ...(jira.webhooks === undefined ? {} : { webhooks: countWebhooks(jira.webhooks) }),
  };
}

/** How the webhooks are sent, whatever else Jira is made to do; null when it sends none. */
function createWebhooks({ delivery }: PageJira, fault: () => FaultName) {
  if (delivery === undefined) return null;
  let mode: WebhookMode = 'once';
  const again = () => sendWebhooks(delivery, mode, fault());
  return {
    again,
    told: () => ({ webhooks: mode }),
    set(next: WebhookMode) {
      mode = next;
      again();
    },
  };
}

async function whoIsWho({ slack, teams, jira, notion, confluence, company, bot, knowledge }: ControlParts) {
  const articles = await knowledge.list();
  const sites = [notion, confluence].filter((wiki) => wiki !== undefined).map(({ url }) => `${url}/`);
  return {
    company: { name: company.name },
    people: company.people.map(({ slackId, name, email, title, team, role, office }) => {
      return { slackId, name, email, title, team, role, office };
    }),
    bot: { userId: slack.botUserId, name: 'Firstline' },
    app: slack.app,
    teams: teams === undefined ? null : whatIsInTeams(teams),
    jira: { url: jira.url, projectKey: jira.projectKey },
    articles: [...new Set(articles.flatMap(({ url, earlierUrl }) => [url, earlierUrl ?? '']))].filter(
      (url) => url !== '',
    ),
    sites,
    knowledgeIsOwn: knowledge.isOwn,
    botState: bot.state(),
    copies: slack.delivery.copies,
  };
}

/** The app's name there, where links to messages begin, and the chats of more than one person with the app. */
function whatIsInTeams(teams: PageTeams) {
  const views = teams.people().flatMap(({ slackId }) => teams.chats(slackId));
  const shared = new Map(views.filter(({ kind }) => kind !== 'personal').map((view) => [view.id, view]));
  return {
    botName: teams.appName,
    userId: teams.botId,
    url: teams.url,
    tenantId: teams.tenantId,
    channels: [...shared.values()].map(({ id, name, kind, topic }) => ({ id, name, kind, topic })),
  };
}
