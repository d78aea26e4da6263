import type { ServiceDeskClient } from 'jira.js/serviceDesk';
import type { TicketDraft } from '#domain/ticket.ts';
import { type AdfDocument, descriptionOf } from './adf.ts';
import { labelsOf, referenceOf } from './earlier.ts';
import { editIssue } from './edit.ts';
import { fill, type Filling, sentenceOfMissing, sentenceOfRefused, wishesOf } from './fill.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Field } from './issue-fields.ts';
import { type MadeIssue, type Making, summaryOf } from './issues.ts';
import { CreatedRequest, MadeCustomer, RequestTypePage, ServiceDeskPage } from './schema.ts';
import { isRefused, readAs } from './transport.ts';

export interface Desk {
  readonly id: string;
  /** Id or name. */
  readonly requestType: string;
}
export interface Requesting extends Making {
  readonly desk: ServiceDeskClient;
}

const pageSize = 100;
const maxPages = 20;

/** The service desk of a project; null when it has none that we may use. */
export async function deskOf(client: ServiceDeskClient, projectKey: string): Promise<string | null> {
  for (let page = 0; page < maxPages; page += 1) {
    const answer = await refusable(client.servicedesk.getServiceDesks({ start: page * pageSize, limit: pageSize }));
    if (answer === null) return null;
    const { values, isLastPage } = readAs(ServiceDeskPage, answer, 'service desks');
    const found = values.find((desk) => desk.projectKey === projectKey);
    if (found !== undefined) return found.id;
    if (isLastPage !== false || values.length === 0) break;
  }
  return null;
}

/** The kinds of requests of a service desk. @throws JiraFailure. */
export async function requestTypesOf(client: ServiceDeskClient, deskId: string) {
  const found: { id: string; name: string }[] = [];
  for (let page = 0; page < maxPages; page += 1) {
    const asked = { serviceDeskId: encodeURIComponent(deskId), start: page * pageSize, limit: pageSize };
    const { values, isLastPage } = readAs(
      RequestTypePage,
      await client.servicedesk.getRequestTypes(asked),
      'request types',
    );
    found.push(...values);
    if (isLastPage !== false || values.length === 0) break;
  }
  return found;
}

/** The one that has this id or name. */
export function requestTypeNamed<T extends { id: string; name: string }>(
  types: readonly T[],
  wanted: string,
): T | undefined {
  const name = wanted.trim().toLowerCase();
  return types.find(({ id }) => id === wanted.trim()) ?? types.find((type) => type.name.trim().toLowerCase() === name);
}

/**
 * Creates a request of a service desk on behalf of who asks: by the account with the e-mail address, else as a customer
 * who is made for it; where that is refused in our own name. What its form does not have is set afterwards, see
 * {@link complete}. Each attempt begins only after the one before was surely refused.
 *
 * Returns only the faults when there is no such request type, or when it is refused: an ordinary issue takes it.
 *
 * @throws JiraFailure when Jira cannot be asked now, or when the end of an attempt is not known.
 */
export async function createRequest(
  requesting: Requesting,
  draft: TicketDraft,
  desk: Desk,
): Promise<MadeIssue | { faults: readonly string[] }> {
  const place = `“${desk.requestType}” of service desk ${desk.id}`;
  const form = await formOf(requesting, desk);
  if (form === null)
    return {
      faults: [
        `Jira has no request type ${place}, so ordinary issues are made: check JIRA_SERVICE_DESK, JIRA_REQUEST_TYPE and routing.yml.`,
      ],
    };
  const { accounts, config, clock } = requesting;
  const others = ['summary', 'description', 'labels', 'reporter', 'attachment', 'assignee'];
  const now = clock();
  const wishes = wishesOf(draft.route, config.fields).filter(
    // what the form lacks is set afterwards
    ({ field }) => !['components', 'priority'].includes(field) || form.fields.some(({ id }) => id === field),
  );
  const find = (email: string) => accounts.find(email);
  const filling = await fill({ fields: form.fields, wishes, others, place, now, find });
  if ('missing' in filling) return { faults: [sentenceOfMissing(filling.missing, place)] };
  const made = await inStages(requesting, draft, { desk, form, filling, place });
  if (!('id' in made)) return made;
  const completed = await complete(requesting, draft, {
    id: made.id,
    fields: form.fields.map(({ id }) => id).filter((id) => made.values[id] !== undefined || id === 'description'),
    description: null,
  });
  return { id: made.id, key: made.key, faults: [...made.faults, ...completed], lacks: [] };
}

interface RequestForm {
  readonly typeId: string;
  readonly fields: readonly Field[];
}

async function formOf({ desk: client, screens }: Requesting, desk: Desk): Promise<RequestForm | null> {
  const types = await refusable(requestTypesOf(client, desk.id));
  const type = types === null ? undefined : requestTypeNamed(types, desk.requestType);
  const fields = type === undefined ? null : await screens.requestFields(desk.id, type.id);
  return type === undefined || fields === null ? null : { typeId: type.id, fields };
}

interface Stages {
  readonly desk: Desk;
  readonly form: RequestForm;
  readonly filling: Filling;
  readonly place: string;
}

/** For who asks, and once more as one of the desk's customers; in our own name; and both with no more than is demanded. */
async function inStages(requesting: Requesting, draft: TicketDraft, stages: Stages) {
  const { filling, place, desk } = stages;
  const { optional, values } = filling;
  const reduced = Object.fromEntries(Object.entries(values).filter(([id]) => !optional.includes(id)));
  const customer = await customerOf(requesting, draft, desk);
  const attempts = (optional.length === 0 ? [values] : [values, reduced]).flatMap((set) => [
    ...(customer === null ? [] : [{ set, behalf: customer, joins: false }]),
    ...(customer === null || set !== values ? [] : [{ set, behalf: customer, joins: true }]),
    { set, behalf: null, joins: false },
  ]);
  for (const { set, behalf, joins } of attempts) {
    if (joins && !(await addCustomer(requesting, desk, customer ?? ''))) continue;
    const made = await post(requesting, draft, { ...stages, values: set, behalf });
    if (made === null) continue;
    const lacks = set === values ? [] : [sentenceOfRefused(optional, place)];
    const unknown = draft.requester.email !== null && behalf === null ? [sentenceOfCustomer(desk)] : [];
    return { ...made, values: set, faults: [...filling.faults, ...lacks, ...unknown] };
  }
  return {
    faults: [
      `Jira refuses requests as ${place}, so ordinary issues are made. Check the form's fields, and that the account of JIRA_EMAIL is an agent there.`,
    ],
  };
}

function sentenceOfCustomer({ id }: Desk): string {
  return `Jira does not let the account of JIRA_EMAIL raise requests for who asks in service desk ${id}, so they are its own: make it an agent there who may add customers.`;
}

async function post(
  { desk: client }: Requesting,
  draft: TicketDraft,
  asked: Stages & { values: Readonly<Record<string, unknown>>; behalf: string | null },
): Promise<{ id: string; key: string } | null> {
  const { desk, form, values, behalf } = asked;
  const has = (field: string) => form.fields.some(({ id }) => id === field);
  const description = descriptionOf(draft.body, referenceOf(draft.conversation));
  const answer = await refusable(
    client.request.createCustomerRequest({
      serviceDeskId: desk.id,
      requestTypeId: form.typeId,
      isAdfRequest: true,
      requestFieldValues: {
        ...(has('summary') ? { summary: summaryOf(draft) } : {}),
        ...(has('description') ? { description } : {}),
        ...values,
      },
      ...(behalf === null ? {} : { raiseOnBehalfOf: behalf }),
    }),
  );
  if (answer === null) return null;
  const { issueId, issueKey } = readAs(CreatedRequest, answer, 'create request');
  return { id: issueId, key: issueKey };
}

/** The account of who asks; made when there is none. Null when that is not to be had. */
async function customerOf(requesting: Requesting, { requester }: TicketDraft, desk: Desk): Promise<string | null> {
  const { email, name } = requester;
  if (email === null) return null;
  const known = await requesting.accounts.find(email);
  if (known !== null) return known;
  const answer = await refusable(requesting.desk.customer.createCustomer({ email, displayName: name || email }));
  if (answer === null) return null;
  const { accountId } = readAs(MadeCustomer, answer, 'create customer');
  await addCustomer(requesting, desk, accountId);
  return accountId;
}

/** False when it is refused. Who is one already stays one. */
async function addCustomer({ desk: client }: Requesting, desk: Desk, accountId: string): Promise<boolean> {
  const asked = { serviceDeskId: encodeURIComponent(desk.id), accountIds: [accountId] };
  return (await refusable(client.servicedesk.addCustomers(asked).then(() => true))) ?? false;
}

/**
 * Sets what a request cannot be made with: our mark, who gets it, and the rest with our labels last: an issue that has
 * them is complete. Once more is the same. `fields`: what its form has set already; `description`: what is there, null:
 * what we have just written. Returns a sentence for what Jira does not take.
 */
export async function complete(
  { cloud, accounts }: Making,
  draft: TicketDraft,
  issue: { id: string; fields: readonly string[]; description: unknown },
): Promise<readonly string[]> {
  const { conversation, route } = draft;
  const written = descriptionOf(draft.body, referenceOf(conversation));
  const described = fingerprintOf(issue.description ?? written);
  const issueIdOrKey = encodeURIComponent(issue.id);
  const body = { conversation, described };
  await cloud.issueProperties.setIssueProperty({ issueIdOrKey, propertyKey: 'firstline', body });
  const isGiven = route.assignee === null || (await assign({ cloud, accounts }, issue.id, route.assignee));
  const fields = leftOf(draft, { ...issue, written });
  const refused = await editIssue(cloud, issue.id, { fields, labels: labelsOf(draft) });
  const told = refused.filter((field) => field !== 'priority');
  return [
    ...(isGiven ? [] : [sentenceOfAssignee(route.assignee ?? '')]),
    ...(told.length === 0 ? [] : [sentenceOfRefused(told, 'tickets of service requests')]),
  ];
}

/** What neither its form nor an earlier attempt has set. */
function leftOf(
  { route }: TicketDraft,
  issue: { fields: readonly string[]; description: unknown; written: AdfDocument },
): Readonly<Record<string, unknown>> {
  const { components, priority } = route;
  const left: Record<string, unknown> = {};
  if (components.length > 0) left.components = components.map((name) => ({ name }));
  if (priority !== null) left.priority = { name: priority };
  if ((issue.description ?? null) === null) left.description = issue.written;
  return Object.fromEntries(Object.entries(left).filter(([field]) => !issue.fields.includes(field)));
}

export function sentenceOfAssignee(email: string): string {
  return `Jira does not let ${email} be given tickets, so they have nobody: mend routing.yml.`;
}

/** Gives the issue to the person with this address; false when they have no account, or cannot have it. */
export async function assign(
  { cloud, accounts }: Pick<Making, 'cloud' | 'accounts'>,
  issueId: string,
  email: string,
): Promise<boolean> {
  const accountId = await accounts.find(email, 'staff');
  if (accountId === null) return false;
  const asked = { issueIdOrKey: encodeURIComponent(issueId), accountId };
  return (await refusable(cloud.issues.assignIssue(asked).then(() => true))) ?? false;
}

/** Null when Jira refuses. */
async function refusable<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
}
