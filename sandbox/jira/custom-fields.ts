import { isRecord } from './json.ts';
import type { CustomField } from './model.ts';
import { isEmpty, type Read, readDate } from './read.ts';

/** A value of an option field. */
export interface Option {
  readonly id: string;
  readonly value: string;
}

/** The project's fields for issues of this type. */
export function customFieldsOf(
  { customFields }: { readonly customFields: readonly CustomField[] },
  issuetype: string | undefined,
): CustomField[] {
  return customFields.filter(
    ({ issueTypes }) => issueTypes === undefined || (issuetype !== undefined && issueTypes.includes(issuetype)),
  );
}

/** The values one can choose from, with ids that no other field has. */
export function optionsOf({ id, options = [] }: CustomField): Option[] {
  return options.map((value, index) => ({ id: String(customIdOf(id) * 100 + index), value }));
}

/** The number in a custom field's id. */
export function customIdOf(id: string): number {
  return Number(id.slice('customfield_'.length));
}

/** @returns the value as the issue keeps it: options with id and value. Null clears a field that is not required. */
export function readCustom(field: CustomField, sent: unknown): Read<unknown> {
  if (isEmpty(sent)) return field.required ? { error: `${field.name} is required.` } : { value: null };
  switch (field.type) {
    case 'string':
      return readString(sent);
    case 'number':
      return typeof sent === 'number' ? { value: sent } : { error: 'Operation value must be a number' };
    case 'date':
      return readDate(sent);
    case 'option':
      return readOption(field, sent);
    case 'array-option':
      return readOptions(field, sent);
  }
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#field-input-formats */
export function customSchemaOf(field: CustomField) {
  const kinds = { string: 'textfield', number: 'float', date: 'datepicker', option: 'select' } as const;
  const type = field.type === 'array-option' ? 'array' : field.type;
  return {
    type,
    ...(field.type === 'array-option' ? { items: 'option' } : {}),
    custom: `com.atlassian.jira.plugin.system.customfieldtypes:${field.type === 'array-option' ? 'multiselect' : kinds[field.type]}`,
    customId: customIdOf(field.id),
  };
}

function readString(sent: unknown): Read<string> {
  if (typeof sent !== 'string') return { error: 'Operation value must be a string' };
  if (sent.length > 255)
    return { error: 'The entered text is too long. It exceeds the allowed limit of 255 characters.' };
  return { value: sent };
}

function readOption(field: CustomField, sent: unknown): Read<Option> {
  if (!isRecord(sent)) return { error: "Specify a valid 'id' or 'name' for " + field.name };
  const found = optionsOf(field).find(({ id, value }) =>
    sent.id === undefined ? sent.value === value : sent.id === id,
  );
  if (found !== undefined) return { value: found };
  if (typeof sent.id !== 'string') return { error: `Specify a valid value for ${field.name}` };
  return { error: `Option id '${sent.id}' is not valid` };
}

function readOptions(field: CustomField, sent: unknown): Read<readonly Option[]> {
  if (!Array.isArray(sent)) return { error: 'data was not an array' };
  const options: Option[] = [];
  for (const one of sent as unknown[]) {
    const read = readOption(field, one);
    if ('error' in read) return read;
    if (!options.some(({ id }) => id === read.value.id)) options.push(read.value);
  }
  return { value: options };
}
