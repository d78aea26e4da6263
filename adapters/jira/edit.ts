import type { CloudClient } from 'jira.js/cloud';
import { isRefused, JiraFailure } from './transport.ts';

export interface Edit {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Labels to be added to those that are there. */
  readonly labels?: readonly string[];
  readonly properties?: readonly { key: string; value: unknown }[];
}

/**
 * Changes an issue; fields that Jira refuses are left out. Returns which those are.
 * @throws JiraFailure when it is refused for another reason.
 */
export async function editIssue(client: CloudClient, issueId: string, edit: Edit): Promise<readonly string[]> {
  try {
    await putIssue(client, issueId, edit);
    return [];
  } catch (error) {
    if (!(error instanceof JiraFailure) || !isRefused(error) || error.fields.length === 0) throw error;
    const fields = Object.entries(edit.fields).filter(([id]) => !error.fields.includes(id));
    const { labels, ...rest } = edit;
    const keepsLabels = labels !== undefined && !error.fields.includes('labels');
    await putIssue(client, issueId, {
      ...rest,
      fields: Object.fromEntries(fields),
      ...(keepsLabels ? { labels } : {}),
    });
    return error.fields;
  }
}

/** Changes an issue, all of it or nothing. */
export async function putIssue(client: CloudClient, issueId: string, edit: Edit): Promise<void> {
  const { fields, labels = [], properties = [] } = edit;
  if (Object.keys(fields).length + labels.length + properties.length === 0) return;
  await client.issues.editIssue({
    issueIdOrKey: encodeURIComponent(issueId),
    fields: { ...fields },
    ...(labels.length === 0 ? {} : { update: { labels: labels.map((label) => ({ add: label })) } }),
    ...(properties.length === 0 ? {} : { properties: properties.map((property) => ({ ...property })) }),
  });
}
