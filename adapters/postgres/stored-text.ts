/** Text as Postgres stores it: without NUL. */
export function clean(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}

/**
 * The value as JSON that Postgres takes for jsonb: without NUL and without half a character (a text that was cut between
 * the halves of an emoji), either of which it refuses. JSON writes both as escapes.
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replace(/\\(?:u(?:0000|d[89a-f][\da-f]{2})|[^])/g, (escape) =>
    escape.length === 6 ? '\ufffd' : escape,
  );
}
