import { type Accounts, userBean } from './accounts.ts';
import { adfText } from './adf.ts';
import { historyEntry } from './api.ts';
import { isRecord } from './json.ts';
import { type Account, type HistoryEntry, type Issue, priorities, projects, resolutions, statuses } from './model.ts';
import { jiraTime } from './render.ts';

/** How Jira shows the values that an edit can change, in words; null where nothing stands. */
const shown: Readonly<Record<string, (issue: Issue) => string | null>> = {
  summary: ({ summary }) => summary,
  description: ({ description }) => (description === null ? null : adfText(description)),
  labels: ({ labels }) => labels.join(' ') || null,
  components: ({ components }) => components.join(', ') || null,
  priority: ({ priority }) => priority,
  issuetype: ({ issuetype }) => issuetype,
  reporter: ({ reporter }) => reporter?.displayName ?? null,
  assignee: ({ assignee }) => assignee?.displayName ?? null,
  duedate: ({ duedate }) => duedate,
  security: ({ security }) => security?.name ?? null,
};

/** What an edit changed, field by field. */
export function editEntries(before: Issue, after: Issue, by: { actor: Account; at: Date }): HistoryEntry[] {
  const standard = Object.entries(shown).map(([field, words]) => ({ field, from: words(before), to: words(after) }));
  const names = new Set([...Object.keys(before.otherFields), ...Object.keys(after.otherFields)]);
  const others = [...names].map((field) => ({
    field,
    from: wordsOf(before.otherFields[field]),
    to: wordsOf(after.otherFields[field]),
  }));
  return [...standard, ...others]
    .filter(({ field, from, to }) => from !== to || isReshaped(field, before, after))
    .map(({ field, from, to }) =>
      field === 'assignee'
        ? historyEntry({ kind: 'assignee', from, to }, by)
        : historyEntry({ kind: 'edit', field, from, to }, by),
    );
}

/** The same words in another form: only a document has more than its words. */
function isReshaped(field: string, before: Issue, after: Issue): boolean {
  return field === 'description' && JSON.stringify(before.description) !== JSON.stringify(after.description);
}

function wordsOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(wordsOf).join(', ') || null;
  if (isRecord(value) && typeof value.value === 'string') return value.value;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** One change of one field, as change logs and webhooks show it. */
export interface ChangeItem {
  readonly field: string;
  readonly fieldtype: 'jira' | 'custom';
  readonly fieldId: string;
  readonly from: string | null;
  readonly fromString: string | null;
  readonly to: string | null;
  readonly toString: string | null;
}

/** Jira's names of fields where they are not the field's id. */
const namesInLog: Readonly<Record<string, string>> = {
  key: 'Key',
  attachment: 'Attachment',
  link: 'RemoteWorkItemLink',
  components: 'Component',
  issuelinks: 'Link',
};

/** Null for what no change log shows: that it was made, and comments. */
export function changeItem(entry: HistoryEntry, accounts: Accounts): ChangeItem | null {
  if (entry.kind === 'created' || entry.kind === 'comment') return null;
  const fieldId = entry.kind === 'edit' ? (entry.field ?? 'unknown') : entry.kind;
  return {
    field: namesInLog[fieldId] ?? fieldId,
    fieldtype: fieldId.startsWith('customfield_') ? 'custom' : 'jira',
    fieldId: fieldId === 'key' ? 'issuekey' : fieldId,
    from: idOf(fieldId, entry.from, accounts),
    fromString: entry.from,
    to: idOf(fieldId, entry.to, accounts),
    toString: entry.to,
  };
}

/** The id behind the words, where there is one. */
function idOf(fieldId: string, words: string | null, accounts: Accounts): string | null {
  if (words === null) return null;
  const known: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>> = {
    status: statuses,
    resolution: resolutions,
    priority: priorities,
    project: projects,
  };
  if (fieldId === 'assignee' || fieldId === 'reporter') return accounts.named(words).accountId;
  return known[fieldId]?.find(({ name }) => name === words)?.id ?? null;
}

/**
 * What `expand=changelog` shows, oldest first: what one person changed at one moment is one entry.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get
 */
export function changelogOf({ history }: Issue, { accounts, url }: { accounts: Accounts; url: string }) {
  const groups: { at: string; actor: string; items: ChangeItem[] }[] = [];
  for (const entry of history) {
    const item = changeItem(entry, accounts);
    if (item === null) continue;
    const last = groups.at(-1);
    if (last?.at === entry.at && last.actor === entry.actor) last.items.push(item);
    else groups.push({ at: entry.at, actor: entry.actor, items: [item] });
  }
  return {
    startAt: 0,
    maxResults: groups.length,
    total: groups.length,
    histories: groups.map(({ at, actor, items }, index) => ({
      id: String(index + 1),
      author: userBean(accounts.named(actor), url),
      created: jiraTime(at),
      items: items.map(withoutNulls),
    })),
  };
}

/** The description of the API knows no null here: no id is left out, no words are empty. */
function withoutNulls({ from, to, fromString, toString, ...rest }: ChangeItem) {
  return {
    ...rest,
    ...(from === null ? {} : { from }),
    fromString: fromString ?? '',
    ...(to === null ? {} : { to }),
    toString: toString ?? '',
  };
}
