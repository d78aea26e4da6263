import type { OpenTicket, TicketDraft } from '#domain/ticket.ts';
import type { Log } from '#ports.ts';
import { descriptionOf } from './adf.ts';
import { addDocument } from './comments.ts';
import { type EarlierIssue, findEarlierIssue, labelsOf } from './earlier.ts';
import { editIssue } from './edit.ts';
import { createIssue, type MadeIssue } from './issues.ts';
import {
  assign,
  complete,
  createRequest,
  type Desk,
  deskOf,
  type Requesting,
  sentenceOfAssignee,
} from './service-desk.ts';
import { JiraFailure } from './transport.ts';

export interface Creating extends Requesting {
  readonly serviceDesk: Desk | null;
  readonly baseUrl: string;
  readonly searchLagMs: number;
  readonly log: Log;
  /** Told of each creation: what is not as the settings say, null when all is. */
  readonly noteFault: (fault: string | null) => Promise<void>;
}

/** More is not read by anybody: the first tell the most. */
const maxSentences = 3;

/** The ticket of the draft's conversation: an earlier attempt's, else a new one. */
export async function ensureTicket(creating: Creating, draft: TicketDraft): Promise<OpenTicket> {
  const earlier = await earlierIssue(creating, draft);
  const { id, key } = earlier ?? (await newIssue(creating, draft));
  if (draft.continues !== null) await relate(creating, id, draft.continues);
  return { id, key, url: urlOf(creating.baseUrl, key) };
}

export function urlOf(baseUrl: string, key: string): string {
  return `${baseUrl}/browse/${encodeURIComponent(key)}`;
}

async function earlierIssue(creating: Creating, draft: TicketDraft): Promise<EarlierIssue | null> {
  const { conversation, triedAt, mayCreate } = draft;
  if (triedAt === null) return null;
  const asked = { conversation, triedAt, mayCreate, searchLagMs: creating.searchLagMs };
  const found = await findEarlierIssue(creating.cloud, asked, creating.clock());
  if (found !== null && !found.isComplete) {
    await complete(creating, draft, { id: found.id, fields: [], description: found.description });
  }
  return found;
}

async function newIssue(creating: Creating, draft: TicketDraft): Promise<{ id: string; key: string }> {
  const { desk, faults } = await deskFor(creating, draft);
  const requested = desk === null ? { faults } : await createRequest(creating, draft, desk);
  const made = 'id' in requested ? requested : await createIssue(creating, draft);
  const told = made === requested ? made.faults : [...requested.faults, ...made.faults];
  await tell(creating, [...told, ...(await finish(creating, draft, made))]);
  return { id: made.id, key: made.key };
}

/**
 * The request type that a rule names, at the desk of its project; else the settings' own, unless the rule wants another
 * project or a type of issue: then it is an ordinary issue.
 */
async function deskFor(
  { serviceDesk, config, desk }: Creating,
  { route }: TicketDraft,
): Promise<{ desk: Desk | null; faults: readonly string[] }> {
  const { requestType } = route;
  const isElsewhere = route.project !== null && route.project !== config.projectKey;
  if (requestType === null) return { desk: isElsewhere || route.issueType !== null ? null : serviceDesk, faults: [] };
  if (!isElsewhere && serviceDesk !== null) return { desk: { id: serviceDesk.id, requestType }, faults: [] };
  const project = route.project ?? config.projectKey;
  const id = await deskOf(desk, project);
  if (id !== null) return { desk: { id, requestType }, faults: [] };
  const fault = `The Jira project ${project} has no service desk for requests as “${requestType}”, so ordinary issues are made: mend routing.yml.`;
  return { desk: null, faults: [fault] };
}

/** What its screen does not have, set in other ways. The ticket is made: whatever goes wrong now does not take that back. */
async function finish(creating: Creating, draft: TicketDraft, made: MadeIssue): Promise<readonly string[]> {
  const { cloud, log } = creating;
  const { assignee } = draft.route;
  const faults: string[] = [];
  try {
    if (made.lacks.includes('description')) {
      await addDocument(cloud, made.id, asComment(draft));
      faults.push(sentenceOfScreen('Description', 'the question is in a comment'));
    }
    if (made.lacks.includes('labels')) {
      const refused = await editIssue(cloud, made.id, { fields: {}, labels: labelsOf(draft) });
      if (refused.length > 0) faults.push(sentenceOfScreen('Labels', 'changes of tickets are seen by webhook only'));
    }
    if (made.lacks.includes('assignee') && assignee !== null) {
      if (!(await assign(creating, made.id, assignee))) faults.push(sentenceOfAssignee(assignee));
    }
    return faults;
  } catch (error) {
    if (!(error instanceof JiraFailure)) throw error;
    log.warn('a new ticket lacks a part that could not be set', { ticket: made.id, error });
    return faults;
  }
}

function asComment({ body }: TicketDraft) {
  return { mark: 'description', document: descriptionOf(body), internal: true };
}

function sentenceOfScreen(field: string, consequence: string): string {
  return `The Jira project's screens do not have the field ${field}, so ${consequence}: put it on them.`;
}

/** Best effort: the ticket is made. The same link again is none more. */
async function relate({ cloud, log }: Creating, ticketId: string, continues: string): Promise<void> {
  try {
    await cloud.issueLinks.linkIssues({
      type: { name: 'Relates' },
      inwardIssue: { id: continues },
      outwardIssue: { id: ticketId },
    });
  } catch (error) {
    if (!(error instanceof JiraFailure)) throw error;
    log.warn('a ticket could not be linked to the one it continues', { ticket: ticketId, error });
  }
}

/** A notice that cannot be kept does not undo the ticket. */
async function tell({ noteFault, log }: Creating, faults: readonly string[]): Promise<void> {
  try {
    await noteFault(faults.length === 0 ? null : faults.slice(0, maxSentences).join(' '));
  } catch (error) {
    log.error('what keeps tickets from being made as the settings say could not be noted', { error });
  }
}
