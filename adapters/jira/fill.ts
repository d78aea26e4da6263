import type { Route } from '#domain/routing.ts';
import { type FindAccount, stopgapOf, valueOf } from './field-values.ts';
import type { Field } from './issue-fields.ts';

/** Something that is to be set on a ticket. */
export interface Wish {
  /** The field's id or name. */
  readonly field: string;
  readonly texts: readonly string[];
  /** Whether an admin wants to know that it cannot be set: they wrote the name. */
  readonly isTold: boolean;
}

/** The values of a screen's fields, by their ids. */
export interface Filling {
  readonly values: Readonly<Record<string, unknown>>;
  /** Those of them that a ticket can do without. */
  readonly optional: readonly string[];
  /** A sentence each for what is not as wished. */
  readonly faults: readonly string[];
}

export interface Form {
  readonly fields: readonly Field[];
  readonly wishes: readonly Wish[];
  /** Ids of fields that are seen to otherwise. */
  readonly others: readonly string[];
  /** Where the fields are, as an admin knows it: `Task in IT`. */
  readonly place: string;
  readonly now: Date;
  readonly find: FindAccount;
}

const whereToMend = 'JIRA_FIELDS or routing.yml';

/** What the route wants to be set beside the settings' `fields`; the route's come first. */
export function wishesOf(route: Route, fields: Readonly<Record<string, string>>): readonly Wish[] {
  const wishes: Wish[] = Object.entries({ ...fields, ...route.fields }).map(([field, text]) => ({
    field,
    texts: [text],
    isTold: true,
  }));
  if (route.components.length > 0) wishes.push({ field: 'components', texts: route.components, isTold: true });
  // its name may come from how urgent it is: nobody asked for the field
  if (route.priority !== null) wishes.push({ field: 'priority', texts: [route.priority], isTold: false });
  return wishes;
}

/**
 * What can be set of the wishes, and a stopgap for each field that is demanded beside them.
 * Returns the field when one is demanded that nothing can stand in for.
 */
export async function fill(form: Form): Promise<Filling | { missing: Field }> {
  const { values, faults } = await wished(form);
  const optional = Object.keys(values).filter(
    (id) => !form.fields.some((field) => field.id === id && field.isRequired),
  );
  const filled = withStopgaps(form, { values, faults });
  return 'missing' in filled ? filled : { ...filled, optional };
}

/** The stopgaps for fields that Jira demands although it has not said so. Null when there is none for one of them. */
export function stopgapsFor(
  ids: readonly string[],
  { fields, place, now }: Pick<Form, 'fields' | 'place' | 'now'>,
): { values: Readonly<Record<string, unknown>>; faults: readonly string[] } | null {
  const demanded = fields.filter(({ id }) => ids.includes(id)).map((field) => ({ ...field, isRequired: true }));
  if (demanded.length < ids.length) return null;
  const filled = withStopgaps({ fields: demanded, others: [], place, now }, { values: {}, faults: [] });
  return 'missing' in filled ? null : filled;
}

export function sentenceOfMissing({ name, id }: Field, place: string): string {
  return `Jira demands the field “${name}” (${id}) for ${place}, and nothing can stand in for it. Set it in ${whereToMend}, or take it from the form.`;
}

export function sentenceOfRefused(names: readonly string[], place: string): string {
  return `Jira refuses ${names.join(', ')} for ${place}; tickets are made without. Mend ${whereToMend}, or the project's screen.`;
}

async function wished({ fields, wishes, place, find }: Form) {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const { field: wanted, texts, isTold } of wishes) {
    const field = fieldNamed(fields, wanted);
    if (field === undefined) {
      if (isTold)
        faults.push(`Jira has no field “${wanted}” to set for ${place}; it is left out. Mend ${whereToMend}.`);
      continue;
    }
    const value = await valueOf(field, texts, find);
    if (value !== undefined) values[field.id] = value;
    else faults.push(sentenceOfValue(field, texts, place));
  }
  return { values, faults };
}

function sentenceOfValue({ name, id }: Field, texts: readonly string[], place: string): string {
  const said = texts.map((text) => `“${text}”`).join(', ');
  return `Jira does not take ${said} for the field “${name}” (${id}) of ${place}; it is left out. Mend ${whereToMend}.`;
}

function withStopgaps(
  { fields, others, place, now }: Pick<Form, 'fields' | 'others' | 'place' | 'now'>,
  { values, faults }: { values: Readonly<Record<string, unknown>>; faults: readonly string[] },
): { missing: Field } | Omit<Filling, 'optional'> {
  const filled: Record<string, unknown> = { ...values };
  const told = [...faults];
  for (const field of fields) {
    if (!field.isRequired || filled[field.id] !== undefined || others.includes(field.id)) continue;
    const stopgap = stopgapOf(field, now);
    if (stopgap === null) return { missing: field };
    filled[field.id] = stopgap.value;
    told.push(
      `Jira demands the field “${field.name}” (${field.id}) for ${place}; tickets are made with “${stopgap.said}”. Set it in ${whereToMend}.`,
    );
  }
  return { values: filled, faults: told };
}

function fieldNamed(fields: readonly Field[], wanted: string): Field | undefined {
  const name = wanted.trim().toLowerCase();
  return fields.find(({ id }) => id === wanted.trim()) ?? fields.find((field) => field.name.toLowerCase() === name);
}
