import type { Block } from './block.ts';
import { type Context, deeper } from './context.ts';
import { escapeText } from './escape.ts';
import { excerptBody, includedPage, type ToBlocks } from './include.ts';
import { macroName, macroParameter, plainBody, richBody } from './macro.ts';
import type { XmlElement } from './xml.ts';

/** Whether the macro cannot stand in a line of text. */
export function isBlockMacro(macro: XmlElement): boolean {
  return (
    blockMacros[macroName(macro)] !== undefined ||
    richBody(macro) !== null ||
    (plainBody(macro) ?? '').trim().includes('\n')
  );
}

type BlockMacro = (macro: XmlElement, toBlocks: ToBlocks, context: Context) => readonly Block[];

/** Every macro with a text of its own. One that is not known keeps its text and is counted. */
export function blockMacro(macro: XmlElement, toBlocks: ToBlocks, context: Context): readonly Block[] {
  const name = macroName(macro);
  const known = blockMacros[name];
  if (known !== undefined) return known(macro, toBlocks, context);
  const rich = richBody(macro);
  if (rich !== null) {
    if (!containers.has(name)) context.account.addGap('unsupported', name || 'macro without a name');
    return toBlocks(rich, context);
  }
  context.account.addGap('unsupported', name || 'macro without a name');
  return codeBlock(plainBody(macro) ?? '', '', context);
}

/** Their body is text of the page like any other. */
const containers = new Set([
  'details',
  'section',
  'column',
  'div',
  'span',
  'align',
  'center',
  'toc-zone',
  'multiexcerpt',
]);

const blockMacros: Readonly<Record<string, BlockMacro>> = {
  code: codeMacro,
  noformat: codeMacro,
  info: (macro, toBlocks, context) => panel(macro, 'Info', { toBlocks, context }),
  note: (macro, toBlocks, context) => panel(macro, 'Note', { toBlocks, context }),
  warning: (macro, toBlocks, context) => panel(macro, 'Warning', { toBlocks, context }),
  tip: (macro, toBlocks, context) => panel(macro, 'Tip', { toBlocks, context }),
  panel: (macro, toBlocks, context) => panel(macro, '', { toBlocks, context }),
  expand,
  excerpt,
  include,
  'excerpt-include': includeExcerpt,
};

/** https://confluence.atlassian.com/doc/code-block-macro-139390.html */
function codeMacro(macro: XmlElement, _: ToBlocks, context: Context): readonly Block[] {
  const title = macroParameter(macro, 'title');
  const code = codeBlock(plainBody(macro) ?? '', macroParameter(macro, 'language'), context);
  return title === '' || code.length === 0 ? code : [boldLine(title), ...code];
}

function codeBlock(text: string, language: string, { account }: Context): readonly Block[] {
  const lines = text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
  return lines !== '' && account.spend(lines.length) ? [{ kind: 'code', language, text: lines }] : [];
}

function boldLine(title: string): Block {
  return { kind: 'paragraph', text: bold(title) };
}

function bold(title: string): string {
  return `**${escapeText(title.replaceAll(/\s+/g, ' '))}**`;
}

/** What kind it is stands before its text: the colour is lost, its meaning is not. */
function panel(
  macro: XmlElement,
  kind: string,
  { toBlocks, context }: { toBlocks: ToBlocks; context: Context },
): readonly Block[] {
  const blocks = toBlocks(richBody(macro) ?? [], deeper(context));
  const title = macroParameter(macro, 'title');
  const label = [kind, title].filter((part) => part !== '').join(': ');
  if (blocks.length === 0 && title === '') return [];
  return [{ kind: 'quote', blocks: labelled(blocks, label) }];
}

/** The blocks behind the label, on its line when they begin with text. */
export function labelled(blocks: readonly Block[], label: string): readonly Block[] {
  const [first, ...rest] = blocks;
  if (label === '') return blocks;
  if (first?.kind !== 'paragraph') return [boldLine(label), ...blocks];
  const colon = /\p{P}$/u.test(label) ? '' : ':';
  return [{ kind: 'paragraph', text: `${bold(`${label}${colon}`)} ${first.text}` }, ...rest];
}

function expand(macro: XmlElement, toBlocks: ToBlocks, context: Context): readonly Block[] {
  const title = macroParameter(macro, 'title');
  const blocks = toBlocks(richBody(macro) ?? [], context);
  return title === '' ? blocks : [boldLine(title), ...blocks];
}

/** A hidden excerpt is there for other pages only: nobody sees it on this one. */
function excerpt(macro: XmlElement, toBlocks: ToBlocks, context: Context): readonly Block[] {
  return macroParameter(macro, 'hidden') === 'true' ? [] : toBlocks(richBody(macro) ?? [], context);
}

function include(macro: XmlElement, toBlocks: ToBlocks, context: Context): readonly Block[] {
  const page = includedPage(macro, context);
  return page === null ? [] : toBlocks(page.root.children, page.context);
}

function includeExcerpt(macro: XmlElement, toBlocks: ToBlocks, context: Context): readonly Block[] {
  const page = includedPage(macro, context);
  if (page === null) return [];
  const name = macroParameter(macro, 'name');
  const body = excerptBody(page.root, name);
  if (body === null) context.account.addGap('unresolved', `excerpt ${name} of “${page.context.pages[0].title}”`);
  return toBlocks(body ?? [], page.context);
}
