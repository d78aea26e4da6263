import { cutMarkdown, openFence } from '../../../adapters/chat/cut-markdown.ts';

describe('cutting', () => {
  const list = ['Intro.', '', '1. one', '2. two', '3. three', '4. four', '5. five'].join('\n');

  test('leaves a text alone that fits', () => {
    expect(cutMarkdown(list, list.length)).toEqual({ text: list, cut: false });
  });

  test.each([
    ['after a list item', list, 34, 'Intro.\n\n1. one\n2. two'],
    ['after a paragraph', 'One two three.\n\nFour five six seven.', 34, 'One two three.'],
    ['not after a heading', 'One.\n\n## Two\n\nThree four five six seven', 34, 'One.'],
    [
      'at a line, in a long paragraph',
      'One two three\nfour five six\nseven eight nine ten',
      38,
      'One two three\nfour five six',
    ],
    ['before a code block', 'Type this:\n\n```\nvery long command line\n```', 36, 'Type this:'],
    [
      'within a code block, and closes it',
      '```sh\none\ntwo\nthree\nfour\nfive six seven\n```',
      30,
      '```sh\none\ntwo\nthree\n```',
    ],
    ['within a line that is too long', 'word '.repeat(10), 23, 'word word word word wor'],
  ])('ends %s', (...[, markdown, limit, text]) => {
    expect(cutMarkdown(markdown, limit)).toEqual({ text, cut: true });
    expect(text.length).toBeLessThanOrEqual(limit);
  });
});

test.each([
  [['a', '```js', 'b'], '```'],
  [['```', 'b', '```'], null],
  [['````', '```', 'b'], '````'],
  [['~~~', '```'], '~~~'],
  [['- ```', '  b', '  ```'], null],
])('the open fence of %j is %s', (lines, open) => {
  expect(openFence(lines)).toBe(open);
});
