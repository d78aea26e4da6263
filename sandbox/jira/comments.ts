import {
  type Api,
  bodyOf,
  type By,
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
import type { AdfNode, Comment, Issue, Visibility } from './model.ts';
import { refusal } from './refusal.ts';
import { commentBean } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/#api-rest-api-3-issue-issueidorkey-comment-post */
export const createComment: Handler = (request, api) => {
  const { issue, comment } = addComment(issueOf(request, api), bodyOf(request), { actor: request.actor, api });
  api.store.put(issue, request.actor);
  return { status: 201, body: commentBean(comment, issue, lookOf(request, api)) };
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
  const look = lookOf(request, api);
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
  const comment = commentOf(request.params.comment, issue);
  return { status: 200, body: commentBean(comment, issue, lookOf(request, api)) };
};

export const editComment: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const comment = commentOf(request.params.comment, issue);
  const edited = editedComment(issue, { comment, sent: bodyOf(request) }, { actor: request.actor, api });
  api.store.put(withComment(issue, edited, api.now()), request.actor);
  return { status: 200, body: commentBean(edited, issue, lookOf(request, api)) };
};

export const deleteComment: Handler = (request, api) => {
  const issue = issueOf(request, api);
  api.store.put(withoutComment(issue, request.params.comment, api.now()), request.actor);
  return { status: 204, body: null };
};

/** The issue with one more comment. `sent` is the JSON of the comment. @throws Refusal 400 when it is not valid. */
export function addComment(
  issue: Issue,
  sent: Readonly<Record<string, unknown>>,
  { actor, api }: By,
): { issue: Issue; comment: Comment } {
  const body = checkedBody(sent.body, issue);
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

/** The comment as sent in an edit. @throws Refusal 400. */
export function editedComment(
  issue: Issue,
  { comment, sent }: { comment: Comment; sent: Readonly<Record<string, unknown>> },
  { actor, api }: By,
): Comment {
  const properties = { ...comment.properties, ...propertiesOf(sent.properties) };
  return {
    ...comment,
    body: checkedBody(sent.body, issue),
    properties,
    public: sent.properties === undefined ? comment.public : !isInternal(properties),
    ...visibilityOf(sent.visibility),
    updated: api.now().toISOString(),
    updateAuthor: actor,
  };
}

/** @throws Refusal 404 when there is no such comment. */
export function withoutComment(issue: Issue, commentId: string | undefined, at: Date): Issue {
  const { id } = commentOf(commentId, issue);
  return { ...issue, updated: at.toISOString(), comments: issue.comments.filter((comment) => comment.id !== id) };
}

/** @throws Refusal 404. */
export function commentOf(wanted: string | undefined, issue: Issue): Comment {
  const comment = issue.comments.find(({ id }) => id === wanted);
  if (comment !== undefined) return comment;
  throw refusal(404, [`Can not find a comment for the id: ${wanted ?? ''}.`]);
}

function checkedBody(body: unknown, { attachments }: Issue): AdfNode {
  if (isBlank(body)) throw refusal(400, [], { comment: 'Comment body can not be empty!' });
  const word = isRecord(body) ? documentRefusal(body, attachments) : 'INVALID_INPUT';
  if (word === 'INVALID_INPUT') throw refusal(400, [], { comment: 'Comment body is not valid!' });
  if (word === 'ATTACHMENT_VALIDATION_ERROR') throw refusal(400, [word]);
  if (word !== null) throw refusal(400, [], { comment: word });
  return body as AdfNode;
}

function isBlank(body: unknown): boolean {
  if (isRecord(body)) return Array.isArray(body.content) && body.content.length === 0;
  return body === undefined || body === null || body === '';
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

/** What is shown of comments beside the usual. */
function lookOf(request: Request, api: Api) {
  const expand = listParam(request, 'expand');
  return { url: api.url(), properties: expand.includes('properties'), renderedBody: expand.includes('renderedBody') };
}
