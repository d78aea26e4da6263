import { textToAdf } from '../adf.ts';
import type { Api, Handler } from '../api.ts';
import { addComment } from '../comments.ts';
import { readCustom } from '../custom-fields.ts';
import { documentRefusal, type FieldErrors, type FieldValues, readFields } from '../fields.ts';
import { newIssue } from '../issues.ts';
import { isRecord } from '../json.ts';
import { type Account, type AdfNode, requestTypes, serviceDesk } from '../model.ts';
import { isEmpty } from '../read.ts';
import { deskRefusal } from '../refusal.ts';
import { checkDesk, deskBody, requestOf } from './asked.ts';
import { commentDto, pageAnswer, requestBean } from './beans.ts';
import { type FormField, formOf, type RequestType } from './forms.ts';

/** Schema RequestCreateDTO. */
const requestKeys = [
  'channel',
  'form',
  'isAdfRequest',
  'raiseOnBehalfOf',
  'requestFieldValues',
  'requestParticipants',
  'requestTypeId',
  'serviceDeskId',
];

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/#api-rest-servicedeskapi-request-post */
export const createRequest: Handler = (request, api) => {
  const body = deskBody(request, requestKeys);
  checkDesk(body.serviceDeskId, api, 400);
  const type = requestTypes.find(({ id }) => id === body.requestTypeId);
  if (type === undefined) throw deskRefusal(400, 'The request type does not exist.', 'sd.request.type.not.found');
  const values = requestValues(body, type, api);
  const reporter = customerNamed(body.raiseOnBehalfOf, api) ?? request.actor;
  const origin = {
    projectKey: serviceDesk.projectKey,
    request: { serviceDeskId: serviceDesk.id, requestTypeId: type.id, participants: participantsIn(body, api) },
  };
  const filled = { ...values, reporter, issuetype: type.issuetype };
  const issue = newIssue(filled, origin, { actor: request.actor, api });
  api.store.put(issue, request.actor);
  return { status: 201, body: requestBean(issue, { request, api }) };
};

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/#api-rest-servicedeskapi-request-issueidorkey-get */
export const getRequest: Handler = (request, api) => ({
  status: 200,
  body: requestBean(requestOf(request, api), { request, api }),
});

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/#api-rest-servicedeskapi-request-issueidorkey-comment-post */
export const createRequestComment: Handler = (request, api) => {
  const issue = requestOf(request, api);
  const { body, public: isPublic } = deskBody(request, ['body', 'public']);
  if (typeof body !== 'string' || body.trim() === '') throw deskRefusal(400, 'The comment must have a body.');
  if (typeof isPublic !== 'boolean') throw deskRefusal(400, "The 'public' field must be specified.");
  const properties = isPublic ? [] : [{ key: 'sd.public.comment', value: { internal: true } }];
  const added = addComment(issue, { body: textToAdf(body), properties }, { actor: request.actor, api });
  api.store.put(added.issue, request.actor);
  return { status: 201, body: commentDto(added.comment, added.issue, { request, api }) };
};

/** https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/#api-rest-servicedeskapi-request-issueidorkey-comment-get */
export const listRequestComments: Handler = (request, api) => {
  const issue = requestOf(request, api);
  const { query } = request.call;
  const isWanted = (isPublic: boolean) => query.get(isPublic ? 'public' : 'internal') !== 'false';
  const comments = issue.comments.filter((comment) => isWanted(comment.public));
  return pageAnswer(comments, (comment) => commentDto(comment, issue, { request, api }), { request, api });
};

/** The values of the form. @throws Refusal 400 with every field that is missing, unknown or not valid. */
function requestValues(body: Record<string, unknown>, type: RequestType, api: Api): FieldValues {
  const sent = isRecord(body.requestFieldValues) ? body.requestFieldValues : {};
  const form = formOf(type, api.site.settings);
  const strays = Object.keys(sent).filter((name) => !form.some(({ id }) => id === name));
  const errors: FieldErrors = Object.fromEntries(
    strays.map((name) => [name, `Field '${name}' is not on the form of this request type.`]),
  );
  for (const { id, name, required } of form) if (required && isEmpty(sent[id])) errors[id] = `${name} is required.`;
  const otherFields = customValues(sent, form, errors);
  const standard = standardValues(sent, body.isAdfRequest === true, api);
  const problems = Object.entries({ ...standard.errors, ...errors });
  if (problems.length === 0) return { ...standard.values, otherFields };
  const words = problems.map(([name, problem]) => `${name}: ${problem}`).join(' ');
  throw deskRefusal(
    400,
    `Your request could not be created. Please check the fields have been correctly filled in. ${words}`,
  );
}

function customValues(sent: Record<string, unknown>, form: readonly FormField[], errors: FieldErrors) {
  const values: Record<string, unknown> = {};
  for (const { id, custom } of form) {
    if (custom === null || isEmpty(sent[id])) continue;
    const read = readCustom(custom, sent[id]);
    if ('error' in read) errors[id] = read.error;
    else values[id] = read.value;
  }
  return values;
}

/** The description is text, or a document when the whole request is said to be one of documents. */
function standardValues(
  sent: Record<string, unknown>,
  isAdf: boolean,
  { site }: Api,
): { values: FieldValues; errors: FieldErrors } {
  const { description, summary } = sent;
  const errors: FieldErrors = {};
  const document = isAdf ? (description as AdfNode | undefined) : textOf(description, errors);
  const word = isAdf && !isEmpty(description) ? documentRefusal(description, []) : null;
  if (word !== null) errors.description = word;
  const read = isEmpty(summary) ? { values: {}, errors: {} } : readFields({ summary }, site);
  return { values: { ...read.values, description: document ?? null }, errors: { ...read.errors, ...errors } };
}

function textOf(description: unknown, errors: FieldErrors): AdfNode | null {
  if (isEmpty(description)) return null;
  if (typeof description === 'string') return textToAdf(description);
  errors.description = 'Operation value must be a string';
  return null;
}

/** Null when it is nobody else's. @throws Refusal 400 for somebody who cannot raise requests here. */
function customerNamed(accountId: unknown, { site, store }: Api): Account | null {
  if (accountId === undefined || accountId === null) return null;
  const account = typeof accountId === 'string' ? site.accounts.byId(accountId) : null;
  if (account === null)
    throw deskRefusal(400, 'The user to raise the request for does not exist.', 'sd.user.not.found');
  if (account.isCustomer !== true || store.isAdmitted(account.accountId)) return account;
  throw deskRefusal(400, `The user '${account.accountId}' is not a customer of this service desk.`);
}

function participantsIn({ requestParticipants }: Record<string, unknown>, { site }: Api): string[] {
  if (requestParticipants === undefined) return [];
  const ids: unknown[] = Array.isArray(requestParticipants) ? requestParticipants : [requestParticipants];
  return ids.map((id) => {
    if (typeof id === 'string' && site.accounts.byId(id) !== null) return id;
    throw deskRefusal(400, `The user '${String(id)}' does not exist.`, 'sd.user.not.found');
  });
}
