import { labelOf, oneLine, startOf } from '../../../adapters/jira/text.ts';

test.each([
  ['as it is', 'VPN drops', 'VPN drops'],
  ['on one line', ' V\r\n\tP\u2029N ', 'V P N'],
  ['without control characters', 'V\u0000P\u001BN', 'VPN'],
  ['empty when only invisible characters are left', '\u200B\u2060 \uFEFF', ''],
  ['with joined emoji kept', '👩‍💻 help', '👩‍💻 help'],
  ['cut with an ellipsis', 'abcdefghijklm', 'abcdefghi…'],
  ['cut before half a character', 'abcdefgh😀xyz', 'abcdefgh…'],
])('a line is shown %s', (_, text, line) => {
  expect(oneLine(text, 10)).toBe(line);
});

test('the start of a text never ends in half a character', () => {
  expect(startOf('a😀', 2)).toBe('a');
});

test.each([
  ['vpn', 'vpn'],
  [' two  words\n', 'two-words'],
  ['\u0000', ''],
  ['x'.repeat(300), 'x'.repeat(255)],
])('the label of %j has no spaces', (text, label) => {
  expect(labelOf(text)).toBe(label);
});
