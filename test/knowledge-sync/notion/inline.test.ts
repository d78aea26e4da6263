import MarkdownIt from 'markdown-it';
import { safeUrl, writeRuns, writeText } from '../../../knowledge-sync/notion/inline.ts';
import { plain, type Run } from '../../../knowledge-sync/notion/part.ts';

const parser = new MarkdownIt('commonmark', { html: true }).enable(['strikethrough', 'table']);

/** What a reader of the Markdown sees: text without marks; tags would show up as what they are. */
function shown(markdown: string): string {
  const tokens = parser.parse(markdown, {});
  const words = tokens.flatMap((token) => {
    if (token.type === 'inline') return token.children ?? [];
    return ['paragraph_open', 'paragraph_close'].includes(token.type)
      ? []
      : [{ type: 'block', content: `‹${token.type}›` }];
  });
  return words.map(({ type, content }) => (type === 'softbreak' || type === 'hardbreak' ? '\n' : content)).join('');
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const words = 'a|word|two words|.|,|(|)|é|😀|—|“q”|$|{x}|snake_case|https://example.com/a_b'.split('|');
const signs =
  '* ** _ __ ` `` [ ] <b> < > # - + 1. 1) | --- === ~ ~~ ~~~ ! \\ &amp; & <!-- :-- C:\\ ](javascript:x)'.split(' ');
const pieces = [...words, ...signs, ' ', '  ', '\t', '\n', '# ', '- ', '> '];

function randomRuns(random: () => number): Run[] {
  return Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({
    text: Array.from({ length: 1 + Math.floor(random() * 5) }, () => pieces[Math.floor(random() * pieces.length)]).join(
      '',
    ),
    bold: random() < 0.3,
    italic: random() < 0.3,
    strike: random() < 0.2,
    code: random() < 0.2,
    href: random() < 0.2 ? 'https://example.com/x' : null,
  }));
}

function squeezed(text: string): string {
  return text
    .replaceAll(/[ \t]*\n[\s]*/g, '\n')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
}

test('whatever runs say comes out as text, with any marks beside each other', () => {
  const random = seeded(39);
  const wrong: unknown[] = [];
  for (let count = 0; count < 20_000; count += 1) {
    const runs = randomRuns(random);
    // In code a line break is a blank.
    const said = runs.map(({ text, code }) => (code ? text.replaceAll(/\s*\n\s*/g, ' ') : text)).join('');
    const markdown = writeRuns(runs);
    if (squeezed(shown(markdown)) !== squeezed(said)) wrong.push({ runs, markdown, shown: shown(markdown), said });
  }
  expect(wrong.length === 0 ? [] : [wrong.length, ...wrong.slice(0, 3)]).toEqual([]);
});

const run = (text: string, look: Partial<Run> = {}): Run => ({ ...plain, text, ...look });

test.each<[string, readonly Run[], string]>([
  ['marks stand inside of blanks', [run('a'), run(' b ', { bold: true }), run('c')], 'a **b** c'],
  ['a run that was split by edits is one', [run('on', { bold: true }), run('ly', { bold: true })], '**only**'],
  ['bold before a letter and after a colon is no bold to Markdown', [run('Note:', { bold: true }), run('x')], 'Note:x'],
  ['a link to a script is its text', [run('here', { href: 'javascript:alert(1)' })], 'here'],
  ['a link of Notion without a site', [run('VPN', { href: '/abc' })], '[VPN](https://www.notion.so/abc)'],
  ['a link that is its own text', [run('https://a.b/c', { href: 'https://a.b/c' })], '<https://a.b/c>'],
  ['code with ticks', [run('a `b`', { code: true })], '`` a `b` ``'],
  ['a number that would begin a list', [run('2026. That year')], '2026\\. That year'],
  ['a shout before a link', [run('Look!'), run('x', { href: 'https://a.b/' })], 'Look\\![x](https://a.b/)'],
])('%s', (_, runs, expected) => {
  expect(writeRuns(runs)).toBe(expected);
});

test('line breaks fit where the text stands', () => {
  const runs = [run('a\nb | c')];
  expect([writeRuns(runs), writeRuns(runs, 'line'), writeRuns(runs, 'cell')]).toEqual([
    'a  \nb | c',
    'a b | c',
    'a / b \\| c',
  ]);
});

test.each([
  ['# <script>alert(1)</script>', '\\# \\<script>alert(1)\\</script>'],
  ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
  ['- not\na list', '\\- not a list'],
])('the title %j is text', (title, expected) => {
  expect(writeText(title)).toBe(expected);
});

test.each([
  ['mailto:it@example.com', 'mailto:it@example.com'],
  ['data:text/html,x', null],
  ['https://user:secret@example.com/', null],
  ['https://example.com/a b(c)|d', 'https://example.com/a%20b%28c%29%7Cd'],
])('the address %j may be linked as %j', (href, expected) => {
  expect(safeUrl(href)).toBe(expected);
});
