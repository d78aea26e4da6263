/** Jira names people by `displayName`, all else by `name`; '' when there is nothing to name. */
export function nameOf(value) {
  if (typeof value === 'string') return value;
  return value?.displayName ?? value?.name ?? '';
}
