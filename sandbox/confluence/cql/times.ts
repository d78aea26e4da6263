import { badRequest } from '../refusal.ts';
import type { Operand } from './parse.ts';

interface Clock {
  readonly now: Date;
  /** An IANA name: dates are read in the time zone of the account. */
  readonly timeZone: string;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = { w: 7 * dayMs, d: dayMs, h: 3_600_000, m: minuteMs };

/**
 * The minute that a value means: a date with or without time, `now()`, `startOfDay()` or `endOfDay()`, each with a
 * period. https://developer.atlassian.com/cloud/confluence/cql-functions/
 *
 * @throws Refusal 400 when it means none.
 */
export function minuteOf(operand: Operand, clock: Clock): number {
  const time = operand.kind === 'function' ? functionTime(operand, clock) : dateTime(operand.text, clock);
  if (time !== null) return minuteOfTime(time);
  const words = operand.kind === 'function' ? `${operand.name}()` : operand.text;
  throw badRequest(`Could not parse cql : "${words}" is not a date; use "yyyy/MM/dd HH:mm" or now("-1h")`);
}

/** Search knows no seconds. */
export function minuteOfTime(time: number): number {
  return Math.floor(time / minuteMs);
}

function functionTime({ name, args }: Operand & { kind: 'function' }, clock: Clock): number | null {
  const shiftMs = args[0] === undefined ? 0 : periodMs(args[0]);
  if (shiftMs === null) return null;
  const now = clock.now.getTime();
  const offsetMs = zoneOffsetMs(clock.timeZone, clock.now);
  const startOfDay = Math.floor((now + offsetMs) / dayMs) * dayMs - offsetMs;
  switch (name) {
    case 'now':
      return now + shiftMs;
    case 'startofday':
      return startOfDay + shiftMs;
    case 'endofday':
      return startOfDay + dayMs - 1 + shiftMs;
    default:
      return null;
  }
}

function dateTime(text: string, { timeZone }: Clock): number | null {
  const date = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d\d))?$/.exec(text.trim());
  if (date === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = [1, 3, 4, 5, 6].map((at) => Number(date[at] ?? 0));
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  return asUtc - zoneOffsetMs(timeZone, new Date(asUtc));
}

function periodMs(text: string): number | null {
  const period = /^([+-]?)(\d+)([wdhm])$/.exec(text.trim());
  if (period === null) return null;
  const ms = Number(period[2]) * (unitMs[period[3] ?? ''] ?? 0);
  return period[1] === '-' ? -ms : ms;
}

/** How far the clocks of the zone are ahead of UTC at that time. */
function zoneOffsetMs(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const offset = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (offset === null) return 0;
  const ms = (Number(offset[2]) * 60 + Number(offset[3])) * minuteMs;
  return offset[1] === '-' ? -ms : ms;
}
