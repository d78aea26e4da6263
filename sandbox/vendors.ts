import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { readManifest } from './app-manifest.ts';
import type { Company } from './company.ts';
import { type ConfluenceSandbox, startConfluence } from './confluence/index.ts';
import { type JiraSandbox, startJira } from './jira/index.ts';
import { confluenceSeed } from './knowledge/confluence.ts';
import { closedRoots, notionSeed } from './knowledge/notion.ts';
import type { PlacedArticles } from './knowledge/shipped.ts';
import { type NotionSandbox, startNotion } from './notion/index.ts';
import { type OpenAiSandbox, startOpenAi } from './openai/index.ts';
import { bindWithMemory, type PortMemory } from './port-memory.ts';
import { type SlackSandbox, startSlack } from './slack/index.ts';
import { startTeams, type TeamsSandbox } from './teams/index.ts';

/** Milliseconds before each redelivery of an event; in all about as long as Slack's own, but with less waiting for people. Teams' are not known. */
const retrySchedule: readonly number[] = [0, 5_000, 15_000, 60_000, 300_000];

/** The local servers that play other companies' systems. */
export interface Vendors {
  readonly slack: SlackSandbox;
  readonly jira: JiraSandbox;
  readonly notion: NotionSandbox;
  readonly confluence: ConfluenceSandbox;
  readonly teams: TeamsSandbox;
  readonly openai: OpenAiSandbox;
}

export interface VendorPorts {
  readonly slack: number;
  readonly jira: number;
  readonly notion: number;
  readonly confluence: number;
  readonly teams: number;
  /** The one of the last time, or any free one, when not given. */
  readonly openai?: number;
}

export interface VendorStart {
  readonly company: Company;
  /** What Notion and Confluence begin with; null: nothing. */
  readonly placed: PlacedArticles | null;
  readonly pageUrl: string;
  /** Where they keep their states. */
  readonly folder: string;
  /** 0 is the port of the last time, or any free one. */
  readonly ports: VendorPorts;
  readonly memory: PortMemory;
  /** Told what closes each server, as soon as it is up. */
  readonly opened: (close: () => Promise<void>) => void;
}

/** Starts them one after the other. @throws the system's error when a port is taken. */
export async function startVendors(start: VendorStart): Promise<Vendors> {
  const { company, placed, pageUrl, folder, ports, memory, opened } = start;
  const { people, channels, tickets } = company;

  async function bind<Server extends { readonly url: string; close(): Promise<void> }>(
    name: keyof VendorPorts,
    server: (common: {
      port: number;
      people: Company['people'];
      pageUrl: string;
      statePath: string;
    }) => Promise<Server>,
  ): Promise<Server> {
    const statePath = path.join(folder, `${name}.json`);
    const bound = (port: number) => server({ port, people, pageUrl, statePath });
    const up = await bindWithMemory({ memory, name, wish: ports[name] ?? 0, bind: bound });
    opened(() => up.close());
    return up;
  }

  const slack = await bind('slack', (common) =>
    startSlack({ ...common, ...readManifest(), channels, company: company.name, retrySchedule }),
  );
  const jira = await bind('jira', (common) => startJira({ ...common, pastTickets: tickets }));
  const notion = await bind('notion', (common) =>
    startNotion({ ...common, seed: placed === null ? [] : notionSeed(placed) }),
  );
  const confluence = await bind('confluence', (common) =>
    startConfluence({ ...common, ...(placed === null ? {} : wikiOf(placed, people)) }),
  );
  const { team = company.name, groups = [] } = company.teams ?? {};
  const teams = await bind('teams', (common) =>
    startTeams({ ...common, channels, groups, company: team, retrySchedule }),
  );
  const openai = await bind('openai', ({ port }) => startOpenAi({ port }));
  return { slack, jira, notion, confluence, teams, openai };
}

/** The pages, and the groups that may read them. */
function wikiOf(placed: PlacedArticles, people: Company['people']) {
  const { readers } = placed.places.confluence;
  const employees = people.filter(({ guest }) => guest !== true).map(({ email }) => email);
  return {
    seed: confluenceSeed(placed),
    groups: { ...placed.groups, [readers]: employees },
    spaceReaders: { groups: [readers] },
  };
}

/** The settings that connect a program to these vendors. */
export function settingsFor({ slack, jira }: Pick<Vendors, 'slack' | 'jira'>): Readonly<Record<string, string>> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: `${slack.url}/api`,
    JIRA_BASE_URL: jira.url,
    JIRA_EMAIL: jira.email,
    JIRA_API_TOKEN: jira.apiToken,
    JIRA_PROJECT: jira.projectKey,
  };
}

/** The settings that connect a program to this Teams. Names of hosts carry the port: only on loopback may they be http. */
export function teamsSettingsFor(teams: TeamsSandbox): Record<string, string> {
  return {
    TEAMS_APP_ID: teams.appId,
    TEAMS_APP_PASSWORD: teams.appPassword,
    TEAMS_TENANT_ID: teams.tenantId,
    TEAMS_SERVICE_HOSTS: new URL(teams.url).host,
    TEAMS_OPENID_METADATA_URL: teams.openIdMetadataUrl,
    TEAMS_LOGIN_URL: teams.loginUrl,
    TEAMS_WEB_URL: teams.url,
  };
}

export interface TicketStart {
  readonly company: Company;
  /** What Jira signs its webhooks with. */
  readonly webhookSecret: string;
}

/** The channel in which IT staff see what is handed over. */
const triageChannel = 'it-triage';

/** The settings with which a program hears of what happens to its tickets, and shows them to IT staff. */
export function ticketSettingsFor({ company, webhookSecret }: TicketStart): Readonly<Record<string, string>> {
  const channel = company.channels.find(({ name }) => name === triageChannel);
  return {
    JIRA_WEBHOOK_SECRET: webhookSecret,
    // often: nobody should watch the wait for what a lost webhook did not tell
    JIRA_POLL_SECONDS: '5',
    ...(channel === undefined ? {} : { TRIAGE_CHANNEL: channel.id }),
  };
}

/** What Jira signs its webhooks with, known to both before the first. */
export function newWebhookSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What Notion signs its events with, known to both before the first. */
export function newWebhookToken(): string {
  return `secret_${randomBytes(24).toString('base64url')}`;
}

export interface KnowledgeStart {
  readonly vendors: Pick<Vendors, 'notion' | 'confluence'>;
  readonly placed: PlacedArticles;
  readonly people: Company['people'];
  readonly webhookToken: string;
  /** The visitor's own: whoever sets up a system themselves gets nothing of ours for it. */
  readonly own: Readonly<Record<string, string>>;
}

/** Requests a second: nobody is harmed by more of them on this machine, and everybody would wait for fewer. */
const localPace = '200';

/** The settings with which a program answers from Notion, Confluence and the solved tickets of Jira. */
export function knowledgeSettingsFor(start: KnowledgeStart): Readonly<Record<string, string>> {
  const { placed, people, own } = start;
  const staff = people.find(({ role }) => role === 'it-staff');
  return {
    ...(own['NOTION_TOKEN'] === undefined ? notionSettings(start) : {}),
    ...(own['CONFLUENCE_BASE_URL'] === undefined ? confluenceSettings(start, placed) : {}),
    TICKETS_AUDIENCE: 'everyone',
    TICKETS_REQUESTS_PER_SECOND: localPace,
    ...(staff === undefined ? {} : { ADMINS: staff.email }),
  };
}

function notionSettings({ vendors: { notion }, placed, webhookToken }: KnowledgeStart): Record<string, string> {
  const roots = notion.pages().filter(({ path: above }) => above.length === 0);
  const closed = closedRoots(placed).flatMap(({ title, readers }) => {
    // of the folder's group file: Confluence tells only of groups that its own pages name
    const names = readers.map((group) => `markdown/${group}`).join(', ');
    return roots.filter((root) => root.title === title).map(({ url }) => `${url} = ${names}`);
  });
  return {
    NOTION_TOKEN: notion.token,
    NOTION_REQUESTS_PER_SECOND: localPace,
    NOTION_API_URL: notion.url,
    NOTION_AUDIENCES: [...closed, '* = everyone'].join('; '),
    NOTION_WEBHOOK_TOKEN: webhookToken,
  };
}

function confluenceSettings(
  { vendors: { confluence } }: KnowledgeStart,
  { places: { confluence: place } }: PlacedArticles,
): Record<string, string> {
  return {
    CONFLUENCE_BASE_URL: confluence.baseUrl,
    CONFLUENCE_EMAIL: confluence.email,
    CONFLUENCE_API_TOKEN: confluence.apiToken,
    CONFLUENCE_SPACES: place.space.key,
    CONFLUENCE_EVERYONE_GROUPS: place.readers,
    // with every sync: nobody should wait for a restriction that was lifted in the page
    CONFLUENCE_SWEEP_MINUTES: '0',
    CONFLUENCE_REQUESTS_PER_SECOND: localPace,
  };
}
