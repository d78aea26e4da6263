import {
  type Api,
  bodyOf,
  type Handler,
  historyEntry,
  issueOf,
  listParam,
  numberParam,
  propertiesOf,
  type Request,
} from './api.ts';
import { documentRefusal } from './fields.ts';
import { isRecord } from './json.ts';
import type { Account, AdfNode, Comment, Issue, Visibility } from './model.ts';
import { refusal } from './refusal.ts';
import { commentBean } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post */
export const createComment: Handler = (request, api) => {
  const { issue, comment } = addComment(issueOf(request, api), bodyOf(request), { actor: request.actor, api });
  api.store.put(issue);
  return { status: 201, body: commentBean(comment, issue, { url: api.url(), properties: hasProperties(request) }) };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-get */
export const listComments: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const orderBy = request.call.query.get('orderBy') ?? 'created';
  if (!['created', '-created', '+created'].includes(orderBy))
    throw refusal(400, ["The orderBy parameter must be 'created'."]);
  const startAt = numberParam(request, 'startAt', 0);
  const maxResults = Math.min(numberParam(request, 'maxResults', 100), 100);
  const ordered = orderBy === '-created' ? issue.comments.toReversed() : issue.comments;
  const page = ordered.slice(startAt, startAt + maxResults);
  const look = { url: api.url(), properties: hasProperties(request) };
  return {
    status: 200,
    body: {
      startAt,
      maxResults,
      total: issue.comments.length,
      comments: page.map((comment) => commentBean(comment, issue, look)),
    },
  };
};

export const getComment: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const comment = commentOf(request, issue);
  return { status: 200, body: commentBean(comment, issue, { url: api.url(), properties: hasProperties(request) }) };
};

export const editComment: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const comment = commentOf(request, issue);
  const sent = bodyOf(request);
  const edited: Comment = {
    ...comment,
    body: checkedBody(sent.body),
    properties: { ...comment.properties, ...propertiesOf(sent.properties) },
    ...visibilityOf(sent.visibility),
    updated: api.now().toISOString(),
  };
  api.store.put(withComment(issue, edited, api.now()));
  return { status: 200, body: commentBean(edited, issue, { url: api.url(), properties: hasProperties(request) }) };
};

export const deleteComment: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const { id } = commentOf(request, issue);
  const updated = api.now().toISOString();
  api.store.put({ ...issue, updated, comments: issue.comments.filter((comment) => comment.id !== id) });
  return { status: 204, body: null };
};

/** The issue with one more comment. `sent` is the JSON of the comment. @throws Refusal 400 when it is not valid. */
export function addComment(
  issue: Issue,
  sent: Readonly<Record<string, unknown>>,
  { actor, api }: { actor: Account; api: Pick<Api, 'store' | 'now'> },
): { issue: Issue; comment: Comment } {
  const body = checkedBody(sent.body);
  const properties = propertiesOf(sent.properties);
  const at = api.now();
  const created = at.toISOString();
  const comment: Comment = {
    id: String(api.store.nextId()),
    author: actor,
    body,
    created,
    updated: created,
    public: !isInternal(properties),
    ...visibilityOf(sent.visibility),
    properties,
  };
  const history = [...issue.history, historyEntry({ kind: 'comment' }, { actor, at })];
  return { issue: { ...issue, updated: created, comments: [...issue.comments, comment], history }, comment };
}

/** The issue with this comment in place of the one with its id. */
export function withComment(issue: Issue, comment: Comment, at: Date): Issue {
  const comments = issue.comments.map((one) => (one.id === comment.id ? comment : one));
  return { ...issue, updated: at.toISOString(), comments };
}

function commentOf({ params }: Request, issue: Issue): Comment {
  const comment = issue.comments.find(({ id }) => id === params.comment);
  if (comment !== undefined) return comment;
  throw refusal(404, [`Can not find a comment for the id: ${params.comment ?? ''}.`]);
}

function checkedBody(body: unknown): AdfNode {
  if (body === undefined || body === null || body === '') {
    throw refusal(400, [], { comment: 'Comment body can not be empty!' });
  }
  const word = isRecord(body) ? documentRefusal(body) : 'INVALID_INPUT';
  if (word === 'INVALID_INPUT') throw refusal(400, [], { comment: 'Comment body is not valid!' });
  if (word !== null) throw refusal(400, [], { comment: word });
  return body as AdfNode;
}

/** The group or role that may read it. It does not hide the comment from a customer portal. @throws Refusal 400. */
function visibilityOf(sent: unknown): { visibility?: Visibility } {
  if (sent === undefined || sent === null) return {};
  if (!isRecord(sent)) throw refusal(400, [], { visibility: 'data was not an object' });
  const { type, value } = sent;
  const isValid = (type === 'group' || type === 'role') && typeof value === 'string' && value !== '';
  if (!isValid) throw refusal(400, [], { visibility: 'A visibility needs a type and a value.' });
  return { visibility: { type, value } };
}

/** The property of an internal note. */
function isInternal(properties: Readonly<Record<string, unknown>>): boolean {
  const mark = properties['sd.public.comment'];
  return isRecord(mark) && mark.internal === true;
}

function hasProperties(request: Request): boolean {
  return listParam(request, 'expand').includes('properties');
}
