import { isAkin, isAkinToAny, isNearlySpelt, isSameAsAny, isSameWord, stemOf } from '#domain/draft/likeness.ts';

const STEMS =
  'install installation reinstall open launch close password passwords m1 m12 settings setting department deparments helpdesk us restart reboot it a printer printing processor process'
    .split(' ')
    .map(stemOf);

test('is akin to one of many as it is to each of them', () => {
  for (const stem of STEMS) {
    for (const other of STEMS) {
      expect([stem, other, isAkinToAny(stem, ['none', other])]).toEqual([stem, other, isAkin(stem, other)]);
      expect([stem, other, isSameAsAny(stem, ['none', other])]).toEqual([stem, other, isSameWord(stem, other)]);
    }
  }
});

test.each([
  ['printer', 'pritner', false],
  ['printer', 'printr', true],
  ['department', 'deparmetn', false],
  ['department', 'departmnet', true],
  ['scan', 'scam', true],
  ['pin', 'pit', false],
])('%s spelt as %s: %s', (one, other, isNear) => {
  expect(isNearlySpelt(one, other)).toBe(isNear);
});
