import type { Document, Gap } from '#domain/knowledge.ts';
import { DocumentFault } from '#errors.ts';
import { sourceName } from './audience.ts';
import { spaceOfDocument } from './chosen-page.ts';
import type { Directory } from './directory.ts';
import { type IncludedPages, readIncludes } from './includes.ts';
import type { NoteBook } from './notes.ts';
import { revisionOf } from './revision.ts';
import type { Rights } from './rights.ts';
import type { PageAnswer } from './schema.ts';
import type { Site } from './site.ts';
import type { ChosenSpace, Spaces } from './spaces.ts';
import { mentionsOf, type ParsedStorage, parseStorage, refKey, toMarkdown } from './storage/index.ts';
import { contentUrl } from './storage/links.ts';
import { ConfluenceFailure } from './transport.ts';
import { pageNode } from './tree.ts';

export interface ReadDeps {
  readonly site: Site;
  readonly spaces: Spaces;
  readonly rights: Rights;
  readonly directory: Directory;
  readonly book: NoteBook;
  readonly baseUrl: string;
  readonly labels: readonly string[];
}

/** As old as the listing may be by whose spaces a page is read. */
const spacesAgeMs = 60_000;

/**
 * One page as a document, in one request, one more for each page that it includes. Its rights are those of the listing
 * or look-up before, if it is still where it was then.
 */
export async function readPage(id: string, deps: ReadDeps): Promise<Document | null> {
  const { site, spaces: all, rights, book, directory } = deps;
  const [page, spaces] = await Promise.all([askPage(site, id), all.chosen(spacesAgeMs)]);
  const space = page === null ? null : spaceOfDocument(page, { spaces, labels: deps.labels });
  if (page === null || space === null) return null;
  const node = pageNode(page);
  const audience = await rights.known(node, space);
  const parsed = parseStorage(page.body?.storage?.value ?? '');
  const including = { root: parsed.root, page: { spaceKey: space.key }, audience };
  const includes = await readIncludes(including, {
    site,
    spaces,
    audienceOf: (included, its) => rights.known(included, its),
  });
  const refs = includes.inclusions.map(({ ref }) => ref);
  await book.put('includes', id, refs.length === 0 ? null : [...refs]);
  const mentioned = [parsed, ...includes.parsed].flatMap(({ root }) => mentionsOf(root));
  await directory.learn({ accountIds: mentioned, groups: [] });
  const { markdown, gaps } = textOf(page, { parsed, includes, space, mentioned }, deps);
  return {
    source: sourceName,
    id,
    title: page.title.replaceAll('\0', ''),
    url: addressOf(page, deps.baseUrl),
    revision: revisionOf(node, space.key, includes.inclusions),
    updatedAt: timeOf(page.version.createdAt ?? ''),
    markdown,
    audience,
    gaps,
    isComplete: includes.isComplete && !isWithoutText(page),
  };
}

/** @throws DocumentFault when Confluence refuses this page, or answers what cannot be understood. */
async function askPage(site: Site, id: string): Promise<PageAnswer | null> {
  try {
    return await site.page(id, true);
  } catch (cause) {
    const isItsOwn = cause instanceof ConfluenceFailure && (cause.kind === 'rejected' || cause.status === 200);
    throw isItsOwn ? new DocumentFault(`could not be read: ${cause.message}`, { cause }) : cause;
  }
}

interface Reading {
  readonly parsed: ParsedStorage;
  readonly includes: IncludedPages;
  readonly space: ChosenSpace;
  readonly mentioned: readonly string[];
}

function textOf(page: PageAnswer, { parsed, includes, space, mentioned }: Reading, { baseUrl, directory }: ReadDeps) {
  const names = new Map<string, string>();
  for (const id of mentioned) {
    const name = directory.displayName(id);
    if (name !== null) names.set(id, name);
  }
  const { markdown, gaps } = toMarkdown(parsed, {
    baseUrl,
    page: { spaceKey: space.key, title: page.title },
    names,
    included: (ref) =>
      includes.texts.get(refKey(ref)) ?? { kind: 'left-out', gap: 'truncated', what: `included page “${ref.title}”` },
  });
  return { markdown, gaps: [...gaps, ...bodyGaps(page)] };
}

/** Neither the text we ask for nor another form of it: it may be there the next time. */
function isWithoutText({ body }: PageAnswer): boolean {
  return (body?.storage ?? null) === null && (body?.atlas_doc_format ?? null) === null;
}

/** A text that Confluence has in another form only stays unread for good. */
function bodyGaps(page: PageAnswer): readonly Gap[] {
  if ((page.body?.storage ?? null) !== null) return [];
  if (isWithoutText(page)) return [{ kind: 'unreadable', what: 'text of the page', count: 1 }];
  return [{ kind: 'unsupported', what: 'text in Atlassian document format only', count: 1 }];
}

function addressOf(page: PageAnswer, baseUrl: string): string {
  const path = page._links?.webui ?? '';
  return path.startsWith('/') ? `${baseUrl}${path}` : contentUrl(baseUrl, page.id);
}

function timeOf(text: string): Date | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time;
}
