import { z } from 'zod';
import { SetupError } from './errors.ts';
import {
  type KnowledgeConfig,
  knowledgeConfigOf,
  knowledgeGroups,
  KnowledgeSettings,
  listOf,
  sourceSettings,
} from './knowledge-settings.ts';
import {
  hoursProblems,
  type ServiceDeskConfig,
  serviceDeskOf,
  ticketGroups,
  type TicketSettings,
  ticketSettingsOf,
  TicketVariables,
} from './ticket-settings.ts';
import { modelProblems, type ModelsConfig, modelsConfigOf, ModelVariables } from './model-settings.ts';
import { type TeamsConfig, teamsConfigOf, teamsProblems, TeamsVariables, wantsTeams } from './teams-settings.ts';

/** What the program is told by its environment; `.env.example` explains each variable. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Null: the embedded database in `folder`. */
  readonly databaseUrl: string | null;
  /** Who sends it may ask why the program did what it did, and so read conversations. Null: nobody may. */
  readonly operatorToken: string | null;
  /** Where the program keeps its own data. */
  readonly folder: string;
  /** Null: no chat platform is set up, so the sandbox is started instead. */
  readonly slack: SlackConfig | null;
  readonly teams: TeamsConfig | null;
  readonly jira: JiraConfig | null;
  readonly knowledge: KnowledgeConfig;
  readonly tickets: TicketSettings;
  /** Null: no model is asked for anything. */
  readonly models: ModelsConfig | null;
  /** E-mail addresses of those who run the helpdesk. */
  readonly admins: readonly string[];
  readonly policy: {
    /** Null: as fitted. */
    readonly answerAt: number | null;
    readonly suggestAt: number | null;
    readonly excludedTopics: readonly string[];
    /** A file made by `npm run fit`; null: the one that comes with the program. */
    readonly weightsFile: string | null;
  };
  readonly sandbox: {
    readonly port: number;
    /** What is set, to be handed on to the program that the sandbox starts; the sandbox adds the credentials. */
    readonly settings: Readonly<Record<string, string>>;
  };
}
export interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string | null;
  readonly appToken: string | null;
  readonly apiUrl: string;
}
export interface JiraConfig {
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  readonly projectKey: string;
  readonly issueType: string;
  /** Null: ordinary issues. */
  readonly serviceDesk: ServiceDeskConfig | null;
  /** Values of further fields, by id or name. */
  readonly fields: Readonly<Record<string, string>>;
  /** How long Jira's search may take to find what was just created. While it lasts, "not found" is not "not created". */
  readonly searchLagMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));
const port = numberBetween(0, 65_535).refine(Number.isInteger, 'must be a whole number');
const share = numberBetween(0, 1);

function numberBetween(least: number, most: number) {
  const sentence = `must be a number from ${least} to ${most}`;
  return z.coerce.number(sentence).min(least, sentence).max(most, sentence);
}

const Settings = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgres://user:password@host:5432/name')
    .optional(),
  FIRSTLINE_FOLDER: z.string().default('.firstline'),
  OPERATOR_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 characters, without blanks: a long random word')
    .optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_API_URL: url.default('https://slack.com/api'),
  JIRA_BASE_URL: url.optional(),
  JIRA_EMAIL: z.string().optional(),
  JIRA_API_TOKEN: z.string().optional(),
  JIRA_PROJECT: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]+$/, 'must be the key of a project, such as IT')
    .optional(),
  JIRA_ISSUE_TYPE: z.string().default('Task'),
  JIRA_SEARCH_LAG_SECONDS: numberBetween(0, 600).default(45),
  ADMINS: z.string().default(''),
  ...TeamsVariables.shape,
  ...KnowledgeSettings.shape,
  ...TicketVariables.shape,
  ...ModelVariables.shape,
  ANSWER_AT: share.optional(),
  SUGGEST_AT: share.optional(),
  CONFIDENCE_WEIGHTS: z.string().optional(),
  EXCLUDED_TOPICS: z.string().default(''),
  SANDBOX_PORT: port.default(3100),
  SANDBOX_AI: z.enum(['on', 'off']).default('off'),
});
type SettingValues = z.infer<typeof Settings>;

/** Groups of variables that belong together: complete, empty, or an error that names what is missing. */
const groups = [
  { name: 'Jira', required: ['JIRA_BASE_URL', 'JIRA_EMAIL', 'JIRA_API_TOKEN', 'JIRA_PROJECT'] },
  ...knowledgeGroups,
  ...ticketGroups,
] as const;

/**
 * Reads the settings. An empty variable counts as not set.
 * @throws SetupError that lists every problem, one a line.
 */
export function readConfig(environment: Environment = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = Settings.safeParse(set);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)),
    ...groups.flatMap(({ name, required }) => missingOf(name, required, set)),
    ...slackProblems(set),
    ...teamsProblems(set),
    ...combinationProblems(set),
    ...hoursProblems(set),
    ...modelProblems(set),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new SetupError(
      `The settings need mending (see .env.example):\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
  }
  return toConfig(parsed.data, set);
}

function missingOf(name: string, required: readonly string[], set: Environment): readonly string[] {
  const missing = required.filter((variable) => set[variable] === undefined);
  if (missing.length === 0 || missing.length === required.length) return [];
  return [`${name} is set up in part: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`];
}

/** Slack takes events by HTTP (signing secret) or by Socket Mode (app-level token). */
function slackProblems(set: Environment): readonly string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, SLACK_APP_TOKEN: app } = set;
  if (bot === undefined) {
    return secret === undefined && app === undefined ? [] : ['Slack is set up in part: SLACK_BOT_TOKEN is missing'];
  }
  if (secret !== undefined || app !== undefined) return [];
  return ['Slack is set up in part: SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing'];
}

/** With any credential the program starts for real, and then it needs both ends of the conversation and something to know. */
function combinationProblems(set: Environment): readonly string[] {
  const chats = [...(set.SLACK_BOT_TOKEN === undefined ? [] : ['Slack']), ...(wantsTeams(set) ? ['Teams'] : [])];
  const jira = set.JIRA_BASE_URL !== undefined;
  if (chats.length === 0 && !jira) return [];
  return [
    ...(chats.length > 0 ? [] : ['Jira is set up but no chat platform is: SLACK_BOT_TOKEN or TEAMS_APP_ID is missing']),
    ...(jira ? [] : [`${chats.join(' and ')} is set up but no ticket system is: JIRA_BASE_URL is missing`]),
    ...(sourceSettings.every((name) => set[name] === undefined)
      ? [`there is nothing to answer from: set one of ${sourceSettings.join(', ')}`]
      : []),
  ];
}

function toConfig(values: SettingValues, set: Environment): Config {
  return {
    host: values.HOST,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL ?? null,
    folder: values.FIRSTLINE_FOLDER,
    operatorToken: values.OPERATOR_TOKEN ?? null,
    slack: slackOf(values),
    teams: teamsConfigOf(values, set),
    jira: jiraOf(values),
    knowledge: knowledgeConfigOf(values, values.JIRA_PROJECT ?? null),
    tickets: ticketSettingsOf(values, values.TICKETS_AUDIENCE ?? null),
    models: modelsConfigOf(values),
    admins: listOf(values.ADMINS).map((email) => email.toLowerCase()),
    policy: {
      answerAt: values.ANSWER_AT ?? null,
      suggestAt: values.SUGGEST_AT ?? null,
      weightsFile: values.CONFIDENCE_WEIGHTS ?? null,
      excludedTopics: listOf(values.EXCLUDED_TOPICS),
    },
    sandbox: { port: values.SANDBOX_PORT, settings: handedOn(set) },
  };
}

function slackOf(values: SettingValues): SlackConfig | null {
  if (values.SLACK_BOT_TOKEN === undefined) return null;
  return {
    botToken: values.SLACK_BOT_TOKEN,
    signingSecret: values.SLACK_SIGNING_SECRET ?? null,
    appToken: values.SLACK_APP_TOKEN ?? null,
    apiUrl: `${values.SLACK_API_URL}/`,
  };
}

function jiraOf(values: SettingValues): JiraConfig | null {
  const { JIRA_BASE_URL: baseUrl, JIRA_EMAIL: email, JIRA_API_TOKEN: apiToken, JIRA_PROJECT: projectKey } = values;
  if (baseUrl === undefined || email === undefined || apiToken === undefined || projectKey === undefined) return null;
  const searchLagMs = values.JIRA_SEARCH_LAG_SECONDS * 1000;
  return {
    baseUrl,
    email,
    apiToken,
    projectKey,
    issueType: values.JIRA_ISSUE_TYPE,
    serviceDesk: serviceDeskOf(values),
    fields: values.JIRA_FIELDS,
    searchLagMs,
  };
}

function handedOn(set: Environment): Readonly<Record<string, string>> {
  const names = Object.keys(Settings.shape);
  return Object.fromEntries(
    Object.entries(set).flatMap(([name, value]) =>
      names.includes(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}
