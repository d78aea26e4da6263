import type { CloudClient } from 'jira.js/cloud';
import type { TicketDraft } from '#domain/ticket.ts';
import type { Clock } from '#ports.ts';
import type { Accounts } from './accounts.ts';
import { descriptionOf } from './adf.ts';
import { labelsOf, referenceOf } from './earlier.ts';
import { fill, type Filling, sentenceOfMissing, sentenceOfRefused, stopgapsFor, wishesOf } from './fill.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Field, IssueType, Screens } from './issue-fields.ts';
import { CreatedIssue } from './schema.ts';
import { oneLine } from './text.ts';
import { isRefused, JiraFailure, readAs } from './transport.ts';

export interface Making {
  readonly cloud: CloudClient;
  readonly screens: Screens;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly config: {
    readonly projectKey: string;
    readonly issueType: string;
    readonly fields: Readonly<Record<string, string>>;
  };
}

/** An issue that was just made. */
export interface MadeIssue {
  readonly id: string;
  readonly key: string;
  /** A sentence each for what is not as the settings say. */
  readonly faults: readonly string[];
  /** What every ticket has, and its screen does not: it is still to be set. */
  readonly lacks: readonly string[];
}

/**
 * Jira's limit of a summary.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
const summaryLimit = 255;
/** Types of issues that are tried when what the wished one demands cannot be had. */
const maxTypes = 5;

/** Fields that every ticket has. */
const standing: readonly string[] = ['project', 'issuetype', 'summary', 'description', 'labels'];

export function summaryOf(draft: TicketDraft): string {
  return oneLine(draft.summary, summaryLimit) || 'IT request';
}

/**
 * Creates an ordinary issue, as the route and the settings say as far as Jira lets us: what is not on the screen is left
 * out; what is demanded and not given gets a stopgap; where none is possible or it is refused nevertheless, another
 * type of issue, then another project, takes it. Each attempt begins only after the one before was surely refused.
 *
 * @throws JiraFailure of the first attempt, when all are refused; at once when the end of one is not known.
 */
export async function createIssue(making: Making, draft: TicketDraft): Promise<MadeIssue> {
  const { config, screens } = making;
  const wanted = draft.route.project ?? config.projectKey;
  const faults: string[] = [];
  let refusal: unknown = null;
  for (const project of new Set([wanted, config.projectKey])) {
    if (project !== wanted) faults.push(`Tickets for the project ${wanted} are made in ${project}: mend routing.yml.`);
    const types = await screens.issueTypes(project);
    const outcome =
      types === null
        ? await attempt(making, { draft, project, type: null })
        : await inProject(making, { draft, project, types });
    if ('id' in outcome) return { ...outcome, faults: [...faults, ...outcome.faults] };
    refusal ??= outcome.refusal;
    faults.push(...outcome.faults);
  }
  throw refusal;
}

interface Target {
  readonly draft: TicketDraft;
  readonly project: string;
}
interface Refused {
  readonly refusal: JiraFailure;
  /** What an admin has to know of it. */
  readonly faults: readonly string[];
}

async function inProject(
  making: Making,
  { draft, project, types }: Target & { types: readonly IssueType[] },
): Promise<MadeIssue | Refused> {
  const wanted = draft.route.issueType ?? making.config.issueType;
  const ordered = inOrder(types, [wanted, making.config.issueType]);
  const faults: string[] = [];
  let refusal: JiraFailure | null = null;
  if (!types.some(({ name }) => isSame(name, wanted)))
    faults.push(`The Jira project ${project} has no issue type ${wanted}.`);
  for (const type of ordered.slice(0, maxTypes)) {
    const outcome = await attempt(making, { draft, project, type });
    if ('id' in outcome) {
      const told = isSame(type.name, wanted)
        ? []
        : [`Tickets are made as ${type.name}: mend JIRA_ISSUE_TYPE or routing.yml.`];
      return { ...outcome, faults: [...faults, ...told, ...outcome.faults] };
    }
    refusal ??= outcome.refusal;
    faults.push(...outcome.faults);
  }
  return { refusal: refusal ?? noType(project), faults };
}

function noType(project: string): JiraFailure {
  return new JiraFailure('rejected', {
    message: `no issue can be made in ${project}: it has no issue type that this account may use`,
    status: null,
  });
}

/** The wished names first, then as the project has them. */
function inOrder(types: readonly IssueType[], names: readonly string[]): readonly IssueType[] {
  const first = names.flatMap((name) => types.find((type) => isSame(type.name, name)) ?? []);
  return [...new Set([...first, ...types])];
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

interface Screen {
  readonly place: string;
  /** Null when Jira does not tell: then everything is tried. */
  readonly fields: readonly Field[] | null;
  /** What every ticket has. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly reporter: string | null;
}

/** `type` null: Jira does not tell which there are. */
async function attempt(
  making: Making,
  { draft, project, type }: Target & { type: IssueType | null },
): Promise<MadeIssue | Refused> {
  const place = `${type?.name ?? making.config.issueType} in ${project}`;
  const fields = type === null ? null : await making.screens.fields(project, type.id);
  const issuetype = type === null ? { name: draft.route.issueType ?? making.config.issueType } : { id: type.id };
  const { email } = draft.requester;
  const reporter = email === null || !has(fields, 'reporter') ? null : await making.accounts.find(email);
  const screen: Screen = { place, fields, fixed: { project: { key: project }, issuetype }, reporter };
  const filling = await fillingOf(making, draft, screen);
  if ('missing' in filling) {
    const sentence = sentenceOfMissing(filling.missing, place);
    const refusal = new JiraFailure('rejected', { message: `${filling.missing.id} cannot be filled`, status: null });
    return { refusal, faults: [sentence] };
  }
  return await inStages(making, { draft, screen, filling });
}

function has(fields: readonly Field[] | null, id: string): boolean {
  return fields === null || fields.some((field) => field.id === id);
}

async function fillingOf(
  { accounts, config, clock }: Making,
  draft: TicketDraft,
  { fields, reporter, place }: Screen,
): Promise<Filling | { missing: Field }> {
  const assignee = draft.route.assignee === null ? null : await accounts.find(draft.route.assignee, 'staff');
  const people = {
    ...(reporter === null ? {} : { reporter: { id: reporter } }),
    ...(assignee === null || !has(fields, 'assignee') ? {} : { assignee: { id: assignee } }),
  };
  const { fields: named, components, priority } = draft.route;
  if (fields === null) {
    const values = {
      ...people,
      ...(components.length === 0 ? {} : { components: components.map((name) => ({ name })) }),
      ...(priority === null ? {} : { priority: { name: priority } }),
      ...named,
    };
    return { values, optional: Object.keys(values), faults: [] };
  }
  // without a reporter and without an assignee Jira takes its own defaults, though it may call the fields required
  const others = [...standing, 'reporter', 'assignee'];
  const wishes = wishesOf(draft.route, config.fields);
  const filled = await fill({ fields, wishes, others, place, now: clock(), find: (email) => accounts.find(email) });
  if ('missing' in filled) return filled;
  const optional = [...filled.optional, ...Object.keys(people)];
  return { values: { ...filled.values, ...people }, optional, faults: filled.faults };
}

interface Stages {
  readonly draft: TicketDraft;
  readonly screen: Screen;
  readonly filling: Filling;
}

/** With everything; without what was refused by name; without all that a ticket can do without. */
async function inStages(making: Making, { draft, screen, filling }: Stages): Promise<MadeIssue | Refused> {
  const first = await post(making, draft, { screen, values: filling.values, hasLabels: has(screen.fields, 'labels') });
  if ('id' in first) return { ...first, faults: filling.faults };
  const refused = first.refusal.fields;
  const added = demandedIn(making, { refused, filling, screen });
  const hasLabels = has(screen.fields, 'labels') && !refused.includes('labels');
  const named = filling.optional.filter((id) => refused.includes(id));
  for (const dropped of named.length < filling.optional.length ? [named, filling.optional] : [named]) {
    // the same once more would be refused once more
    if (dropped.length === 0 && Object.keys(added.values).length === 0 && !refused.includes('labels')) continue;
    const next = await post(making, draft, {
      screen,
      values: { ...without(filling.values, dropped), ...added.values },
      hasLabels,
    });
    if ('id' in next) return { ...next, faults: [...filling.faults, ...added.faults, ...toldOf(dropped, screen)] };
  }
  const names = refused.join(', ') || 'without naming a field';
  return { refusal: first.refusal, faults: [`Jira refuses tickets as ${screen.place} (${names}).`] };
}

/** Fields that Jira demands now although its screen does not say so. */
function demandedIn(
  { clock }: Making,
  { refused, filling, screen }: { refused: readonly string[]; filling: Filling; screen: Screen },
): Pick<Filling, 'values' | 'faults'> {
  const unset = refused.filter((id) => filling.values[id] === undefined && !standing.includes(id));
  if (unset.length === 0 || screen.fields === null) return { values: {}, faults: [] };
  const stopgaps = stopgapsFor(unset, { fields: screen.fields, place: screen.place, now: clock() });
  return stopgaps ?? { values: {}, faults: [] };
}

/** Who may set the reporter is a permission of its own, and the ticket says who asked. */
function toldOf(dropped: readonly string[], { place }: Screen): readonly string[] {
  const told = dropped.filter((id) => id !== 'reporter');
  return told.length === 0 ? [] : [sentenceOfRefused(told, place)];
}

function without(values: Readonly<Record<string, unknown>>, ids: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !ids.includes(id)));
}

async function post(
  { cloud }: Making,
  draft: TicketDraft,
  { screen, values, hasLabels }: { screen: Screen; values: Readonly<Record<string, unknown>>; hasLabels: boolean },
): Promise<Omit<MadeIssue, 'faults'> | { refusal: JiraFailure }> {
  const description = descriptionOf(draft.body, hasLabels ? null : referenceOf(draft.conversation));
  const mark = { conversation: draft.conversation, described: fingerprintOf(description) };
  const own = {
    summary: summaryOf(draft),
    ...(has(screen.fields, 'description') ? { description } : {}),
    ...(hasLabels ? { labels: labelsOf(draft) } : {}),
  };
  try {
    const answer = await cloud.issues.createIssue({
      fields: { ...screen.fixed, ...own, ...values },
      properties: [{ key: 'firstline', value: mark }],
    });
    const set = { ...own, ...values };
    const lacks = ['labels', 'description', 'assignee'].filter((field) => !Object.hasOwn(set, field));
    return { ...readAs(CreatedIssue, answer, 'create issue'), lacks };
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { refusal: error };
  }
}
