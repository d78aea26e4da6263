import type { Account, Content, Names, Space } from './model.ts';
import type { Store } from './store.ts';

/** What stands above, nearest first. */
export function ancestorsOf(content: Content, store: Store): Content[] {
  const above: Content[] = [];
  let parentId = content.parentId;
  while (parentId !== null) {
    const parent = store.content(parentId);
    if (parent === null || above.includes(parent)) break;
    above.push(parent);
    parentId = parent.parentId;
  }
  return above;
}

/** Everything below. */
export function descendantsOf(content: Content, store: Store): Content[] {
  const below = store.children(content.id);
  return below.flatMap((child) => [child, ...descendantsOf(child, store)]);
}

/** What an account may view. Made for one call: it remembers what it found. */
export interface View {
  space(space: Space): boolean;
  content(content: Content): boolean;
}

/**
 * A viewer needs the right to view the space, and has to be among those whom the page and every one above it is
 * restricted to: https://support.atlassian.com/confluence-cloud/docs/what-are-confluence-cloud-permissions-and-restrictions/
 */
export function viewOf(account: Account, seesAll: boolean, store: Store): View {
  if (seesAll) return { space: () => true, content: () => true };
  const groups = new Set(store.groups().flatMap(({ name, emails }) => (emails.includes(account.email) ? [name] : [])));
  const spaces = new Map<string, boolean>();
  const known = new Map<string, boolean>();

  function isAmong(names: Names): boolean {
    return names.users.includes(account.email) || names.groups.some((name) => groups.has(name));
  }

  function space(asked: Space): boolean {
    const found = spaces.get(asked.id) ?? (asked.readers.anonymous || isAmong(asked.readers));
    spaces.set(asked.id, found);
    return found;
  }

  /** By the restrictions alone. */
  function isOpen(content: Content): boolean {
    const found = known.get(content.id);
    if (found !== undefined) return found;
    // for now: a ring of parents must not go round for ever
    known.set(content.id, false);
    const parent = content.parentId === null ? null : store.content(content.parentId);
    const open =
      (content.restrictedTo === null || isAmong(content.restrictedTo)) && (parent === null || isOpen(parent));
    known.set(content.id, open);
    return open;
  }

  return {
    space,
    content(content) {
      const its = store.space(content.spaceId);
      return its !== null && space(its) && isOpen(content);
    },
  };
}
