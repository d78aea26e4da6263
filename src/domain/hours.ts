/** When somebody in IT is there. */
export interface OpeningHours {
  /** IANA, such as `Europe/Lisbon`. */
  readonly zone: string;
  /** From Monday to Sunday, each in order. */
  readonly week: readonly (readonly Opening[])[];
  /** Days on which nobody is there, as `2026-12-25`. */
  readonly holidays: readonly string[];
}

/** Minutes from midnight by the clock on the wall; `to` up to 1440, not itself within. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

/** What is wrong `of` which part, in words to follow the setting's name. */
export interface HoursProblem {
  readonly of: 'week' | 'zone' | 'holidays';
  readonly problem: string;
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** So far ahead an opening is looked for. */
const DAYS_AHEAD = 366;

/**
 * Reads the settings: `Mon-Fri 09:00-17:30, Sat 10:00-12:00`, an IANA zone, and `2026-12-25, 2026-12-26`. What begins
 * before midnight may end behind it (`Fri 22:00-06:00`).
 *
 * @returns what is wrong where it cannot be read.
 */
export function readOpeningHours({
  week,
  zone,
  holidays,
}: {
  week: string;
  zone: string;
  holidays: string;
}): OpeningHours | HoursProblem {
  const openings = partsOf(week).map(readPart);
  if (openings.length === 0 || openings.includes(null)) {
    return { of: 'week', problem: 'must look like Mon-Fri 09:00-17:30, Sat 10:00-12:00' };
  }
  if (!isZone(zone)) return { of: 'zone', problem: 'must name a time zone such as Europe/Lisbon' };
  const days = partsOf(holidays);
  if (!days.every(isDay)) return { of: 'holidays', problem: 'must list days such as 2026-12-25, 2026-12-26' };
  const all = openings.flatMap((opening) => opening ?? []);
  const ofDay = (day: number) =>
    all.flatMap((opening) => (opening.day === day ? [opening] : [])).toSorted((a, b) => a.from - b.from);
  return { zone, week: DAYS.map((_, day) => ofDay(day).map(({ from, to }) => ({ from, to }))), holidays: days };
}

/**
 * When a person will look; null while somebody is there, and when nobody will be for a year. An hour that the clock
 * skips in spring counts as the one after it.
 */
export function nextLook(hours: OpeningHours, now: Date): Date | null {
  const today = dayOf(now, hours.zone);
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead += 1) {
    const day = today + ahead * DAY_MS;
    if (hours.holidays.includes(isoOf(day))) continue;
    for (const { from, to } of hours.week[weekdayOf(day)] ?? []) {
      const [begin, end] = [from, to].map((minutes) => instantOf(day + minutes * MINUTE_MS, hours.zone));
      if (begin === undefined || end === undefined || end <= now.getTime()) continue;
      return begin <= now.getTime() ? null : new Date(begin);
    }
  }
  return null;
}

/**
 * Tells an employee when a person will look; null while somebody is there, and when nobody will be for a year.
 *
 * @param readerZone the employee's time zone. Unless their clock is known to show the same, it is said whose time it is.
 */
export function lookSentence(hours: OpeningHours, now: Date, readerZone: string | null = null): string | null {
  const look = nextLook(hours, now);
  if (look === null) return null;
  const day = dayOf(look, hours.zone);
  const ahead = Math.round((day - dayOf(now, hours.zone)) / DAY_MS);
  const time = isoTime(wallOf(look.getTime(), hours.zone));
  const isReaders =
    readerZone !== null &&
    isZone(readerZone) &&
    wallOf(look.getTime(), readerZone) === wallOf(look.getTime(), hours.zone);
  const zone = isReaders ? '' : ` (${placeOf(hours.zone)})`;
  return `It is outside IT's hours: a person will look at it ${dayWords(day, ahead)} from ${time}${zone}.`;
}

function dayWords(day: number, ahead: number): string {
  if (ahead <= 0) return 'today';
  if (ahead === 1) return 'tomorrow';
  const name = DAYS[weekdayOf(day)];
  if (ahead < 7) return `on ${name}`;
  const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(day);
  return `on ${name}, ${date},`;
}

/** "Lisbon time"; UTC has no place. */
function placeOf(zone: string): string {
  const place = /^(?!Etc\/)[^/]+\/(?:.+\/)?([^/]+)$/.exec(zone)?.[1]?.replaceAll('_', ' ');
  return place === undefined ? zone.replace(/^Etc\//, '') : `${place} time`;
}

function partsOf(text: string): readonly string[] {
  return text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** One stretch of the week, by its days; null when it cannot be read. */
function readPart(part: string): readonly (Opening & { readonly day: number })[] | null {
  const match = /^([a-z]+)(?:\s*[-–]\s*([a-z]+))?\s+(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)$/i.exec(part);
  if (match === null) return null;
  const [, first = '', last = first, begin = '', end = ''] = match;
  const days = daysBetween(weekday(first), weekday(last));
  const openings = openingsBetween(minutesOf(begin), minutesOf(end));
  if (days.length === 0 || openings.length === 0) return null;
  return days.flatMap((day) => openings.map(({ from, to, later }) => ({ day: (day + later) % 7, from, to })));
}

function daysBetween(first: number | null, last: number | null): readonly number[] {
  if (first === null || last === null) return [];
  return DAYS.map((_, index) => (first + index) % 7).slice(0, ((last - first + 7) % 7) + 1);
}

/** `later`: so many days after the one that is named. */
function openingsBetween(from: number | null, to: number | null): readonly (Opening & { readonly later: 0 | 1 })[] {
  if (from === null || to === null || from === to || from === 1440) return [];
  if (from < to) return [{ from, to, later: 0 }];
  const untilMidnight = { from, to: 1440, later: 0 } as const;
  return to === 0 ? [untilMidnight] : [untilMidnight, { from: 0, to, later: 1 }];
}

function weekday(name: string): number | null {
  const at = DAYS.findIndex((day) => name.length >= 2 && day.toLowerCase().startsWith(name.toLowerCase()));
  return at === -1 ? null : at;
}

function minutesOf(time: string): number | null {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const sum = hours * 60 + minutes;
  return minutes < 60 && sum <= 1440 ? sum : null;
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && isoOf(time) === text;
}

function isZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

// What the clock on the wall shows is counted as if it were UTC: then days and hours are plain arithmetic.

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one takes long. @throws RangeError for a zone that there is not. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const parts = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const clock = new Intl.DateTimeFormat('en-US', { ...parts, hourCycle: 'h23', timeZone: zone });
  clocks.set(zone, clock);
  return clock;
}

/** What the wall shows at this instant, to the second. */
function wallOf(instant: number, zone: string): number {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year = 0, month = 1, day, hour, minute, second] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((type) => parts.get(type));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instant at which the wall shows this; the first of two, and what the skipped hour becomes. */
function instantOf(wall: number, zone: string): number {
  const offsetAt = (instant: number) => wallOf(instant, zone) - Math.floor(instant / 1000) * 1000;
  // Clocks change by an hour or two, never twice in two days.
  const [before, after] = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)];
  const candidates = [wall - before, wall - after].filter((instant) => wallOf(instant, zone) === wall);
  return candidates.length === 0 ? wall - before : Math.min(...candidates);
}

function dayOf(instant: Date, zone: string): number {
  return Math.floor(wallOf(instant.getTime(), zone) / DAY_MS) * DAY_MS;
}

function weekdayOf(day: number): number {
  return (new Date(day).getUTCDay() + 6) % 7;
}

function isoOf(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

function isoTime(wall: number): string {
  return new Date(wall).toISOString().slice(11, 16);
}
