import type { Gap, GapKind } from '#domain/knowledge.ts';
import type { XmlElement } from './xml.ts';

/** The longest text that a document becomes: some 300 printed pages. */
export const maxCharacters = 2_000_000;
const maxGapName = 200;

/** A page as another one names it. */
export interface PageRef {
  readonly spaceKey: string;
  readonly title: string;
}

/** A page whose text stands in another one, or why it does not. */
export type Included =
  | { readonly kind: 'page'; readonly ref: PageRef; readonly root: XmlElement }
  | { readonly kind: 'left-out'; readonly gap: GapKind; readonly what: string };

/** What a page's text needs from outside; all of it is known before the text is made. */
export interface Surroundings {
  /** The site's address, without a slash at the end. */
  readonly baseUrl: string;
  readonly page: PageRef;
  /** Display names by account id. Who is missing has none that we may see. */
  readonly names: ReadonlyMap<string, string>;
  readonly included: (ref: PageRef) => Included;
}

export const tooLong = 'text beyond 2,000,000 characters';

/** What is counted while a document is made. */
export interface Account {
  readonly gaps: () => readonly Gap[];
  addGap(kind: GapKind, what: string): void;
  /** Takes the text into the document's length; false once that is exceeded: then the text is left out, and counted. */
  spend(characters: number): boolean;
  /** Takes an included page into the number of them; false once there are too many. */
  spendInclude(): boolean;
}

/** Where in the document we are. */
export interface Context {
  readonly surroundings: Surroundings;
  readonly account: Account;
  /** Elements around, those of including pages included. */
  readonly depth: number;
  /** The page that the text belongs to, and outside of it those that include it. */
  readonly pages: readonly [PageRef, ...PageRef[]];
  readonly marks: ReadonlySet<string>;
  readonly isInLink: boolean;
  readonly isInHeading: boolean;
}

const maxIncludes = 50;

export function createAccount(): Account {
  const counted = new Map<string, Gap>();
  let left = maxCharacters;
  let includesLeft = maxIncludes;

  function addGap(kind: GapKind, what: string): void {
    const name = what.replaceAll(/\s+/g, ' ').trim().slice(0, maxGapName);
    const key = `${kind} ${name}`;
    counted.set(key, { kind, what: name, count: (counted.get(key)?.count ?? 0) + 1 });
  }

  return {
    gaps: () => [...counted.values()],
    addGap,
    spend(characters) {
      if (left < 0) return false;
      left -= characters;
      if (left < 0) addGap('truncated', tooLong);
      return left >= 0;
    },
    spendInclude() {
      includesLeft -= 1;
      return includesLeft >= 0;
    },
  };
}

export function contextOf(surroundings: Surroundings, account: Account): Context {
  return {
    surroundings,
    account,
    depth: 0,
    pages: [surroundings.page],
    marks: new Set(),
    isInLink: false,
    isInHeading: false,
  };
}

/** Levels of elements that keep their form: some 40 nested lists. What is deeper keeps its text only. */
const maxDepth = 100;

export function deeper(context: Context): Context {
  return { ...context, depth: context.depth + 1 };
}

export function isTooDeep({ depth }: Context): boolean {
  return depth > maxDepth;
}
