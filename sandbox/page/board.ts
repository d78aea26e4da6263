import type { PageIssue, PageJira } from './parts.ts';

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
  readonly type: string | null;
  /** Where its column holds several: which of them; else null. */
  readonly status: string | null;
  /** How many comments it has. */
  readonly comments: number;
}

export interface Column {
  readonly name: (typeof columnNames)[number];
  /** All issues of the column that were asked for, which can be more than are shown. */
  readonly total: number;
  readonly issues: readonly Card[];
}

export interface Board {
  readonly project: { readonly key: string; readonly name: string };
  /** Of all issues, whatever was asked for. */
  readonly total: number;
  /** Newest of all issues, as an instant; null when there is none. */
  readonly newest: string | null;
  readonly columns: readonly Column[];
  /** What can be asked for: names that some issue has. */
  readonly labels: readonly string[];
  readonly reporters: readonly string[];
}

/** What is shown of the board. */
export interface BoardWish {
  /** Words that must all occur in an issue; '' is any issue. */
  readonly text: string;
  /** '' is any. */
  readonly label: string;
  readonly reporter: string;
  /** Most issues of the last column that are shown. */
  readonly done: number;
}

/** Statuses that stand in the column of another. */
const placedIn: Readonly<Record<string, Column['name']>> = { 'Waiting for customer': 'In Progress' };

/** The project's board: three columns, newest first. A status that is not known stands under To Do. */
export function toBoard(jira: Pick<PageJira, 'issues' | 'projectKey'>, company: string, wish: BoardWish): Board {
  const all = jira
    .issues()
    .filter(({ key }) => key.startsWith(`${jira.projectKey}-`))
    .map((issue) => ({ status: columnOf(issue), at: Date.parse(issue.created), card: toCard(issue) }));
  const newestFirst = all.toSorted((a, b) => b.at - a.at || numberOf(b.card) - numberOf(a.card));
  const wanted = newestFirst.filter(({ card, status }) => isWanted(card, status, wish));
  const byColumn = Map.groupBy(wanted, ({ status }) => status);
  const cards = all.map(({ card }) => card);
  return {
    project: { key: jira.projectKey, name: `${company.split(' ')[0]} IT support` },
    total: all.length,
    newest: newestFirst[0]?.card.created ?? null,
    columns: columnNames.map((name) => {
      const issues = (byColumn.get(name) ?? []).map(({ card }) => card);
      return { name, total: issues.length, issues: name === 'Done' ? issues.slice(0, wish.done) : issues };
    }),
    labels: sortedNames(cards.flatMap(({ labels }) => labels)),
    reporters: sortedNames(cards.flatMap(({ reporter }) => reporter?.name ?? [])),
  };
}

/** Of issues made in the same moment, the higher number came later. */
function numberOf({ key }: Card): number {
  return Number(key.split('-').at(-1));
}

function isWanted(card: Card, column: Column['name'], { text, label, reporter }: BoardWish): boolean {
  if (label !== '' && !card.labels.includes(label)) return false;
  if (reporter !== '' && card.reporter?.name !== reporter) return false;
  const words = text.toLowerCase().split(/\s+/);
  const { key, summary, labels, priority, type, status } = card;
  const people = [card.reporter?.name, card.assignee?.name];
  const whole = [key, summary, ...labels, ...people, priority, type, status, column].join('\n').toLowerCase();
  return words.every((word) => whole.includes(word));
}

function sortedNames(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b));
}

function columnOf(issue: PageIssue): Column['name'] {
  const status = nameOf(issue.status) ?? '';
  return (
    columnNames.find((name) => name === status) ??
    (Object.hasOwn(placedIn, status) ? placedIn[status] : null) ??
    'To Do'
  );
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
    type: nameOf(issue.issuetype),
    status: nameOf(issue.status) === columnOf(issue) ? null : nameOf(issue.status),
    comments: issue.comments.length,
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
