import type { NotionClient } from './client.ts';
import { titleOf, titleText } from './properties.ts';
import type { Block, Database, DataSource, Page, Parent } from './schema.ts';
import { type Known, known, type Nodes } from './tree.ts';

/** In the trash; older answers call it archived. */
export function isTrashed({ in_trash, archived }: Pick<Page, 'in_trash' | 'archived'>): boolean {
  return in_trash === true || archived === true;
}

/** What is remembered of a page; what was found below it stays until it is looked for again. */
export function pageNode(page: Page, before: Known | 'gone' | undefined): Known {
  const kept = before === undefined || before === 'gone' || before.kind !== 'page' ? known('page') : before;
  return { ...kept, parent: { kind: page.parent.kind, id: page.parent.id }, title: titleOf(page) };
}

export function databaseNode({ parent, title }: Database): Known {
  const text = title.map(({ plain_text }) => plain_text ?? '').join('');
  return known('database', { parent: { kind: parent.kind, id: parent.id }, title: titleText(text) });
}

export function dataSourceNode({ parent }: DataSource): Known {
  return known('data_source', { parent: { kind: parent.kind, id: parent.id } });
}

/** What stands above something, with all that Notion told of it. `other`: nothing that we may see. */
export type Above =
  | { readonly kind: 'page'; readonly thing: Page }
  | { readonly kind: 'database'; readonly thing: Database }
  | { readonly kind: 'data_source'; readonly thing: DataSource }
  | { readonly kind: 'block'; readonly thing: Block }
  | { readonly kind: 'other' };

/**
 * Asks for one thing that stands above another and notes it: as it is, as gone when it is in the trash, or as outside
 * when it is not shared with us (Notion says the same of what does not exist; but then nothing below it does).
 */
export async function askAbove(parent: Parent, client: NotionClient, nodes: Nodes): Promise<Above> {
  const found = await ask(parent, client);
  if (found === null) nodes.set(parent.id, known('outside'));
  else nodes.set(parent.id, isTrashed(found.thing) ? 'gone' : nodeOf(found, nodes.get(parent.id)));
  return found === null || isTrashed(found.thing) ? { kind: 'other' } : found;
}

async function ask({ kind, id }: Parent, client: NotionClient): Promise<Exclude<Above, { kind: 'other' }> | null> {
  const found = async <Kind extends string, Thing>(as: Kind, asking: Promise<Thing | null>) => {
    const thing = await asking;
    return thing === null ? null : { kind: as, thing };
  };
  switch (kind) {
    case 'page':
      return await found(kind, client.page(id));
    case 'database':
      return await found(kind, client.database(id));
    case 'data_source':
      return await found(kind, client.dataSource(id));
    case 'block':
      return await found(kind, client.block(id));
    case 'none':
      return null;
  }
}

function nodeOf(found: Exclude<Above, { kind: 'other' }>, before: Known | 'gone' | undefined): Known {
  switch (found.kind) {
    case 'page':
      return pageNode(found.thing, before);
    case 'database':
      return databaseNode(found.thing);
    case 'data_source':
      return dataSourceNode(found.thing);
    case 'block':
      return known('block', { parent: { kind: found.thing.parent.kind, id: found.thing.parent.id } });
  }
}
