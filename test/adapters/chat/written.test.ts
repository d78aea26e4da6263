import { citedPlaces, type Markup, writtenMarkdown, writtenWords } from '../../../adapters/chat/written.ts';

const markup: Markup = {
  plain: (text) => text.toUpperCase(),
  code: (code) => `{${code}}`,
  mark: (cite) => (cite > 8 ? '' : `[${cite + 1}]`),
  limit: 1000,
};
const written = (...sentences: (string | readonly [string, readonly number[]])[]) => ({
  sentences: sentences.map((each) =>
    typeof each === 'string' ? { text: each, cites: [] } : { text: each[0], cites: each[1] },
  ),
});
const shown = (...sentences: Parameters<typeof written>) => writtenMarkdown(written(...sentences), markup);

test('two sentences are a paragraph, three are steps, each with its marks', () => {
  expect(shown(['open it.', [0]], ['close it.', [1, 0, 1]])).toBe('OPEN IT. [1] CLOSE IT. [2] [1]');
  expect(shown('open it.', ['close it.', [0]], 'done.')).toBe('1. OPEN IT.\n2. CLOSE IT. [1]\n3. DONE.');
});

test('where all are of one document its mark stands once, at the end', () => {
  expect(shown(['open it.', [1]], ['close it.', [1, 1]], ['done.', [1]])).toBe(
    '1. OPEN IT.\n2. CLOSE IT.\n3. DONE. [2]',
  );
  expect(shown(['open it.', [0]], 'done.')).toBe('OPEN IT. [1] DONE.');
});

test('a mark that there is none for, and a sentence of nothing, are left out', () => {
  expect(shown(['open it.', [9]], ' \n\u200B ', 'close it.')).toBe('OPEN IT. CLOSE IT.');
  expect(shown()).toBe('');
});

test('only what stands between backticks is code', () => {
  expect(shown('run `ipconfig /all` now')).toBe('RUN {ipconfig /all} NOW');
  expect(shown('run ``a`b`` now')).toBe('RUN {ab} NOW');
  expect(shown('run `ipconfig now')).toBe('RUN `IPCONFIG NOW');
  expect(shown('run `  ` now')).toBe('RUN `  ` NOW'.replace('  ', ' '));
  expect(shown('line\n```sh\nrm\n```')).toBe('LINE {sh rm}');
});

test.each([
  ['see https://vpn.example.com/a_b?x=1&y=2.', 'SEE https://vpn.example.com/a_b?x=1&y=2.'],
  ['see http://vpn.example.com', 'SEE {http://vpn.example.com}'],
  ['see https://bank.example@evil.example/x now', 'SEE {https://bank.example@evil.example/x} NOW'],
  ['see https://x.example/&lt;a', 'SEE {https://x.example/&lt;a}'],
  ['see https://x.example/a)b](c', 'SEE {https://x.example/a)b](c}'],
  ['run smb://files/share, then', 'RUN {smb://files/share}, THEN'],
])('the address in “%s”', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('what is too long ends where a sentence does, and the first is cut', () => {
  const long = 'word '.repeat(100);
  const steps = shown(long, long, long);
  expect(steps).toMatch(/^1\. (?:WORD )+WORD\n\n…$/);
  expect(steps.length).toBeLessThanOrEqual(1000);
  const cut = shown('x'.repeat(100_000));
  expect(cut).toMatch(/^X+ …$/);
  expect(cut.length).toBeLessThanOrEqual(1000);
  expect(writtenMarkdown(written(long), { ...markup, limit: 20 })).toBe('');
});

test('read aloud it is its first sentence, without marks', () => {
  expect(writtenWords(written(' ', ['run `a`.\nnow', [0]], 'then'))).toBe('run a. now');
  expect(writtenWords(written())).toBe('');
  expect(citedPlaces(written(['a', [3, 1]], ['b', [1]]))).toEqual([1, 3]);
});
