import type { CloudClient } from 'jira.js/cloud';
import type { ServiceDeskClient } from 'jira.js/serviceDesk';
import { SetupError } from '#errors.ts';
import type { Log } from '#ports.ts';
import { IssueTypePage, OwnPermissions } from './schema.ts';
import { type Desk, requestTypeNamed, requestTypesOf } from './service-desk.ts';
import { JiraFailure, readAs } from './transport.ts';

interface Setup {
  readonly baseUrl: string;
  readonly projectKey: string;
  readonly issueType: string;
  readonly serviceDesk?: Desk | null;
}

/** What the account needs in the project. https://support.atlassian.com/jira-cloud-administration/docs/permissions-for-company-managed-projects/ */
const needed = {
  CREATE_ISSUES: 'Create issues',
  EDIT_ISSUES: 'Edit issues',
  ASSIGN_ISSUES: 'Assign issues',
  TRANSITION_ISSUES: 'Transition issues',
  ADD_COMMENTS: 'Add comments',
  EDIT_OWN_COMMENTS: 'Edit own comments',
  DELETE_OWN_COMMENTS: 'Delete own comments',
  CREATE_ATTACHMENTS: 'Create attachments',
  DELETE_OWN_ATTACHMENTS: 'Delete own attachments',
};

/**
 * Permissions that are missing are warned of: much works without them.
 * @throws SetupError naming the setting to mend; JiraFailure `unavailable` or `rate-limited` when Jira cannot be asked now.
 */
export async function checkSetup(
  clients: { cloud: CloudClient; desk: ServiceDeskClient; log: Log },
  config: Setup,
): Promise<void> {
  const { cloud, desk } = clients;
  await explained(cloud.myself.getCurrentUser(), {
    refused: 'Jira does not accept the credentials: check JIRA_EMAIL and JIRA_API_TOKEN.',
    unknown: `There is no Jira at ${config.baseUrl}: check JIRA_BASE_URL.`,
  });
  const projectIdOrKey = encodeURIComponent(config.projectKey);
  const unusable = `Jira has no project ${config.projectKey} in which this account may create issues: check JIRA_PROJECT.`;
  await explained(cloud.projects.getProject({ projectIdOrKey }), { refused: unusable, unknown: unusable });
  const answer = await explained(cloud.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey, maxResults: 200 }), {
    refused: unusable,
    unknown: unusable,
  });
  const names = readAs(IssueTypePage, answer, 'issue types').issueTypes.map(({ name }) => name);
  if (!names.includes(config.issueType)) {
    throw new SetupError(
      `The Jira project ${config.projectKey} has no issue type ${config.issueType}, but ${names.join(', ') || 'none'}: check JIRA_ISSUE_TYPE.`,
    );
  }
  const { serviceDesk = null } = config;
  if (serviceDesk !== null) await checkDesk(desk, serviceDesk);
  const missing = await missingPermissions(cloud, config.projectKey);
  if (missing.length === 0) return;
  clients.log.warn(`the Jira account lacks permissions in the project ${config.projectKey}: ${missing.join(', ')}`);
}

/** By name; none where Jira does not tell, as to a token that is not meant for it. */
async function missingPermissions(cloud: CloudClient, projectKey: string): Promise<readonly string[]> {
  try {
    const asked = { projectKey, permissions: Object.keys(needed).join(',') };
    const answer = await cloud.permissions.getMyPermissions(asked);
    const { permissions } = readAs(OwnPermissions, answer, 'permissions');
    return Object.entries(needed).flatMap(([key, name]) => (permissions[key]?.havePermission === false ? [name] : []));
  } catch (error) {
    if (error instanceof JiraFailure && ['unauthorized', 'rejected'].includes(error.kind)) return [];
    throw error;
  }
}

async function checkDesk(client: ServiceDeskClient, desk: Desk): Promise<void> {
  const unusable = `Jira has no service desk ${desk.id} in which this account may make requests: check JIRA_SERVICE_DESK.`;
  const types = await explained(requestTypesOf(client, desk.id), { refused: unusable, unknown: unusable });
  if (requestTypeNamed(types, desk.requestType) !== undefined) return;
  const names = types.map(({ id, name }) => `${name} (${id})`).join(', ');
  throw new SetupError(
    `The Jira service desk ${desk.id} has no request type ${desk.requestType}, but ${names || 'none'}: check JIRA_REQUEST_TYPE.`,
  );
}

/** Says what the status means at this step. An answer that is no JSON comes from something that is not Jira. */
async function explained<T>(call: Promise<T>, sentences: { refused: string; unknown: string }): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof JiraFailure)) throw error;
    if (error.kind === 'unauthorized') throw new SetupError(sentences.refused, { cause: error });
    if (error.kind === 'rejected' || error.status === 200) throw new SetupError(sentences.unknown, { cause: error });
    throw error;
  }
}
