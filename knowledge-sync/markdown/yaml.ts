import { parse } from 'yaml';
import { DocumentFault } from '#errors.ts';

/**
 * Reads YAML as a map; an empty text is an empty map.
 *
 * @param text at most 100,000 characters: one that is made to keep the parser busy takes ten seconds then.
 * @param subject what the fault begins with, such as "has front matter that ".
 * @throws DocumentFault with the line and what the parser has against it.
 */
export function readYamlMap(text: string, subject: string): ReadonlyMap<unknown, unknown> {
  const value = parseYaml(text, subject);
  if (value === null || value === undefined) return new Map();
  if (value instanceof Map) return value;
  throw new DocumentFault(`${subject}is not a list of \`key: value\` lines.`);
}

function parseYaml(text: string, subject: string): unknown {
  try {
    // Maps, not objects: a key such as `__proto__` is then a key like any other. A hundred aliases, the parser's own
    // limit against texts that unfold to gigabytes, are enough for people.
    return parse(text, { mapAsMap: true, maxAliasCount: 100, logLevel: 'error', schema: 'core' });
  } catch (cause) {
    // The first line says what and where; below it the parser quotes the text.
    const detail = cause instanceof Error ? cause.message.split('\n', 1)[0]?.replace(/:$/, '') : '';
    throw new DocumentFault(`${subject}is not valid YAML: ${detail}.`, { cause });
  }
}
