/** A page's text between storage format and Markdown. `text` is Markdown of one paragraph; its line breaks are hard ones. */
export type Block = Paragraph | Heading | Code | List | Quote | Table | Rule;

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: string;
}
export interface Heading {
  readonly kind: 'heading';
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
}
export interface Code {
  readonly kind: 'code';
  /** '' when none is told. */
  readonly language: string;
  readonly text: string;
}
export interface List {
  readonly kind: 'list';
  /** Number of the first item; null: not numbered. */
  readonly start: number | null;
  readonly items: readonly Item[];
}
export interface Item {
  /** Null: not a task. */
  readonly isDone: boolean | null;
  readonly blocks: readonly Block[];
}
export interface Quote {
  readonly kind: 'quote';
  readonly blocks: readonly Block[];
}
export interface Table {
  readonly kind: 'table';
  readonly rows: readonly Row[];
}
export interface Row {
  readonly isHeader: boolean;
  readonly cells: readonly Cell[];
}
export interface Cell {
  readonly isHeader: boolean;
  /** At least 1, as `rowSpan`. */
  readonly columnSpan: number;
  readonly rowSpan: number;
  readonly blocks: readonly Block[];
}
export interface Rule {
  readonly kind: 'rule';
}

/** The box of a task. https://github.github.com/gfm/#task-list-items-extension- */
export function boxOf(isDone: boolean | null): string {
  if (isDone === null) return '';
  return isDone ? '[x] ' : '[ ] ';
}
