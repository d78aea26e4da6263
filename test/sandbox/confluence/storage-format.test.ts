import { storageOf } from '../../../sandbox/confluence/index.ts';

function code(text: string, parameter = ''): string {
  return `<ac:structured-macro ac:name="code" ac:schema-version="1">${parameter}<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>\n`;
}

function callout(name: string, text: string): string {
  return `<ac:structured-macro ac:name="${name}" ac:schema-version="1"><ac:rich-text-body>${text}\n</ac:rich-text-body></ac:structured-macro>\n`;
}

test.each([
  ['# A\n\ntext  \nnext', '<h1>A</h1>\n<p>text<br />\nnext</p>\n'],
  ['1. a\n   - b\n2. c', '<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>\n'],
  ['```sh\nls -l\n```', code('ls -l', '<ac:parameter ac:name="language">sh</ac:parameter>')],
  ['    a ]]> b', code('a ]]]]><![CDATA[> b')],
  ['> **Note:** read it', callout('info', '<p>read it</p>')],
  ['> **Warning**\n> hot', callout('warning', '<p>hot</p>')],
  ['> **Tip.** cold', callout('tip', '<p>cold</p>')],
  ['> **Note** a\n>\n> > b', callout('info', '<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>')],
  ['> **constructor** a', '<blockquote>\n<p><strong>constructor</strong> a</p>\n</blockquote>\n'],
  ['> plain', '<blockquote>\n<p>plain</p>\n</blockquote>\n'],
  ['>', '<blockquote></blockquote>\n'],
  ['[a](https://x.example/?a=1&b=2)', '<p><a href="https://x.example/?a=1&amp;b=2">a</a></p>\n'],
  ['[a](javascript:alert(1))', '<p>[a](javascript:alert(1))</p>\n'],
  [
    '![a "map"](https://x.example/a.png)',
    '<p><ac:image ac:alt="a &quot;map&quot;"><ri:url ri:value="https://x.example/a.png" /></ac:image></p>\n',
  ],
  ['<script>', '<p>&lt;script&gt;</p>\n'],
  [
    '| a |\n|---|\n| 1 |',
    '<table><tbody><tr>\n<th><p>a</p></th></tr>\n<tr>\n<td><p>1</p></td></tr>\n</tbody></table>\n',
  ],
])('%j in storage format', (markdown, storage) => {
  expect(storageOf(markdown)).toBe(storage);
});
