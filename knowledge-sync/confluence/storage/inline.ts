import { type Context, deeper, isTooDeep } from './context.ts';
import { emojiOf } from './emoji.ts';
import { escapeText, inlineCode } from './escape.ts';
import { imageOf } from './image.ts';
import { confluenceLink, mention, webLink } from './link.ts';
import { inlineMacro } from './inline-macros.ts';
import { textOf, type XmlElement, type XmlNode } from './xml.ts';

/** A piece of a line. `isMarked`: emphasis, whose stars stand at both ends. */
interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** What stands in a line, as Markdown of one paragraph; `\n` behind two blanks is a line break. No text: ''. */
export function inlineText(nodes: readonly XmlNode[], context: Context): string {
  return tidy(inlines(nodes, context));
}

function tidy(text: string): string {
  return text
    .replaceAll(/[ \u00a0]*\n[ \u00a0]*/g, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .replaceAll(/ {2,}/g, ' ')
    .trim()
    .replaceAll('\n', '  \n');
}

function inlines(nodes: readonly XmlNode[], context: Context): string {
  return joined(merged(nodes).map((node) => pieceOf(node, context)));
}

function pieceOf(node: XmlNode, context: Context): Piece {
  if (typeof node === 'string') return plain(words(node, context));
  if (isTooDeep(context)) return plain(words(textOf([node], ' '), context));
  const mark = marks.get(node.name);
  if (mark !== undefined) return emphasis(node, mark, deeper(context));
  return plain((elements[node.name] ?? childrenOf)(node, deeper(context)));
}

function plain(text: string): Piece {
  return { text, isMarked: false };
}

/** What stands deep is indented, and the indentation counts: else little text would become much. */
function words(text: string, { account, depth }: Context): string {
  // in runs of at most a thousand: megabytes in one run are more than the engine of expressions can hold
  const line = text.replaceAll(/[\s\u00a0]{1,1000}/g, ' ').replaceAll(/ {2,}/g, ' ');
  return account.spend(line.length + Math.max(0, depth - 20)) ? escapeText(line) : '';
}

const marks: ReadonlyMap<string, string> = new Map([
  ['strong', '**'],
  ['b', '**'],
  ['em', '*'],
  ['i', '*'],
  ['s', '~~'],
  ['del', '~~'],
  ['strike', '~~'],
]);

/** Within the same emphasis there is no more of it; headings are bold by themselves. */
function emphasis(element: XmlElement, mark: string, context: Context): Piece {
  if (context.marks.has(mark) || (context.isInHeading && mark === '**')) return plain(childrenOf(element, context));
  const inner = childrenOf(element, { ...context, marks: new Set([...context.marks, mark]) });
  const [, before = '', text = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(inner) ?? [];
  if (text === '') return plain(inner);
  // a blank line would end the emphasis
  const kept = text.replaceAll(/\s*\n\s*/g, '\n');
  return { text: `${before}${mark}${kept}${mark}${after}`, isMarked: before === '' && after === '' };
}

type Inline = (element: XmlElement, context: Context) => string;

const elements: Readonly<Record<string, Inline>> = {
  br: (_, { account, depth }) => (account.spend(1 + Math.max(0, depth - 20)) ? '\n' : ''),
  code,
  tt: code,
  kbd: code,
  samp: code,
  a: (element, context) => webLink(element, childrenOf(element, { ...context, isInLink: true }), context),
  'ac:link': (element, context) => confluenceLink(element, linkBody, context),
  'ac:image': imageOf,
  img: imageOf,
  'ri:user': mention,
  'ac:emoticon': (element) => escapeText(emojiOf(element)),
  'ac:structured-macro': inlineMacro,
  'ac:macro': inlineMacro,
  time: ({ attributes: { datetime = '' }, children }) => escapeText(datetime.trim() || textOf(children)),
  // What the author is asked to fill in, parameters and styles are no text of the page.
  'ac:placeholder': nothing,
  'ac:parameter': nothing,
  'ac:adf-fallback': nothing,
  'ac:adf-attribute': nothing,
  'ac:task-id': nothing,
  'ac:task-status': nothing,
  // ten squared is not a hundred and two
  sup: (element, context) => childrenOf(element, context).replace(/^(?=\S)/, '^'),
  style: nothing,
  script: nothing,
};

function code({ children }: XmlElement, { account }: Context): string {
  const text = textOf(children);
  return account.spend(text.length) ? inlineCode(text) : '';
}

function nothing(): string {
  return '';
}

function childrenOf({ children }: XmlElement, context: Context): string {
  return inlines(children, context);
}

/** The words of a link: a text, or marked text. */
function linkBody(element: XmlElement, context: Context): string {
  return tidy(childrenOf(element, { ...context, isInLink: true })).replaceAll(/ *\n/g, ' ');
}

/** Two neighbours of the same emphasis as one, which is what a reader sees. */
function merged(nodes: readonly XmlNode[]): readonly XmlNode[] {
  const result: XmlNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    const isSame =
      typeof node !== 'string' && typeof last === 'object' && last.name === node.name && marks.has(node.name);
    if (isSame) result.splice(-1, 1, { ...last, children: [...last.children, ...node.children] });
    else result.push(node);
  }
  return result;
}

/** Puts pieces together so that none changes what its neighbour means. */
function joined(pieces: readonly Piece[]): string {
  let text = '';
  let before: Piece = plain('');
  for (const piece of pieces) {
    if (piece.text === '') continue;
    // an exclamation mark right before a link makes an image of it
    if (text.endsWith('!') && piece.text.startsWith('[')) text = `${text.slice(0, -1)}\\!`;
    text += `${needsBlank(before, piece) ? ' ' : ''}${piece.text}`;
    before = piece;
  }
  return text;
}

/** Stars between a punctuation mark and a letter are read as beginning, not ending, and the other way round. */
function needsBlank(before: Piece, piece: Piece): boolean {
  if (before.text === '') return false;
  const ends = before.isMarked && /(?![*~])[\p{P}\p{S}][*~]+$/u.test(before.text) && /^[\p{L}\p{N}]/u.test(piece.text);
  const begins = piece.isMarked && /^[*~]+(?![*~])[\p{P}\p{S}]/u.test(piece.text) && /[\p{L}\p{N}]$/u.test(before.text);
  return ends || begins || (before.isMarked && piece.isMarked);
}
