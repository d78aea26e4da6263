import { loadCompany } from '../../../sandbox/company.ts';
import { createFaults, listen } from '../../../sandbox/http.ts';
import { startJira } from '../../../sandbox/jira/index.ts';
import type { Operator } from '../../../sandbox/operator.ts';
import { startPage } from '../../../sandbox/page.ts';
import { startSlack } from '../../../sandbox/slack/index.ts';
import { startTeams } from '../../../sandbox/teams/index.ts';

export const cardType = 'application/vnd.microsoft.card.adaptive';

/** What the app is sent: an activity of Teams. */
export type Activity = Readonly<Record<string, unknown>> & { readonly type: string; readonly name?: string };

/** A page over a Teams with an app that takes all, answers invokes as told, and posts as told. */
export interface TeamsDesk extends AsyncDisposable {
  readonly page: { readonly url: string };
  readonly teams: Awaited<ReturnType<typeof startTeams>>;
  /** A person, a second one, and the ids of a group and a channel in Teams. */
  readonly mia: string;
  readonly ben: string;
  readonly group: string;
  readonly channel: string;
  /** What the app answers to an invoke. */
  onInvoke: (activity: Activity) => unknown;
  /** What its operator is told, by link. */
  why: Operator['why'];
  /** The app posts, and its message's id is returned. */
  post(chat: string, activity: Readonly<Record<string, unknown>>, thread?: string): Promise<string>;
  get(at: string): Promise<{ status: number; body: unknown }>;
  send(at: string, body: unknown): Promise<{ status: number; body: unknown }>;
}

export async function openTeamsDesk(): Promise<TeamsDesk> {
  const company = loadCompany();
  const [mia = '', ben = ''] = company.people.map(({ slackId }) => slackId);
  const app = await listen({
    port: 0,
    faults: createFaults(),
    async handle({ body }) {
      const activity = JSON.parse(body) as Activity;
      return { status: 200, body: activity.type === 'invoke' ? JSON.stringify(desk.onInvoke(activity)) : null };
    },
  });
  const slack = await startSlack({ people: company.people, channels: [], company: company.name });
  const jira = await startJira({ people: company.people });
  const teams = await startTeams({
    people: company.people,
    company: company.name,
    channels: [{ id: 'help', name: 'IT help', members: 'all' }],
    groups: [{ id: 'move', name: 'Office move', members: [mia, ben] }],
  });
  teams.connectApp(`${app.url}/api/messages`);
  const bot = { state: () => 'up' as const, on: () => () => undefined, kill() {}, restart() {}, kills: () => 0 };
  const operator: Operator = {
    why: (link) => desk.why(link),
    syncs: async () => null,
    coverage: async () => null,
    syncNow: async () => null,
  };
  const page = await startPage({ port: 0, slack, teams, jira, company, bot, operator });
  const bearer = await tokenOf(teams);

  async function fetched(url: string, init?: RequestInit): Promise<{ status: number; body: unknown }> {
    const response = await fetch(url, init);
    return { status: response.status, body: await response.json() };
  }
  const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });
  const desk: TeamsDesk = {
    page,
    teams,
    mia,
    ben,
    group: teams.chatOf('move'),
    channel: teams.chatOf('help'),
    onInvoke: () => ({}),
    why: async () => ({ trail: null }),
    async post(chat, activity, thread) {
      const id = encodeURIComponent(thread === undefined ? chat : `${chat};messageid=${thread}`);
      const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
      const url = `${teams.serviceUrl}v3/conversations/${id}/activities`;
      const { body } = await fetched(url, { ...json({ type: 'message', ...activity }), headers });
      return (body as { id: string }).id;
    },
    get: (at) => fetched(page.url + at),
    send: (at, body) => fetched(page.url + at, { ...json(body), headers: { 'content-type': 'application/json' } }),
    async [Symbol.asyncDispose]() {
      await page.close();
      await Promise.all([slack.close(), jira.close(), teams.close(), app.close()]);
    },
  };
  return desk;
}

async function tokenOf(teams: Awaited<ReturnType<typeof startTeams>>): Promise<string> {
  const response = await fetch(`${teams.loginUrl}/${teams.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: teams.appId,
      client_secret: teams.appPassword,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Looks again until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!isSo()) {
    if (Date.now() > giveUpAt) throw new Error('it did not come to that');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A card whose button belongs to a turn. */
export function cardOf(text: string, turn: string) {
  const action = { type: 'Action.Execute', title: 'Solved', verb: 'solved', data: { verb: 'solved', turn } };
  const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }], actions: [action] };
  return { contentType: cardType, content };
}

/** What Teams needs to label a text as an AI's, with a source. */
export const aiLabel = {
  type: 'https://schema.org/Message',
  '@type': 'Message',
  '@context': 'https://schema.org',
  additionalType: ['AIGeneratedContent'],
  citation: [
    { '@type': 'Claim', position: 1, appearance: { '@type': 'DigitalDocument', name: 'VPN', abstract: 'Restart it.' } },
  ],
};
