import { createHash } from 'node:crypto';
import type { CloudClient } from 'jira.js/cloud';
import type { TicketDraft } from '#domain/ticket.ts';
import { descriptionOf } from './adf.ts';
import { CreatedIssue, FoundIssues } from './schema.ts';
import { labelOf, oneLine } from './text.ts';
import { JiraFailure, readAs } from './transport.ts';

/** Where issues are made. `issueType` is its name. */
export interface Destination {
  readonly projectKey: string;
  readonly issueType: string;
}

/**
 * Jira's limit of a summary.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
const summaryLimit = 255;

/**
 * The key of the conversation's issue, or null when there is none; the oldest when there are several.
 *
 * A search does not see an issue at once (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/),
 * so soon after the attempt nothing found means nothing.
 *
 * @throws JiraFailure `unavailable` with the time to wait, when it is too early to say that there is none.
 */
export async function findEarlierIssue(
  client: CloudClient,
  draft: { projectKey: string; conversation: string; triedAt: Date; mayCreate: boolean; searchLagMs: number },
  now: Date,
): Promise<string | null> {
  const answer = await client.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql: `project = ${quoted(draft.projectKey)} AND labels = ${quoted(conversationLabel(draft.conversation))} ORDER BY created ASC, key ASC`,
    // without fields the answer has ids only
    fields: ['key', 'created'],
    maxResults: 1,
  });
  const [oldest] = readAs(FoundIssues, answer, 'search').issues;
  if (oldest !== undefined) return oldest.key;
  // a clock that was set back must not make us wait for longer than the lag
  const settledInMs = Math.min(draft.triedAt.getTime() - now.getTime(), 0) + draft.searchLagMs;
  if (settledInMs <= 0 && draft.mayCreate) return null;
  throw new JiraFailure('unavailable', {
    message: 'an earlier attempt may have made the issue; the search does not show it yet',
    status: null,
    retryAfterMs: Math.max(settledInMs, 0),
  });
}

/** Creates the issue and returns its key; without the reporter where the project does not let us set one. */
export async function createIssue(
  client: CloudClient,
  issue: { draft: TicketDraft; destination: Destination; reporter: string | null },
): Promise<string> {
  const { draft, destination, reporter } = issue;
  const fields = fieldsOf(draft, destination);
  if (reporter === null) return await post(client, draft.conversation, fields);
  try {
    return await post(client, draft.conversation, { ...fields, reporter: { id: reporter } });
  } catch (error) {
    // "Modify reporter" is a permission of its own, and the field can be off the screen
    if (!isReporterRefused(error)) throw error;
    return await post(client, draft.conversation, fields);
  }
}

/** Identifies the link by its url, so that the same link again changes nothing. At most 255 characters. */
export function globalIdOf(url: string): string {
  return `firstline=${createHash('sha256').update(url).digest('hex')}`;
}

function fieldsOf(draft: TicketDraft, destination: Destination) {
  return {
    project: { key: destination.projectKey },
    issuetype: { name: destination.issueType },
    summary: oneLine(draft.summary, summaryLimit) || 'IT request',
    description: descriptionOf(draft.body),
    labels: labelsOf(draft),
  };
}

async function post(client: CloudClient, conversation: string, fields: Record<string, unknown>): Promise<string> {
  const answer = await client.issues.createIssue({
    fields,
    properties: [{ key: 'firstline', value: { conversation } }],
  });
  return readAs(CreatedIssue, answer, 'create issue').key;
}

function isReporterRefused(error: unknown): boolean {
  return error instanceof JiraFailure && error.status === 400 && error.fields.includes('reporter');
}

function labelsOf(draft: TicketDraft): string[] {
  const labels = [...draft.labels.map(labelOf), 'firstline', conversationLabel(draft.conversation)];
  return [...new Set(labels.filter((label) => label !== ''))];
}

function conversationLabel(conversation: string): string {
  return labelOf(`firstline-${conversation}`);
}

/** https://support.atlassian.com/jira-software-cloud/docs/jql-syntax/ */
function quoted(value: string): string {
  return `"${value.replaceAll(/[\\"]/g, '\\$&')}"`;
}
