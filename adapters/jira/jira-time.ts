/** Jira writes `+0000`, which is not ISO 8601. */
export function dateOf(time: string | null | undefined): Date | null {
  const date = new Date((time ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(date.getTime()) ? null : date;
}
