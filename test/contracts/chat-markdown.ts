import MarkdownIt from 'markdown-it';

/** Markdown as a chat's client shows it: HTML is only text, and an address is a link only where it is written as one. */
const markdown = new MarkdownIt('commonmark', { html: false, linkify: false });
// what is to be seen of an address is for the tests to judge
markdown.validateLink = () => true;

type Token = ReturnType<typeof markdown.parse>[number];

/** What is read of Markdown, and where it leads. */
export function readMarkdown(source: string): { text: string; links: readonly string[] } {
  const tokens = markdown.parse(source, {}).flatMap((token) => token.children ?? [token]);
  const links = tokens
    .flatMap((token) => [token.attrGet('href'), token.attrGet('src')])
    .filter((link) => link !== null);
  return { text: tokens.map(wordsOf).join('').replace(/\n+$/, ''), links };
}

function wordsOf(token: Token): string {
  if (token.type === 'softbreak' || token.type === 'hardbreak' || token.type === 'paragraph_close') return '\n';
  return token.content;
}
