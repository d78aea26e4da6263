import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { NO_ROUTING, type Routing } from '#domain/routing.ts';
import { SetupError } from '#errors.ts';

/** One or several: `words: vpn` as well as `words: [vpn, wifi]`. */
const Names = z
  .union([z.string(), z.array(z.string().min(1))])
  .transform((names) => (typeof names === 'string' ? [names] : names));
const Name = z.string().min(1);
const Level = z.enum(['low', 'normal', 'high', 'critical']);

const Rule = z
  .strictObject({
    name: Name,
    when: z
      .strictObject({
        topics: Names.optional(),
        words: Names.optional(),
        channels: Names.optional(),
        groups: Names.optional(),
        urgency: z.union([Level.transform((level) => [level]), z.array(Level)]).optional(),
      })
      .default({}),
    project: Name.optional(),
    issueType: Name.optional(),
    requestType: Name.optional(),
    components: Names.optional(),
    priority: Name.optional(),
    labels: Names.optional(),
    assignee: Name.optional(),
    fields: z.record(z.string(), z.coerce.string()).optional(),
  })
  .describe('a rule');

const File = z.strictObject({
  topics: z.record(z.string(), Names).default({}),
  priorities: z.partialRecord(Level, Name).default({}),
  rules: z.array(Rule).default([]),
});

/** @throws SetupError that names each place in the file that is not understood. */
export function loadRouting(file: string | null): Routing {
  if (file === null) return NO_ROUTING;
  try {
    return readRouting(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`ROUTING_FILE (${file}) cannot be used:\n${reason}`, { cause: error });
  }
}

/** @throws SetupError as {@link loadRouting}. */
export function readRouting(text: string): Routing {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault !== undefined) throw new SetupError(`  - ${fault.message.split('\n')[0] ?? 'it is not YAML'}`);
  const read = File.safeParse(document.toJS() ?? {});
  if (!read.success) {
    throw new SetupError(read.error.issues.map(({ path, message }) => `  - ${path.join('.')}: ${message}`).join('\n'));
  }
  const unknown = read.data.rules.flatMap(({ name, when }) =>
    (when.topics ?? [])
      .filter((topic) => !(topic in read.data.topics))
      .map((topic) => `  - rule “${name}”: there is no topic “${topic}”`),
  );
  if (unknown.length > 0) throw new SetupError(unknown.join('\n'));
  return read.data as Routing; // what a rule leaves out is not there, rather than undefined
}
