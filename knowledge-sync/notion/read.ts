import type { Audience, Document } from '#domain/knowledge.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import { recordOf } from './block-parts.ts';
import { readBody } from './body.ts';
import type { NotionClient } from './client.ts';
import { bareId, readId } from './ids.ts';
import { gapPart, type Part } from './part.ts';
import { type LongProperty, longProperties, propertyParts, titleOf } from './properties.ts';
import { render } from './render.ts';
import type { PageState } from './revision.ts';
import type { Page } from './schema.ts';
import { type Declared, isSeen, type Nodes, noting, type Shown, showingFor } from './tree.ts';

/** More than anybody reads of one property. */
const maxItems = 1_000;

interface Found {
  readonly audience: Audience;
  readonly nodes: Nodes;
}

/** A page as it was read, and what of other pages that depends on. */
export interface PageRead {
  readonly document: Omit<Document, 'revision'>;
  readonly shown: Shown;
}

/** Reads pages as documents. */
export interface Reader {
  /** @returns null when the page is gone meanwhile. @throws DocumentFault when this one page cannot be read. */
  read(page: Page, found: Found): Promise<PageRead | null>;
}

export function createReader(client: NotionClient, audiences: Declared): Reader {
  const people = new Map<string, Promise<string | null>>();

  /** Once for each person: a name hardly ever changes. */
  async function nameOf(userId: string): Promise<string | null> {
    const known = people.get(userId);
    if (known !== undefined) return await known;
    const asking = client.userName(userId).catch(() => {
      people.delete(userId);
      return null;
    });
    people.set(userId, asking);
    return await asking;
  }

  return {
    async read(page, { audience, nodes }) {
      const { showing, shown } = noting(showingFor(audience, nodes, audiences));
      const pageId = page.id;
      const body = await faultOf(() => readBody({ client, pageId, showing, onlyChildren: false, nameOf }));
      if (body === null) return null;
      const isRow = page.parent.kind === 'data_source' || page.parent.kind === 'database';
      const { whole, gaps } = isRow ? await wholeProperties(page, client) : { whole: new Map(), gaps: [] };
      const head = isRow ? propertyParts(page, showing, whole) : [];
      const url = urlOf(page);
      const { children: _, ...rendered } = render([...head, ...gaps, ...body], url);
      const title = titleOf(page);
      const updatedAt = new Date(page.last_edited_time ?? '');
      const date = Number.isNaN(updatedAt.getTime()) ? null : updatedAt;
      const document = { source: 'notion', id: pageId, title, url, updatedAt: date, audience, ...rendered };
      return { document, shown: shown() };
    },
  };
}

/** What Notion refuses about one page is a fault of that page; what it cannot do now is not. */
async function faultOf<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== 'rejected') throw error;
    throw new DocumentFault('cannot be read: Notion refuses to give its content.', { cause: error });
  }
}

function urlOf({ url, id }: Page): string {
  const address = URL.parse(url ?? '');
  const isWeb = address !== null && /^https?:$/.test(address.protocol);
  return isWeb ? address.href : `https://www.notion.so/${bareId(id)}`;
}

/** Values of which the page shows only the first. https://developers.notion.com/reference/retrieve-a-page-property */
async function wholeProperties(page: Page, client: NotionClient) {
  const whole = new Map<string, readonly unknown[]>();
  const gaps: Part[] = [];
  for (const property of longProperties(page)) {
    try {
      const { items, isCut } = await itemsOf(property, { page, client });
      whole.set(property.name, items);
      if (isCut) gaps.push(gapPart('truncated', `property ${property.name}`));
    } catch (error) {
      if (!(error instanceof RemoteError) || error.kind === 'unauthorized' || error.kind === 'rate-limited')
        throw error;
      gaps.push(gapPart('unreadable', `property ${property.name}`, true));
    }
  }
  return { whole, gaps };
}

async function itemsOf({ id, type }: LongProperty, { page, client }: { page: Page; client: NotionClient }) {
  const items: unknown[] = [];
  for await (const item of client.propertyItems(page.id, id)) {
    if (items.length >= maxItems) return { items, isCut: true };
    items.push(recordOf(item)[type]);
  }
  return { items, isCut: false };
}

/** All that the text of a page depends on, for its revision. What it shows of others is noted when it is read. */
export function stateOf(
  page: Page,
  { audience, nodes, audiences }: { audience: Audience; nodes: Nodes; audiences: Declared },
): PageState {
  const showing = showingFor(audience, nodes, audiences);
  const node = nodes.get(page.id);
  const shown = isSeen(node) ? node : { titles: [], texts: [] };
  const titles = [...new Set([...namedWithout(page, nodes), ...shown.titles])].toSorted();
  const edited = (id: string) => {
    const other = nodes.get(id);
    return isSeen(other) && showing.mayShow(id) ? other.updated : null;
  };
  return {
    page,
    audience,
    declared: JSON.stringify([...audiences].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    titles: titles.flatMap((id) => {
      const title = showing.nameOf(id, '');
      return title === null ? [] : [[id, title] as const];
    }),
    texts: shown.texts.map((id) => [id, edited(id)] as const),
  };
}

/** Pages that a page names, as is known without its text: those below it and those in its properties. */
export function namedWithout(page: Page, nodes: Nodes): ReadonlySet<string> {
  const node = nodes.get(page.id);
  const children = isSeen(node) ? node.children.map(({ id }) => id) : [];
  const related = Object.values(page.properties ?? {}).flatMap((raw) => {
    const { relation } = recordOf(raw);
    return Array.isArray(relation) ? relation.flatMap((one: unknown) => readId(recordOf(one).id) ?? []) : [];
  });
  return new Set([...children, ...related]);
}
