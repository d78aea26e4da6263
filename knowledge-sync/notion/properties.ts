import { recordOf, stringOf } from './block-parts.ts';
import { readId } from './ids.ts';
import { gapPart, type Naming, type Part, plain, plainRuns, type Run } from './part.ts';
import { namedRun, plainText, readRichText } from './rich-text.ts';
import type { Page } from './schema.ts';

type Raw = Readonly<Record<string, unknown>>;

/** The title of a page, on one line: every page has one property of that type, whatever its name. */
export function titleOf(page: Pick<Page, 'properties'>): string {
  const title = Object.values(page.properties ?? {})
    .map(recordOf)
    .find(({ type }) => type === 'title');
  const naming: Naming = { nameOf: (_, given) => given };
  return titleText(plainText(title?.title, naming));
}

/** A title as documents have it. */
export function titleText(text: string): string {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line === '' ? 'Untitled' : line.slice(0, 300);
}

/** A property that holds more than its page shows. */
export interface LongProperty {
  readonly name: string;
  readonly id: string;
  readonly type: string;
}

/** A page shows 25 references of a property at most. https://developers.notion.com/reference/retrieve-a-page */
const shownReferences = 25;

/** Properties of which there may be more to ask for. */
export function longProperties(page: Page): readonly LongProperty[] {
  return propertiesOf(page).flatMap(([name, raw]) => {
    const type = stringOf(raw.type);
    const value = raw[type];
    const isLong = Array.isArray(value) && value.length >= shownReferences;
    const canBeLong = ['relation', 'people', 'rich_text'].includes(type);
    return canBeLong && (isLong || raw.has_more === true) ? [{ name, type, id: stringOf(raw.id) }] : [];
  });
}

/**
 * The properties of a row as a list of `name: value`, in the order of the names, without the title and what is empty.
 *
 * Formulas and rollups may hold what stands on related pages, so they are shown only when all of those may be named.
 *
 * @param whole values that were asked for because the page does not show them all, by property name.
 */
export function propertyParts(
  page: Page,
  naming: Naming,
  whole: ReadonlyMap<string, readonly unknown[]>,
): readonly Part[] {
  const properties = propertiesOf(page).map(([name, raw]): [string, Raw] => {
    const items = whole.get(name);
    return items === undefined ? [name, raw] : [name, { ...raw, [stringOf(raw.type)]: items }];
  });
  const related = properties.flatMap(([, raw]) => (raw.type === 'relation' ? relatedIds(raw.relation) : []));
  const mayCompute = related.every((id) => naming.nameOf(id, null) !== null);
  return properties.flatMap(([name, raw]) => {
    const isComputed = raw.type === 'formula' || raw.type === 'rollup';
    if (isComputed && !mayCompute) return [gapPart('no-right', `property ${name}`)];
    return line(name, valueOf(raw, naming));
  });
}

/** The text of a value; `gap` when there is something that is not understood or not shown. */
interface Value {
  readonly runs: readonly Run[];
  readonly gap?: Part;
}

function line(name: string, { runs, gap }: Value): readonly Part[] {
  const label = plainRuns(`${name.replaceAll(/\s+/g, ' ').trim()}: `);
  const oneLine = runs.map((run) => ({ ...run, text: run.text.replaceAll(/\s*\n\s*/g, ' / ') }));
  const item = { kind: 'item', mark: 'bullet', start: null, text: [...label, ...oneLine], children: [] } as const;
  return [...(runs.length === 0 ? [] : [item]), ...(gap === undefined ? [] : [gap])];
}

function propertiesOf(page: Pick<Page, 'properties'>): readonly (readonly [string, Raw])[] {
  const all = Object.entries(page.properties ?? {}).map(([name, raw]) => [name, recordOf(raw)] as const);
  return all.filter(([, { type }]) => type !== 'title').toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** https://developers.notion.com/reference/page-property-values */
function valueOf(raw: Raw, naming: Naming): Value {
  const type = stringOf(raw.type);
  const value = raw[type];
  const read = values[type];
  if (read !== undefined) return read(value, naming);
  // Not of a type that we know: what can be shown as it is.
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return { runs: plainRuns(shown), gap: gapPart('unsupported', `property of type ${type}`) };
}

type ReadValue = (value: unknown, naming: Naming) => Value;
const text = (shown: string): Value => ({ runs: plainRuns(shown) });
const named: ReadValue = (value) => text(stringOf(recordOf(value).name));
const names: ReadValue = (value) =>
  text(
    listOf(value)
      .map((one) => stringOf(recordOf(one).name))
      .filter(Boolean)
      .join(', '),
  );
const moment: ReadValue = (value) => text(momentText(stringOf(value)));
const linked = (value: unknown, scheme = ''): Value => {
  const shown = stringOf(value).trim();
  return { runs: shown === '' ? [] : [{ ...plain, text: shown, href: scheme + shown }] };
};
const nothing: ReadValue = () => ({ runs: [] });

const values: Readonly<Record<string, ReadValue>> = {
  title: (value, naming) => ({ runs: readRichText(value, naming) }),
  rich_text: (value, naming) => ({ runs: readRichText(value, naming) }),
  number: (value) => text(typeof value === 'number' ? String(value) : ''),
  string: (value) => text(stringOf(value)),
  boolean: (value) => text(typeof value === 'boolean' ? yesNo(value) : ''),
  checkbox: (value) => text(yesNo(value === true)),
  select: named,
  status: named,
  multi_select: names,
  people: names,
  files: names,
  created_by: named,
  last_edited_by: named,
  created_time: moment,
  last_edited_time: moment,
  date: (value) => text(dateText(value)),
  url: (value) => linked(value),
  email: (value) => linked(value, 'mailto:'),
  phone_number: (value) => text(stringOf(value)),
  relation,
  formula: (value, naming) => computed(value, naming),
  rollup: (value, naming) => computed(value, naming),
  array: (value, naming) => joined(listOf(value).map((one) => valueOf(recordOf(one), naming))),
  unique_id: (value) => text(uniqueId(recordOf(value))),
  verification: (value) => text(verification(recordOf(value))),
  place: (value) => text([recordOf(value).name, recordOf(value).address].map(stringOf).filter(Boolean).join(', ')),
  // They do something or change with every look; neither is a text.
  button: nothing,
  last_visited_time: nothing,
};

function yesNo(value: boolean): string {
  return value ? 'Yes' : 'No';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A formula is of one type, a rollup of one as well, or a list of values that are of any. */
function computed(value: unknown, naming: Naming): Value {
  const raw = recordOf(value);
  if (raw.type === 'unsupported' || raw.type === 'incomplete') {
    return { runs: [], gap: gapPart('unsupported', 'rollup that Notion did not compute') };
  }
  return raw.type === undefined ? { runs: [] } : valueOf(raw, naming);
}

function joined(all: readonly Value[]): Value {
  const filled = all.filter(({ runs }) => runs.length > 0);
  return { runs: filled.flatMap(({ runs }, index) => (index === 0 ? runs : [...plainRuns(', '), ...runs])) };
}

function relatedIds(value: unknown): readonly string[] {
  return listOf(value).flatMap((one) => readId(recordOf(one).id) ?? []);
}

function relation(value: unknown, naming: Naming): Value {
  const ids = relatedIds(value);
  const shown = ids.flatMap((id) => {
    const title = naming.nameOf(id, null);
    const run = { ...plain, text: title ?? '', href: `/${id.replaceAll('-', '')}` };
    return title === null ? [] : [{ runs: [namedRun(run, { id, given: title, naming })] }];
  });
  const hidden = ids.length - shown.length;
  return { ...joined(shown), ...(hidden === 0 ? {} : { gap: gapPart('no-right', 'related page') }) };
}

/** https://developers.notion.com/reference/page-property-values#date */
function dateText(value: unknown): string {
  const { start, end, time_zone: zone } = recordOf(value);
  const [from, to] = [momentText(stringOf(start)), momentText(stringOf(end))];
  const shown = to === '' ? from : `${from} → ${to}`;
  return shown !== '' && stringOf(zone) !== '' ? `${shown} (${stringOf(zone)})` : shown;
}

/** `2026-03-01T09:30:00.000+01:00` as `2026-03-01 09:30 +01:00`; a day stays a day. */
function momentText(iso: string): string {
  const [, day, time, zone = ''] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(iso) ?? [];
  if (day === undefined) return iso;
  return `${day} ${time}${zone === '' ? '' : ` ${zone === 'Z' || zone === '+00:00' ? 'UTC' : zone}`}`;
}

function uniqueId({ prefix, number }: Raw): string {
  if (typeof number !== 'number') return '';
  return stringOf(prefix) === '' ? String(number) : `${stringOf(prefix)}-${number}`;
}

function verification({ state, date }: Raw): string {
  const until = stringOf(recordOf(date).end);
  return until === '' ? stringOf(state) : `${stringOf(state)} until ${momentText(until)}`;
}
