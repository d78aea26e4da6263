import { blocksOf, excerptOf } from '#domain/excerpt.ts';
import type { QuestionTerm } from '#domain/knowledge.ts';

function terms(...words: readonly string[]): readonly QuestionTerm[] {
  return words.map((word, index) => ({
    lexeme: word,
    word,
    idf: 1 + index / 10,
    count: 1,
    position: index + 1,
    chunks: 1,
  }));
}

/** Stands for the index: words as they are, without stemming. */
function excerpt(markdown: string, ...words: readonly string[]): string {
  const blocks = blocksOf(markdown);
  const lexemes = blocks.map(({ text }) => [...new Set(text.toLowerCase().match(/[a-z]+/g))]);
  return excerptOf({ markdown, blocks, lexemes, terms: terms(...words) });
}

const FILLING = 'The canteen opens at eight and closes at four, on every weekday of the year. '.repeat(5).trim();

test.each([
  ['paragraphs', 'One\nline.\n\nTwo.', ['One\nline.', 'Two.']],
  [
    'a list with what introduces it',
    'Do this:\n\n1. Open.\n2. Close.\n\nDone.',
    ['Do this:\n\n1. Open.\n2. Close.', 'Done.'],
  ],
  ['a list right below its paragraph', 'Do this:\n- Open.\n- Close.', ['Do this:\n- Open.\n- Close.']],
  ['nested and loose lists', '- a\n  - b\n\n  more of a\n\n- c\n\nEnd', ['- a\n  - b\n\n  more of a\n\n- c', 'End']],
  ['lazy continuation', '1. first\nstill first\n2. second', ['1. first\nstill first\n2. second']],
  ['code with blank lines', 'Run:\n\n```sh\na\n\n- b\n```\nAfter', ['Run:\n\n```sh\na\n\n- b\n```', 'After']],
  ['code that is not closed', '~~~\na\n\nb', ['~~~\na\n\nb']],
  ['indented code', '    a\n    b\n\ntext', ['    a\n    b', 'text']],
  ['a table', 'Codes\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nEnd', ['Codes\n\n| a | b |\n|---|---|\n| 1 | 2 |', 'End']],
  ['a quotation', '> one\n> two\n\nthree', ['> one\n> two', 'three']],
  ['nothing', '\n \n', []],
])('blocks: %s', (_, markdown, expected) => {
  expect(blocksOf(markdown).map(({ text }) => text)).toEqual(expected);
});

test('a short passage is quoted whole, without blank lines around it', () => {
  expect(excerpt('\n\n  code\n\nText.\n\n1. One\n2. Two\n\n', 'nothing')).toBe('  code\n\nText.\n\n1. One\n2. Two');
});

test('of a long passage the part that holds the question is quoted, with the steps and their numbers', () => {
  const steps = 'To join the wifi:\n\n1. Open settings.\n2. Choose the network.\n   Wait.\n3. Connect.';
  const markdown = [FILLING, FILLING, steps, FILLING, FILLING].join('\n\n');
  const quote = excerpt(markdown, 'wifi', 'connect');
  expect(quote).toContain(steps);
  expect(quote.length).toBeLessThan(markdown.length);
});

test('a list is not taken apart for being longer than the rest of a quote may be', () => {
  const list = Array.from({ length: 12 }, (_, index) =>
    `${index + 1}. Step ${index + 1} ${'of the way '.repeat(8)}`.trim(),
  );
  const markdown = [FILLING, '', FILLING, '', 'Reset the router:', '', ...list, '', FILLING].join('\n');
  const quote = excerpt(markdown, 'router');
  expect(quote).toBe(['Reset the router:', '', ...list].join('\n'));
});

test('a table that is too long is quoted in part, with its head', () => {
  const rows = Array.from(
    { length: 60 },
    (_, index) => `| E${index} | ${index === 45 ? 'gateway' : 'something'} ${'word '.repeat(6)}|`,
  );
  const markdown = ['| Code | Meaning |', '|---|---|', ...rows].join('\n');
  const quote = excerpt(markdown, 'gateway').split('\n');
  expect(quote.slice(0, 2)).toEqual(['| Code | Meaning |', '|---|---|']);
  expect(quote).toContain(rows[45]);
  expect(quote.length).toBeLessThan(40);
});

test('where nothing matches something is quoted all the same, from the beginning', () => {
  const quote = excerpt([`First. ${FILLING}`, FILLING, FILLING, FILLING].join('\n\n'), 'absent');
  expect(quote.startsWith('First.')).toBe(true);
});

const PIECES = [
  'A paragraph about the printer.',
  'A much longer paragraph. '.repeat(30).trim(),
  'Do this:',
  '1. Open the printer\n2. Close it\n   - gently\n\n3. Done',
  '- one\n- two\nlazy\n- three',
  '```\nsudo print\n\n- not a list\n```',
  '| a | b |\n|:--|--:|\n| printer | 2 |\n| 3 | 4 |',
  '> quoted\nlazily',
  '    indented code\n\n    more of it',
  Array.from({ length: 60 }, (_, index) => `${index}. item ${index} ${'long '.repeat(10)}`).join('\n'),
  '---',
  '<div>\nhtml\n</div>',
];

/** Always the same passages, each of up to eight pieces in some order. */
function passages(): readonly string[] {
  let state = 42;
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  return Array.from({ length: 300 }, () =>
    Array.from({ length: 1 + random(8) }, () => PIECES[random(PIECES.length)]).join(random(2) === 0 ? '\n\n' : '\n'),
  );
}

test('every line of a quote is a line of the passage, in its order', () => {
  for (const markdown of passages()) {
    const lines = markdown.split('\n');
    let at = -1;
    for (const line of excerpt(markdown, 'printer', 'print').split('\n')) {
      const found = lines.indexOf(line, at + 1);
      expect({ line, found: found > at }).toEqual({ line, found: true });
      at = found;
    }
  }
});

test('blocks together hold every line that is not blank, once and in order', () => {
  for (const markdown of passages()) {
    const lines = blocksOf(markdown).flatMap(({ text }) => text.split('\n'));
    const isText = (line: string) => line.trim() !== '';
    expect(lines.filter(isText)).toEqual(markdown.split('\n').filter(isText));
  }
});
