import { fingerprintOf } from '#domain/fingerprint.ts';

// https://datatracker.ietf.org/doc/html/draft-eastlake-fnv: vectors of FNV-1a with 64 bits
test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('"%s"', (text, expected) => {
  expect(fingerprintOf(text)).toBe(expected);
});

test('texts that hardly differ have different ones', () => {
  const texts = Array.from({ length: 10_000 }, (_, index) => `files/é${index}.md`);
  expect(new Set(texts.map(fingerprintOf)).size).toBe(texts.length);
});
