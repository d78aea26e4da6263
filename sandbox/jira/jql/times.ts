import { refusal } from '../refusal.ts';
import type { Operand } from './parse.ts';

const unitMs: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 };
const dayMs = 86_400_000;

/**
 * The instant (ms) that a value of a time field means: a date with or without time in UTC, a period from now
 * ("-5d", "4w 2d"), `now()`, `startOfDay()` or `endOfDay()`, the latter two with a period.
 * https://support.atlassian.com/jira-software-cloud/docs/jql-functions/
 *
 * @throws Refusal 400 when it means none.
 */
export function timeOf(operand: Operand, field: string, now: Date): number {
  const found = operand.kind === 'function' ? functionTime(operand, now) : textTime(operand, now);
  if (found !== null) return found;
  const text = operand.kind === 'text' ? operand.text : operand.kind;
  throw refusal(400, [
    `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  ]);
}

function functionTime({ name, args }: Operand & { kind: 'function' }, now: Date): number | null {
  const shiftMs = args[0] === undefined ? 0 : periodMs(args[0]);
  const startOfDay = Math.floor(now.getTime() / dayMs) * dayMs;
  if (shiftMs === null) return null;
  switch (name) {
    case 'now':
      return now.getTime();
    case 'startofday':
      return startOfDay + shiftMs;
    case 'endofday':
      return startOfDay + dayMs - 1 + shiftMs;
    default:
      throw refusal(400, [`Unable to find JQL function '${name}()'.`]);
  }
}

function textTime(operand: Operand & { kind: 'text' | 'empty' }, now: Date): number | null {
  if (operand.kind === 'empty') return null;
  const date = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?: (\d{1,2}):(\d\d))?$/.exec(operand.text.trim());
  if (date !== null) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = date.slice(1).map((part) => Number(part ?? 0));
    return Date.UTC(year, month - 1, day, hour, minute);
  }
  const shiftMs = periodMs(operand.text);
  return shiftMs === null ? null : now.getTime() + shiftMs;
}

/** A bare number is minutes. Null when it is no period. */
function periodMs(text: string): number | null {
  const period = /^([+-]?)\s*(\d+[wdhm]?(?:\s+\d+[wdhm]?)*)$/.exec(text.trim());
  if (period === null) return null;
  const parts = (period[2] ?? '').matchAll(/(\d+)([wdhm]?)/g);
  let sumMs = 0;
  for (const [, count = '0', unit = ''] of parts) sumMs += Number(count) * (unitMs[unit] ?? 60_000);
  return period[1] === '-' ? -sumMs : sumMs;
}
