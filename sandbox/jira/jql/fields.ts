import type { Accounts } from '../accounts.ts';
import { adfText } from '../adf.ts';
import {
  type Account,
  components,
  type Issue,
  issueTypes,
  priorities,
  projects,
  resolutions,
  statusCategories,
  statuses,
} from '../model.ts';
import { refusal } from '../refusal.ts';
import { projectKeyOf } from '../render.ts';

/** What a query is read against. */
export interface Scene {
  readonly projectKey: string;
  readonly projectId: string;
  readonly accounts: Accounts;
  /** Who asks: `currentUser()`. */
  readonly actor: Account;
  readonly now: Date;
  find(idOrKey: string): Issue | null;
}

/**
 * A field one can ask for. `choice` has values to choose from, `time` can be compared, `text` is searched by words.
 * A choice's `resolve` gives the value as `values` has it, null for "has none", undefined when there is no such value.
 */
export type JqlField =
  | {
      readonly kind: 'choice';
      values(issue: Issue, scene: Scene): readonly string[];
      resolve(text: string, scene: Scene): string | null | undefined;
    }
  | { readonly kind: 'time'; value(issue: Issue): string | null }
  | { readonly kind: 'text'; text(issue: Issue): string };

/** https://support.atlassian.com/jira-software-cloud/docs/jql-fields/ */
const fields: readonly { readonly names: readonly string[]; readonly field: JqlField }[] = [
  { names: ['project'], field: { kind: 'choice', values: (issue) => [projectKeyOf(issue)], resolve: projectOf } },
  { names: ['labels'], field: { kind: 'choice', values: ({ labels }) => labels.map(lower), resolve: lower } },
  { names: ['status'], field: choiceOf(statuses, ({ status }) => status) },
  { names: ['statuscategory'], field: choiceOf(statusCategories, ({ status }) => categoryOf(status)) },
  { names: ['priority'], field: choiceOf(priorities, ({ priority }) => priority) },
  { names: ['issuetype', 'type'], field: choiceOf(issueTypes, ({ issuetype }) => issuetype) },
  { names: ['component'], field: componentField() },
  { names: ['resolution'], field: resolutionField() },
  { names: ['reporter'], field: accountField(({ reporter }) => reporter) },
  { names: ['assignee'], field: accountField(({ assignee }) => assignee) },
  { names: ['creator'], field: accountField(({ creator }) => creator) },
  {
    names: ['key', 'issuekey', 'issue', 'id'],
    field: { kind: 'choice', values: ({ key }) => [key], resolve: (text, scene) => scene.find(text)?.key },
  },
  { names: ['created', 'createddate'], field: { kind: 'time', value: ({ created }) => created } },
  { names: ['updated', 'updateddate'], field: { kind: 'time', value: ({ updated }) => updated } },
  { names: ['resolved', 'resolutiondate'], field: { kind: 'time', value: ({ resolved }) => resolved } },
  { names: ['due', 'duedate'], field: { kind: 'time', value: ({ duedate }) => duedate } },
  { names: ['summary'], field: { kind: 'text', text: ({ summary }) => summary } },
  { names: ['description'], field: { kind: 'text', text: ({ description }) => adfText(description) } },
  { names: ['comment'], field: { kind: 'text', text: commentsText } },
  {
    names: ['text'],
    field: {
      kind: 'text',
      text: (issue) => [issue.summary, adfText(issue.description), commentsText(issue)].join('\n'),
    },
  },
];

/** @throws Refusal 400 when there is no such field. */
export function jqlField(name: string): JqlField {
  const found = fields.find(({ names }) => names.includes(name.toLowerCase()));
  if (found !== undefined) return found.field;
  throw refusal(400, [`Field '${name}' does not exist or you do not have permission to view it.`]);
}

function choiceOf(known: readonly { id: string | number; name: string }[], value: (issue: Issue) => string): JqlField {
  return {
    kind: 'choice',
    values: (issue) => [lower(value(issue))],
    resolve: (text) => {
      const found = known.find(({ id, name }) => lower(name) === lower(text) || String(id) === text);
      return found === undefined ? undefined : lower(found.name);
    },
  };
}

/** "Unresolved" is no resolution but the lack of one. */
function resolutionField(): JqlField {
  const named = choiceOf(resolutions, ({ resolution }) => resolution ?? '');
  if (named.kind !== 'choice') return named;
  return {
    kind: 'choice',
    values: ({ resolution }) => (resolution === null ? [] : [lower(resolution)]),
    resolve: (text, scene) => (lower(text) === 'unresolved' ? null : named.resolve(text, scene)),
  };
}

function componentField(): JqlField {
  const resolve = (text: string) => components.find(({ id, name }) => lower(name) === lower(text) || id === text)?.name;
  return { kind: 'choice', values: (issue) => issue.components, resolve };
}

function accountField(of: (issue: Issue) => Account | null): JqlField {
  return {
    kind: 'choice',
    values: (issue) => [of(issue)].flatMap((account) => (account === null ? [] : [account.accountId])),
    resolve: (text, { accounts }) => (accounts.byId(text) ?? accounts.byEmail(text))?.accountId,
  };
}

function projectOf(text: string): string | undefined {
  return projects.find(({ id, key }) => lower(text) === lower(key) || text === id)?.key;
}

function categoryOf(status: Issue['status']): string {
  const key = statuses.find(({ name }) => name === status)?.category;
  return statusCategories.find((category) => category.key === key)?.name ?? '';
}

function commentsText({ comments }: Issue): string {
  return comments.map(({ body }) => adfText(body)).join('\n');
}

function lower(text: string): string {
  return text.toLowerCase();
}
