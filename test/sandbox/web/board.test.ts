interface TimeSince {
  readonly timeSince: (at: number, now: number) => string;
}
interface ActivityOf {
  readonly activityOf: (
    issue: { comments: readonly object[]; history: readonly object[] },
    kind: string,
    isNewestFirst: boolean,
  ) => readonly { id: string }[];
}

// the browser's files have no types; the paths are values, so that the compiler does not look for any
const files: readonly string[] = ['time-since', 'activity-of'].map((name) => `../../../sandbox/web/board/${name}.js`);
const { timeSince } = (await import(files[0] ?? '')) as TimeSince;
const { activityOf } = (await import(files[1] ?? '')) as ActivityOf;

const now = new Date(2026, 5, 15, 12, 0).getTime();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const date = (at: number, rest: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', ...rest }).format(at);
const withTime = { hour: 'numeric', minute: '2-digit' } as const;
const lastYear = new Date(2025, 11, 31, 8).getTime();

test.each([
  ['the same moment', now, 'just now'],
  ['a clock that is a little ahead', now + 20_000, 'just now'],
  ['under a minute', now - 59_000, 'just now'],
  ['a minute', now - minute, '1 minute ago'],
  ['minutes', now - 59 * minute, '59 minutes ago'],
  ['hours', now - 5 * hour, '5 hours ago'],
  ['a day', now - day, 'yesterday'],
  ['days', now - 6 * day, '6 days ago'],
  ['a week', now - 7 * day, date(now - 7 * day, withTime)],
  ['another year', lastYear, date(lastYear, { year: 'numeric' })],
  ['the time to come', now + day, date(now + day, withTime)],
])('time since: %s', (_, at, words) => expect(timeSince(at, now)).toBe(words));

const comments = [
  { id: '7', created: '2026-01-01T10:00:00Z' },
  { id: '8', created: '2026-01-01T12:00:00Z' },
];
const history = [
  { kind: 'created', at: '2026-01-01T09:00:00Z' },
  { kind: 'comment', at: '2026-01-01T10:00:00Z' },
  { kind: 'status', at: '2026-01-01T11:00:00Z' },
];

test.each([
  ['all', false, ['h0', 'c7', 'h2', 'c8']],
  ['all', true, ['c8', 'h2', 'c7', 'h0']],
  ['comments', true, ['c8', 'c7']],
  ['history', false, ['h0', 'h1', 'h2']],
])('activity: %s, newest first %s', (kind, isNewestFirst, ids) => {
  expect(activityOf({ comments, history }, kind, isNewestFirst).map(({ id }) => id)).toEqual(ids);
});

test('an issue without comments and history has no activity', () => {
  expect(activityOf({ comments: [], history: [] }, 'all', true)).toEqual([]);
});
