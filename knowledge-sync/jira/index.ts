import { DocumentFault, RemoteError } from '#errors.ts';
import { type Audience, CASES, type Document } from '#domain/knowledge.ts';
import type { KnowledgeSource, ListedDocument } from '#knowledge-ports.ts';
import type { Clock, Log } from '#ports.ts';
import type { Pace } from '../pace.ts';
import { pagesOf } from '../pages.ts';
import { createJiraReading, type JiraReading } from './client.ts';
import { issueJql, listingJql } from './jql.ts';
import { createPeople } from './people.ts';
import type { Comment, Ticket, TicketState } from './schema.ts';
import { listedAs, type Selection, standingOf } from './state.ts';
import { documentOf } from './ticket.ts';
import { JiraFailure } from '../../adapters/jira/transport.ts';

export interface JiraTicketsConfig {
  /** The site's address, e.g. `https://acme.atlassian.net`. */
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  /** Which issues; only solved ones of them are read. */
  readonly jql: string;
  /** Names of resolutions that mean "solved", in any case. */
  readonly resolutions: readonly string[];
  /** Who may read what the tickets say. */
  readonly audience: Audience;
  readonly pace: Pace;
}

const timeoutMs = 20_000;
/** As many as Jira gives at once with fields. */
const pageSize = 100;
/** Pages without anything new, after which a listing is taken to go round. */
const idlePages = 20;
/** Jira takes 5,000 comments an issue; what is beyond is left out, and said to be. */
const maxCommentPages = 100;

/**
 * Solved tickets of Jira Cloud as documents, by the issue's id. Only what is done, with one of the resolutions, and
 * surely without a security level is ever read; a comment only when it is surely public. All text is redacted.
 *
 * The listing is the whole query each time, page by page: its index is late, so what it lacks is asked for by id.
 * `updated` tells of changes; Atlassian does not say that deleting a comment changes it, so a deleted comment can stay
 * until the ticket is changed otherwise.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/
 */
export function createJiraTickets(config: JiraTicketsConfig, deps: { clock: Clock; log: Log }): KnowledgeSource {
  const baseUrl = config.baseUrl.replace(/\/+$/, '');
  const { email, apiToken, jql, pace, audience } = config;
  const jira = createJiraReading({ baseUrl, email, apiToken, timeoutMs }, { clock: deps.clock, pace });
  const people = createPeople(jira, deps);
  const resolutions = new Set(config.resolutions.map((name) => name.trim().toLowerCase()));
  const selection: Selection = { baseUrl, resolutions, audience };

  return {
    name: CASES,
    // who may read is said once for all tickets
    groups: async () => [],

    async *list() {
      const leftOut = { unmarked: 0, unknown: 0 };
      let found = 0;
      for await (const ticket of ticketsOf(jira, { jql, pace })) {
        found += 1;
        const standing = standingOf(ticket, selection);
        if (standing === 'solved') yield listedAs(ticket, selection);
        if (standing === 'unmarked' || standing === 'unknown') leftOut[standing] += 1;
      }
      // to who is not signed in Jira shows an empty site
      if (found === 0) await jira.checkCredentials();
      if (leftOut.unmarked + leftOut.unknown > 0) {
        deps.log.warn('tickets are left out, because Jira does not say whether they may be read', {
          source: CASES,
          withoutSecurityField: leftOut.unmarked,
          withoutStatus: leftOut.unknown,
        });
      }
    },

    async lookUp(id) {
      return await lookUp(id, { jira, jql, selection });
    },

    async read(id) {
      const ticket = await readable(id, { jira, selection });
      return ticket === null ? null : await readTicket(ticket, { jira, people, selection });
    },
  };
}

/** All that the query finds, each once. @throws RemoteError `rejected` when pages come again and again. */
async function* ticketsOf(
  jira: Pick<JiraReading, 'ticketPage'>,
  { jql, pace }: { jql: string; pace: Pace },
): AsyncGenerator<TicketState> {
  const seen = new Set<string>();
  let idle = 0;
  const query = listingJql(jql);
  const fetchPage = async (token: string | null, size: number) => {
    const page = await explained(jira.ticketPage(query, token, size));
    idle = page.items.some(({ id }) => !seen.has(id)) ? 0 : idle + 1;
    if (idle < idlePages) return page;
    throw new RemoteError('Jira', 'rejected', { message: 'the listing goes round without an end' });
  };
  for await (const ticket of pagesOf(fetchPage, { pace, size: pageSize })) {
    // what is edited meanwhile comes again where the order is that of editing
    if (seen.has(ticket.id)) continue;
    seen.add(ticket.id);
    yield ticket;
  }
}

async function explained<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof JiraFailure) || error.status !== 400) throw error;
    throw new RemoteError('Jira', 'rejected', {
      message:
        'the query for tickets is refused: check TICKETS_JQL, and that the account of JIRA_EMAIL may browse the project',
      cause: error,
    });
  }
}

interface Looking {
  readonly jira: JiraReading;
  readonly jql: string;
  readonly selection: Selection;
}

/** By the query itself, for the one issue and past the index: one request for what is there and still chosen. */
async function lookUp(id: string, { jira, jql, selection }: Looking): Promise<ListedDocument | null> {
  if (!isIssueId(id)) return null;
  const found = await refusable(jira.find(issueJql(jql, id), id));
  if (found !== null && found !== 'refused') {
    const standing = standingOf(found, selection);
    if (standing === 'unknown')
      throw new RemoteError('Jira', 'unavailable', { message: 'a ticket came without its status' });
    return standing === 'solved' ? listedAs(found, selection) : null;
  }
  // Jira refuses a query for an issue that is not there; a query that is wrong is refused as well
  const isThere = (await readable(id, { jira, selection })) !== null;
  if (isThere && found === 'refused') await explained(jira.find(issueJql(jql, id), id));
  return null;
}

async function refusable<T>(call: Promise<T>): Promise<T | 'refused'> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof JiraFailure && error.status === 400) return 'refused';
    throw error;
  }
}

/** Null when it is gone, not solved (any more), or secured. */
async function readable(id: string, { jira, selection }: Omit<Looking, 'jql'>): Promise<Ticket | null> {
  if (!isIssueId(id)) return null;
  const ticket = await jira.ticket(id);
  if (ticket === null) {
    // to who is not signed in, no issue is there
    await jira.checkCredentials();
    return null;
  }
  const standing = standingOf(ticket, selection);
  if (standing === 'unknown') throw new DocumentFault('came without its status or resolution.');
  return standing === 'solved' ? ticket : null;
}

/** Jira's ids are numbers. */
function isIssueId(id: string): boolean {
  return /^\d{1,15}$/.test(id);
}

async function readTicket(
  ticket: Ticket,
  { jira, people, selection }: { jira: JiraReading; people: ReturnType<typeof createPeople>; selection: Selection },
): Promise<Document> {
  const redactEverybody = await people.redaction();
  return documentOf({ ticket, redactEverybody, ...(await commentsOf(ticket.id, jira)) }, selection);
}

/** Whole when the number of comments did not change from the first page to the last. */
async function commentsOf(id: string, jira: Pick<JiraReading, 'comments'>) {
  const comments = new Map<string, Comment>();
  const totals = new Set<number>();
  let isAll = false;
  for (let page = 0, startAt = 0; page < maxCommentPages && !isAll; page += 1) {
    const { comments: found, total } = await jira.comments(id, startAt);
    for (const comment of found) comments.set(comment.id, comment);
    totals.add(total);
    startAt += found.length;
    isAll = found.length === 0 || startAt >= total;
  }
  return { comments: [...comments.values()], isWhole: totals.size <= 1, isAll };
}
