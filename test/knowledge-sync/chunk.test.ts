import { DocumentFault } from '#errors.ts';
import { pick, type Random, seeded } from '../../bench/random.ts';
import { chunk } from '../../knowledge-sync/chunk.ts';

/** Headings and text of each chunk. */
const cut = (markdown: string, title?: string) =>
  chunk(markdown, title).map(({ headings, text }) => [headings.join(' > '), text]);

const wordsOf = (text: string) => text.split(/\s+/).length;
const sentence = (words: number, word = 'word') => `${Array.from({ length: words }, () => word).join(' ')}.`;

describe('headings', () => {
  test.each([
    ['an article without headings', 'Restart it.\n\nThen wait.', [['', 'Restart it.\n\nThen wait.']]],
    [
      'text above the first heading',
      'Intro.\n# A\ntext',
      [
        ['', 'Intro.'],
        ['A', 'text'],
      ],
    ],
    [
      'nested headings',
      '# A\na\n## B\nb\n### C\nc\n## D\nd',
      [
        ['A', 'a'],
        ['A > B', 'b'],
        ['A > B > C', 'c'],
        ['A > D', 'd'],
      ],
    ],
    [
      'a level that is left out',
      '### C\nc\n# A\na',
      [
        ['C', 'c'],
        ['A', 'a'],
      ],
    ],
    [
      'underlined headings',
      'A\n===\na\n\nB\n---\nb',
      [
        ['A', 'a'],
        ['A > B', 'b'],
      ],
    ],
    ['headings without text of their own', '# A\n## B\nb\n## C\n# D', [['A > B', 'b']]],
    ['closing marks', '## A ##\na', [['A', 'a']]],
    [
      'markup in a heading',
      '# Press `Esc` on **any** [key](http://k.example) &amp; wait\na',
      [['Press Esc on any key & wait', 'a']],
    ],
    ['a heading that has no words', '# A\n## \nb', [['A', 'b']]],
    ['seven marks, or no blank behind them', '####### a\n#b', [['', '####### a\n#b']]],
    ['marks in fenced code', '# A\n```sh\n# no\n```\n~~~\n# no', [['A', '```sh\n# no\n```\n~~~\n# no']]],
    ['marks in indented code', '# A\n\n    # no\n\nb', [['A', '    # no\n\nb']]],
    [
      'marks in a list, a quotation, a comment',
      '- a\n\n  # no\n\n> # no\n\n<!--\n# no\n-->',
      [['', '- a\n\n  # no\n\n> # no\n\n<!--\n# no\n-->']],
    ],
    ['a rule is no heading', 'a\n\n---\n\nb', [['', 'a\n\n---\n\nb']]],
    ['a paragraph above a line of dashes is text', `${sentence(60)}\n---\nb`, [['', `${sentence(60)}\n---\nb`]]],
    ['line ends of any kind', '# A\r\na\r\rb\r\n', [['A', 'a\n\nb']]],
    [
      'link definitions are text',
      '# A\n[a]: http://a.example\n# B\nb',
      [
        ['A', '[a]: http://a.example'],
        ['B', 'b'],
      ],
    ],
    ['sections without a letter or a digit', '# A\n---\n# B\n***\n\n…\n# C\nc', [['C', 'c']]],
    ['nothing', '', []],
    ['blank lines', ' \n\t\n\u00a0\n', []],
  ])('%s', (_, markdown, chunks) => {
    expect(cut(markdown)).toEqual(chunks);
  });

  test('a short section stays on its own', () => {
    expect(cut('# A\nYes.\n# B\nNo.')).toEqual([
      ['A', 'Yes.'],
      ['B', 'No.'],
    ]);
  });

  test('a topmost heading that repeats the title is left out', () => {
    expect(cut('# VPN\na\n## Mac\nb\n### VPN\nc', 'Vpn')).toEqual([
      ['', 'a'],
      ['Mac', 'b'],
      ['Mac > VPN', 'c'],
    ]);
  });

  test('chunks are numbered from 0 through the whole document', () => {
    expect(chunk('a\n# B\nb\n# C\nc').map(({ ordinal }) => ordinal)).toEqual([0, 1, 2]);
  });
});

describe('long sections', () => {
  test('are cut between blocks, at about 350 words', () => {
    const blocks = Array.from({ length: 6 }, (_, block) => sentence(100, `w${block}`));
    expect(cut(`# A\n${blocks.join('\n\n')}`)).toEqual([
      ['A', blocks.slice(0, 3).join('\n\n')],
      ['A', blocks.slice(3).join('\n\n')],
    ]);
  });

  test.each([
    ['a list', Array.from({ length: 60 }, (_, item) => `${item + 1}. ${sentence(9)}`).join('\n')],
    [
      'a table',
      `| a | b |\n|---|---|\n${Array.from({ length: 60 }, () => `| ${sentence(3)} | ${sentence(3)} |`).join('\n')}`,
    ],
    ['code', `\`\`\`\n${Array.from({ length: 60 }, () => sentence(10)).join('\n')}\n\`\`\``],
    ['a paragraph', sentence(600)],
  ])('%s of some more words stays whole', (_, block) => {
    expect(cut(`Before.\n\n${block}\n\nAfter.`)).toEqual([
      ['', 'Before.'],
      ['', block],
      ['', 'After.'],
    ]);
  });

  test('a list that is too long is cut between its items, and an item keeps its paragraphs', () => {
    const item = (number: number) => `${number}. ${sentence(48)}\n\n   ${sentence(50)}\n`;
    const list = Array.from({ length: 9 }, (_, index) => item(index + 1));
    const [first = '', ...rest] = chunk(list.join('')).map(({ text }) => text);
    expect(first).toBe(list.slice(0, 3).join('').trimEnd());
    expect(rest.map((text) => text.slice(0, 2))).toEqual(['4.', '7.']);
  });

  test('a table that is too long is cut between its rows, and its head stays with the first', () => {
    const row = (number: number) => `| ${number} | ${sentence(50)} |`;
    const table = ['| n | text |', '|---|---|', ...Array.from({ length: 40 }, (_, index) => row(index))];
    const texts = chunk(`${sentence(330)}\n\n${table.join('\n')}`).map(({ text }) => text);
    expect(texts[1]?.split('\n').slice(0, 3)).toEqual(table.slice(0, 3));
    expect(texts.slice(1).join('\n')).toBe(table.join('\n'));
  });

  test.each([
    ['a line that ends with a colon', 'To connect:'],
    ['a line in bold', '**On Windows**'],
  ])('%s is not cut off from what it announces', (_, line) => {
    const list = Array.from({ length: 10 }, () => `- ${sentence(9)}`).join('\n');
    expect(cut(`${sentence(300)}\n\n${line}\n\n${list}`)).toEqual([
      ['', sentence(300)],
      ['', `${line}\n\n${list}`],
    ]);
  });

  test('a line that is too long is cut behind a sentence', () => {
    const line = Array.from({ length: 100 }, () => sentence(30)).join(' ');
    const texts = chunk(line).map(({ text }) => text);
    expect(texts.join(' ')).toBe(line);
    expect(texts.every((text) => text.endsWith('.') && wordsOf(text) <= 350)).toBe(true);
  });

  test('a word that is too long is cut, but no character is', () => {
    const word = `a${'𝒳'.repeat(9_000)}`;
    const texts = chunk(word).map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.join('')).toBe(word);
    expect(texts.every((text) => text.isWellFormed())).toBe(true);
  });
});

describe('the law: chunks and heading lines together are the document', () => {
  const linesOf = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');

  test('documents of many blocks give back every line in order, under the right headings', () => {
    const random = seeded(1);
    for (let round = 0; round < 80; round += 1) {
      const { markdown, expected } = randomDocument(random);
      const actual = chunk(markdown).flatMap(({ headings, text }) =>
        linesOf(text).map((line) => `${headings.join(' > ')}: ${line}`),
      );
      expect(actual).toEqual(expected);
    }
  });

  test('any text gives back every line in order, except headings and what has no words', () => {
    const random = seeded(2);
    for (let round = 0; round < 1_500; round += 1) {
      const markdown = Array.from({ length: 1 + Math.floor(random() * 14) }, (_, index) =>
        numbered(pick(random, soup), index),
      ).join('');
      const kept = chunk(markdown).flatMap(({ text }) => linesOf(text));
      const { leftOut, invented } = compare(linesOf(markdown), kept);
      expect({ markdown, invented, lost: leftOut.filter((run) => !isHeading(run)) }).toEqual({
        markdown,
        invented: [],
        lost: [],
      });
    }
  });

  test('every character comes back when lines have to be cut', () => {
    const random = seeded(3);
    const solid = (text: string) => text.replaceAll(/\s/g, '');
    for (let round = 0; round < 6; round += 1) {
      const word = () =>
        'x'.repeat(1 + Math.floor(random() ** 8 * 9_000)) + pick(random, [' ', '. ', '\n', ', ', '  ']);
      const markdown = Array.from({ length: Math.floor(random() * 4_000) }, word).join('');
      const texts = chunk(markdown).map(({ text }) => text);
      expect(solid(texts.join(''))).toBe(solid(markdown));
      expect(texts.filter((text) => text.length > 8_000 || wordsOf(text) > 700)).toEqual([]);
    }
  });

  /** A document of sections, and its lines as `path > of > headings: line`. */
  function randomDocument(random: Random): { markdown: string; expected: readonly string[] } {
    const path: string[] = [];
    const expected: string[] = [];
    const parts: string[] = [];
    for (let part = 0; part < 12; part += 1) {
      if (random() < 0.3) {
        const level = 1 + Math.floor(random() * 4);
        path.length = Math.min(path.length, level - 1);
        while (path.length < level - 1) path.push('');
        path.push(`Heading ${part}`);
        parts.push(
          level > 2 || random() < 0.5
            ? `${'#'.repeat(level)} Heading ${part}`
            : `Heading ${part}\n${level === 1 ? '===' : '---'}`,
        );
      } else {
        const block = randomBlock(random, part);
        parts.push(block);
        const headings = path.filter((heading) => heading !== '').join(' > ');
        expected.push(...linesOf(block).map((line) => `${headings}: ${line}`));
      }
    }
    return { markdown: parts.join('\n\n'), expected };
  }

  function randomBlock(random: Random, seed: number): string {
    const count = 1 + Math.floor(random() ** 3 * 300);
    const rows = (row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index)).join('\n');
    const blocks = [
      () => rows((index) => `Line ${index} of ${seed}.`),
      () => rows((index) => `- item ${index} of ${seed}\n  # in the item`),
      () => rows((index) => `${index + 1}. step ${index} of ${seed}\n\n   more`),
      () => `| a | b |\n|---|---|\n${rows((index) => `| ${index} | ${seed} |`)}`,
      () => `\`\`\`\n${rows((index) => `# code ${index} of ${seed}\n`)}\n\`\`\``,
      () => rows((index) => `> # quoted ${index} of ${seed}`),
      () => `<div>\n${rows((index) => `# html ${index} of ${seed}`)}\n</div>`,
      () => `[ref${seed}]: http://r.example`,
    ];
    return pick(random, blocks)?.() ?? '';
  }

  /** Pieces that make and break blocks. Words of headings are in capitals. */
  const soup = [
    '# HEAD\n',
    'HEAD\n===\n',
    'HEAD\n---\n',
    '## \n',
    'text\n',
    '\n',
    '\n\n',
    '- item\n',
    '  - item\n',
    '1. item\n',

    '> quote\n',
    '```\n',
    '~~~\n',
    '    code\n',
    '| a | b |\n|---|---|\n| c | d |\n',
    '[a]: b\n',
    '\t',
    ' ',
    '***\n',
    '<div>\n',
    '<!--\n',
    '-->\n',
    '</div>\n',
  ];

  /** With words that no other piece of the text has, so that it is plain which line is missing. */
  function numbered(piece: string | undefined, index: number): string {
    return `${piece}`.replaceAll(/\b(?:HEAD|text|item|quote|code|[a-d])\b/g, (word) => `${word}${index}`);
  }

  /** Runs of neighbouring lines of `all` that `kept` lacks, and what it has that `all` lacks, both in order. */
  function compare(all: readonly string[], kept: readonly string[]) {
    const leftOut: string[][] = [[]];
    let next = 0;
    for (const line of all) {
      if (kept[next] !== line) leftOut.at(-1)?.push(line);
      else {
        next += 1;
        leftOut.push([]);
      }
    }
    return { leftOut, invented: kept.slice(next) };
  }

  /** Each line with words is a heading by its mark, or stands over a line of dashes. */
  function isHeading(run: readonly string[]): boolean {
    const underlined = run.findLastIndex((line) => /^\s*(?:-+|=+)\s*$/.test(line));
    return run.every((line, index) => index < underlined || /HEAD/.test(line) || !/[\p{L}\p{N}]/u.test(line));
  }
});

describe('hostile texts', () => {
  const million = 1_000_000;
  test.each([
    ['a million marks', '#'.repeat(million)],
    ['ninety thousand headings', '# a\nb\n'.repeat(45_000)],
    ['a hundred thousand list levels in a line', `${'1. '.repeat(100_000)}a`],
    [
      'two thousand list levels in lines',
      Array.from({ length: 2_000 }, (_, level) => `${' '.repeat(2 * level)}- a`).join('\n'),
    ],
    ['a million quotation marks', `${'> '.repeat(million / 2)}a`],
    ['a fence that never ends', `\`\`\`\n${'# a\n'.repeat(90_000)}`],
    ['fences in fences that never end', '```a\n~~~a\n'.repeat(40_000)],
    ['a row of a million cells', `|${'a|'.repeat(million)}\n|${'-|'.repeat(million)}\n`],
    ['one word of five million letters', 'x'.repeat(5 * million)],
    ['a million words in a line', 'a '.repeat(million)],
    ['a million blanks in a line', `a${' '.repeat(million)}b`],
    ['brackets that never close', '['.repeat(million)],
    ['a heading of open brackets', `# ${'[a](<'.repeat(30)}`],
    ['link definitions that never end', '[a]: b "\n'.repeat(50_000)],
    ['lines that announce lines', 'a:\n\n'.repeat(40_000)],
  ])('%s: comes to an end, in chunks that are not too large', (_, markdown) => {
    const texts = chunk(markdown).map(({ text }) => text);
    expect(texts.filter((text) => text.length > 8_000 || wordsOf(text) > 700)).toEqual([]);
  });

  test('more than 100,000 lines are a fault of the document', () => {
    expect(chunk('a\n'.repeat(99_999))).not.toEqual([]);
    expect(() => chunk('a\n'.repeat(100_001))).toThrow(
      new DocumentFault('has more than 100,000 lines: split it into several documents.'),
    );
  });
});
