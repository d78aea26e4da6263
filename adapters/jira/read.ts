import type { CloudClient } from 'jira.js/cloud';
import type { TicketCommand, TicketComment, TicketState, TicketStatus } from '#domain/ticket.ts';
import type { Accounts } from './accounts.ts';
import { commentPageSize, markOf } from './comments.ts';
import { urlOf } from './create.ts';
import { dateOf } from './jira-time.ts';
import { isInternal } from './public-comment.ts';
import { namelessIn, readComment } from './read-comment.ts';
import { type Comment, CommentPage, ReadIssue } from './schema.ts';
import { oneLine } from './text.ts';
import { JiraFailure, readAs } from './transport.ts';

export interface Reading {
  readonly cloud: CloudClient;
  readonly accounts: Accounts;
  readonly baseUrl: string;
}

const fields = [
  'summary',
  'status',
  'assignee',
  'resolution',
  'updated',
  'security',
  'attachment',
  'project',
  'reporter',
];
/** As many comments as Jira takes for an issue. https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/ */
const maxComments = 5_000;
/** Times that comments are read again because one came or went meanwhile. */
const maxReadings = 3;
/** More names are not asked for at a time. */
const maxLookups = 20;

/** The issue as it is now; null when it is gone, or not for us to read. */
export async function readTicket(
  { cloud, accounts, baseUrl }: Reading,
  { ticketId, requesterEmail }: { ticketId: string; requesterEmail: string | null },
): Promise<TicketState | null> {
  const issue = await readable(cloud, ticketId);
  if (issue === null) return null;
  const comments = await readableComments(cloud, ticketId);
  if (comments === null) return null;
  const said = await conversationOf(comments, { accounts, issue, requesterEmail });
  return { ...headOf(issue, baseUrl), ...said };
}

function headOf({ id, key, fields: of }: ReadIssue, baseUrl: string): Omit<TicketState, keyof Conversation> {
  return {
    id,
    key,
    url: urlOf(baseUrl, key),
    updatedAt: dateOf(of.updated) ?? new Date(0),
    summary: line(of.summary),
    status: { name: line(of.status.name), category: categoryOf(of.status.statusCategory?.key) },
    assignee: line(of.assignee?.displayName) || null,
    resolution: line(of.resolution?.name) || null,
    // null says that there is none; a site that does not say may have one
    isRestricted: of.security !== null,
  };
}

function line(text: string | null | undefined): string {
  return oneLine(text ?? '', 255);
}

async function readable(cloud: CloudClient, ticketId: string): Promise<ReadIssue | null> {
  const asked = { issueIdOrKey: encodeURIComponent(ticketId), fields };
  const answer = await unlessGone(cloud, cloud.issues.getIssue(asked));
  return answer === null ? null : readAs(ReadIssue, answer, 'issue');
}

async function readableComments(cloud: CloudClient, ticketId: string): Promise<readonly Comment[] | null> {
  for (let reading = 0; reading < maxReadings; reading += 1) {
    const comments = await unlessGone(cloud, commentsOf(cloud, ticketId));
    if (comments !== 'changed') return comments;
  }
  // one that goes moves others past us: what is not seen would be taken for deleted
  throw new JiraFailure('unavailable', { message: 'the comments change while they are read', status: null });
}

async function commentsOf(cloud: CloudClient, ticketId: string): Promise<readonly Comment[] | 'changed'> {
  const all = new Map<string, Comment>();
  let first: number | null = null;
  for (let startAt = 0; startAt < maxComments; ) {
    const answer = await cloud.issueComments.getComments({
      issueIdOrKey: encodeURIComponent(ticketId),
      startAt,
      maxResults: commentPageSize,
      orderBy: 'created',
      expand: 'properties,renderedBody',
    });
    const { comments, total } = readAs(CommentPage, answer, 'comments');
    for (const comment of comments) all.set(comment.id, comment);
    first ??= total;
    if (total !== first) return 'changed';
    startAt += comments.length;
    if (comments.length === 0 || startAt >= total) break;
  }
  return [...all.values()];
}

/** 404 is also what somebody sees who is not known: then nothing is said to be gone. */
async function unlessGone<T>(cloud: CloudClient, call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof JiraFailure) || (error.status !== 404 && error.status !== 403)) throw error;
    await cloud.myself.getCurrentUser();
    return null;
  }
}

interface Asking {
  readonly accounts: Accounts;
  readonly issue: ReadIssue;
  readonly requesterEmail: string | null;
}

/** Who the ticket is for. Where the reporter cannot be set, that is our own account, which is nobody's. */
async function customerOf({ accounts, issue, requesterEmail }: Asking): Promise<string | null> {
  const own = await accounts.own();
  const reporterId = issue.fields.reporter?.accountId ?? own;
  if (reporterId !== own) return reporterId;
  const found = requesterEmail === null ? null : await accounts.find(requesterEmail);
  return found === own ? null : found;
}

/**
 * Whether a command is from who works on the ticket. In a service desk whoever writes internally does; elsewhere every
 * account that may comment could, so it has to be one that the issue may be given to.
 */
async function mayCommand(comment: Comment, { accounts, issue }: Omit<Asking, 'requesterEmail'>): Promise<boolean> {
  const type = issue.fields.project?.projectTypeKey ?? null;
  if (type === null ? isInternal(comment) : type === 'service_desk') return isInternal(comment);
  const accountId = comment.author?.accountId;
  return accountId !== undefined && (await accounts.mayHave(issue.key, accountId));
}

type Conversation = Pick<TicketState, 'comments' | 'ours' | 'commands'>;

async function conversationOf(
  all: readonly Comment[],
  { accounts, issue, requesterEmail }: Asking,
): Promise<Conversation> {
  const ours = new Map<string, string>();
  const others = all.filter((comment) => {
    const mark = markOf(comment);
    if (mark !== null && !ours.has(mark)) ours.set(mark, comment.id);
    return mark === null;
  });
  const reading = {
    attachments: issue.fields.attachment ?? [],
    names: await namesFor(others, accounts),
    customerId: others.length === 0 ? null : await customerOf({ accounts, issue, requesterEmail }),
    mayCommand: async (comment: Comment) => await mayCommand(comment, { accounts, issue }),
  };
  const comments: TicketComment[] = [];
  const commands: TicketCommand[] = [];
  for (const one of others) {
    const read = await readComment(one, reading);
    if (read !== null && 'comment' in read) comments.push(read.comment);
    if (read !== null && 'command' in read) commands.push(read.command);
  }
  return { comments, ours, commands };
}

/** Whom a mention without a name means: of those who wrote here at once, of a few others by asking. */
async function namesFor(comments: readonly Comment[], accounts: Accounts): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { author } of comments) {
    if (author?.accountId !== undefined && (author.displayName ?? '') !== '')
      names.set(author.accountId, author.displayName ?? '');
  }
  const unknown = namelessIn(comments).filter((id) => !names.has(id));
  for (const id of unknown.slice(0, maxLookups)) {
    const name = await accounts.nameOf(id);
    if (name !== null) names.set(id, name);
  }
  return names;
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-status-categories/ */
function categoryOf(key: string | undefined): TicketStatus['category'] {
  if (key === 'done') return 'done';
  return key === 'indeterminate' ? 'in-progress' : 'waiting';
}
