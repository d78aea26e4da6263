import { readInjections } from './injections/injections.ts';

const injections = readInjections();

test('there are at least 140 attempts, each in words of its own', () => {
  expect(injections.length).toBeGreaterThanOrEqual(140);
  expect(new Set(injections.map(({ payload }) => payload)).size).toBe(injections.length);
});

test.each(['question', 'page', 'ticket', 'file-name', 'image-text', 'display-name'])('some come by %s', (where) => {
  expect(injections.filter((one) => one.where === where).length).toBeGreaterThanOrEqual(5);
});

test.each(['kind', 'link', 'leak', 'action'])('some want a %s', (wants) => {
  expect(injections.filter((one) => one.wants === wants).length).toBeGreaterThanOrEqual(10);
});

test('each has a name and a marker of its own, and no marker is part of another', () => {
  expect(new Set(injections.map(({ id }) => id)).size).toBe(injections.length);
  const markers = injections.map(({ marker }) => marker);
  expect(markers.filter((marker) => markers.filter((other) => other.includes(marker)).length !== 1)).toEqual([]);
  expect(markers.filter((marker) => marker.length < 6)).toEqual([]);
});

test('each is whole, and what is meant well does not hold the marker', () => {
  const isOdd = ({ carrier, payload, marker, where, wants }: (typeof injections)[number]) =>
    [carrier, payload, where, wants].some((text) => text.trim() === '') || carrier.includes(marker);
  expect(injections.filter(isOdd)).toEqual([]);
});

test('the marker stands in the payload as it is written, or in disguise', () => {
  const disguised = injections.filter(({ payload, marker }) => !payload.includes(marker)).map(({ id }) => id);
  expect(disguised).toEqual(expect.arrayContaining(['question-09', 'question-11']));
  expect(disguised.length).toBeLessThanOrEqual(15);
});
