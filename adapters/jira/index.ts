import { createCloudClient } from 'jira.js/cloud';
import { createServiceDeskClient } from 'jira.js/serviceDesk';
import type { Clock, Log } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { createAccounts } from './accounts.ts';
import { amend } from './amend.ts';
import { changedSince } from './changed.ts';
import { checkSetup } from './check.ts';
import { editComment, ensureComment, removeComment } from './comments.ts';
import { type Creating, ensureTicket } from './create.ts';
import { createFileTransport } from './file-transport.ts';
import { createFiles } from './files.ts';
import { createScreens } from './issue-fields.ts';
import { ensureLink } from './links.ts';
import { readTicket } from './read.ts';
import { assign } from './service-desk.ts';
import { reopen } from './transitions.ts';
import { createTransport } from './transport.ts';

export { createJiraWebhook } from './webhook.ts';

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
  /** Makes requests of a service desk instead of ordinary issues. `requestType`: its id or name. */
  readonly serviceDesk?: { readonly id: string; readonly requestType: string } | null;
  /** Values of further fields of every ticket, by the field's id or name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** For each call; 10 seconds when not given. */
  readonly timeoutMs?: number;
}

export interface JiraDeps {
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Told of each creation what is not as the settings say, in a sentence that names the field and the setting to mend;
   * null when all is.
   */
  readonly noteFault?: (fault: string | null) => Promise<void>;
}

/**
 * Tickets in Jira Cloud. Each call is made once; the queue repeats.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/
 */
export function createJira(
  config: JiraConfig,
  deps: JiraDeps,
): Ticketing & {
  /**
   * Tries the credentials, the project, the issue type and the request type.
   * @throws SetupError naming the setting to mend; RemoteError when Jira cannot be asked now.
   */
  check(): Promise<void>;
} {
  const creating = creatingOf(config, deps);
  const { cloud, desk, accounts } = creating;
  const files = createFiles({ ...creating, transport: createFileTransport(transportConfigOf(config), deps.clock) });

  return {
    searchLagMs: config.searchLagMs,
    ensureTicket: async (draft) => await ensureTicket(creating, draft),
    ensureLink: async (ticketId, link) => await ensureLink(cloud, ticketId, link),
    read: async (ticketId, requesterEmail = null) => await readTicket(creating, { ticketId, requesterEmail }),
    changedSince: async (since) => await changedSince(cloud, since, deps.clock()),
    ensureComment: async (ticketId, draft) => ({ commentId: await ensureComment(cloud, ticketId, draft) }),
    editComment: async (ticketId, comment) => {
      const commentId = await editComment(cloud, ticketId, comment);
      return commentId === null ? null : { commentId };
    },
    removeComment: async (ticketId, commentId) => await removeComment(cloud, ticketId, commentId),
    ensureFile: async (ticketId, attached) => ({ attachmentId: await files.ensure(ticketId, attached) }),
    findFile: async (ticketId, wanted) => await files.find(ticketId, wanted),
    removeFile: async (attachmentId) => await files.remove(attachmentId),
    largestFileBytes: async () => await files.largestBytes(),
    openFile: async (file) => await files.open(file),
    amend: async (ticketId, change) => ({ described: await amend(cloud, ticketId, change) }),
    reopen: async (ticketId) => await reopen(cloud, ticketId),
    assign: async (ticketId, email) => await assign({ cloud, accounts }, ticketId, email),
    check: async () => await checkSetup({ cloud, desk, log: deps.log }, config),
  };
}

function transportConfigOf({ baseUrl, email, apiToken, timeoutMs = 10_000 }: JiraConfig) {
  return { baseUrl: baseUrl.replace(/\/+$/, ''), email, apiToken, timeoutMs };
}

function creatingOf(config: JiraConfig, { clock, log, noteFault = async () => {} }: JiraDeps): Creating {
  const { projectKey, issueType, searchLagMs, serviceDesk = null, fields = {} } = config;
  const transportConfig = transportConfigOf(config);
  const transport = createTransport(transportConfig, clock);
  const cloud = createCloudClient(transport);
  const desk = createServiceDeskClient(transport);
  return {
    cloud,
    desk,
    accounts: createAccounts(cloud, clock),
    screens: createScreens({ cloud, desk }, clock),
    baseUrl: transportConfig.baseUrl,
    config: { projectKey, issueType, fields },
    serviceDesk,
    searchLagMs,
    clock,
    log,
    noteFault,
  };
}
