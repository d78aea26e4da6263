import type { PageIssue, PageJira } from './parts.ts';

/** Most issues of the last column that are shown. */
const maxDone = 30;

const columnNames = ['To Do', 'In Progress', 'Done'] as const;

/** A person on a card; null when Jira names none. */
type CardPerson = { readonly name: string } | null;

export interface Card {
  readonly key: string;
  readonly summary: string;
  readonly created: string;
  readonly labels: readonly string[];
  readonly reporter: CardPerson;
  readonly assignee: CardPerson;
  readonly priority: string | null;
}

export interface Column {
  readonly name: (typeof columnNames)[number];
  /** All issues of the column, which can be more than are shown. */
  readonly total: number;
  readonly issues: readonly Card[];
}

/** The board: three columns, newest first. A status of another name stands under To Do. */
export function toBoard(jira: PageJira): { columns: Column[] } {
  const newestFirst = jira.issues().toSorted((a, b) => Date.parse(b.created) - Date.parse(a.created));
  const byColumn = Map.groupBy(newestFirst, columnOf);
  return {
    columns: columnNames.map((name) => {
      const issues = byColumn.get(name) ?? [];
      const visible = name === 'Done' ? issues.slice(0, maxDone) : issues;
      return { name, total: issues.length, issues: visible.map(toCard) };
    }),
  };
}

function columnOf(issue: PageIssue): Column['name'] {
  const status = nameOf(issue.status);
  return columnNames.find((name) => name === status) ?? 'To Do';
}

function toCard(issue: PageIssue): Card {
  const { key, summary, created, labels } = issue;
  return {
    key,
    summary,
    created,
    labels,
    reporter: personOf(issue.reporter),
    assignee: personOf(issue.assignee),
    priority: nameOf(issue.priority),
  };
}

function personOf(value: unknown): CardPerson {
  const name = nameOf(value);
  return name === null ? null : { name };
}

/** Jira names a status, a priority and a person each in its own field. */
function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  const { displayName, name } = value as { displayName?: unknown; name?: unknown };
  if (typeof displayName === 'string') return displayName;
  return typeof name === 'string' ? name : null;
}
