/** A refusal in words (for `errors`), or the value. */
export type Read<T> = { readonly error: string } | { readonly value: T };

export function readDate(value: unknown): Read<string | null> {
  if (value === null) return { value: null };
  const isDate = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  return isDate ? { value } : { error: "Error parsing date string: expected format is 'yyyy-MM-dd'." };
}

/** Nothing that could fill a field. */
export function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
