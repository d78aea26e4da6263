const file: string = '../../../../sandbox/web/block-kit/dates.js';
const { formatDate } = (await import(file)) as {
  readonly formatDate: (seconds: number, template: string, now?: Date) => string | null;
};

const now = new Date(2026, 2, 10, 12, 0, 0);
const at = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime() / 1000;

test.each([
  ['the number of a day', at(2026, 2, 3), '{date_num}', '2026-03-03'],
  ['today', at(2026, 2, 10, 23, 59), '{date_pretty}', 'today'],
  ['yesterday, some hours ago', at(2026, 2, 9, 23, 59), '{date_short_pretty}', 'yesterday'],
  ['tomorrow', at(2026, 2, 11, 0, 1), '{date_long_pretty}', 'tomorrow'],
  ['a divider of today', at(2026, 2, 10), '{day_divider_pretty}', 'today'],
  ['seconds ago', at(2026, 2, 10, 11, 59, 40), '{ago}', 'just now'],
  ['minutes ago', at(2026, 2, 10, 11, 55, 0), '{ago}', '5 minutes ago'],
  ['hours ago', at(2026, 2, 10, 9, 0, 0), '{ago}', '3 hours ago'],
  ['days ago', at(2026, 2, 7, 12, 0, 0), '{ago}', '3 days ago'],
  ['a sentence', at(2026, 2, 3), 'Due {date_num}.', 'Due 2026-03-03.'],
  ['a token that does not exist', at(2026, 2, 3), '{date_num} {nonsense}', '2026-03-03 {nonsense}'],
])('%s', (_, seconds, template, expected) => {
  expect(formatDate(seconds, template, now)).toBe(expected);
});

test('what is no moment gives nothing', () => {
  expect(formatDate(Number.NaN, '{date}', now)).toBeNull();
});

test.each(['date', 'date_short', 'date_long', 'date_long_full', 'date_slash', 'time', 'time_secs'])(
  '{%s} is filled in',
  (token) => {
    expect(formatDate(at(2026, 2, 3, 14, 5, 6), `{${token}}`, now)).toMatch(/\d/);
  },
);
