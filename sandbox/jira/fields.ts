import type { Accounts } from './accounts.ts';
import { adfProblem } from './adf.ts';
import { isRecord, own } from './json.ts';
import { type Account, type AdfNode, issueTypes, priorities, type SecurityLevel, securityLevels } from './model.ts';

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
  readonly otherFields?: Readonly<Record<string, unknown>>;
}

export type FieldErrors = Record<string, string>;

/**
 * Jira's limit of a text field. What it counts is not documented, so the strictest reading holds here: the document
 * as JSON. https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/
 */
export const textLimit = 32_767;

/** A refusal in words (for `errors`), or the value. */
type Read<T> = { readonly error: string } | { readonly value: T };

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
};

/** The standard fields that can be set, beside the project. */
export const settableFields = Object.keys(readers);

/**
 * Reads the fields of a create or edit call. `errors` holds what Jira says for each field that it refuses.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
export function readFields(
  fields: Readonly<Record<string, unknown>>,
  site: Site,
): { values: FieldValues; errors: FieldErrors } {
  const values: Record<string, unknown> = {};
  const otherFields: Record<string, unknown> = {};
  const errors: FieldErrors = {};
  for (const [name, value] of Object.entries(fields)) {
    const reader = site.settings.hiddenFields.includes(name) ? undefined : own(readers, name);
    if (name === 'project') continue;
    if (reader === undefined && site.settings.requiredFields.includes(name)) {
      otherFields[name] = value;
    } else if (reader === undefined) {
      errors[name] = `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;
    } else {
      const read = reader(value, site);
      if ('error' in read) errors[name] = read.error;
      else values[name] = read.value;
    }
  }
  return { values: { ...values, otherFields }, errors };
}

/** What is missing to create an issue. */
export function missingFields(fields: Readonly<Record<string, unknown>>, site: Site): FieldErrors {
  const errors: FieldErrors = {};
  if (!isProject(fields.project, site)) errors.project = 'Specify a valid project ID or key';
  if (fields.issuetype === undefined) errors.issuetype = 'Specify an issue type';
  if (isEmpty(fields.summary)) errors.summary = 'You must specify a summary of the issue.';
  for (const name of site.settings.requiredFields) if (isEmpty(fields[name])) errors[name] = `${name} is required.`;
  return errors;
}

function isProject(value: unknown, { projectKey, projectId }: Site): boolean {
  if (!isRecord(value)) return false;
  return value.key === projectKey || value.id === projectId;
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

/** Jira's word for a document that it does not take, or null. */
export function documentRefusal(document: unknown): 'INVALID_INPUT' | 'CONTENT_LIMIT_EXCEEDED' | null {
  if (adfProblem(document) !== null) return 'INVALID_INPUT';
  return JSON.stringify(document).length > textLimit ? 'CONTENT_LIMIT_EXCEEDED' : null;
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

function readSecurity(value: unknown): Read<SecurityLevel | null> {
  if (value === null) return { value: null };
  const read = readNamed(value, securityLevels, 'The security level is not valid.');
  const level = 'error' in read ? undefined : securityLevels.find(({ name }) => name === read.value);
  return level === undefined
    ? { error: 'The security level is not valid.' }
    : { value: { id: level.id, name: level.name } };
}

function readDate(value: unknown): Read<string | null> {
  if (value === null) return { value: null };
  const isDate = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  return isDate ? { value } : { error: "Error parsing date string: expected format is 'yyyy-MM-dd'." };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
