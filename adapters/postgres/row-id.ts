/** Whether it can be a row's number. What a button holds comes from outside: only what fits a bigint may reach the database. */
export function isId(value: string): boolean {
  return /^[1-9]\d{0,17}$/.test(value);
}
