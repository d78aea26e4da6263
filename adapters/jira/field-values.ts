import { descriptionOf } from './adf.ts';
import type { Allowed, Field } from './issue-fields.ts';
import { cleanText, labelOf, oneLine } from './text.ts';

/** Who has this address, by the account's id. */
export type FindAccount = (email: string) => Promise<string | null>;

/**
 * Words as the value that Jira takes for this field; undefined when it takes none of them. Where one can choose, by the
 * name or the id of the choice; a person by the e-mail address.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post
 */
export async function valueOf(field: Field, texts: readonly string[], find: FindAccount): Promise<unknown> {
  if (field.type !== 'array') return await oneValue(field, field.type, { text: texts.join(', '), find });
  const values: unknown[] = [];
  for (const text of texts.flatMap((one) => partsOf(field, one))) {
    const value = await oneValue(field, field.items ?? 'string', { text, find });
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values.length === 0 ? undefined : values;
}

/** What stands in for a value that nobody gave: as Jira takes it, and as it is said. Null when nothing can. */
export function stopgapOf(field: Field, now: Date): { value: unknown; said: string } | null {
  if (field.allowed !== null) return firstAllowed(field, field.allowed);
  const kind = field.type === 'array' ? (field.items ?? '') : field.type;
  const made = stopgapOfKind(field, kind, now);
  if (made === null) return null;
  return field.type === 'array' ? { value: [made.value], said: made.said } : made;
}

function firstAllowed(field: Field, allowed: readonly Allowed[]): { value: unknown; said: string } | null {
  const [first] = allowed;
  if (first === undefined) return null;
  const value = chosen(field.type === 'array' ? (field.items ?? 'option') : field.type, first);
  return { value: field.type === 'array' ? [value] : value, said: first.name };
}

function stopgapOfKind(field: Field, kind: string, now: Date): { value: unknown; said: string } | null {
  switch (kind) {
    case 'string':
      // an address of the web has to be one
      if (isOfKind(field, 'url')) return null;
      return { value: textValue(field, field.type === 'array' ? 'Not-given' : 'Not given'), said: 'Not given' };
    case 'number':
      return { value: 0, said: '0' };
    case 'date': {
      const day = now.toISOString().slice(0, 10);
      return { value: day, said: day };
    }
    case 'datetime':
      return { value: jiraTime(now), said: now.toISOString().slice(0, 10) };
    default:
      return null;
  }
}

interface Words {
  readonly text: string;
  readonly find: FindAccount;
}

async function oneValue(field: Field, kind: string, words: Words): Promise<unknown> {
  if (field.allowed !== null) return choiceOf(kind, field.allowed, words.text);
  const text = words.text.trim();
  switch (kind) {
    case 'number':
      return numberOf(text);
    case 'date':
      return dayOf(text);
    case 'datetime':
      return timeOf(text);
    case 'user':
      return await accountOf(words);
    case 'string':
      return textValue(field, words.text);
    case 'option':
    case 'option-with-child':
      return { value: text };
    case 'any':
      return words.text;
    default:
      return { name: text };
  }
}

function numberOf(text: string): number | undefined {
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function dayOf(text: string): string | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
}

function timeOf(text: string): string | undefined {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? undefined : jiraTime(at);
}

async function accountOf({ text, find }: Words): Promise<{ id: string } | undefined> {
  const id = await find(text.trim());
  return id === null ? undefined : { id };
}

/** `Parent > Child` where there are choices below a choice. */
function choiceOf(kind: string, allowed: readonly Allowed[], text: string): unknown {
  const found = named(allowed, text);
  if (found !== undefined) return chosen(kind, found);
  const [outer = '', ...inner] = text.split('>');
  const parent = inner.length === 0 ? undefined : named(allowed, outer);
  const child = parent === undefined ? undefined : named(parent.children, inner.join('>'));
  return parent === undefined || child === undefined ? undefined : { id: parent.id, child: { id: child.id } };
}

function named(allowed: readonly Allowed[], text: string): Allowed | undefined {
  const wanted = text.trim().toLowerCase();
  return allowed.find(({ name }) => name.toLowerCase() === wanted) ?? allowed.find(({ id }) => id === text.trim());
}

function chosen(kind: string, { id, name }: Allowed): unknown {
  return kind === 'string' ? name : { id };
}

/** A list is written with commas between its parts, unless the whole is one that can be chosen. */
function partsOf(field: Field, text: string): readonly string[] {
  if (field.allowed !== null && named(field.allowed, text) !== undefined) return [text];
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Where there is room for several lines, Jira takes a document. */
function textValue(field: Field, text: string): unknown {
  if (field.type === 'array') return labelOf(text);
  if (isOfKind(field, 'textarea') || field.system === 'description' || field.system === 'environment') {
    return descriptionOf([{ heading: '', lines: [{ kind: 'text', text: cleanText(text) }] }]);
  }
  return oneLine(text, 255);
}

/** Of Jira's own types of custom fields. */
function isOfKind({ custom }: Field, kind: string): boolean {
  return custom === `com.atlassian.jira.plugin.system.customfieldtypes:${kind}`;
}

/** ISO 8601 as Jira reads it, without a colon in the time zone. */
function jiraTime(at: Date): string {
  return at.toISOString().replace('Z', '+0000');
}
