import type { CloudClient } from 'jira.js/cloud';
import { commentOf } from './adf.ts';
import { CommentMark, CommentPage } from './schema.ts';
import { readAs } from './transport.ts';

/** The largest page that Jira gives. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ */
const pageSize = 100;
const markKey = 'firstline';

/** Whether the issue has the comment that was marked with this id. */
export async function hasComment(client: CloudClient, issueIdOrKey: string, commentId: string): Promise<boolean> {
  // newest first: a comment that comes in meanwhile moves others to a later page, never past us
  for (let startAt = 0; ; startAt += pageSize) {
    const answer = await client.issueComments.getComments({
      issueIdOrKey,
      startAt,
      maxResults: pageSize,
      orderBy: '-created',
      expand: 'properties',
    });
    const { comments, total } = readAs(CommentPage, answer, 'comments');
    if (comments.some(({ properties }) => properties.some((property) => isMark(property, commentId)))) return true;
    if (comments.length === 0 || startAt + comments.length >= total) return false;
  }
}

/** Adds the comment, marked with its id in a property of its own; readable for everybody who sees the issue. */
export async function addComment(
  client: CloudClient,
  issueIdOrKey: string,
  comment: { commentId: string; author: string; text: string },
): Promise<void> {
  const body = commentOf(comment);
  await client.issueComments.addComment({
    issueIdOrKey,
    body: { type: body.type, version: body.version, content: body.content.map((node) => ({ ...node })) },
    properties: [{ key: markKey, value: { id: comment.commentId } }],
  });
}

function isMark(property: { key: string; value?: unknown }, commentId: string): boolean {
  const mark = CommentMark.safeParse(property.value);
  return property.key === markKey && mark.success && mark.data.id === commentId;
}
