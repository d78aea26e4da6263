import type { NotionClient } from './client.ts';
import { titleOf, titleText } from './properties.ts';
import { type Block, type Database, type DataSource, noParent, type Page, type Parent } from './schema.ts';
import { isSeen, type Known, known, type Nodes } from './tree.ts';

/** In the trash; older answers call it archived. */
export function isTrashed({ in_trash, archived }: Pick<Page, 'in_trash' | 'archived'>): boolean {
  return in_trash === true || archived === true;
}

/** What is remembered of a page; what was found below it stays until it is looked for again. */
export function pageNode(page: Page, before: Known | 'gone' | undefined): Known {
  const kept = isSeen(before) && before.kind === 'page' ? before : known('page');
  const updated = page.last_edited_time ?? kept.updated;
  return { ...kept, ...placed(page.parent, before), title: titleOf(page), updated };
}

export function databaseNode({ parent, title }: Database, before: Known | 'gone' | undefined): Known {
  const text = title.map(({ plain_text }) => plain_text ?? '').join('');
  return known('database', { ...placed(parent, before), title: titleText(text) });
}

/** Where something stands now, and whether it stood elsewhere before. */
export function placed({ kind, id }: Parent, before: Known | 'gone' | undefined): Pick<Known, 'parent' | 'isDoubtful'> {
  const parent = { kind, id };
  // Below the workspace itself there is nothing that could be out of sight.
  if (before === undefined || before === 'gone' || (kind === 'none' && id !== '')) return { parent, isDoubtful: false };
  const wasDoubtful = isSeen(before) && before.isDoubtful;
  return { parent, isDoubtful: wasDoubtful || (before.parent.kind !== 'none' && before.parent.id !== id) };
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
 * when it is not shared with us (Notion says the same of what does not exist; but then nothing below it does). What
 * cannot be asked for is not noted.
 *
 * @param notes `before`: what was noted earlier, for what `nodes` lack.
 */
export async function askAbove(
  parent: Parent,
  client: NotionClient,
  { nodes, before }: { readonly nodes: Nodes; readonly before?: Nodes },
): Promise<Above> {
  const found = await ask(parent, client);
  const noted = nodes.get(parent.id) ?? before?.get(parent.id);
  if (found === null) nodes.set(parent.id, outOfSight(noted));
  else nodes.set(parent.id, isTrashed(found.thing) ? 'gone' : nodeOf(found, noted));
  return found === null || isTrashed(found.thing) ? { kind: 'other' } : found;
}

/** Something that is not shared with us, with where it stood when it was. */
export function outOfSight(before: Known | 'gone' | undefined): Known {
  // Rows may be shared with us where their data source is not: they say themselves in which database they stand.
  if (isSeen(before) && before.kind === 'data_source' && before.parent.kind === 'database') return before;
  const wasSeen = before === 'gone' || (before !== undefined && (before.kind !== 'outside' || before.isDoubtful));
  const parent = before === undefined || before === 'gone' ? noParent : before.parent;
  return known('outside', { parent, isDoubtful: wasSeen });
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
      return databaseNode(found.thing, before);
    case 'data_source':
      return dataSourceNode(found.thing);
    case 'block':
      return known('block', { parent: { kind: found.thing.parent.kind, id: found.thing.parent.id } });
  }
}
