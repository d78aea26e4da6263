import { newId } from './ids.ts';
import type { Entity, Page, Place } from './model.ts';
import { titleProperty } from './properties.ts';
import type { Store } from './store.ts';
import { pageOf } from './tree.ts';
import type { Users } from './users.ts';

/** Something that a webhook tells of. `parts` are the ids of blocks or of properties that changed. */
export interface Happening {
  readonly type: `${'page' | 'database' | 'data_source'}.${string}`;
  readonly id: string;
  readonly parts?: readonly string[];
}

/** What changes of the workspace stand on. */
export interface Workspace {
  readonly store: Store;
  readonly users: Users;
  readonly now: () => Date;
  /** Told once a change is done. */
  readonly happened: (happening: Happening) => void;
}

/** The fields that everything new has. */
export function fresh(parent: Place, { users, now }: Workspace) {
  const time = now().toISOString();
  const author = users.author.id;
  return { parent, created: time, edited: time, createdBy: author, editedBy: author, inTrash: false };
}

/** An empty page with this title, not yet put anywhere. */
export function blankPage(title: string, parent: Place, workspace: Workspace): Page {
  return {
    kind: 'page',
    id: newId(),
    ...fresh(parent, workspace),
    properties: titleProperty(title),
    icon: null,
    cover: null,
    children: [],
    markdown: null,
    shared: parent.kind === 'workspace' ? true : null,
    hiddenFromSearch: false,
    truncated: false,
    unreadable: false,
    version: 1,
    key: null,
    trashed: null,
  };
}

/** The entity, edited now. */
export function touched<Kind extends Entity>(entity: Kind, { users, now }: Workspace): Kind {
  return { ...entity, edited: now().toISOString(), editedBy: users.author.id };
}

/** Puts the id at the end of what stands below its parent, and says that the page there was edited. */
export function attach(id: string, place: Place, workspace: Workspace): void {
  changeChildren(place, (children) => (children.includes(id) ? children : [...children, id]), workspace);
}

export function detach(id: string, place: Place, workspace: Workspace): void {
  changeChildren(place, (children) => children.filter((child) => child !== id), workspace);
}

function changeChildren(
  place: Place,
  change: (children: readonly string[]) => readonly string[],
  workspace: Workspace,
): void {
  const { store } = workspace;
  const parent = place.kind === 'workspace' ? null : store.find(place.id);
  if (parent === null) return;
  if (parent.kind === 'page' || parent.kind === 'block')
    store.put(touched({ ...parent, children: change(parent.children) }, workspace));
  else store.put(touched(parent, workspace));
  editedPageOf(parent, workspace);
}

/** A block's change is one of its page. */
function editedPageOf(entity: Entity, workspace: Workspace): void {
  const page = entity.kind === 'block' ? pageOf(entity, workspace.store) : null;
  if (page !== null) workspace.store.put(touched(page, workspace));
}
