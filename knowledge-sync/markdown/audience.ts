import { type Audience, groupName, NOBODY } from '#domain/knowledge.ts';
import { DocumentFault } from '#errors.ts';

/**
 * Reads the `audience` of a front matter: a list of alternatives, or one text with commas. None is nobody: a forgotten
 * line closes a document, it never opens it.
 *
 * @param source whose groups are meant.
 * @throws DocumentFault for what is neither `everyone`, `person:<e-mail>` nor the name of a group.
 */
export function readAudience(value: unknown, source: string): Audience {
  if (value === undefined || value === null) return NOBODY;
  const given: readonly unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
  const names = new Set(given.flatMap((one) => readName(one, source) ?? []));
  return names.size === 0 ? NOBODY : [[...names]];
}

function readName(value: unknown, source: string): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new DocumentFault('has an `audience` that is not a list of names: write `audience: [everyone]`.');
  }
  const name = String(value).trim();
  if (name.toLowerCase() === 'everyone') return 'everyone';
  const person = /^person:\s*(.*)$/i.exec(name)?.[1];
  if (person !== undefined) return `person:${readEmail(person)}`;
  if (name.includes('@')) throw new DocumentFault(`names ${name} in its audience: write \`person:${name}\`.`);
  return name === '' ? null : groupName(source, name);
}

/**
 * An e-mail address in lower case.
 *
 * @throws DocumentFault when it cannot be one.
 */
export function readEmail(value: unknown): string {
  const email = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (/^[^\s@:,]+@[^\s@:,]+$/.test(email)) return email;
  const shown = JSON.stringify(value)?.slice(0, 100);
  throw new DocumentFault(`has something that is no e-mail address where one belongs: ${shown}.`);
}
