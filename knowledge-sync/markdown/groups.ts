import type { Group } from '#domain/knowledge.ts';
import { DocumentFault } from '#errors.ts';
import { readEmail } from './audience.ts';
import { decode } from './text.ts';
import { readYamlMap } from './yaml.ts';

/**
 * Reads `groups.yml`: the name of each group with a list of its members' e-mail addresses.
 *
 * @throws DocumentFault when any of it is not right: half a file would take members their rights, or give them.
 */
export function readGroups(bytes: Uint8Array): readonly Group[] {
  return Array.from(readYamlMap(decode(bytes), ''), ([key, members]) => {
    const name = readGroupName(key);
    return { name, emails: Array.from(new Set(readMembers(name, members))) };
  });
}

function readGroupName(key: unknown): string {
  const name = typeof key === 'string' || typeof key === 'number' ? String(key).trim() : '';
  // An audience gives these two a meaning of their own; a group of that name would take it over.
  if (name === '' || /^everyone$|^person:/i.test(name)) {
    throw new DocumentFault(`has a group that cannot be called ${JSON.stringify(key)}.`);
  }
  return name;
}

function readMembers(group: string, members: unknown): readonly string[] {
  if (members === null) return [];
  if (!Array.isArray(members)) throw new DocumentFault(`has no list of e-mail addresses for the group ${group}.`);
  return members.map(readEmail);
}
