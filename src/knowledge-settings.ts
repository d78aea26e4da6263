import { z } from 'zod';
import { ADMINS, type Audience, EVERYONE, groupName } from '#domain/knowledge.ts';
import { SetupError } from '#errors.ts';

/** Where the documents come from. Null: that source is not set up. */
export interface KnowledgeConfig {
  readonly folder: string | null;
  readonly notion: NotionConfig | null;
  readonly confluence: ConfluenceConfig | null;
  readonly tickets: TicketsConfig | null;
  readonly language: string;
  readonly syncMinutes: number;
}
export interface NotionConfig {
  readonly token: string;
  readonly apiUrl: string;
  /** By id of a page or database (32 hex digits); `*` for every other root. */
  readonly audiences: ReadonlyMap<string, Audience>;
  /** Signs what Notion tells us; null until Notion has given one. */
  readonly webhookToken: string | null;
  readonly perSecond: number;
}
export interface ConfluenceConfig {
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  readonly spaces: readonly string[];
  /** Only pages with one of them; none: all pages. */
  readonly labels: readonly string[];
  /** Groups that every employee is in. */
  readonly everyoneGroups: readonly string[];
  /** Its groups that the audiences of other sources name. */
  readonly namedGroups: readonly string[];
  readonly sweepMinutes: number;
  readonly perSecond: number;
}
export interface TicketsConfig {
  readonly jql: string;
  /** Names of the resolutions that mean "solved". */
  readonly resolutions: readonly string[];
  readonly audience: Audience;
  readonly perSecond: number;
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const minutes = (least: number) =>
  z.coerce
    .number(`must be a number from ${least} to 1440`)
    .min(least, `must be a number from ${least} to 1440`)
    .max(1440, `must be a number from ${least} to 1440`);

const requests = z.coerce
  .number('must be a number from 1 to 1000')
  .min(1, 'must be a number from 1 to 1000')
  .max(1000, 'must be a number from 1 to 1000');

/** The variables, as `.env.example` explains them. */
export const KnowledgeSettings = z.object({
  KNOWLEDGE_FOLDER: z.string().optional(),
  KNOWLEDGE_LANGUAGE: z
    .string()
    .regex(/^[a-z_]+$/, 'must be the name of a Postgres text search configuration, such as english')
    .default('english'),
  KNOWLEDGE_SYNC_MINUTES: minutes(0.1).default(10),
  NOTION_TOKEN: z.string().optional(),
  NOTION_API_URL: url.default('https://api.notion.com'),
  NOTION_AUDIENCES: z.string().default('').transform(understood(readRoots)),
  NOTION_WEBHOOK_TOKEN: z.string().optional(),
  /** https://developers.notion.com/reference/request-limits */
  NOTION_REQUESTS_PER_SECOND: requests.default(3),
  CONFLUENCE_BASE_URL: url.optional(),
  CONFLUENCE_EMAIL: z.string().optional(),
  CONFLUENCE_API_TOKEN: z.string().optional(),
  CONFLUENCE_SPACES: z.string().optional(),
  CONFLUENCE_LABELS: z.string().default(''),
  CONFLUENCE_EVERYONE_GROUPS: z.string().default(''),
  CONFLUENCE_SWEEP_MINUTES: minutes(0).default(30),
  CONFLUENCE_REQUESTS_PER_SECOND: requests.default(20),
  TICKETS_AUDIENCE: z.string().transform(understood(readNames)).optional(),
  TICKETS_JQL: z.string().optional(),
  TICKETS_REQUESTS_PER_SECOND: requests.default(20),
  TICKETS_RESOLUTIONS: z.string().default('Done, Fixed, Resolved'),
});
type Values = z.infer<typeof KnowledgeSettings>;

/** Variables that belong together: complete, empty, or an error that names what is missing. */
export const knowledgeGroups = [
  {
    name: 'Confluence',
    required: ['CONFLUENCE_BASE_URL', 'CONFLUENCE_EMAIL', 'CONFLUENCE_API_TOKEN', 'CONFLUENCE_SPACES'],
  },
] as const;

/** Of these at least one is needed to know anything. */
export const sourceSettings = ['KNOWLEDGE_FOLDER', 'NOTION_TOKEN', 'CONFLUENCE_BASE_URL', 'TICKETS_AUDIENCE'] as const;

/** @param projectKey of the tickets that Firstline makes: the solved ones of the same project are read. */
export function knowledgeConfigOf(values: Values, projectKey: string | null): KnowledgeConfig {
  return {
    folder: values.KNOWLEDGE_FOLDER ?? null,
    notion: notionOf(values),
    confluence: confluenceOf(values),
    tickets: ticketsOf(values, projectKey),
    language: values.KNOWLEDGE_LANGUAGE,
    syncMinutes: values.KNOWLEDGE_SYNC_MINUTES,
  };
}

function notionOf(values: Values): NotionConfig | null {
  const { NOTION_TOKEN: token, NOTION_API_URL: apiUrl, NOTION_AUDIENCES: audiences } = values;
  const perSecond = values.NOTION_REQUESTS_PER_SECOND;
  if (token === undefined) return null;
  return { token, apiUrl, audiences, webhookToken: values.NOTION_WEBHOOK_TOKEN ?? null, perSecond };
}

function confluenceOf(values: Values): ConfluenceConfig | null {
  const { CONFLUENCE_BASE_URL: baseUrl, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = values;
  if (baseUrl === undefined || email === undefined || apiToken === undefined) return null;
  return {
    baseUrl,
    email,
    apiToken,
    spaces: listOf(values.CONFLUENCE_SPACES ?? ''),
    labels: listOf(values.CONFLUENCE_LABELS),
    everyoneGroups: listOf(values.CONFLUENCE_EVERYONE_GROUPS),
    namedGroups: groupsNamedIn(values, 'confluence'),
    sweepMinutes: values.CONFLUENCE_SWEEP_MINUTES,
    perSecond: values.CONFLUENCE_REQUESTS_PER_SECOND,
  };
}

/** Groups of the source that the settings name as readers of other sources' documents. */
function groupsNamedIn({ NOTION_AUDIENCES, TICKETS_AUDIENCE = [] }: Values, source: string): readonly string[] {
  const names = [...NOTION_AUDIENCES.values(), TICKETS_AUDIENCE].flat(2);
  const ofSource = names.filter((name) => name.startsWith(groupName(source, '')));
  return [...new Set(ofSource.map((name) => name.slice(groupName(source, '').length)))];
}

function ticketsOf(values: Values, projectKey: string | null): TicketsConfig | null {
  if (values.TICKETS_AUDIENCE === undefined || projectKey === null) return null;
  return {
    jql: values.TICKETS_JQL ?? `project = ${projectKey} AND statusCategory = Done ORDER BY updated DESC`,
    resolutions: listOf(values.TICKETS_RESOLUTIONS),
    audience: values.TICKETS_AUDIENCE,
    perSecond: values.TICKETS_REQUESTS_PER_SECOND,
  };
}

export function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/**
 * Who may read, as an admin writes it: `everyone`, `admins`, e-mail addresses, and groups by their source
 * (`confluence/it-staff`), separated by commas: alternatives.
 *
 * @throws SetupError naming what it cannot be.
 */
export function readNames(text: string): Audience {
  const names = listOf(text).flatMap(nameOf);
  if (names.length === 0)
    throw new SetupError('names nobody: write everyone, admins, an e-mail address or source/group');
  return [names];
}

function nameOf(word: string): readonly string[] {
  if (word.toLowerCase() === 'everyone') return EVERYONE.flat();
  if (word.toLowerCase() === 'admins') return ADMINS.flat();
  if (/^[^\s@:,/]+@[^\s@:,]+$/.test(word)) return [`person:${word.toLowerCase()}`];
  const [, source, group] = /^([a-z]+)\/(.+)$/.exec(word) ?? [];
  if (source !== undefined && group !== undefined) return [groupName(source, group)];
  throw new SetupError(`does not understand “${word}”: write everyone, admins, an e-mail address or source/group`);
}

/**
 * `everyone`, or a list such as `https://www.notion.so/IT-0123… = everyone; 4567… = confluence/it-staff, admins`.
 * Several roots are separated by semicolons.
 */
function readRoots(text: string): ReadonlyMap<string, Audience> {
  return new Map(text.split(';').flatMap((part) => (part.trim() === '' ? [] : [readRoot(part)])));
}

/** What a reader refuses becomes a problem of the setting, listed with the others. */
export function understood<T>(read: (text: string) => T) {
  return (text: string, context: z.core.$RefinementCtx): T => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof SetupError ? error.message : String(error) });
      return z.NEVER;
    }
  };
}

function readRoot(part: string): [string, Audience] {
  const at = part.lastIndexOf('=');
  if (at === -1) return ['*', readNames(part)];
  const root = part.slice(0, at).trim();
  const id = root === '*' ? '*' : idIn(root);
  if (id === null) throw new SetupError(`names “${root}”, which holds no id of a Notion page: copy the page's link`);
  return [id, readNames(part.slice(at + 1))];
}

/** The last 32 hex digits of a link's path, with or without dashes. https://developers.notion.com/docs/working-with-page-content */
function idIn(link: string): string | null {
  const [address = ''] = link.split(/[?#]/);
  const found = /([0-9a-f]{32})$/i.exec(address.replaceAll('-', ''));
  return found?.[1]?.toLowerCase() ?? null;
}
