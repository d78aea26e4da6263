import { createCloudClient } from 'jira.js/cloud';
import type { z } from 'zod';
import { DocumentFault } from '#errors.ts';
import type { Clock } from '#ports.ts';
import type { Pace } from '../pace.ts';
import type { ListingPage } from '../pages.ts';
import { ownProperty } from './own-tickets.ts';
import {
  type Comment,
  CommentPage,
  stateFields,
  Ticket,
  ticketFields,
  TicketPage,
  type TicketState,
  User,
  UserPage,
} from './schema.ts';
import { createTransport, JiraFailure, readAs, type TransportConfig } from '../../adapters/jira/transport.ts';

/** The calls to Jira that reading tickets needs; each waits its turn and is repeated by the pace. */
export interface JiraReading {
  /** One request, made once: `knowledge-sync/pages.ts` repeats it. */
  ticketPage(jql: string, token: string | null, size: number): Promise<ListingPage<TicketState, string>>;
  /** The ticket as the query finds it at this moment, not as the index has it; null when it does not. */
  find(jql: string, id: string): Promise<TicketState | null>;
  /** Null when there is none, or none that our account may see. */
  ticket(id: string): Promise<Ticket | null>;
  /** From `startAt`, oldest first; at most 100. */
  comments(id: string, startAt: number): Promise<{ comments: readonly Comment[]; total: number }>;
  /** Everybody the site knows, from `startAt`; at most 1,000. */
  users(startAt: number): Promise<readonly User[]>;
  /** @throws JiraFailure `unauthorized` when Jira does not know who is asking. */
  checkCredentials(): Promise<void>;
}

/** The largest pages. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/ and api-group-users */
const commentPageSize = 100;
const userPageSize = 1_000;

interface Search {
  readonly jql: string;
  readonly nextPageToken?: string;
  readonly maxResults: number;
  readonly reconcileIssues?: number[];
}

/** @param config whose token is asked with, and how long a call may take. */
export function createJiraReading(config: TransportConfig, { clock, pace }: { clock: Clock; pace: Pace }): JiraReading {
  const client = createCloudClient(createTransport(config, clock));
  const search = async (asked: Search) => {
    const answer = await client.issueSearch.searchAndReconsileIssuesUsingJqlPost({
      ...asked,
      fields: [...stateFields],
    });
    return readAs(TicketPage, answer, 'search');
  };

  return {
    async ticketPage(jql, token, size) {
      const asked = { jql, maxResults: size, ...(token === null ? {} : { nextPageToken: token }) };
      const { issues, nextPageToken, isLast } = await search(asked);
      // a last page that names a next one is seen; with nothing on it, it is believed to be the last
      const isOver = issues.length === 0 && isLast === true;
      return { items: issues, next: isOver ? null : (nextPageToken ?? null) };
    },

    async find(jql, id) {
      const { issues } = await pace.run(() => search({ jql, maxResults: 1, reconcileIssues: [Number(id)] }));
      return issues.find((issue) => issue.id === id) ?? null;
    },

    async ticket(id) {
      try {
        const asked = { issueIdOrKey: encodeURIComponent(id), fields: ticketFields, properties: [ownProperty] };
        const answer = await pace.run(() => client.issues.getIssue(asked));
        return readOne(Ticket, answer);
      } catch (error) {
        if (error instanceof JiraFailure && (error.status === 404 || error.status === 403)) return null;
        throw error;
      }
    },

    async comments(id, startAt) {
      const asked = { issueIdOrKey: encodeURIComponent(id), startAt, maxResults: commentPageSize };
      const answer = await pace.run(() =>
        client.issueComments.getComments({ ...asked, orderBy: 'created', expand: 'properties' }),
      );
      return readOne(CommentPage, answer);
    },

    async users(startAt) {
      return await pace.run(async () =>
        readAs(UserPage, await client.users.getAllUsers({ startAt, maxResults: userPageSize }), 'users'),
      );
    },

    async checkCredentials() {
      await pace.run(async () => readAs(User, await client.myself.getCurrentUser(), 'myself'));
    },
  };
}

/** @throws DocumentFault when it has another shape: one odd ticket does not keep the others from being read. */
function readOne<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new DocumentFault('was answered by Jira in an unknown shape.');
}
