import { readHtml, readText } from '../../../adapters/teams/text.ts';

const names = { ours: ['Firstline'] };
const htmlText = (html: string) => readHtml(html, names).text;

describe('HTML of a message', () => {
  test.each([
    ['<p>My VPN <b>fails</b></p>', 'My VPN fails'],
    ['<p>one</p><p>two</p>', 'one\ntwo'],
    ['<div>one<br>two<br/>three</div>', 'one\ntwo\nthree'],
    ['<p>a&nbsp;&lt;b&gt; &amp; c</p>', 'a <b> & c'],
    ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
    ['<p>see:</p><pre>a  b\n  c</pre>', 'see:\na  b\n  c'],
    ['<p>  a \n  lot\tof   room </p>', 'a lot of room'],
    ['<p>hi <img itemtype="http://schema.skype.com/Emoji" alt="😀"> <emoji alt="🙂"></emoji></p>', 'hi 😀 🙂'],
    ['<p>x<script>alert(1)</script><style>p{}</style>y</p>', 'xy'],
    ['<p>unclosed <b>tags <i>everywhere', 'unclosed tags everywhere'],
    ['', ''],
  ])('%j', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  test.each([
    ['<a href="https://x.example/a">https://x.example/a</a>', 'https://x.example/a'],
    ['<a href="https://x.example/">x.example</a>', 'x.example'],
    ['<a href="https://x.example/a">the page</a>', 'the page (https://x.example/a)'],
    ['<a href="javascript:alert(1)">the page</a>', 'the page'],
  ])('link %j', (html, text) => {
    expect(htmlText(html)).toBe(text);
  });

  test.each([
    '<span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Firstline</span>&nbsp;help',
    '<at id="0">Firstline</at>, help',
    '<p><at id="0">Firstline</at>: help</p>',
    '<p>help <at>Firstline</at></p>',
    '<at>Firstline</at> <at>Firstline</at> help',
  ])('our own mention is left out: %j', (html) => {
    expect(htmlText(html)).toBe('help');
  });

  test('others are named, also within other markup', () => {
    expect(htmlText('<p><b><at id="1">Bob Cole</at></b> knows, as does <at><at>Eve</at></at></p>')).toBe(
      '@Bob Cole knows, as does @Eve',
    );
  });

  test('a text that begins with a colon keeps it', () => {
    expect(htmlText('<p>: odd</p>')).toBe(': odd');
  });

  test('what is quoted is left out and named, however it is nested', () => {
    const reply = (id: string, inside: string) =>
      `<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="${id}"><strong>Ana</strong>${inside}</blockquote>`;
    const html = `${reply('1700000000001', `<p>old</p>${reply('1700000000002', '<p>older</p>')}`)}<p>new</p>`;
    expect(readHtml(html, names)).toEqual({ text: 'new', quoted: '1700000000001' });
  });

  test('a quotation of something else stays', () => {
    expect(readHtml('<blockquote>he said</blockquote><p>so</p>', names)).toEqual({ text: 'he said\nso', quoted: null });
  });

  test('the id of what is quoted is digits, or nothing', () => {
    expect(readHtml('<blockquote itemtype="x/Reply" itemid="../../1">o</blockquote>n', names).quoted).toBeNull();
  });

  test('invisible characters are left out', () => {
    expect(htmlText('<p>a\u202Eb\u200Bc\u0000</p>')).toBe('abc');
  });

  test.each([
    ['deep', '<div>'.repeat(50_000)],
    ['mentions in mentions', `${'<at>'.repeat(30_000)}x`],
    ['quotes in quotes', '<blockquote itemtype="x/Reply" itemid="1">'.repeat(10_000)],
    ['many small ones', '<b>x</b> '.repeat(30_000)],
    ['no end', '<p '.repeat(50_000)],
  ])('a huge one is read in no time: %s', (_, html) => {
    const from = performance.now();
    expect(htmlText(html).length).toBeLessThanOrEqual(40_000);
    expect(performance.now() - from).toBeLessThan(3000);
  });
});

describe('text without HTML beside it', () => {
  test.each([
    ['<at>Firstline</at> a < b', 'a < b'],
    ['<at>Firstline</at>\u00A0 hi', 'hi'],
    ['<at>Bob &amp; Co</at> said &quot;x&quot;', '@Bob & Co said "x"'],
    ['if a<b and c>d', 'if a<b and c>d'],
    ['two\nlines', 'two\nlines'],
    ['<p>edited <strong>words</strong></p>', 'edited words'],
  ])('%j', (text, expected) => {
    expect(readText(text, names).text).toBe(expected);
  });

  test('a quotation mark of Teams’ own is left out and named', () => {
    expect(readText('<quoted messageId="1700000000001"/> and now?', names)).toEqual({
      text: 'and now?',
      quoted: '1700000000001',
    });
  });
});
