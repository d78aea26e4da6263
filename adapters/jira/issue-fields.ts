import type { CloudClient } from 'jira.js/cloud';
import type { ServiceDeskClient } from 'jira.js/serviceDesk';
import type { z } from 'zod';
import type { Clock } from '#ports.ts';
import { AllowedValue, type FieldKind, FieldPage, IssueTypePage, RequestTypeFields, ValidValue } from './schema.ts';
import { JiraFailure, readAs } from './transport.ts';

/** A field of a screen on which tickets are made. */
export interface Field {
  readonly id: string;
  readonly name: string;
  /** Demanded, and Jira has no value of its own for it. */
  readonly isRequired: boolean;
  /** Jira's name for what it takes: `string`, `option`, `array`… */
  readonly type: string;
  /** What an array holds. */
  readonly items: string | null;
  readonly system: string | null;
  readonly custom: string | null;
  /** Null when anything can be entered. */
  readonly allowed: readonly Allowed[] | null;
}
export interface Allowed {
  readonly id: string;
  readonly name: string;
  readonly children: readonly Allowed[];
}
export interface IssueType {
  readonly id: string;
  readonly name: string;
}

/** What can be set when a ticket is made, as Jira tells; kept for ten minutes. */
export interface Screens {
  /** Types of the project's issues, without subtasks; null when there is no such project, or none that we may use. */
  issueTypes(project: string): Promise<readonly IssueType[] | null>;
  /** Null when Jira does not tell. */
  fields(project: string, issueTypeId: string): Promise<readonly Field[] | null>;
  /** Of a service desk's request type: only what its form shows. Null when there is no such form. */
  requestFields(serviceDeskId: string, requestTypeId: string): Promise<readonly Field[] | null>;
}

const keptMs = 10 * 60 * 1000;
/** The largest page. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get */
const pageSize = 200;
const maxPages = 20;

/** All throw JiraFailure. */
export function createScreens(clients: { cloud: CloudClient; desk: ServiceDeskClient }, clock: Clock): Screens {
  const kept = new Map<string, { at: number; value: unknown }>();

  async function cached<T>(name: string, ask: () => Promise<T>): Promise<T> {
    const now = clock().getTime();
    const known = kept.get(name);
    if (known !== undefined && now - known.at < keptMs) return known.value as T;
    const value = await ask();
    // what is not there may be made at any time
    if (value !== null) kept.set(name, { at: now, value });
    return value;
  }

  return {
    issueTypes: async (project) => await cached(`types ${project}`, () => typesOf(clients.cloud, project)),
    fields: async (project, issueTypeId) =>
      await cached(`fields ${project} ${issueTypeId}`, () => fieldsOf(clients.cloud, project, issueTypeId)),
    requestFields: async (serviceDeskId, requestTypeId) =>
      await cached(`form ${serviceDeskId} ${requestTypeId}`, () => formOf(clients.desk, serviceDeskId, requestTypeId)),
  };
}

async function typesOf(client: CloudClient, project: string): Promise<readonly IssueType[] | null> {
  const projectIdOrKey = encodeURIComponent(project);
  const types = await usable(
    pagesOf(async (startAt) => {
      const answer = await client.issues.getCreateIssueMetaIssueTypes({
        projectIdOrKey,
        startAt,
        maxResults: pageSize,
      });
      const { issueTypes, total } = readAs(IssueTypePage, answer, 'issue types');
      return { items: issueTypes, total };
    }),
  );
  return types?.filter(({ subtask }) => !subtask).map(({ id, name }) => ({ id, name })) ?? null;
}

async function fieldsOf(client: CloudClient, project: string, issueTypeId: string): Promise<readonly Field[] | null> {
  const pages = pagesOf(async (startAt) => {
    const answer = await client.issues.getCreateIssueMetaIssueTypeId({
      projectIdOrKey: encodeURIComponent(project),
      issueTypeId: encodeURIComponent(issueTypeId),
      startAt,
      maxResults: pageSize,
    });
    const { fields, total } = readAs(FieldPage, answer, 'fields');
    return { items: fields.map(fieldOf), total };
  });
  return await usable(pages);
}

async function formOf(
  client: ServiceDeskClient,
  serviceDeskId: string,
  requestTypeId: string,
): Promise<readonly Field[] | null> {
  const asked = { serviceDeskId: encodeURIComponent(serviceDeskId), requestTypeId: Number(requestTypeId) };
  const answer = await usable(client.servicedesk.getRequestTypeFields(asked));
  if (answer === null) return null;
  const { requestTypeFields } = readAs(RequestTypeFields, answer, 'request fields');
  return requestTypeFields.filter(({ visible }) => visible !== false).map(formFieldOf);
}

async function pagesOf<T>(
  ask: (startAt: number) => Promise<{ items: readonly T[]; total: number | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let page = 0; page < maxPages; page += 1) {
    const { items, total } = await ask(all.length);
    all.push(...items);
    if (items.length === 0 || all.length >= (total ?? 0)) break;
  }
  return all;
}

/** Null when it is not there, or not for us. */
async function usable<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof JiraFailure && (error.kind === 'rejected' || error.status === 403)) return null;
    throw error;
  }
}

function fieldOf(field: z.output<typeof FieldPage>['fields'][number]): Field {
  const { fieldId, name, required, hasDefaultValue, schema, allowedValues } = field;
  return {
    id: fieldId,
    name: name || fieldId,
    isRequired: required && !hasDefaultValue,
    ...kindOf(schema),
    allowed: allowedValues?.flatMap(allowedOf) ?? null,
  };
}

function kindOf({ type, items, system, custom }: FieldKind): Pick<Field, 'type' | 'items' | 'system' | 'custom'> {
  return { type, items: items ?? null, system: system ?? null, custom: custom ?? null };
}

function allowedOf(given: unknown): Allowed[] {
  const read = AllowedValue.safeParse(given);
  if (!read.success) return [];
  const { id, value, name, children } = read.data;
  return [{ id, name: value ?? name ?? id, children: (children ?? []).flatMap(allowedOf) }];
}

function formFieldOf(field: z.output<typeof RequestTypeFields>['requestTypeFields'][number]): Field {
  const { fieldId, name, required, jiraSchema, validValues, defaultValues, presetValues } = field;
  const isPreset = [...(defaultValues ?? []), ...(presetValues ?? [])].length > 0;
  const allowed = (validValues ?? []).flatMap(validOf);
  return {
    id: fieldId,
    name: name || fieldId,
    isRequired: required && !isPreset,
    ...kindOf(jiraSchema),
    // an empty list is what a field has in which anything can be entered
    allowed: allowed.length === 0 ? null : allowed,
  };
}

function validOf(given: unknown): Allowed[] {
  const read = ValidValue.safeParse(given);
  if (!read.success) return [];
  const { value, label, children } = read.data;
  return [{ id: value, name: label || value, children: (children ?? []).flatMap(validOf) }];
}
