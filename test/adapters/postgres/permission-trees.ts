import { type Audience, type Group, groupName, intersection } from '#domain/knowledge.ts';
import { pick, type Random } from '../../../bench/random.ts';

/** Somebody on the chat platform. */
export interface Member {
  readonly ref: string;
  readonly email: string | null;
  readonly outsider: boolean;
}

/** Who is let in: anybody who is named, by themselves or by a group. Nobody named: nobody. */
export interface Door {
  readonly everyone: boolean;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** A page with the door in front of it, if it has one of its own. */
export interface Page {
  readonly id: string;
  readonly parent: Page | null;
  door: Door | null;
  readonly title: string;
  text: string;
}

/** A space of one source. */
export interface Tree {
  readonly source: string;
  /** Null: closed to all. */
  space: Door | null;
  pages: Page[];
  /** Refs of the members of each group. */
  groups: ReadonlyMap<string, readonly string[]>;
}

export const WORDS = ['toner', 'printer', 'badge'] as const;

/** Employees. The source has their addresses as they typed them there. */
export const employees: readonly Member[] = Array.from({ length: 7 }, (_, index) => ({
  ref: `e${index}`,
  email: `${index % 2 === 0 ? 'E' : 'e'}${index}@Firm.example`,
  outsider: false,
}));
/** An employee whose address the platform does not tell, and a guest who has one that the sources know. */
export const unknown: Member = { ref: 'unknown', email: null, outsider: false };
export const guest: Member = { ref: 'guest', email: 'guest@firm.example', outsider: true };

const groupNames = ['staff', 'it', 'hr', 'empty'];
/** The guest too has rights in the sources: they count for nothing in the chat. */
const inSources = [...employees.map(({ ref }) => ref), guest.ref];

export function randomTree(random: Random, { number, pages }: { number: number; pages: number }): Tree {
  const source = `s${number}`;
  const tree: Tree = { source, space: randomSpace(random), pages: [], groups: randomGroups(random) };
  for (let index = 0; index < pages; index++) {
    const parent = random() < 0.3 ? null : (pick(random, tree.pages) ?? null);
    const id = `${number}x${index}`;
    const door = random() < 0.45 ? randomDoor(random) : null;
    tree.pages.push({ id, parent, door, title: `Title${id}`, text: randomText(random, id) });
  }
  return tree;
}

export function randomText(random: Random, id: string): string {
  return [`Body${id}`, ...WORDS.filter(() => random() < 0.6)].join(' ');
}

export function randomSpace(random: Random): Door | null {
  const kind = random();
  if (kind < 0.1) return null;
  return kind < 0.45 ? { everyone: true, users: [], groups: [] } : randomDoor(random);
}

export function randomDoor(random: Random): Door {
  const kind = random();
  if (kind < 0.05) return { everyone: true, users: [], groups: some(random, groupNames, 0.3) };
  if (kind < 0.12) return { everyone: false, users: [], groups: [] };
  return { everyone: false, users: some(random, inSources, 0.25), groups: some(random, groupNames, 0.4) };
}

export function randomGroups(random: Random): Tree['groups'] {
  const shares: Readonly<Record<string, number>> = { staff: 0.9, it: 0.5, hr: 0.3, empty: 0 };
  return new Map(groupNames.map((name) => [name, some(random, inSources, shares[name] ?? 0)]));
}

/** All members of a channel; now and then with a guest or with somebody whose address is not known. */
export function randomChannel(random: Random): readonly Member[] {
  const members = some(random, employees, 0.35);
  const kind = random();
  if (kind < 0.1) return [...members, guest];
  return kind < 0.2 ? [...members, unknown] : members;
}

export function some<T>(random: Random, from: readonly T[], share: number): readonly T[] {
  return from.filter(() => random() < share);
}

// What is true, straight from the tree.

/** Who may read the page of those who have an account in the source, and whether everybody may. */
export function readersIn(tree: Tree, page: Page): { readonly refs: ReadonlySet<string>; readonly everyone: boolean } {
  const allowed = new Set(inSources);
  let everyone = true;
  const pass = (door: Door | null) => {
    if (door?.everyone === true) return;
    everyone = false;
    for (const ref of inSources) if (door === null || !isNamed(tree, door, ref)) allowed.delete(ref);
  };
  pass(tree.space);
  for (let at: Page | null = page; at !== null; at = at.parent) if (at.door !== null) pass(at.door);
  return { refs: allowed, everyone };
}

function isNamed({ groups }: Tree, door: Door, ref: string): boolean {
  return door.users.includes(ref) || door.groups.some((name) => groups.get(name)?.includes(ref) === true);
}

/** Whether what is on the page may be said to these people. */
export function maySay(tree: Tree, page: Page, people: readonly Member[]): boolean {
  const { refs, everyone } = readersIn(tree, page);
  return people.length > 0 && people.every(({ ref, outsider }) => !outsider && (everyone || refs.has(ref)));
}

// What a source tells about it: lists of names, and groups.

export function audienceIn(tree: Tree, page: Page): Audience {
  const chain: Audience[] = [namesOf(tree, tree.space)];
  for (let at: Page | null = page; at !== null; at = at.parent)
    if (at.door !== null) chain.push(namesOf(tree, at.door));
  return intersection(chain);
}

function namesOf({ source }: Tree, door: Door | null): Audience {
  if (door === null) return [];
  const users = door.users.map((ref) => `person:${addressOf(ref)}`);
  return [[...(door.everyone ? ['everyone'] : []), ...users, ...door.groups.map((name) => groupName(source, name))]];
}

export function groupsIn({ groups }: Tree): readonly Group[] {
  return Array.from(groups, ([name, refs]) => ({ name, emails: refs.map((ref) => addressOf(ref).toUpperCase()) }));
}

function addressOf(ref: string): string {
  return `${ref}@firm.example`;
}
