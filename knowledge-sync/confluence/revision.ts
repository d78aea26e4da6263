import { createHash } from 'node:crypto';
import type { Audience } from '#domain/knowledge.ts';
import { isWithin } from './audience.ts';
import { type PageRef, refKey } from './storage/index.ts';
import type { PageNode } from './tree.ts';

/** Raised when the same page gives another document than before, so that an upgrade reads all pages again. */
const readerVersion = 1;

/**
 * What became of an include. `outside`: of a space that is not chosen. `missing`: no such page, or none that our
 * account may see. Else the page: its text is in the document only when it `isOpen` to all who may read the document.
 */
export type Inclusion =
  | { readonly ref: PageRef; readonly kind: 'outside' | 'missing' }
  | {
      readonly ref: PageRef;
      readonly kind: 'page';
      readonly id: string;
      readonly version: number;
      readonly isOpen: boolean;
    };

/**
 * A page's revision: its version and title, the space it is in, and, since Confluence counts none of that, the state of
 * the pages whose text it shows. One that is left out matters only in that it is.
 */
export function revisionOf(page: PageNode, spaceKey: string, inclusions: readonly Inclusion[]): string {
  const states = inclusions
    .map((inclusion) => [refKey(inclusion.ref), stateOf(inclusion)])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const rest = createHash('sha256')
    .update(JSON.stringify([page.title, spaceKey, states]))
    .digest('hex');
  return `${readerVersion}-${page.version}-${rest.slice(0, 16)}`;
}

function stateOf(inclusion: Inclusion): string {
  if (inclusion.kind !== 'page') return inclusion.kind;
  return `${inclusion.id} ${inclusion.isOpen ? inclusion.version : 'left out'}`;
}

/** A page that another one includes, and whether its text may stand there. */
export function inclusionOf(
  ref: PageRef,
  { id, version }: Pick<PageNode, 'id' | 'version'>,
  audiences: { including: Audience; included: Audience },
): Inclusion {
  return { ref, kind: 'page', id, version, isOpen: isWithin(audiences.including, audiences.included) };
}
