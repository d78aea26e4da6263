import type { Accounts } from './accounts.ts';
import { textToAdf } from './adf.ts';
import type { Comment, HistoryEntry, Issue, PastTicket } from './model.ts';

/** A solved ticket of the past as an issue in Done, with its history. */
export function seedIssue(ticket: PastTicket, accounts: Accounts, nextId: () => number): Issue {
  const reporter = accounts.named(ticket.reporter);
  const created = isoTime(ticket.created);
  const resolved = isoTime(ticket.resolved);
  return {
    id: String(nextId()),
    key: ticket.key,
    summary: ticket.summary,
    description: textToAdf(ticket.description),
    status: 'Done',
    resolution: ticket.resolution,
    created,
    updated: resolved,
    resolved,
    creator: reporter,
    reporter,
    assignee: ticket.assignee === null ? null : accounts.named(ticket.assignee),
    labels: ticket.labels,
    priority: 'Medium',
    issuetype: 'Task',
    duedate: null,
    security: null,
    components: [],
    otherFields: {},
    comments: ticket.comments.map((comment) => seedComment(comment, accounts, nextId)),
    attachments: [],
    remoteLinks: [],
    issueLinks: [],
    formerKeys: [],
    request: null,
    properties: {},
    history: historyOf(ticket, accounts),
  };
}

function seedComment(comment: PastTicket['comments'][number], accounts: Accounts, nextId: () => number): Comment {
  const at = isoTime(comment.at);
  return {
    id: String(nextId()),
    author: accounts.named(comment.author),
    body: textToAdf(comment.body),
    created: at,
    updated: at,
    public: comment.public,
    // how an internal note is marked: https://developer.atlassian.com/cloud/jira/service-desk/
    properties: comment.public ? {} : { 'sd.public.comment': { internal: true } },
  };
}

function historyOf(ticket: PastTicket, accounts: Accounts): HistoryEntry[] {
  const solver = accounts.named(ticket.assignee ?? ticket.reporter).displayName;
  return [
    entry(ticket.created, accounts.named(ticket.reporter).displayName, 'created'),
    ...ticket.comments.map(({ at, author }) => entry(at, accounts.named(author).displayName, 'comment')),
    { ...entry(ticket.resolved, solver, 'status'), from: 'In Progress', to: 'Done' },
  ];
}

function entry(at: string, actor: string, kind: HistoryEntry['kind']): HistoryEntry {
  return { at: isoTime(at), actor, kind, from: null, to: null };
}

function isoTime(text: string): string {
  return new Date(text).toISOString();
}
