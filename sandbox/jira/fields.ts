import type { Accounts } from './accounts.ts';
import { adfProblem, mediaIdsOf } from './adf.ts';
import { customFieldsOf, readCustom } from './custom-fields.ts';
import { isRecord, own } from './json.ts';
import {
  type Account,
  type AdfNode,
  type Attachment,
  components,
  type CustomField,
  issueTypes,
  priorities,
  projects,
  type SecurityLevel,
  securityLevels,
} from './model.ts';
import { isEmpty, type Read, readDate } from './read.ts';

/** What can be changed while the server runs; read at each call. */
export interface Settings {
  /** A search does not see issues that are younger; 0 at first. */
  searchLagMs: number;
  /** Fields that creating an issue demands beside the standard ones. */
  requiredFields: string[];
  /** Standard fields that are not on the project's screens: setting one is refused. */
  hiddenFields: string[];
  /** Where a person's browser is sent to see an issue; null: to a line of text. */
  pageUrl: string | null;
  /** Fields of the project beside the standard ones; none at first. */
  customFields: CustomField[];
  /** Fields that a request type's form has beside summary, description and the required custom fields, by its id. */
  requestTypeFields: Record<string, CustomField[]>;
  /** False: from Done there is no transition. */
  canReopen: boolean;
  /** Longest attachment in bytes; 10 MiB at first. */
  uploadLimitBytes: number;
  /** 'software': the project has no service desk. */
  projectType: 'software' | 'service_desk';
  /** Keys of project permissions that our account is told it has not; none at first. */
  missingPermissions: string[];
}

export interface Site {
  readonly projectKey: string;
  readonly projectId: string;
  readonly accounts: Accounts;
  readonly settings: Readonly<Settings>;
}

/** Field values of an issue that are valid and were given. */
export interface FieldValues {
  readonly summary?: string;
  readonly description?: AdfNode | null;
  readonly labels?: readonly string[];
  readonly reporter?: Account | null;
  readonly assignee?: Account | null;
  readonly priority?: string;
  readonly issuetype?: string;
  readonly duedate?: string | null;
  readonly security?: SecurityLevel | null;
  readonly components?: readonly string[];
  readonly otherFields?: Readonly<Record<string, unknown>>;
}

export type FieldErrors = Record<string, string>;

/**
 * Jira's limit of a text field. What it counts is not documented, so the strictest reading holds here: the document
 * as JSON. https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/
 */
export const textLimit = 32_767;

const readers: Readonly<Record<string, (value: unknown, site: Site) => Read<unknown>>> = {
  summary: readSummary,
  description: readDescription,
  labels: readLabels,
  reporter: (value, { accounts }) => readAccount(value, accounts, 'reporter'),
  assignee: (value, { accounts }) => readAccount(value, accounts, 'assignee'),
  priority: (value) => readNamed(value, priorities, 'Specify a valid priority.'),
  issuetype: (value) => readNamed(value, issueTypes, 'Specify a valid issue type'),
  duedate: readDate,
  security: readSecurity,
  components: readComponents,
};

/** The standard fields that can be set, beside the project. */
export const settableFields = Object.keys(readers);

/**
 * Reads the fields of a create or edit call. `errors` holds what Jira says for each field that it refuses.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 *
 * @param issuetype the name of the issue's type as it was before the call, if it was.
 */
export function readFields(
  fields: Readonly<Record<string, unknown>>,
  site: Site,
  issuetype?: string,
): { values: FieldValues; errors: FieldErrors } {
  const values: Record<string, unknown> = {};
  const otherFields: Record<string, unknown> = {};
  const errors: FieldErrors = {};
  const custom = customFieldsOf(site.settings, issuetypeIn(fields, site) ?? issuetype);
  for (const [name, value] of Object.entries(fields)) {
    const reader = site.settings.hiddenFields.includes(name) ? undefined : own(readers, name);
    const customField = custom.find(({ id }) => id === name);
    if (name === 'project') continue;
    if (customField !== undefined) {
      keep(readCustom(customField, value), name, { values: otherFields, errors });
    } else if (reader !== undefined) {
      keep(reader(value, site), name, { values, errors });
    } else if (site.settings.requiredFields.includes(name)) {
      otherFields[name] = value;
    } else {
      errors[name] = notOnScreen(name);
    }
  }
  return { values: { ...values, otherFields }, errors };
}

export function notOnScreen(name: string): string {
  return `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;
}

function keep(read: Read<unknown>, name: string, to: { values: Record<string, unknown>; errors: FieldErrors }): void {
  if ('error' in read) to.errors[name] = read.error;
  else to.values[name] = read.value;
}

/** The name of the issue type that is sent. */
function issuetypeIn({ issuetype }: Readonly<Record<string, unknown>>, site: Site): string | undefined {
  const read = issuetype === undefined ? undefined : readers.issuetype?.(issuetype, site);
  return read !== undefined && 'value' in read && typeof read.value === 'string' ? read.value : undefined;
}

/** What is missing to create an issue. */
export function missingFields(fields: Readonly<Record<string, unknown>>, site: Site): FieldErrors {
  const errors: FieldErrors = {};
  if (projectIn(fields.project) === null) errors.project = 'Specify a valid project ID or key';
  if (fields.issuetype === undefined) errors.issuetype = 'Specify an issue type';
  if (isEmpty(fields.summary)) errors.summary = 'You must specify a summary of the issue.';
  for (const name of site.settings.requiredFields) if (isEmpty(fields[name])) errors[name] = `${name} is required.`;
  for (const { id, name, required } of customFieldsOf(site.settings, issuetypeIn(fields, site)))
    if (required && isEmpty(fields[id])) errors[id] = `${name} is required.`;
  return errors;
}

/** The project that an issue is to be made in, or null. */
export function projectIn(value: unknown): (typeof projects)[number] | null {
  if (!isRecord(value)) return null;
  return projects.find(({ id, key }) => value.key === key || value.id === id) ?? null;
}

function readSummary(value: unknown): Read<string> {
  if (typeof value !== 'string') return { error: 'Operation value must be a string' };
  if (value.trim() === '') return { error: 'You must specify a summary of the issue.' };
  if (/[\r\n]/.test(value)) return { error: 'The summary is invalid because it contains newline characters.' };
  if (value.length > 255) return { error: "Summary can't exceed 255 characters." };
  return { value: value.trim() };
}

/** An invalid document is refused as a whole, not here: see `documentRefusal`. */
function readDescription(value: unknown): Read<AdfNode | null> {
  if (value === null) return { value: null };
  if (!isRecord(value)) {
    return { error: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' };
  }
  return { value: value as unknown as AdfNode };
}

/** Jira's word for a document that it does not take, or null. It can show the files of its own issue only. */
export function documentRefusal(
  document: unknown,
  attachments: readonly Attachment[],
): 'INVALID_INPUT' | 'CONTENT_LIMIT_EXCEEDED' | 'ATTACHMENT_VALIDATION_ERROR' | null {
  if (adfProblem(document) !== null) return 'INVALID_INPUT';
  if (JSON.stringify(document).length > textLimit) return 'CONTENT_LIMIT_EXCEEDED';
  const isKnown = (wanted: string) => attachments.some(({ mediaId }) => mediaId === wanted);
  return mediaIdsOf(document as AdfNode).every(isKnown) ? null : 'ATTACHMENT_VALIDATION_ERROR';
}

function readLabels(value: unknown): Read<readonly string[]> {
  if (!Array.isArray(value) || !value.every((label) => typeof label === 'string')) {
    return { error: 'data was not an array of strings' };
  }
  const spaced = value.find((label) => /\s/.test(label));
  if (spaced !== undefined) return { error: `The label '${spaced}' contains spaces which is invalid.` };
  const long = value.find((label) => label.length > 255);
  if (long !== undefined) return { error: `The label '${long}' exceeds the maximum length of 255 characters.` };
  return { value: [...new Set(value.filter((label) => label !== ''))] };
}

function readAccount(value: unknown, accounts: Accounts, field: string): Read<Account | null> {
  if (value === null) return field === 'assignee' ? { value: null } : { error: 'Reporter is required.' };
  if (!isRecord(value)) return { error: 'data was not an object' };
  const accountId = value.accountId ?? value.id;
  const account = typeof accountId === 'string' ? accounts.byId(accountId) : null;
  return account === null ? { error: `Specify a valid value for ${field}` } : { value: account };
}

function readNamed(value: unknown, known: readonly { id: string; name: string }[], error: string): Read<string> {
  if (!isRecord(value)) return { error: 'data was not an object' };
  const found = known.find(({ id, name }) => value.id === id || value.name === name);
  return found === undefined ? { error } : { value: found.name };
}

function readComponents(value: unknown): Read<readonly string[]> {
  if (!Array.isArray(value)) return { error: 'data was not an array' };
  const names: string[] = [];
  for (const one of value as unknown[]) {
    const wanted = isRecord(one) ? one : {};
    const found = components.find(({ id, name }) => wanted.id === id || wanted.name === name);
    if (found === undefined) return { error: `Component name '${String(wanted.name ?? wanted.id)}' is not valid` };
    names.push(found.name);
  }
  return { value: [...new Set(names)] };
}

function readSecurity(value: unknown): Read<SecurityLevel | null> {
  if (value === null) return { value: null };
  const read = readNamed(value, securityLevels, 'The security level is not valid.');
  const level = 'error' in read ? undefined : securityLevels.find(({ name }) => name === read.value);
  return level === undefined
    ? { error: 'The security level is not valid.' }
    : { value: { id: level.id, name: level.name } };
}
