import { withoutInvisible } from '../../../adapters/chat/clean-text.ts';

test.each([
  ['zero-width characters', 'v\u200Bp\u200Cn\u200D \uFEFFdrops\u00AD', 'vpn drops'],
  ['control characters', 'a\u0000b\u0007c\u009Bd\te\nf', 'abcd\te\nf'],
  ['marks that turn the direction', 'invoice\u202Egnp.exe \u2066x\u2069\u200F', 'invoicegnp.exe x'],
  ['tag characters', 'a\u{E0069}\u{E006E}b', 'ab'],
  ['half surrogates', 'a\uD83Db', 'a\uFFFDb'],
  ['but not the joiners of Persian', 'می\u200Cخواهم', 'می\u200Cخواهم'],
  ['but not the joiners of an emoji', '👩\u200D💻 👩🏽\u200D🚀', '👩\u200D💻 👩🏽\u200D🚀'],
])('leaves out %s', (_, text, expected) => {
  expect(withoutInvisible(text)).toBe(expected);
});
