import type { Audience } from '#domain/knowledge.ts';
import { RemoteError } from '#errors.ts';
import { type Inclusion, inclusionOf } from './revision.ts';
import type { PageAnswer } from './schema.ts';
import type { Site } from './site.ts';
import { type ChosenSpace, spaceWithKey } from './spaces.ts';
import { type Included, includesOf, type PageRef, type ParsedStorage, parseStorage, refKey } from './storage/index.ts';
import { type PageNode, pageNode } from './tree.ts';

/** Who may read an included page. */
export type AudienceOf = (page: PageNode, space: ChosenSpace) => Promise<Audience>;

export interface IncludeDeps {
  readonly site: Site;
  readonly spaces: ReadonlyMap<string, ChosenSpace>;
  readonly audienceOf: AudienceOf;
}

/** The pages that a document shows besides its own, all found out. */
export interface IncludedPages {
  readonly inclusions: readonly Inclusion[];
  readonly texts: ReadonlyMap<string, Included>;
  /** Of those whose text stands in the document. */
  readonly parsed: readonly ParsedStorage[];
  /** False: one could not be read this time. */
  readonly isComplete: boolean;
}

const mostIncludes = 50;

/**
 * Finds the pages that a page includes, and those that these include.
 *
 * An included text stands in the document only when everyone who may read the document may read the included page: the
 * document then keeps the readers it has. The other way, narrowing them to those who may read both, would hide the page
 * from people who may read it. What is left out is lost for nobody: the included page is a document of its own.
 *
 * A page of a space that is not chosen is left out: its changes and its rights are not watched.
 */
export async function readIncludes(
  { root, page, audience }: { root: ParsedStorage['root']; page: { spaceKey: string }; audience: Audience },
  deps: IncludeDeps,
): Promise<IncludedPages> {
  const read: { found: FoundPage | null; ref: PageRef }[] = [];
  const texts = new Map<string, Included>();
  const ahead = [...includesOf(root, page.spaceKey)];
  for (let ref = ahead.shift(); ref !== undefined; ref = ahead.shift()) {
    if (texts.has(refKey(ref))) continue;
    if (texts.size >= mostIncludes) break;
    const found = await readOne(ref, audience, deps);
    const text = found?.storage ?? null;
    read.push({ ref, found });
    texts.set(refKey(ref), text === null ? leftOut(ref, found?.inclusion) : { kind: 'page', ref, root: text.root });
    if (text !== null) ahead.push(...includesOf(text.root, ref.spaceKey));
  }
  return {
    inclusions: read.flatMap(({ found }) => found?.inclusion ?? []),
    texts,
    parsed: read.flatMap(({ found }) => found?.storage ?? []),
    isComplete: read.every(({ found }) => found !== null),
  };
}

interface FoundPage {
  readonly inclusion: Inclusion;
  /** Null: its text is left out. */
  readonly storage: ParsedStorage | null;
}

/** Null: it could not be asked for this time. */
async function readOne(ref: PageRef, including: Audience, deps: IncludeDeps): Promise<FoundPage | null> {
  try {
    const { inclusion, page } = await lookUpOne(ref, including, deps);
    const storage = page?.body?.storage?.value ?? '';
    return { inclusion, storage: inclusion.kind === 'page' && inclusion.isOpen ? parseStorage(storage) : null };
  } catch (error) {
    if (passes(error)) return null;
    throw error;
  }
}

function passes(error: unknown): boolean {
  return error instanceof RemoteError && (error.kind === 'unavailable' || error.kind === 'rate-limited');
}

async function lookUpOne(
  ref: PageRef,
  including: Audience,
  { site, spaces, audienceOf }: IncludeDeps,
): Promise<{ inclusion: Inclusion; page: PageAnswer | null }> {
  const space = spaceWithKey(spaces, ref.spaceKey);
  if (space === null) return { inclusion: { ref, kind: 'outside' }, page: null };
  const page = await site.pageTitled(space.id, ref.title);
  // Confluence keeps includes in step with titles, so another spelling is another page.
  if (page === null || page.title !== ref.title) return { inclusion: { ref, kind: 'missing' }, page: null };
  const node = pageNode(page);
  return { inclusion: inclusionOf(ref, node, { including, included: await audienceOf(node, space) }), page };
}

function leftOut(ref: PageRef, inclusion: Inclusion | undefined): Included {
  const what = `included page “${ref.title}”`;
  switch (inclusion?.kind) {
    case undefined:
      return { kind: 'left-out', gap: 'unreadable', what };
    case 'outside':
      return { kind: 'left-out', gap: 'no-right', what: `${what} of space ${ref.spaceKey}, which is not chosen` };
    case 'missing':
      return { kind: 'left-out', gap: 'unresolved', what };
    case 'page':
      return { kind: 'left-out', gap: 'no-right', what: `${what}, which not every reader of this page may read` };
  }
}

/** The states of included pages as they are now, without their texts: for a revision. */
export async function lookUpIncludes(
  refs: readonly PageRef[],
  including: Audience,
  deps: IncludeDeps,
): Promise<readonly Inclusion[]> {
  return await Promise.all(refs.map(async (ref) => (await lookUpOne(ref, including, deps)).inclusion));
}
