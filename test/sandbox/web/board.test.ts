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

interface AdfText {
  readonly textOfAdf: (document: unknown) => string;
  readonly isPlain: (document: unknown) => boolean;
}

// the browser's files have no types; the paths are values, so that the compiler does not look for any
const files: readonly string[] = ['time-since', 'activity-of', 'adf-text'].map(
  (name) => `../../../sandbox/web/board/${name}.js`,
);
const { timeSince } = (await import(files[0] ?? '')) as TimeSince;
const { activityOf } = (await import(files[1] ?? '')) as ActivityOf;
const { textOfAdf, isPlain } = (await import(files[2] ?? '')) as AdfText;

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

const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, ...(marks[0] ? { marks } : {}) });
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const doc = (...content: object[]) => ({ type: 'doc', version: 1, content });
const mention = { type: 'mention', attrs: { id: '5b', text: '@Mia Okafor' } };
const picture = { type: 'mediaSingle', content: [{ type: 'media', attrs: { type: 'file', id: 'm' } }] };

test.each([
  ['lines', doc(paragraph(text('One')), paragraph(text('Two'))), 'One\nTwo', true],
  ['an empty line', doc(paragraph(text('One')), paragraph(), paragraph(text('Two'))), 'One\n\nTwo', true],
  ['a break', doc(paragraph(text('One'), { type: 'hardBreak' }, text('Two'))), 'One\nTwo', true],
  ['a mention', doc(paragraph(text('Ask '), mention, text('.'))), 'Ask @Mia Okafor.', true],
  ['an emoji', doc(paragraph({ type: 'emoji', attrs: { shortName: ':tada:', text: '🎉' } })), '🎉', true],
  ['bold words', doc(paragraph(text('Now', { type: 'strong' }))), 'Now', false],
  ['a picture', doc(paragraph(text('See')), picture), 'See', false],
  ['a list', doc({ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text('a'))] }] }), 'a', false],
  ['nothing', doc(), '', true],
  ['no document', null, '', true],
])('a comment as text to be edited: %s', (_, document, words, plain) => {
  expect([textOfAdf(document), isPlain(document)]).toEqual([words, plain]);
});
