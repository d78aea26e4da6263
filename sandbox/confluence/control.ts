import { createHash } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import type { Content, ContentType, Names, Space, Version } from './model.ts';
import { storageOf } from './storage-format.ts';
import type { Store } from './store.ts';
import { descendantsOf } from './tree.ts';

/** Who may read or view: groups by name, people by e-mail address. */
export interface NamesInput {
  readonly groups?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
}

export interface ReadersInput extends NamesInput {
  readonly anonymous?: boolean;
  /** They have the right by a space role: permissions name the role, its assignments name them. */
  readonly byRole?: boolean;
}

/** The text is given as Markdown or in storage format. */
export interface TextInput {
  readonly storage?: string;
  readonly markdown?: string;
}

export interface NewPage extends TextInput {
  /** Id or key. */
  readonly space: string;
  readonly title: string;
  readonly parentId?: string | null;
  readonly labels?: readonly string[];
  readonly restrictedTo?: NamesInput | null;
  readonly status?: 'current' | 'draft';
  /** Made from the next free number when not given. */
  readonly id?: string;
  readonly at?: Date;
  /** E-mail address; the bot when not given. */
  readonly author?: string;
}

export interface NewFolder {
  readonly space: string;
  readonly title: string;
  readonly parentId?: string | null;
  readonly type?: Exclude<ContentType, 'page'>;
  readonly id?: string;
}

/**
 * What people do in Confluence. Each throws an Error in plain words for what Confluence would not let them do: a title
 * taken in its space, a parent that is not there.
 */
export interface Control {
  createSpace(space: { key: string; name: string; readers: ReadersInput }): string;
  setSpaceReaders(key: string, readers: ReadersInput): void;
  /** Makes the group or replaces its members. */
  setGroup(name: string, emails: readonly string[]): void;
  createPage(page: NewPage): string;
  createFolder(folder: NewFolder): string;
  /** A new version, with the text as it is when only the title is given. */
  updatePage(id: string, change: TextInput & { readonly title?: string; readonly minorEdit?: boolean }): void;
  /** With all that is below it. Makes no version. A null parent is the top of the space. */
  movePage(id: string, to: { readonly parentId?: string | null; readonly space?: string }): void;
  /** Null lifts the restriction; no names leave the bot alone. Touches neither version nor date. */
  restrict(id: string, names: NamesInput | null): void;
  setLabels(id: string, labels: readonly string[]): void;
  /** What is below it moves up to its parent. */
  trash(id: string): void;
  /** Out of the trash or the archive; to the top of the space when its parent is no longer there. */
  restore(id: string): void;
  /** Gone for good. What is below it moves up. */
  purge(id: string): void;
  archive(id: string): void;
  attach(id: string, file: { readonly title: string; readonly mediaType: string; readonly bytes: Uint8Array }): string;
}

interface Scene {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly now: () => Date;
}

/** A number that stands for the text, always the same. */
export function stableId(text: string): string {
  return String(Number.parseInt(createHash('sha256').update(text).digest('hex').slice(0, 12), 16));
}

export function createControl(scene: Scene): Control {
  return { ...createAdministration(scene), ...createWriting(scene), ...createKeeping(scene) };
}

type Administration = Pick<Control, 'createSpace' | 'setSpaceReaders' | 'setGroup' | 'restrict'>;
type Writing = Pick<Control, 'createPage' | 'createFolder' | 'updatePage' | 'setLabels' | 'attach'>;
type Keeping = Pick<Control, 'movePage' | 'trash' | 'restore' | 'purge' | 'archive'>;

function createAdministration(scene: Scene): Administration {
  const { store, accounts, now } = scene;
  return {
    createSpace({ key, name, readers }) {
      if (store.space(key) !== null) throw new Error(`there is a space ${key} already`);
      const id = stableId(`space/${key}`);
      const at = now().toISOString();
      store.putSpace({ id, key, name, createdAt: at, readers: readersOf(readers, scene) });
      return id;
    },
    setSpaceReaders(key, readers) {
      store.putSpace({ ...spaceOf(key, store), readers: readersOf(readers, scene) });
    },
    setGroup(name, emails) {
      for (const email of emails) accounts.named(email);
      store.putGroup({ id: uuidOf(`group/${name}`), name, emails: emails.map(lower) });
    },
    restrict(id, names) {
      store.put({ ...contentOf(id, store), restrictedTo: restrictionOf(names, scene) });
    },
  };
}

function createWriting(scene: Scene): Writing {
  const { store, now } = scene;
  return {
    createPage: (page) => addContent(page, 'page', scene),
    createFolder: ({ type = 'folder', ...folder }) => addContent(folder, type, scene),
    updatePage(id, { title, minorEdit = false, ...text }) {
      const content = contentOf(id, store);
      const wanted = { ...content, ...textOf(text), title: title ?? content.title };
      checkTitle(wanted, store);
      const number = (content.versions.at(-1)?.number ?? 0) + 1;
      const version: Version = { ...newVersion(wanted.title, { scene }), number, minorEdit };
      store.put({ ...wanted, versions: [...content.versions, version] });
    },
    setLabels(id, labels) {
      store.put({ ...contentOf(id, store), labels: labels.map(lower) });
    },
    attach(id, { title, mediaType, bytes }) {
      const content = contentOf(id, store);
      const base64 = Buffer.from(bytes).toString('base64');
      const file = { id: `att${store.nextId()}`, title, mediaType, createdAt: now().toISOString(), base64 };
      store.put({ ...content, attachments: [...content.attachments, file] });
      return file.id;
    },
  };
}

function createKeeping({ store }: Scene): Keeping {
  function liftChildren(content: Content): void {
    for (const child of store.children(content.id)) store.put({ ...child, parentId: content.parentId });
  }

  return {
    movePage(id, to) {
      const content = contentOf(id, store);
      const below = descendantsOf(content, store);
      const place = placeOf(content, to, store);
      const isWithin = [content, ...below].some((one) => one.id === place.parentId);
      if (isWithin) throw new Error(`${id} cannot be below itself`);
      const { spaceId } = place;
      const moved = [{ ...content, ...place }, ...below.map((one) => ({ ...one, spaceId }))];
      if (spaceId !== content.spaceId) for (const one of moved) checkTitle(one, store);
      for (const one of moved) store.put(one);
    },
    trash(id) {
      const content = contentOf(id, store);
      liftChildren(content);
      store.put({ ...content, status: 'trashed' });
    },
    restore(id) {
      const content = contentOf(id, store);
      const parent = content.parentId === null ? null : store.content(content.parentId);
      const isThere = parent?.status === 'current' && parent.spaceId === content.spaceId;
      const restored: Content = { ...content, status: 'current', parentId: isThere ? content.parentId : null };
      checkTitle(restored, store);
      store.put(restored);
    },
    purge(id) {
      liftChildren(contentOf(id, store));
      store.remove(id);
    },
    archive(id) {
      store.put({ ...contentOf(id, store), status: 'archived' });
    },
  };
}

/** Where something is to be: in another space at the top, unless a parent is named. */
function placeOf(content: Content, to: Parameters<Control['movePage']>[1], store: Store) {
  const asked = to.space === undefined ? null : spaceOf(to.space, store).id;
  if (typeof to.parentId === 'string') {
    const { id, spaceId } = contentOf(to.parentId, store);
    if (asked !== null && asked !== spaceId) throw new Error('the parent is in another space');
    return { spaceId, parentId: id };
  }
  const spaceId = asked ?? content.spaceId;
  const isKept = to.parentId === undefined && spaceId === content.spaceId;
  return { spaceId, parentId: isKept ? content.parentId : null };
}

function addContent(wanted: NewPage, type: ContentType, scene: Scene): string {
  const { store } = scene;
  const { title, parentId = null, labels = [], restrictedTo = null, status = 'current' } = wanted;
  const space = spaceOf(wanted.space, store);
  const parent = parentId === null ? null : contentOf(parentId, store);
  if (parent !== null && parent.spaceId !== space.id) throw new Error('the parent is in another space');
  const content: Content = {
    id: wanted.id ?? store.nextId(),
    type,
    spaceId: space.id,
    title,
    status,
    parentId,
    storage: '',
    markdown: null,
    ...textOf(wanted),
    labels: labels.map(lower),
    restrictedTo: restrictionOf(restrictedTo, scene),
    versions: [newVersion(title, { scene, wanted })],
    attachments: [],
  };
  checkTitle(content, store);
  store.put(content);
  return content.id;
}

function newVersion(title: string, { scene, wanted }: { scene: Scene; wanted?: NewPage }): Version {
  const author = wanted?.author === undefined ? scene.accounts.bot : scene.accounts.named(wanted.author);
  const createdAt = (wanted?.at ?? scene.now()).toISOString();
  return { number: 1, createdAt, message: '', minorEdit: false, authorId: author.accountId, title };
}

function textOf({ storage, markdown }: TextInput): Partial<Pick<Content, 'storage' | 'markdown'>> {
  if (markdown !== undefined) return { markdown, storage: storageOf(markdown) };
  return storage === undefined ? {} : { storage, markdown: null };
}

/** A title is given once in a space. Folders are beside that. */
function checkTitle({ id, type, spaceId, title, status }: Content, store: Store): void {
  if (type !== 'page' || status !== 'current') return;
  const isTaken = (other: Content) =>
    other.id !== id &&
    other.spaceId === spaceId &&
    other.type === 'page' &&
    other.status === 'current' &&
    lower(other.title) === lower(title);
  if (store.withTitle(title).some(isTaken)) throw new Error(`there is a page "${title}" in the space already`);
}

/** Whoever restricts a page keeps the right to view it: without other names it is the bot's alone. */
function restrictionOf(names: NamesInput | null, scene: Scene): Names | null {
  if (names === null) return null;
  const { groups, users } = namesOf(names, scene);
  const isEmpty = groups.length === 0 && users.length === 0;
  return { groups, users: isEmpty ? [scene.accounts.bot.email] : users };
}

function namesOf({ groups = [], users = [] }: NamesInput, { store, accounts }: Scene): Names {
  const unknown = groups.find((name) => store.group(name) === null);
  if (unknown !== undefined) throw new Error(`there is no group ${unknown}`);
  for (const email of users) accounts.named(email);
  return { groups: [...groups], users: users.map(lower) };
}

function readersOf(readers: ReadersInput, scene: Scene): Space['readers'] {
  return { ...namesOf(readers, scene), anonymous: readers.anonymous ?? false, byRole: readers.byRole ?? false };
}

function spaceOf(idOrKey: string, store: Store): Space {
  const space = store.space(idOrKey);
  if (space === null) throw new Error(`there is no space ${idOrKey}`);
  return space;
}

function contentOf(id: string, store: Store): Content {
  const content = store.content(id);
  if (content === null) throw new Error(`there is no page ${id}`);
  return content;
}

/** A UUID that stands for the text, always the same. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function lower(text: string): string {
  return text.toLowerCase();
}
