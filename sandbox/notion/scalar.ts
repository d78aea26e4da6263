import { minute } from './answers.ts';
import { listOf, recordOf, textOf } from './json.ts';
import type { Page } from './model.ts';
import { plainText } from './rich-text.ts';

type Scalar = string | number;

/** How values that are no bare text, number or truth value are compared. */
const readers: Readonly<Record<string, (content: unknown) => Scalar>> = {
  title: plainText,
  rich_text: plainText,
  select: nameOf,
  status: nameOf,
  multi_select: (content) => listOf(content).map(nameOf).join(', '),
  date: (content) => textOf(recordOf(content)['start']),
  unique_id: (content) => Number(recordOf(content)['number'] ?? 0),
};

/** What a row's value is sorted and filtered by; '' when it is empty. */
export function scalarOf(row: Page, name: string): Scalar {
  const value = row.properties[name] ?? {};
  const type = textOf(value['type']);
  if (type === 'created_time') return minute(row.created);
  if (type === 'last_edited_time') return minute(row.edited);
  const content = value[type];
  const read = readers[type];
  if (read !== undefined) return read(content);
  return typeof content === 'number' || typeof content === 'string' ? content : String(content === true);
}

function nameOf(option: unknown): string {
  return textOf(recordOf(option)['name']);
}
