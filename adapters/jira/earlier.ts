import type { CloudClient } from 'jira.js/cloud';
import type { TicketDraft } from '#domain/ticket.ts';
import { textBelow } from './adf-node.ts';
import { FoundIssues, IssueMark } from './schema.ts';
import { labelOf } from './text.ts';
import { JiraFailure, readAs } from './transport.ts';

/** An issue that an earlier attempt made. */
export interface EarlierIssue {
  readonly id: string;
  readonly key: string;
  /** False: it was made without what is added to it afterwards. */
  readonly isComplete: boolean;
  readonly description: unknown;
}

/** More issues do not name the same conversation. */
const maxFound = 20;

/** The label by which the conversation's issue is found. */
export function conversationLabel(conversation: string): string {
  return labelOf(`firstline-${conversation}`);
}

/** The line by which it is found where labels cannot be set when it is made. */
export function referenceOf(conversation: string): string {
  return `Reference: ${conversationLabel(conversation)}`;
}

/** Our labels and the draft's. */
export function labelsOf(draft: Pick<TicketDraft, 'labels' | 'route' | 'conversation'>): readonly string[] {
  const given = [...draft.labels, ...draft.route.labels].map(labelOf);
  return [...new Set([...given, 'firstline', conversationLabel(draft.conversation)])].filter((label) => label !== '');
}

/**
 * The conversation's issue, or null when there is none; the oldest when there are several. In whatever project: a rule
 * may have sent it elsewhere, or IT may have moved it.
 *
 * A search does not see an issue at once (https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/),
 * so soon after the attempt nothing found means nothing.
 *
 * @throws JiraFailure `unavailable` with the time to wait, when it is too early to say that there is none.
 */
export async function findEarlierIssue(
  client: CloudClient,
  draft: { conversation: string; triedAt: Date; mayCreate: boolean; searchLagMs: number },
  now: Date,
): Promise<EarlierIssue | null> {
  const label = conversationLabel(draft.conversation);
  const answer = await client.issueSearch.searchAndReconsileIssuesUsingJqlPost({
    jql: `labels = ${quoted(label)} OR description ~ ${quoted(phraseOf(label))} ORDER BY created ASC, key ASC`,
    // without fields the answer has ids only
    fields: ['labels', 'description', 'created'],
    properties: ['firstline'],
    maxResults: maxFound,
  });
  const found = readAs(FoundIssues, answer, 'search').issues.find((issue) => isOf(issue, draft.conversation));
  if (found !== undefined) {
    const { id, key, fields } = found;
    return { id, key, isComplete: fields.labels?.includes(label) ?? false, description: fields.description };
  }
  // a clock that was set back must not make us wait for longer than the lag
  const settledInMs = Math.min(draft.triedAt.getTime() - now.getTime(), 0) + draft.searchLagMs;
  if (settledInMs <= 0 && draft.mayCreate) return null;
  throw new JiraFailure('unavailable', {
    message: 'an earlier attempt may have made the issue; the search does not show it yet',
    status: null,
    retryAfterMs: Math.max(settledInMs, 0),
  });
}

/** The words of a text are searched without their signs: what only looks like our reference is none of ours. */
function isOf({ fields, properties }: ReturnType<typeof FoundIssues.parse>['issues'][number], conversation: string) {
  if (fields.labels?.includes(conversationLabel(conversation)) === true) return true;
  const mark = IssueMark.safeParse(properties?.firstline);
  if (mark.success) return mark.data.conversation === conversation;
  return textBelow([fields.description]).trimEnd().endsWith(referenceOf(conversation));
}

/** A phrase of a text search. https://support.atlassian.com/jira-software-cloud/docs/search-syntax-for-text-fields/ */
function phraseOf(label: string): string {
  return `"${label.replaceAll(/[\\"]/g, ' ').trim()}"`;
}

/** https://support.atlassian.com/jira-software-cloud/docs/jql-syntax/ */
function quoted(value: string): string {
  return `"${value.replaceAll(/[\\"]/g, '\\$&')}"`;
}
