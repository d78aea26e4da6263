import type { CloudClient } from 'jira.js/cloud';
import type { CommentDraft } from '#domain/ticket.ts';
import { type AdfDocument, commentOf } from './adf.ts';
import { Properties } from './public-comment.ts';
import { type Comment, CommentMark, CommentPage, WrittenComment } from './schema.ts';
import { asRefusal, JiraFailure, readAs } from './transport.ts';

/** The largest page that Jira gives. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
export const commentPageSize = 100;
const markKey = 'firstline';

/** The mark that we wrote it with; null when it is none of ours. */
export function markOf({ properties }: Pick<Comment, 'properties'>): string | null {
  const read = Properties.safeParse(properties);
  const property = read.success ? read.data.find(({ key }) => key === markKey) : undefined;
  const mark = CommentMark.safeParse(property?.value);
  return mark.success ? mark.data.id : null;
}

/** The id of the issue's comment with this mark; null when there is none. */
async function findComment(client: CloudClient, issueId: string, mark: string): Promise<string | null> {
  // newest first: a comment that comes in meanwhile moves others to a later page, never past us
  for (let startAt = 0; ; startAt += commentPageSize) {
    const answer = await client.issueComments.getComments({
      issueIdOrKey: encodeURIComponent(issueId),
      startAt,
      maxResults: commentPageSize,
      orderBy: '-created',
      expand: 'properties',
    });
    const { comments, total } = readAs(CommentPage, answer, 'comments');
    const found = comments.find((comment) => markOf(comment) === mark);
    if (found !== undefined) return found.id;
    if (comments.length === 0 || startAt + comments.length >= total) return null;
  }
}

/** Adds the comment unless the issue has one with its mark. */
export async function ensureComment(client: CloudClient, issueId: string, draft: CommentDraft): Promise<string> {
  const { mark, internal } = draft;
  const known = await findComment(client, issueId, mark);
  return known ?? (await addDocument(client, issueId, { mark, document: commentOf(draft), internal }));
}

/** Adds a comment with our mark, in a property of its own; an internal one is marked so as Jira Service Management does. */
export async function addDocument(
  client: CloudClient,
  issueId: string,
  comment: { mark: string; document: AdfDocument; internal: boolean },
): Promise<string> {
  const answer = await client.issueComments.addComment({
    issueIdOrKey: encodeURIComponent(issueId),
    body: bodyOf(comment.document),
    properties: propertiesOf(comment),
  });
  return readAs(WrittenComment, answer, 'add comment').id;
}

/**
 * Rewrites a comment; null when it is gone. Who may read it stays as the draft says.
 * @throws JiraFailure `rejected` when we may not.
 */
export async function editComment(
  client: CloudClient,
  issueId: string,
  { commentId, draft }: { commentId: string; draft: CommentDraft },
): Promise<string | null> {
  try {
    const answer = await client.issueComments.updateComment({
      issueIdOrKey: encodeURIComponent(issueId),
      id: encodeURIComponent(commentId),
      body: { body: bodyOf(commentOf(draft)), properties: propertiesOf(draft) },
    });
    return readAs(WrittenComment, answer, 'edit comment').id;
  } catch (error) {
    if (error instanceof JiraFailure && error.status === 404) return null;
    throw asRefusal(error);
  }
}

/** One that is gone already is none the worse. @throws JiraFailure `rejected` when we may not. */
export async function removeComment(client: CloudClient, issueId: string, commentId: string): Promise<void> {
  try {
    const asked = { issueIdOrKey: encodeURIComponent(issueId), id: encodeURIComponent(commentId) };
    await client.issueComments.deleteComment(asked);
  } catch (error) {
    if (!(error instanceof JiraFailure) || error.status !== 404) throw asRefusal(error);
  }
}

function bodyOf({ type, version, content }: AdfDocument) {
  return { type, version, content: content.map((node) => ({ ...node })) };
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ and service-desk's `sd.public.comment` */
function propertiesOf({ mark, internal }: { mark: string; internal: boolean }) {
  return [
    { key: markKey, value: { id: mark } },
    ...(internal ? [{ key: 'sd.public.comment', value: { internal: true } }] : []),
  ];
}
