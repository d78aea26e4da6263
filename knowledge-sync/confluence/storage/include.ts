import type { Block } from './block.ts';
import { type Context, deeper, type PageRef } from './context.ts';
import { macroName, macroParameter, richBody, isMacro } from './macro.ts';
import { elementsNamed, walk, type XmlElement, type XmlNode } from './xml.ts';

export type ToBlocks = (nodes: readonly XmlNode[], context: Context) => readonly Block[];

/** Pages within pages. */
const maxNesting = 5;

/**
 * The page that an `include` or `excerpt-include` shows: by its title **and its space**, the including page's when none
 * is told, because a title is given once in a space, not in all of them. Null: the macro names none.
 */
export function pageRefOf(macro: XmlElement, spaceKey: string): PageRef | null {
  const page = elementsNamed('ri:page', macro.children)[0];
  const title = page?.attributes['ri:content-title'] ?? macroParameter(macro, 'pageTitle');
  return title === '' ? null : { spaceKey: page?.attributes['ri:space-key'] ?? spaceKey, title };
}

/** The pages that a page includes, each once. */
export function includesOf(root: XmlElement, spaceKey: string): readonly PageRef[] {
  const refs = new Map<string, PageRef>();
  walk([root], (node) => {
    if (typeof node === 'string' || !isMacro(node) || !includers.has(macroName(node))) return;
    const ref = pageRefOf(node, spaceKey);
    if (ref !== null) refs.set(refKey(ref), ref);
  });
  return [...refs.values()];
}
const includers = new Set(['include', 'excerpt-include']);

/** The same for the same page. Keys of spaces may be written in any case, titles are as they are. */
export function refKey({ spaceKey, title }: PageRef): string {
  return `${spaceKey.toLowerCase()}/${title}`;
}

/** The included page and the place its text stands in; null when it is left out, which is counted. */
export function includedPage(macro: XmlElement, context: Context): { root: XmlElement; context: Context } | null {
  const { account, pages, surroundings } = context;
  const ref = pageRefOf(macro, pages[0].spaceKey);
  if (ref === null) {
    account.addGap('unresolved', `${macroName(macro)} of no page`);
    return null;
  }
  if (pages.some((page) => refKey(page) === refKey(ref))) {
    account.addGap('unresolved', `“${ref.title}” includes itself`);
    return null;
  }
  if (pages.length > maxNesting || !account.spendInclude()) {
    account.addGap('truncated', `included page “${ref.title}”`);
    return null;
  }
  const included = surroundings.included(ref);
  if (included.kind === 'page') {
    return { root: included.root, context: deeper({ ...context, pages: [included.ref, ...pages] }) };
  }
  account.addGap(included.gap, included.what);
  return null;
}

/** The excerpt of that name; without a name, the one that has none either, or else the first. Null: there is none. */
export function excerptBody(root: XmlElement, name: string): readonly XmlNode[] | null {
  const macros = elementsNamed('ac:structured-macro', [root]).filter((macro) => macroName(macro) === 'excerpt');
  const asked = macros.find((macro) => macroParameter(macro, 'name') === name) ?? (name === '' ? macros[0] : undefined);
  return asked === undefined ? null : (richBody(asked) ?? []);
}
