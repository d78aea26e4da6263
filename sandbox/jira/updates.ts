import { isRecord } from './json.ts';
import type { Issue } from './model.ts';

/**
 * The fields as the operations of an `update` block leave them: `{ labels: [{ add: 'x' }, { remove: 'y' }] }`. Lists
 * are added to and removed from, everything can be set; comments are no field.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-put
 */
export function updatedFields(issue: Issue, update: unknown): Record<string, unknown> {
  if (!isRecord(update)) return {};
  const fields: Record<string, unknown> = {};
  for (const [name, operations] of Object.entries(update)) {
    if (name === 'comment' || !Array.isArray(operations)) continue;
    fields[name] = operations.reduce(applied, valueOf(issue, name));
  }
  return fields;
}

function valueOf(issue: Issue, name: string): unknown {
  if (name === 'labels') return issue.labels;
  if (name === 'components') return issue.components.map((component) => ({ name: component }));
  return issue.otherFields[name];
}

/** What is no operation becomes the value, for the field's reader to refuse. */
function applied(value: unknown, operation: unknown): unknown {
  if (!isRecord(operation)) return operation;
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (operation.add !== undefined) return [...list, operation.add];
  if (operation.remove !== undefined) return list.filter((one) => !isMeant(one, operation.remove));
  return operation.set;
}

/** The same word, or the same thing by its id, name or value. */
function isMeant(one: unknown, wanted: unknown): boolean {
  if (!isRecord(one) || !isRecord(wanted)) return one === wanted;
  return ['id', 'name', 'value'].some((key) => wanted[key] !== undefined && one[key] === wanted[key]);
}
