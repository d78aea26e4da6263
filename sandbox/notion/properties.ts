import { idFrom, shortId } from './ids.ts';
import { isRecord, listOf, recordOf, textOf } from './json.ts';
import type { Json, Page } from './model.ts';
import { toRichText } from './rich-text.ts';
import { partialUser, type Users } from './users.ts';

/** A property's id: that of the title is its type's name. */
export function propertyId(name: string, type: unknown): string {
  return type === 'title' ? 'title' : shortId('property', name);
}

/**
 * Configurations as the API shows them. A schema without a title gets one, for every page has one. A relation that does
 * not say where to is one to `own`, the data source itself.
 */
export function toSchema(given: Json, own: Json): Record<string, Json> {
  const configs = Object.entries(given).map(([name, config]): [string, Json] => [name, toConfig(name, config, own)]);
  const hasTitle = configs.some(([, { type }]) => type === 'title');
  return Object.fromEntries(hasTitle ? configs : [['Name', toConfig('Name', 'title', own)], ...configs]);
}

function toConfig(name: string, given: unknown, own: Json): Json {
  const config = recordOf(typeof given === 'string' ? { [given]: {} } : given);
  const type = textOf(config['type']) || (Object.keys(config).find((key) => isRecord(config[key])) ?? 'rich_text');
  const value = { ...(type === 'relation' ? own : {}), ...configDefaults[type], ...recordOf(config[type]) };
  const options = listOf(value['options']).map((option) => toOption(option));
  return {
    id: propertyId(name, type),
    name,
    description: config['description'] ?? null,
    type,
    [type]: 'options' in value ? { ...value, options } : value,
  };
}

const configDefaults: Readonly<Record<string, Json>> = {
  number: { format: 'number' },
  select: { options: [] },
  multi_select: { options: [] },
  status: { options: [], groups: [] },
  formula: { expression: '' },
  unique_id: { prefix: null },
  relation: { type: 'single_property', single_property: {} },
  rollup: {
    function: 'show_original',
    rollup_property_name: 'Name',
    rollup_property_id: 'title',
    relation_property_name: '',
    relation_property_id: '',
  },
};

function toOption(given: unknown): Json {
  const option = typeof given === 'string' ? { name: given } : recordOf(given);
  return { id: shortId('option', textOf(option['name'])), color: 'default', description: null, ...option };
}

/** A page that is no row has its title only. */
export function titleProperty(title: string): Readonly<Record<string, Json>> {
  return { title: { type: 'title', title: title === '' ? [] : toRichText(title) } };
}

/**
 * A row's values, complete: what is not given is empty. Values are as the API writes them, with or without their type;
 * a bare text, number or truth value stands for what it is in that property.
 */
export function toValues(schema: Readonly<Record<string, Json>>, given: Json, users: Users): Record<string, Json> {
  const values = Object.entries(schema).map(([name, config]): [string, Json] => {
    const type = textOf(config['type']);
    return [name, { type, [type]: toValue(type, unwrapped(given[name], type), users) }];
  });
  return Object.fromEntries(values);
}

function unwrapped(given: unknown, type: string): unknown {
  return isRecord(given) && type in given ? given[type] : given;
}

/** How a value of each type is made complete; others stay as they were given. */
const makers: Readonly<Record<string, (given: unknown, users: Users) => unknown>> = {
  title: textValue,
  rich_text: textValue,
  select: choiceValue,
  status: choiceValue,
  multi_select: (given) => listOf(given).map(toChoice),
  people: (given, users) => listOf(given).map((person) => toPerson(person, users)),
  relation: (given) => listOf(given).map((page) => (typeof page === 'string' ? { id: page } : page)),
  date: toDate,
  files: (given) => listOf(given).map(toFile),
  checkbox: (given) => given === true,
};

function toValue(type: string, given: unknown, users: Users): unknown {
  const make = makers[type];
  return make === undefined ? (given ?? emptyValue(type)) : make(given, users);
}

function textValue(given: unknown): Json[] {
  return given === undefined ? [] : toRichText(given);
}

function choiceValue(given: unknown): Json | null {
  return given === undefined || given === null ? null : toChoice(given);
}

function emptyValue(type: string): unknown {
  switch (type) {
    case 'formula':
      return { type: 'string', string: null };
    case 'rollup':
      return { type: 'array', array: [], function: 'show_original' };
    case 'unique_id':
      return { prefix: null, number: null };
    case 'button':
      return {};
    default:
      return null;
  }
}

function toChoice(given: unknown): Json {
  const { description: _, ...option } = toOption(given);
  return option;
}

function toPerson(given: unknown, users: Users): Json {
  const email = typeof given === 'string' ? given : textOf(recordOf(given)['email']);
  const user = email === '' ? null : users.byEmail(email);
  const id = user?.id ?? textOf(recordOf(given)['id']);
  return partialUser(id === '' ? idFrom('user', email.toLowerCase()) : id);
}

function toDate(given: unknown): Json | null {
  if (typeof given === 'string') return { start: given, end: null, time_zone: null };
  return isRecord(given) ? { end: null, time_zone: null, ...given } : null;
}

function toFile(given: unknown): Json {
  const file = typeof given === 'string' ? { external: { url: given } } : recordOf(given);
  const type = 'file' in file ? 'file' : 'external';
  return { name: 'file', type, ...file };
}

/** What the page's own dates and people say, whatever was written. */
export function ownValue(type: string, page: Page, minute: (time: string) => string): unknown {
  switch (type) {
    case 'created_time':
      return minute(page.created);
    case 'last_edited_time':
      return minute(page.edited);
    case 'created_by':
      return partialUser(page.createdBy);
    case 'last_edited_by':
      return partialUser(page.editedBy);
    default:
      return undefined;
  }
}
