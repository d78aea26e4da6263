import { lookSentence, nextLook, type OpeningHours, readOpeningHours } from '#domain/hours.ts';

function hours(week: string, { zone = 'UTC', holidays = '' } = {}): OpeningHours {
  const read = readOpeningHours({ week, zone, holidays });
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

const office = 'Mon-Fri 09:00-17:30, Sat 10:00-12:00';
const day = { from: 540, to: 1050 };

test('the settings are read by weekday', () => {
  expect(hours(office, { zone: 'Europe/Lisbon', holidays: '2026-12-25, 2026-12-26' })).toEqual({
    zone: 'Europe/Lisbon',
    week: [[day], [day], [day], [day], [day], [{ from: 600, to: 720 }], []],
    holidays: ['2026-12-25', '2026-12-26'],
  });
});

test.each([
  [
    'a break',
    'Mon 13:00-17:00, mon 8:30-12:00',
    [
      [
        { from: 510, to: 720 },
        { from: 780, to: 1020 },
      ],
      [],
      [],
      [],
      [],
      [],
      [],
    ],
  ],
  [
    'long names and a dash',
    'Saturday – Sunday 00:00–24:00',
    [[], [], [], [], [], [{ from: 0, to: 1440 }], [{ from: 0, to: 1440 }]],
  ],
  [
    'days over the end of the week',
    'Sat-Mon 10:00-11:00',
    [[{ from: 600, to: 660 }], [], [], [], [], [{ from: 600, to: 660 }], [{ from: 600, to: 660 }]],
  ],
  ['a night', 'Sun 22:00-06:00', [[{ from: 0, to: 360 }], [], [], [], [], [], [{ from: 1320, to: 1440 }]]],
  ['until midnight', 'Sun 22:00-00:00', [[], [], [], [], [], [], [{ from: 1320, to: 1440 }]]],
])('%s is read', (_, week, expected) => {
  expect(hours(week).week).toEqual(expected);
});

const example = 'must look like Mon-Fri 09:00-17:30, Sat 10:00-12:00';
test.each([
  ['', 'UTC', '', example],
  ['9 to 5', 'UTC', '', example],
  ['Mon-Fri', 'UTC', '', example],
  ['Mon-Fri 9-17', 'UTC', '', example],
  ['Mon-Fri 09:00-25:00', 'UTC', '', example],
  ['Mon-Fri 09:60-10:00', 'UTC', '', example],
  ['Mon-Fri 09:00-09:00', 'UTC', '', example],
  ['Foo 09:00-10:00', 'UTC', '', example],
  ['M 09:00-10:00', 'UTC', '', example],
  ['Mon 09:00-10:00, nonsense', 'UTC', '', example],
  [office, 'Lisbon', '', 'must name a time zone such as Europe/Lisbon'],
  [office, '', '', 'must name a time zone such as Europe/Lisbon'],
  [office, 'UTC', '25.12.2026', 'must list days such as 2026-12-25, 2026-12-26'],
  [office, 'UTC', '2026-02-30', 'must list days such as 2026-12-25, 2026-12-26'],
])('“%s”, “%s”, “%s” is told to be wrong', (week, zone, holidays, problem) => {
  expect(readOpeningHours({ week, zone, holidays })).toMatchObject({ problem });
});

// 2 March 2026 is a Monday.
test.each([
  ['in the middle', office, {}, '2026-03-02T12:00Z', null],
  ['at the first minute', office, {}, '2026-03-02T09:00Z', null],
  ['at the end', office, {}, '2026-03-02T17:30Z', '2026-03-03T09:00Z'],
  ['in the morning', office, {}, '2026-03-02T05:00Z', '2026-03-02T09:00Z'],
  ['in a break', 'Mon 08:00-12:00, Mon 13:00-17:00', {}, '2026-03-02T12:30Z', '2026-03-02T13:00Z'],
  ['on a Saturday evening', office, {}, '2026-03-07T20:00Z', '2026-03-09T09:00Z'],
  ['before a holiday', office, { holidays: '2026-03-03,2026-03-04' }, '2026-03-02T20:00Z', '2026-03-05T09:00Z'],
  ['on a holiday', office, { holidays: '2026-03-02' }, '2026-03-02T12:00Z', '2026-03-03T09:00Z'],
  ['in a night shift', 'Mon-Fri 22:00-06:00', {}, '2026-03-03T03:00Z', null],
  ['in another zone', office, { zone: 'America/New_York' }, '2026-03-02T12:00Z', '2026-03-02T14:00Z'],
  ['where it is tomorrow already', office, { zone: 'Pacific/Auckland' }, '2026-03-01T19:00Z', '2026-03-01T20:00Z'],
  ['half an hour off', office, { zone: 'Asia/Kolkata' }, '2026-03-02T02:00Z', '2026-03-02T03:30Z'],
  ['over the change to summer time', office, { zone: 'Europe/Lisbon' }, '2026-03-28T13:00Z', '2026-03-30T08:00Z'],
  ['over the change to winter time', office, { zone: 'Europe/Lisbon' }, '2026-10-24T13:00Z', '2026-10-26T09:00Z'],
  ['an hour that is skipped', 'Sun 02:30-05:00', { zone: 'Europe/Berlin' }, '2026-03-29T00:00Z', '2026-03-29T01:30Z'],
  [
    'an hour that comes twice, its first',
    'Sun 02:30-05:00',
    { zone: 'Europe/Berlin' },
    '2026-10-24T22:00Z',
    '2026-10-25T00:30Z',
  ],
  ['far ahead', 'Mon 09:00-10:00', { holidays: '2026-03-09, 2026-03-16' }, '2026-03-02T11:00Z', '2026-03-23T09:00Z'],
])('the next look: %s', (_, week, options, now, expected) => {
  expect(nextLook(hours(week, options), new Date(now))).toEqual(expected === null ? null : new Date(expected));
});

test.each([
  ['2026-03-02T12:00Z', office, {}, undefined, null],
  ['2026-03-02T12:30Z', 'Mon 08:00-12:00, Mon 13:00-17:00', {}, 'UTC', 'today from 13:00.'],
  ['2026-03-02T20:00Z', office, {}, 'UTC', 'tomorrow from 09:00.'],
  ['2026-03-06T20:00Z', office, {}, 'UTC', 'tomorrow from 10:00.'],
  ['2026-03-07T20:00Z', office, {}, 'UTC', 'on Monday from 09:00.'],
  ['2026-03-02T11:00Z', 'Mon 09:00-10:00', {}, 'UTC', 'on Monday, 9 March, from 09:00.'],
  ['2026-03-02T20:00Z', office, {}, undefined, 'tomorrow from 09:00 (UTC).'],
  ['2026-07-02T20:00Z', office, { zone: 'Europe/Lisbon' }, undefined, 'tomorrow from 09:00 (Lisbon time).'],
  ['2026-07-02T20:00Z', office, { zone: 'Europe/Lisbon' }, 'Europe/Berlin', 'tomorrow from 09:00 (Lisbon time).'],
  ['2026-07-02T20:00Z', office, { zone: 'Europe/Lisbon' }, 'Europe/London', 'tomorrow from 09:00.'],
  ['2026-07-02T22:00Z', office, { zone: 'America/New_York' }, 'nowhere', 'tomorrow from 09:00 (New York time).'],
  [
    '2026-07-02T22:00Z',
    office,
    { zone: 'America/Argentina/Buenos_Aires' },
    null,
    'tomorrow from 09:00 (Buenos Aires time).',
  ],
])('at %s, with %s %o, a reader in %s is told: %s', (now, week, options, readerZone, expected) => {
  const sentence = lookSentence(hours(week, options), new Date(now), readerZone);
  expect(sentence).toBe(expected === null ? null : `It is outside IT's hours: a person will look at it ${expected}`);
});

test('where nobody is there for a year nothing is promised', () => {
  const none: OpeningHours = { zone: 'UTC', week: [], holidays: [] };
  expect(nextLook(none, new Date('2026-03-02T12:00Z'))).toBe(null);
  expect(lookSentence(none, new Date('2026-03-02T12:00Z'))).toBe(null);
});

test('whatever the time, the next look is ahead, and at it somebody is there', () => {
  const open = hours(office, { zone: 'Europe/London', holidays: '2026-04-03, 2026-12-25' });
  for (let at = Date.UTC(2026, 2, 20); at < Date.UTC(2026, 10, 5); at += 97 * 60_000) {
    const look = nextLook(open, new Date(at));
    if (look === null) continue;
    expect(look.getTime()).toBeGreaterThan(at);
    expect(nextLook(open, look)).toBe(null);
    expect(nextLook(open, new Date(look.getTime() - 60_000))).toEqual(look);
  }
});
