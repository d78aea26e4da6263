import {
  type Included,
  type PageRef,
  parseStorage,
  type Surroundings,
} from '../../../../knowledge-sync/confluence/storage/index.ts';

/** A page "VPN" of the space IT, around which nothing is but what is given. */
export function surroundings(changes: Partial<Surroundings> = {}): Surroundings {
  return {
    baseUrl: 'https://acme.example/wiki',
    page: { spaceKey: 'IT', title: 'VPN' },
    names: new Map(),
    included: () => ({ kind: 'left-out', gap: 'unresolved', what: 'page' }),
    ...changes,
  };
}

/** Pages by `KEY/Title`; a string that begins with `!` is why one is left out. */
export function pagesByTitle(pages: Readonly<Record<string, string>>): (ref: PageRef) => Included {
  return (ref) => {
    const text = pages[`${ref.spaceKey}/${ref.title}`];
    if (text === undefined) return { kind: 'left-out', gap: 'unresolved', what: ref.title };
    if (text.startsWith('!')) return { kind: 'left-out', gap: 'no-right', what: text.slice(1) };
    return { kind: 'page', ref, root: parseStorage(text).root };
  };
}
