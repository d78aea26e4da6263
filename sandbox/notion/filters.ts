import { minute } from './answers.ts';
import { isRecord, listOf, recordOf, textOf } from './json.ts';
import type { DataSource, Page } from './model.ts';
import { propertyId } from './properties.ts';
import { invalid, refusal } from './refusal.ts';
import { scalarOf } from './scalar.ts';

type Matcher = (row: Page) => boolean;
type Test = (value: string | number, wanted: unknown) => boolean;

const tests: Readonly<Record<string, Test>> = {
  equals: (value, wanted) => String(value) === String(wanted),
  does_not_equal: (value, wanted) => String(value) !== String(wanted),
  contains: (value, wanted) => String(value).toLowerCase().includes(String(wanted).toLowerCase()),
  does_not_contain: (value, wanted) => !String(value).toLowerCase().includes(String(wanted).toLowerCase()),
  starts_with: (value, wanted) => String(value).toLowerCase().startsWith(String(wanted).toLowerCase()),
  ends_with: (value, wanted) => String(value).toLowerCase().endsWith(String(wanted).toLowerCase()),
  greater_than: (value, wanted) => Number(value) > Number(wanted),
  less_than: (value, wanted) => Number(value) < Number(wanted),
  greater_than_or_equal_to: (value, wanted) => Number(value) >= Number(wanted),
  less_than_or_equal_to: (value, wanted) => Number(value) <= Number(wanted),
  after: (value, wanted) => momentOf(value) > momentOf(wanted),
  before: (value, wanted) => momentOf(value) < momentOf(wanted),
  on_or_after: (value, wanted) => momentOf(value) >= momentOf(wanted),
  on_or_before: (value, wanted) => momentOf(value) <= momentOf(wanted),
  is_empty: (value) => value === '',
  is_not_empty: (value) => value !== '',
};

function momentOf(value: unknown): number {
  return new Date(String(value)).getTime();
}

/** Which rows a filter keeps. @throws Refusal 400. https://developers.notion.com/reference/filter-data-source-entries */
export function matcherOf(filter: unknown, source: DataSource): Matcher {
  if (filter === undefined) return () => true;
  if (!isRecord(filter)) throw invalid('body.filter', 'an object', filter);
  if ('and' in filter) return (row) => listOf(filter['and']).every((part) => matcherOf(part, source)(row));
  if ('or' in filter) return (row) => listOf(filter['or']).some((part) => matcherOf(part, source)(row));
  const timestamp = filter['timestamp'];
  if (timestamp === 'last_edited_time' || timestamp === 'created_time') {
    const time: (row: Page) => string = (row) => minute(timestamp === 'created_time' ? row.created : row.edited);
    return conditionOf(filter[timestamp], time);
  }
  if (timestamp !== undefined)
    throw invalid('body.filter.timestamp', '`"created_time"` or `"last_edited_time"`', timestamp);
  return propertyMatcher(filter, source);
}

function propertyMatcher(filter: Readonly<Record<string, unknown>>, { schema }: DataSource): Matcher {
  const wanted = textOf(filter['property']);
  const name = Object.keys(schema).find((one) => [one, propertyId(one, schema[one]?.['type'])].includes(wanted));
  if (name === undefined) throw refusal(400, `Could not find property with name or id: ${wanted}`);
  const type = textOf(schema[name]?.['type']);
  if (!isRecord(filter[type])) throw invalid(`body.filter.${type}`, 'defined', filter[type]);
  return conditionOf(filter[type], (row) => scalarOf(row, name));
}

function conditionOf(condition: unknown, valueOf: (row: Page) => string | number): Matcher {
  const [operator, wanted] = Object.entries(recordOf(condition))[0] ?? ['', undefined];
  const test = tests[operator];
  if (test === undefined) throw invalid('body.filter', 'a condition that is known', condition);
  return (row) => test(valueOf(row), wanted);
}
