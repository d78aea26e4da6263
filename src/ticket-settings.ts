import { z } from 'zod';
import { type OpeningHours, readOpeningHours } from '#domain/hours.ts';
import { type Audience, EVERYONE } from '#domain/knowledge.ts';
import type { FileLimits } from '#domain/mirrored-file.ts';
import { SetupError } from '#errors.ts';
import { listOf, readNames, understood } from './knowledge-settings.ts';

/** What becomes of a request once it is with IT. */
export interface TicketSettings {
  /** Signs what the ticket system tells us; null: it tells nothing, and is asked. */
  readonly webhookSecret: string | null;
  readonly pollSeconds: number;
  /** A file with the rules for where requests go; null: none. */
  readonly routingFile: string | null;
  /** The chat platform's id of the channel in which IT staff see the requests; null: none. */
  readonly triageChannel: string | null;
  readonly afterClosing: 'reopen' | 'follow-up';
  readonly closeAfterDays: number;
  /** Null: like questions of several people are not looked for. */
  readonly incidents: { readonly atLeast: number; readonly windowMinutes: number } | null;
  readonly files: FileLimits;
  /** Who may read what was learnt from tickets. */
  readonly lessonsAudience: Audience;
  /** Null: it is not said when somebody will look. */
  readonly hours: OpeningHours | null;
}
/** Of a service desk, in which employees are customers. `requestType`: its id or name. */
export interface ServiceDeskConfig {
  readonly id: string;
  readonly requestType: string;
}

function wholeNumber(least: number, most: number) {
  const sentence = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence);
}

/** The variables, as `.env.example` explains them. */
export const TicketVariables = z.object({
  JIRA_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be at least 16 characters, without blanks: a long random word')
    .optional(),
  JIRA_POLL_SECONDS: wholeNumber(5, 3600).default(60),
  JIRA_SERVICE_DESK: z.string().optional(),
  JIRA_REQUEST_TYPE: z.string().optional(),
  JIRA_FIELDS: z.string().default('').transform(understood(readFields)),
  ROUTING_FILE: z.string().optional(),
  TRIAGE_CHANNEL: z
    .string()
    .regex(
      /^(?:[A-Z0-9]{2,30}|19:[\w.-]+@thread\.(?:tacv2|skype))$/,
      'must be the id of a channel: in Slack such as C0123456789 (at the end of its link), in Teams such as 19:…@thread.tacv2 (in its link)',
    )
    .optional(),
  AFTER_CLOSING: z.enum(['reopen', 'follow-up']).default('reopen'),
  CLOSE_AFTER_DAYS: wholeNumber(1, 365).default(5),
  INCIDENT_AT: wholeNumber(0, 1000).default(3),
  INCIDENT_MINUTES: wholeNumber(1, 1440).default(60),
  ATTACH_MAX_MB: wholeNumber(0, 1000).default(20),
  ATTACH_TYPES_REFUSED: z.string().default('exe, msi, bat, cmd, com, scr, ps1, vbs, js, jar, dll, lnk'),
  LESSONS_AUDIENCE: z.string().transform(understood(readNames)).optional(),
  BUSINESS_HOURS: z.string().optional(),
  BUSINESS_TIMEZONE: z.string().default('UTC'),
  HOLIDAYS: z.string().default(''),
});
type Values = z.infer<typeof TicketVariables>;

/** Variables that belong together: complete, empty, or an error that names what is missing. */
export const ticketGroups = [
  { name: 'The service desk', required: ['JIRA_SERVICE_DESK', 'JIRA_REQUEST_TYPE'] },
] as const;

/** @param ticketsAudience who may read solved tickets, which what was learnt from them goes by; null when nobody was named. */
export function ticketSettingsOf(values: Values, ticketsAudience: Audience | null): TicketSettings {
  return {
    webhookSecret: values.JIRA_WEBHOOK_SECRET ?? null,
    pollSeconds: values.JIRA_POLL_SECONDS,
    routingFile: values.ROUTING_FILE ?? null,
    triageChannel: values.TRIAGE_CHANNEL ?? null,
    afterClosing: values.AFTER_CLOSING,
    closeAfterDays: values.CLOSE_AFTER_DAYS,
    incidents:
      values.INCIDENT_AT === 0 ? null : { atLeast: values.INCIDENT_AT, windowMinutes: values.INCIDENT_MINUTES },
    files: {
      largestBytes: values.ATTACH_MAX_MB * 1_000_000,
      refusedTypes: listOf(values.ATTACH_TYPES_REFUSED).map((type) => type.toLowerCase().replace(/^\./, '')),
    },
    lessonsAudience: values.LESSONS_AUDIENCE ?? ticketsAudience ?? EVERYONE,
    hours: hoursOf(values),
  };
}

export function serviceDeskOf({
  JIRA_SERVICE_DESK: id,
  JIRA_REQUEST_TYPE: requestType,
}: Values): ServiceDeskConfig | null {
  return id === undefined || requestType === undefined ? null : { id, requestType };
}

const HOURS_SETTINGS = { week: 'BUSINESS_HOURS', zone: 'BUSINESS_TIMEZONE', holidays: 'HOLIDAYS' } as const;

/** What is wrong with the hours: they are understood only together. */
export function hoursProblems(set: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { BUSINESS_HOURS: week, BUSINESS_TIMEZONE: zone = 'UTC', HOLIDAYS: holidays = '' } = set;
  if (week === undefined) return [];
  const read = readOpeningHours({ week, zone, holidays });
  return 'problem' in read ? [`${HOURS_SETTINGS[read.of]} ${read.problem}`] : [];
}

function hoursOf({ BUSINESS_HOURS: week, BUSINESS_TIMEZONE: zone, HOLIDAYS: holidays }: Values): OpeningHours | null {
  if (week === undefined) return null;
  const read = readOpeningHours({ week, zone, holidays });
  return 'problem' in read ? null : read;
}

/** `customfield_10050=IT, Cost centre=1234`. @throws SetupError naming what it cannot be. */
function readFields(text: string): Readonly<Record<string, string>> {
  const entries = listOf(text).map((part): [string, string] => {
    const at = part.indexOf('=');
    const [name, value] = [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()];
    if (name === '' || value === '') throw new SetupError(`does not understand “${part}”: write field=value`);
    return [name, value];
  });
  return Object.fromEntries(entries);
}
