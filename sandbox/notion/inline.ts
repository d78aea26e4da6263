import type { Token } from 'markdown-it';
import type { Json } from './model.ts';

interface Style {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strikethrough: boolean;
  readonly link: string | null;
}

const plain: Style = { bold: false, italic: false, strikethrough: false, link: null };

/** What opens a style; closing it takes the style before back. */
const openings: Readonly<Record<string, Partial<Style>>> = {
  strong_open: { bold: true },
  em_open: { italic: true },
  s_open: { strikethrough: true },
};

/** Rich text, as requests write it, of the tokens of one line of Markdown. */
export function richTextOf(tokens: readonly Token[]): Json[] {
  const items: { content: string; style: Style; code: boolean }[] = [];
  const styles: Style[] = [plain];
  for (const token of tokens) {
    const style = styles.at(-1) ?? plain;
    if (token.nesting === 1) styles.push({ ...style, ...opened(token) });
    else if (token.nesting === -1) styles.pop();
    else items.push({ content: wordsOf(token), style, code: token.type === 'code_inline' });
  }
  return joined(items).map(({ content, style, code }) => toItem(content, style, code));
}

function opened(token: Token): Partial<Style> {
  if (token.type !== 'link_open') return openings[token.type] ?? {};
  const url = token.attrGet('href') ?? '';
  // Notion refuses addresses that lead nowhere by themselves
  return /^(?:https?|mailto|tel):/i.test(url) ? { link: url } : {};
}

function wordsOf(token: Token): string {
  // a line's end within a paragraph is a blank to whoever wrote it
  if (token.type === 'softbreak') return ' ';
  return token.type === 'hardbreak' ? '\n' : token.content;
}

/** Neighbours in the same style are one item. */
function joined<Item extends { content: string; style: Style; code: boolean }>(items: readonly Item[]): Item[] {
  const result: Item[] = [];
  for (const item of items.filter(({ content }) => content !== '')) {
    const last = result.at(-1);
    const isSame = last?.code === item.code && isSameStyle(last.style, item.style);
    if (last !== undefined && isSame) result[result.length - 1] = { ...last, content: last.content + item.content };
    else result.push(item);
  }
  return result;
}

function isSameStyle(one: Style, other: Style): boolean {
  return (
    one.bold === other.bold &&
    one.italic === other.italic &&
    one.strikethrough === other.strikethrough &&
    one.link === other.link
  );
}

function toItem(content: string, { link, ...annotations }: Style, code: boolean): Json {
  const text = { content, link: link === null ? null : { url: link } };
  return { type: 'text', text, annotations: { ...annotations, code } };
}
