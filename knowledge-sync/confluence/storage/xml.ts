import { Parser } from 'htmlparser2';
import { decodeEntities } from './entities.ts';

export interface XmlElement {
  /** As written, prefix included: `ac:link`. */
  readonly name: string;
  /** Values with their entities decoded. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Text has its entities decoded; that of a CDATA section is as written. */
  readonly children: XmlNode[];
}
export type XmlNode = XmlElement | string;

export interface ParsedStorage {
  readonly root: XmlElement;
  /** The rest was too large, or nested beyond all reason, and is not there. */
  readonly isCutOff: boolean;
}

/** Confluence itself takes pages of up to 5 MB. https://confluence.atlassian.com/x/HYgIEg */
const maxCharacters = 10_000_000;
/** No editor makes a tenth of it. Every end tag that fits no start is looked for in all that is open. */
const maxDepth = 500;
/** HTML that is no XML does not end these. */
const voids = new Set(['br', 'hr', 'img', 'col', 'input', 'wbr', 'area', 'embed', 'source', 'track', 'param', 'base']);

/**
 * Reads storage format, which is XHTML with elements of its own, and what others make of it: tags that are not ended,
 * ended twice or in the wrong order, entities that nobody declared. Never throws. Document types and comments are left
 * out, so that an entity declared in one means nothing.
 *
 * https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html
 */
export function parseStorage(storage: string): ParsedStorage {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open: XmlElement[] = [root];
  let isRaw = false;
  let isCutOff = storage.length > maxCharacters;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element: XmlElement = { name, attributes: decodedValues(attributes), children: [] };
        open.at(-1)?.children.push(element);
        if (voids.has(name)) return;
        open.push(element);
        if (open.length <= maxDepth) return;
        isCutOff = true;
        parser.pause();
      },
      onclosetag(name) {
        if (!voids.has(name) && open.length > 1) open.pop();
      },
      ontext(text) {
        addText(open.at(-1), isRaw ? text : decodeEntities(text));
      },
      oncdatastart() {
        isRaw = true;
      },
      oncdataend() {
        isRaw = false;
      },
    },
    { xmlMode: true, decodeEntities: false },
  );
  // no database takes it
  parser.write(storage.slice(0, maxCharacters).replaceAll('\0', ''));
  if (open.length <= maxDepth) parser.end();
  return { root, isCutOff };
}

function addText(parent: XmlElement | undefined, text: string): void {
  const last = parent?.children.at(-1);
  if (typeof last === 'string') parent?.children.splice(-1, 1, last + text);
  else parent?.children.push(text);
}

function decodedValues(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, decodeEntities(value)]));
}

/** All text below, as written: without markup, in order. Safe at any depth. */
export function textOf(nodes: readonly XmlNode[], between = ''): string {
  const texts: string[] = [];
  walk(nodes, (node) => {
    if (typeof node === 'string') texts.push(node);
  });
  return texts.join(between);
}

/** The elements of that name at any depth, in order. */
export function elementsNamed(name: string, nodes: readonly XmlNode[]): readonly XmlElement[] {
  const found: XmlElement[] = [];
  walk(nodes, (node) => {
    if (typeof node !== 'string' && node.name === name) found.push(node);
  });
  return found;
}

/** Visits every node, parents before their children, in order. */
export function walk(nodes: readonly XmlNode[], visit: (node: XmlNode) => void): void {
  const ahead = nodes.toReversed();
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    visit(node);
    if (typeof node !== 'string') for (const child of node.children.toReversed()) ahead.push(child);
  }
}

/** The elements right below, without the text between them. */
export function childElements({ children }: XmlElement): readonly XmlElement[] {
  return children.filter((child) => typeof child !== 'string');
}

export function childNamed(element: XmlElement, name: string): XmlElement | null {
  return childElements(element).find((child) => child.name === name) ?? null;
}
