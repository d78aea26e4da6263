/**
 * A condition on a `post_ref`: it begins with what `:name` holds, as a whole part of it. In the order of bytes what may
 * follow, `+` and `/`, stands right before `0`; so an index of that order finds it.
 */
export function beginsWith(column: string, name: string): string {
  const start = `cast(:${name} as text)`;
  return `(${column} collate "C" = ${start} or (
    ${column} collate "C" >= ${start} || '+' and ${column} collate "C" < ${start} || '0'
    and substr(${column}, length(${start}) + 1, 1) in ('+', '/')
  ))`;
}
