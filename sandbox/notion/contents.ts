import { type BlockInput, childrenOf, contentOf, typeOf } from './block-content.ts';
import { newId } from './ids.ts';
import { recordOf, textOf } from './json.ts';
import type { Entity, Place } from './model.ts';
import { toSchema } from './properties.ts';
import type { Store } from './store.ts';
import { blankPage, fresh, type Workspace } from './workspace.ts';

/** Makes the blocks below the place, with all that is nested in them. @returns their ids, in order. */
export function writeBlocks(inputs: readonly BlockInput[], parent: Place, workspace: Workspace): string[] {
  return inputs.map((input) => writeBlock(input, parent, workspace));
}

function writeBlock(input: BlockInput, parent: Place, workspace: Workspace): string {
  const type = typeOf(input);
  const { title } = recordOf(input[type]);
  if (type === 'child_page') return writeChildPage(input, parent, workspace);
  if (type === 'child_database') return writeDatabase({ parent, title: textOf(title) }, workspace).id;
  // known beforehand, so that another block can refer to it
  const id = textOf(input['id']) || newId();
  const children = writeBlocks(childrenOf(input), { kind: 'block', id }, workspace);
  const block = { kind: 'block' as const, id, type, content: contentOf(input), children, unreadable: false };
  workspace.store.put({ ...fresh(parent, workspace), ...block });
  return id;
}

function writeChildPage(input: BlockInput, parent: Place, workspace: Workspace): string {
  const blank = blankPage(textOf(recordOf(input['child_page'])['title']), parent, workspace);
  const page = { ...blank, id: textOf(input['id']) || blank.id };
  workspace.store.put(page);
  const children = writeBlocks(childrenOf(input), { kind: 'page', id: page.id }, workspace);
  workspace.store.put({ ...page, children });
  return page.id;
}

export interface NewDatabase {
  readonly parent: Place;
  readonly title: string;
  readonly isInline?: boolean;
  /** One with a title only when not given. `properties` as in the API, or types by name. */
  readonly dataSources?: readonly { readonly name: string; readonly properties?: Readonly<Record<string, unknown>> }[];
}

/** Makes a database with its data sources; it is not yet listed below its parent. */
export function writeDatabase(
  { parent, title, isInline, dataSources }: NewDatabase,
  workspace: Workspace,
): { id: string; dataSourceIds: string[] } {
  const id = newId();
  const sources = dataSources ?? [{ name: title }];
  const dataSourceIds = sources.map(({ name, properties }) => {
    const base = fresh({ kind: 'database', id }, workspace);
    const sourceId = newId();
    const schema = toSchema(properties ?? {}, { database_id: id, data_source_id: sourceId });
    workspace.store.put({ kind: 'dataSource', id: sourceId, ...base, name, schema });
    return sourceId;
  });
  workspace.store.put({
    kind: 'database',
    id,
    ...fresh(parent, workspace),
    title,
    isInline: isInline ?? false,
    dataSources: dataSourceIds,
  });
  return { id, dataSourceIds };
}

/** Forgets the blocks and what is nested in them. @returns the pages and databases among them, which stay. */
export function eraseBlocks(ids: readonly string[], store: Store): string[] {
  return ids
    .map((id) => store.find(id))
    .filter((entity): entity is Entity => entity !== null)
    .flatMap((entity) => {
      if (entity.kind !== 'block') return [entity.id];
      store.remove(entity.id);
      return eraseBlocks(entity.children, store);
    });
}
