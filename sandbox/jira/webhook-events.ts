import { userBean } from './accounts.ts';
import { adfText } from './adf.ts';
import type { Api } from './api.ts';
import type { WebhookEventName } from './contract.ts';
import { changeItem } from './history.ts';
import type { Attachment, Comment, HistoryEntry, Issue } from './model.ts';
import { attachmentBean, commentBean, fieldBeans } from './render.ts';
import type { IssueChange } from './store.ts';

export interface WebhookEvent {
  readonly event: WebhookEventName;
  readonly issueKey: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** One thing that happened, before it is said who did it and when. */
type Happening = Omit<WebhookEvent, 'issueKey'>;

/**
 * What Jira sends about a change, in the order in which it happened. Bodies and descriptions are plain text and
 * addresses are those of version 2 of the API, as in Jira's own.
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
export function webhookEventsOf({ before, after, actor }: IssueChange, api: Api): WebhookEvent[] {
  const issue = after ?? before;
  if (issue === null) return [];
  const url = api.url();
  const head = { timestamp: api.now().getTime() };
  return happenings({ before, after, issue }, api).map(({ event, payload }) => ({
    event,
    issueKey: issue.key,
    payload: inVersion2({ ...head, webhookEvent: event, user: userBean(actor, url), ...payload }, url),
  }));
}

interface Seen {
  readonly before: Issue | null;
  readonly after: Issue | null;
  readonly issue: Issue;
}

function happenings({ before, after, issue }: Seen, api: Api): Happening[] {
  const whole = () => issueBean(issue, api);
  if (after === null) {
    return [{ event: 'jira:issue_deleted', payload: { issue_event_type_name: 'issue_deleted', issue: whole() } }];
  }
  const made: Happening = {
    event: 'jira:issue_created',
    payload: { issue_event_type_name: 'issue_created', issue: whole() },
  };
  const previous = before ?? { ...after, comments: [], attachments: [], history: after.history };
  return [
    ...(before === null ? [made] : []),
    ...fileHappenings(previous, after, api),
    ...updates(previous, after, api),
    ...commentHappenings(previous, after, api),
  ];
}

/** What `jira:issue_updated` tells: everything that the change log got. */
function updates(before: Issue, after: Issue, api: Api): Happening[] {
  const entries = after.history.slice(before.history.length);
  const items = entries.flatMap((entry) => changeItem(entry, api.site.accounts) ?? []);
  if (items.length === 0) return [];
  const changelog = { id: String(10_000 + after.history.length), items };
  const payload = { issue_event_type_name: eventType(entries), issue: issueBean(after, api), changelog };
  return [{ event: 'jira:issue_updated', payload }];
}

function eventType(entries: readonly HistoryEntry[]): string {
  const kinds = new Set(entries.map(({ kind }) => kind));
  if (kinds.has('key')) return 'issue_moved';
  if (kinds.has('status')) return 'issue_generic';
  return kinds.has('assignee') ? 'issue_assigned' : 'issue_updated';
}

/** Jira does not say there which issue the file belongs to: that is in the update that goes with it. */
function fileHappenings(before: Issue, after: Issue, api: Api): Happening[] {
  const bean = (attachment: Attachment) => ({ attachment: attachmentBean(attachment, api.url()) });
  const isIn = (issue: Issue) => (wanted: Attachment) => issue.attachments.some(({ id }) => id === wanted.id);
  const added = after.attachments.filter((one) => !isIn(before)(one));
  const gone = before.attachments.filter((one) => !isIn(after)(one));
  return [
    ...added.map((one): Happening => ({ event: 'attachment_created', payload: bean(one) })),
    ...gone.map((one): Happening => ({ event: 'attachment_deleted', payload: bean(one) })),
  ];
}

/** Properties of a comment are no part of it here: setting one tells nobody. */
function commentHappenings(before: Issue, after: Issue, api: Api): Happening[] {
  const then = new Map(before.comments.map((comment) => [comment.id, comment]));
  const now = new Set(after.comments.map(({ id }) => id));
  const told = (event: WebhookEventName, comment: Comment): Happening => ({
    event,
    payload: {
      comment: { ...commentBean(comment, after, { url: api.url() }), body: adfText(comment.body) },
      issue: shortBean(after, api),
      eventType: 'primaryAction',
    },
  });
  return [
    ...before.comments.filter(({ id }) => !now.has(id)).map((comment) => told('comment_deleted', comment)),
    ...after.comments.flatMap((comment) => {
      const earlier = then.get(comment.id);
      if (earlier === undefined) return [told('comment_created', comment)];
      const isEdited = earlier.body !== comment.body || earlier.visibility !== comment.visibility;
      return isEdited ? [told('comment_updated', comment)] : [];
    }),
  ];
}

/** The issue with its fields, comments apart: those have webhooks of their own. */
function issueBean(issue: Issue, api: Api) {
  const { comment: _, ...fields } = fieldBeans(issue, api.site.settings.projectType, api.url());
  return { ...addressOf(issue, api), fields: { ...fields, description: textOrNull(issue) } };
}

/** What a comment's webhook tells of its issue. */
function shortBean(issue: Issue, api: Api) {
  const { summary, issuetype, project, assignee, priority, status } = fieldBeans(
    issue,
    api.site.settings.projectType,
    api.url(),
  );
  return { ...addressOf(issue, api), fields: { summary, issuetype, project, assignee, priority, status } };
}

function addressOf({ id, key }: Issue, { url }: Api) {
  return { id, self: `${url()}/rest/api/3/issue/${id}`, key };
}

function textOrNull({ description }: Issue): string | null {
  return description === null ? null : adfText(description);
}

function inVersion2(payload: Readonly<Record<string, unknown>>, url: string): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(payload).replaceAll(`"${url}/rest/api/3/`, `"${url}/rest/api/2/`);
  return JSON.parse(text) as Record<string, unknown>;
}
