import type { Block, Item } from './block.ts';
import { blockMacro, isBlockMacro, labelled } from './block-macros.ts';
import { type Context, deeper, isTooDeep } from './context.ts';
import { escapeLines } from './escape.ts';
import { inlineText } from './inline.ts';
import { isMacro } from './macro.ts';
import { tableOf } from './table.ts';
import { childElements, childNamed, textOf, type XmlElement, type XmlNode } from './xml.ts';

/** The elements as blocks, in order. What is not understood is read as if its tags were not there. */
export function blocksOf(nodes: readonly XmlNode[], context: Context): readonly Block[] {
  const blocks: Block[] = [];
  let line: XmlNode[] = [];
  const endLine = () => {
    const text = inlineText(line, context);
    line = [];
    if (text !== '') blocks.push({ kind: 'paragraph', text: escapeLines(text) });
  };
  for (const node of nodes) {
    if (typeof node === 'string' || !holdsBlock(node) || isTooDeep(context)) {
      line.push(node);
      continue;
    }
    endLine();
    blocks.push(...blockOf(node, deeper(context)));
  }
  endLine();
  return blocks;
}

type ToBlocks = (element: XmlElement, context: Context) => readonly Block[];

const readers: Readonly<Record<string, ToBlocks>> = {
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  ul: list,
  ol: list,
  table: (element, context) => wrap(tableOf(element, blocksOf, context)),
  blockquote: (element, context) => quote(within(element, context)),
  pre: ({ children }, { account }) => {
    const text = textOf(children).replaceAll('\u00a0', ' ').replace(/^\n/, '').trimEnd();
    return text !== '' && account.spend(text.length) ? [{ kind: 'code', language: '', text }] : [];
  },
  hr: () => [{ kind: 'rule' }],
  'ac:task-list': taskList,
  'ac:structured-macro': macro,
  'ac:macro': macro,
  'ac:adf-extension': adfExtension,
  dt: (element, context) => boldLine(element, context),
};

/** Their children are blocks of their own, as the end of a line above and below shows. */
const transparent = new Set(
  ['p div section center article dl dd thead tbody tr td th li fieldset', 'ac:layout ac:layout-section ac:layout-cell']
    .concat('ac:rich-text-body ac:adf-content ac:adf-node')
    .flatMap((names) => names.split(' ')),
);

/** Stand in a line whatever is in them, such as the paragraph of a caption; or are no text of the page. */
const atoms = new Set([
  'ac:image',
  'ac:link',
  'ac:emoticon',
  'code',
  'style',
  'script',
  'ac:parameter',
  'ac:placeholder',
  'ac:adf-attribute',
  'ac:adf-fallback',
]);

/** Whether the element is, or has in it at any depth, what cannot stand in a line. */
function holdsBlock(element: XmlElement): boolean {
  const known = blockHolders.get(element);
  if (known !== undefined) return known;
  const holds = !atoms.has(element.name) && (isBlock(element) || childElements(element).some(holdsBlock));
  blockHolders.set(element, holds);
  return holds;
}
const blockHolders = new WeakMap<XmlElement, boolean>();

function isBlock(element: XmlElement): boolean {
  if (isMacro(element)) return isBlockMacro(element);
  return transparent.has(element.name) || readers[element.name] !== undefined;
}

function blockOf(element: XmlElement, context: Context): readonly Block[] {
  const read = isMacro(element) ? macro : readers[element.name];
  return read === undefined ? within(element, context) : read(element, context);
}

function within({ children }: XmlElement, context: Context): readonly Block[] {
  return blocksOf(children, context);
}

function wrap(block: Block | null): readonly Block[] {
  return block === null ? [] : [block];
}

function quote(blocks: readonly Block[]): readonly Block[] {
  return blocks.length === 0 ? [] : [{ kind: 'quote', blocks }];
}

/** A macro or a table in a heading comes behind it. */
function heading({ name, children }: XmlElement, context: Context): readonly Block[] {
  const isLine = (node: XmlNode) => typeof node === 'string' || !holdsBlock(node);
  const text = inlineText(children.filter(isLine), { ...context, isInHeading: true }).replaceAll(/\s*\n/g, ' ');
  const rest = blocksOf(
    children.filter((node) => !isLine(node)),
    context,
  );
  // a sharp sign at the end would be taken for the end of the heading's own
  const shown = text.replace(/(?<=^|\s)(#+)$/, '\\$1');
  return text === '' ? rest : [{ kind: 'heading', level: Number(name.slice(1)), text: shown }, ...rest];
}

function boldLine({ children }: XmlElement, context: Context): readonly Block[] {
  return blocksOf([{ name: 'strong', attributes: {}, children }], context);
}

function list(element: XmlElement, context: Context): readonly Block[] {
  const start = element.name === 'ol' ? startOf(element) : null;
  const items: Item[] = [];
  for (const child of element.children) {
    const blocks = itemBlocks(child, context);
    const last = items.at(-1);
    // a list right below a list, which HTML does not have, belongs to the item before it
    if (typeof child !== 'string' && /^[uo]l$/.test(child.name) && last !== undefined) {
      items.splice(-1, 1, { ...last, blocks: [...last.blocks, ...blocks] });
    } else if (blocks.length > 0) items.push({ isDone: null, blocks });
  }
  return items.length === 0 ? [] : [{ kind: 'list', start, items }];
}

function itemBlocks(child: XmlNode, context: Context): readonly Block[] {
  return typeof child !== 'string' && child.name === 'li' ? within(child, deeper(context)) : blocksOf([child], context);
}

function startOf({ attributes }: XmlElement): number {
  const start = Number(attributes.start ?? 1);
  return Number.isInteger(start) && start >= 0 && start < 1_000_000 ? start : 1;
}

/** https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html#ConfluenceStorageFormat-Tasklists */
function taskList(element: XmlElement, context: Context): readonly Block[] {
  const items: Item[] = [];
  for (const child of childElements(element)) {
    if (child.name === 'ac:task-list') {
      const below = taskList(child, deeper(context));
      const last = items.pop() ?? { isDone: null, blocks: [] };
      items.push({ ...last, blocks: [...last.blocks, ...below] });
      continue;
    }
    const body = childNamed(child, 'ac:task-body');
    const blocks = body === null ? [] : within(body, deeper(context));
    const status = childNamed(child, 'ac:task-status');
    const isDone = status !== null && textOf(status.children).trim() === 'complete';
    if (blocks.length > 0) items.push({ isDone, blocks });
  }
  return items.length === 0 ? [] : [{ kind: 'list', start: null, items }];
}

function macro(element: XmlElement, context: Context): readonly Block[] {
  return blockMacro(element, blocksOf, context);
}

/** Panels in own colours and decisions, which the new editor keeps in its own format. The fallback says the same again. */
function adfExtension(element: XmlElement, context: Context): readonly Block[] {
  const node = childNamed(element, 'ac:adf-node');
  if (node === null) return blocksOf(childNamed(element, 'ac:adf-fallback')?.children ?? [], context);
  const type = node.attributes.type ?? '';
  if (type === 'panel') return panel(node, within(node, context));
  if (type === 'decision-list') return decisions(node, context);
  context.account.addGap('unsupported', `adf ${type}`);
  return within(node, context);
}

/** Its colour says what kind it is; an own colour says nothing. */
function panel(node: XmlElement, blocks: readonly Block[]): readonly Block[] {
  const type = childElements(node).find(({ attributes }) => attributes.key === 'panel-type');
  return quote(labelled(blocks, panelLabels[textOf(type?.children ?? []).trim()] ?? ''));
}
const panelLabels: Readonly<Record<string, string>> = {
  info: 'Info',
  note: 'Note',
  warning: 'Warning',
  error: 'Warning',
  success: 'Tip',
  tip: 'Tip',
};

function decisions(node: XmlElement, context: Context): readonly Block[] {
  const items = childElements(node)
    .map((child) => ({ isDone: null, blocks: within(child, deeper(context)) }))
    .filter(({ blocks }) => blocks.length > 0);
  return items.length === 0 ? [] : [{ kind: 'list', start: null, items }];
}
