import MarkdownIt, { type Token } from 'markdown-it';

const macros: Readonly<Record<string, string>> = { note: 'info', warning: 'warning', tip: 'tip' };

/**
 * Markdown as Confluence's storage format: code becomes the code macro; a quote that begins with a bold "Note",
 * "Warning" or "Tip" becomes the info, warning or tip macro.
 * https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
export function storageOf(markdown: string): string {
  return converter.render(markdown);
}

const converter = createConverter();

function createConverter(): MarkdownIt {
  const made = new MarkdownIt({ html: false, linkify: true, xhtmlOut: true });
  const { rules } = made.renderer;
  const escape = (text: string) => made.utils.escapeHtml(text);
  rules.fence = (tokens, index) => codeMacro(tokens[index]?.content ?? '', tokens[index]?.info ?? '');
  rules.code_block = (tokens, index) => codeMacro(tokens[index]?.content ?? '', '');
  rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = escape(String(token?.attrGet('src') ?? ''));
    return `<ac:image ac:alt="${escape(token?.content ?? '')}"><ri:url ri:value="${source}" /></ac:image>`;
  };
  // Confluence has the heads in the body, and paragraphs in the cells
  const plain: Readonly<Record<string, string>> = {
    table_open: '<table><tbody>',
    table_close: '</tbody></table>\n',
    thead_open: '',
    thead_close: '',
    tbody_open: '',
    tbody_close: '',
    th_open: '<th><p>',
    th_close: '</p></th>',
    td_open: '<td><p>',
    td_close: '</p></td>',
    callout_close: '</ac:rich-text-body></ac:structured-macro>\n',
  };
  for (const [name, text] of Object.entries(plain)) rules[name] = () => text;
  rules.callout_open = (tokens, index) =>
    `<ac:structured-macro ac:name="${tokens[index]?.info ?? ''}" ac:schema-version="1"><ac:rich-text-body>`;
  made.core.ruler.push('callouts', ({ tokens }) => markCallouts(tokens));
  return made;
}

/** CDATA cannot hold its own end: it is cut in two there. */
function codeMacro(code: string, info: string): string {
  const language = /^[\w+#.-]+/.exec(info.trim())?.[0];
  const parameter = language === undefined ? '' : `<ac:parameter ac:name="language">${language}</ac:parameter>`;
  const text = code.replace(/\n$/, '').replaceAll(']]>', ']]]]><![CDATA[>');
  return `<ac:structured-macro ac:name="code" ac:schema-version="1">${parameter}<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>\n`;
}

function markCallouts(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'blockquote_open') continue;
    const macro = takeMacro(tokens[index + 2]);
    const close = tokens.find(
      ({ type, level }, at) => at > index && type === 'blockquote_close' && level === token.level,
    );
    if (macro === null || close === undefined) continue;
    token.type = 'callout_open';
    token.info = macro;
    close.type = 'callout_close';
  }
}

/** The macro that the bold words at the beginning ask for; takes these words away. */
function takeMacro(inline: Token | undefined): string | null {
  if (inline === undefined || inline.type !== 'inline') return null;
  const children = inline.children ?? [];
  // a bold text begins with an empty one
  const start = children.findIndex(({ type, content }) => type !== 'text' || content !== '');
  const [open, word, close, ...rest] = children.slice(Math.max(start, 0));
  const isBold = open?.type === 'strong_open' && close?.type === 'strong_close';
  const macro = isBold ? macroOf(word) : null;
  if (macro !== null) inline.children = withoutColon(rest);
  return macro;
}

function macroOf(word: Token | undefined): string | null {
  const name = (word?.content ?? '').replace(/[:.]$/, '').toLowerCase();
  return Object.hasOwn(macros, name) ? (macros[name] ?? null) : null;
}

function withoutColon(rest: readonly Token[]): Token[] {
  const start = rest.findIndex(({ type, content }) => type !== 'text' || content !== '');
  const [first, ...others] = rest.slice(Math.max(start, 0));
  if (first === undefined || first.type === 'softbreak') return others;
  if (first.type === 'text') first.content = first.content.replace(/^[:.]?\s+/, '');
  return [first, ...others];
}
