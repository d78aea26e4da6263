import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import type { BlockInput } from './block-content.ts';
import { richTextOf } from './inline.ts';
import { recordOf, textOf } from './json.ts';
import type { Json } from './model.ts';

const markdown = new MarkdownIt({ html: false });

/** Languages of fences by the name that Notion has for them. Others it does not know are plain text. */
const languages: Readonly<Record<string, string>> = {
  sh: 'shell',
  shell: 'shell',
  zsh: 'shell',
  console: 'shell',
  bash: 'bash',
  js: 'javascript',
  javascript: 'javascript',
  ts: 'typescript',
  typescript: 'typescript',
  py: 'python',
  python: 'python',
  ps1: 'powershell',
  powershell: 'powershell',
  json: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  html: 'html',
  css: 'css',
  sql: 'sql',
  xml: 'xml',
  diff: 'diff',
  toml: 'toml',
  md: 'markdown',
  mermaid: 'mermaid',
};

/** A token with what stands between its opening and its closing. */
interface Node {
  readonly token: Token;
  readonly children: readonly Node[];
}

/** The blocks that Notion would make of the Markdown. */
export function blocksOf(text: string): BlockInput[] {
  return nodesOf(markdown.parse(text, {})).flatMap(toBlocks);
}

function nodesOf(tokens: readonly Token[]): Node[] {
  const root: Node[] = [];
  const open: Node[][] = [root];
  for (const token of tokens) {
    if (token.nesting === -1) {
      open.pop();
      continue;
    }
    const children: Node[] = [];
    open.at(-1)?.push({ token, children });
    if (token.nesting === 1) open.push(children);
  }
  return root;
}

function toBlocks(node: Node): BlockInput[] {
  const { token, children } = node;
  switch (token.type) {
    case 'heading_open':
      return [block(`heading_${Math.min(Number(token.tag.slice(1)), 4)}`, { rich_text: inlineOf(children) })];
    case 'paragraph_open':
      return [paragraph(children)];
    case 'bullet_list_open':
      return children.map((item) => listItem(item, 'bulleted_list_item'));
    case 'ordered_list_open':
      return children.map((item) => listItem(item, 'numbered_list_item'));
    case 'blockquote_open':
      return [quotation(children)];
    case 'fence':
    case 'code_block':
      return [code(token)];
    case 'hr':
      return [block('divider', {})];
    case 'table_open':
      return [table(node)];
    default:
      return children.flatMap(toBlocks);
  }
}

function block(type: string, content: Json): BlockInput {
  return { type, [type]: content };
}

function inlineOf(children: readonly Node[]): Json[] {
  return children.flatMap(({ token }) => richTextOf(token.children ?? []));
}

/** A picture that is all of a paragraph is a block. */
function paragraph(children: readonly Node[]): BlockInput {
  const [only, ...more] = children.flatMap(({ token }) => token.children ?? []);
  const url = only?.type === 'image' && more.length === 0 ? only.attrGet('src') : null;
  if (url !== null && only !== undefined) return block('image', { external: { url }, caption: only.content });
  return block('paragraph', { rich_text: inlineOf(children) });
}

function listItem({ children }: Node, listType: string): BlockInput {
  const { text, below } = textAndRest(children);
  const box = /^\[( |x|X)\] +/.exec(contentOfFirst(text));
  if (box === null) return block(listType, { rich_text: text, ...below });
  return block('to_do', { rich_text: withoutStart(text, box[0].length), checked: box[1] !== ' ', ...below });
}

function contentOfFirst(text: readonly Json[]): string {
  return textOf(recordOf(text[0]?.['text'])['content']);
}

function withoutStart([first, ...rest]: readonly Json[], length: number): Json[] {
  const left = contentOfFirst(first === undefined ? [] : [first]).slice(length);
  return left === '' ? rest : [{ ...first, text: { ...recordOf(first?.['text']), content: left } }, ...rest];
}

/** Quotations that begin with a bold word or `[!NOTE]` are callouts, as people mean them. */
function quotation(children: readonly Node[]): BlockInput {
  const { text, below } = textAndRest(children);
  const icon = { type: 'emoji', emoji: '💡' };
  const alert = /^\[!(\w+)\]\s*/.exec(contentOfFirst(text));
  if (alert !== null) return block('callout', { rich_text: withoutStart(text, alert[0].length), icon, ...below });
  const isBold = recordOf(text[0]?.['annotations'])['bold'] === true;
  return isBold ? block('callout', { rich_text: text, icon, ...below }) : block('quote', { rich_text: text, ...below });
}

/** A first paragraph is a block's own text; what follows it stands below the block. */
function textAndRest(children: readonly Node[]): { text: Json[]; below: { children?: BlockInput[] } } {
  const [first, ...rest] = children;
  const isText = first?.token.type === 'paragraph_open';
  const nested = (isText ? rest : children).flatMap(toBlocks);
  return { text: isText ? inlineOf(first.children) : [], below: nested.length > 0 ? { children: nested } : {} };
}

function code({ info, content }: Token): BlockInput {
  const language = languages[info.trim().split(/\s/)[0]?.toLowerCase() ?? ''] ?? 'plain text';
  return block('code', { rich_text: [{ text: { content: content.replace(/\n$/, '') } }], language });
}

function table({ children }: Node): BlockInput {
  const rows = children.flatMap((part) => part.children);
  const cells = rows.map((row) => row.children.map((cell) => inlineOf(cell.children)));
  const width = Math.max(1, ...cells.map((row) => row.length));
  return block('table', {
    table_width: width,
    has_column_header: true,
    children: cells.map((row) => block('table_row', { cells: row })),
  });
}
