import { createCloudClient } from 'jira.js/cloud';
import type { TicketDraft } from '#domain/ticket.ts';
import type { Clock, Log, Ticketing } from '#ports.ts';
import { checkSetup } from './check.ts';
import { addComment, hasComment } from './comments.ts';
import { createIssue, findEarlierIssue, globalIdOf } from './issues.ts';
import { findReporter } from './reporters.ts';
import { oneLine } from './text.ts';
import { createTransport } from './transport.ts';

export interface JiraConfig {
  /** The site's address, e.g. `https://acme.atlassian.net`. */
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  readonly projectKey: string;
  /** Name of the issue type of our tickets, e.g. `Task`. */
  readonly issueType: string;
  /** How long Jira's search may take to find what was just created. */
  readonly searchLagMs: number;
  /** For each call; 10 seconds when not given. */
  readonly timeoutMs?: number;
}

/**
 * Tickets in Jira Cloud. Each call is made once; the queue repeats.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/
 */
export function createJira(
  config: JiraConfig,
  deps: { clock: Clock; log: Log },
): Ticketing & {
  /**
   * Tries the credentials, the project and the issue type.
   * @throws SetupError naming the setting to mend; RemoteError when Jira cannot be asked now.
   */
  check(): Promise<void>;
} {
  const baseUrl = config.baseUrl.replace(/\/+$/, '');
  const { email, apiToken, timeoutMs = 10_000 } = config;
  const client = createCloudClient(createTransport({ baseUrl, email, apiToken, timeoutMs }, deps.clock));

  return {
    searchLagMs: config.searchLagMs,

    async ensureTicket(draft) {
      const key = (await earlierIssue(draft)) ?? (await newIssue(draft));
      return { key, url: `${baseUrl}/browse/${key}` };
    },

    async ensureLink(ticketKey, { url, title }) {
      await client.issueRemoteLinks.createOrUpdateRemoteIssueLink({
        issueIdOrKey: encodeURIComponent(ticketKey),
        globalId: globalIdOf(url),
        relationship: 'conversation',
        object: { url, title: oneLine(title, 255) || url },
      });
    },

    async ensureComment(ticketKey, comment) {
      const issue = encodeURIComponent(ticketKey);
      if (await hasComment(client, issue, comment.commentId)) return;
      await addComment(client, issue, comment);
    },

    check: () => checkSetup(client, config),
  };

  async function earlierIssue({ conversation, triedAt, mayCreate }: TicketDraft): Promise<string | null> {
    if (triedAt === null) return null;
    const { projectKey, searchLagMs } = config;
    const earlier = { projectKey, conversation, triedAt, mayCreate, searchLagMs };
    return await findEarlierIssue(client, earlier, deps.clock());
  }

  async function newIssue(draft: TicketDraft): Promise<string> {
    const { reporterEmail } = draft;
    const reporter = reporterEmail === null ? null : await findReporter(client, reporterEmail);
    if (reporter === null) deps.log.info('no Jira account for the requester', { conversation: draft.conversation });
    return await createIssue(client, { draft, destination: config, reporter });
  }
}
