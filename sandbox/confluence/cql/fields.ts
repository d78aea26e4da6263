import type { Accounts } from '../accounts.ts';
import { viewOfStorage } from '../body-formats.ts';
import { type Account, type Content, createdOf, type Version } from '../model.ts';
import { badRequest } from '../refusal.ts';
import type { Store } from '../store.ts';
import { ancestorsOf } from '../tree.ts';

/** Content as the index has it: by a version that may not be its last. */
export interface Indexed {
  readonly content: Content;
  readonly version: Version;
}

/** What a query is read against. */
export interface Scene {
  readonly store: Store;
  readonly accounts: Accounts;
  /** Who asks: `currentUser()`. */
  readonly actor: Account;
  readonly now: Date;
  readonly timeZone: string;
}

/** A field one can ask for. A choice has values, in lower case; a time can be compared; a text is searched by words. */
export type CqlField =
  | {
      readonly kind: 'choice';
      values(entry: Indexed, scene: Scene): readonly string[];
      /** Its values are numbers of content. */
      readonly isContent?: boolean;
      /** It is searched by words, too. */
      readonly isText?: boolean;
    }
  | { readonly kind: 'time'; value(entry: Indexed): string }
  | { readonly kind: 'text'; text(entry: Indexed): string };

const id: CqlField = { kind: 'choice', isContent: true, values: ({ content }) => [content.id] };
const space: CqlField = {
  kind: 'choice',
  values: ({ content }, { store }) => [store.space(content.spaceId)?.key.toLowerCase() ?? ''],
};
const text: CqlField = {
  kind: 'text',
  text: ({ content, version }) => `${version.title}\n${viewOfStorage(content.storage).replaceAll(/<[^>]*>/g, ' ')}`,
};

/** https://developer.atlassian.com/cloud/confluence/cql-fields/ */
const fields: Readonly<Record<string, CqlField>> = {
  id,
  content: id,
  space,
  'space.key': space,
  'space.type': { kind: 'choice', values: () => ['global'] },
  type: { kind: 'choice', values: ({ content }) => [content.type] },
  title: { kind: 'choice', isText: true, values: ({ version }) => [version.title.toLowerCase()] },
  label: { kind: 'choice', values: ({ content }) => content.labels },
  creator: { kind: 'choice', values: ({ content }) => [createdOf(content).authorId] },
  contributor: { kind: 'choice', values: ({ content }) => content.versions.map(({ authorId }) => authorId) },
  parent: {
    kind: 'choice',
    isContent: true,
    values: ({ content }) => (content.parentId === null ? [] : [content.parentId]),
  },
  ancestor: {
    kind: 'choice',
    isContent: true,
    values: ({ content }, { store }) => ancestorsOf(content, store).map((above) => above.id),
  },
  created: { kind: 'time', value: ({ content }) => createdOf(content).createdAt },
  lastmodified: { kind: 'time', value: ({ version }) => version.createdAt },
  text,
  sitesearch: text,
};

/** By its name in lower case. @throws Refusal 400 when there is no such field. */
export function cqlField(name: string): CqlField {
  const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (found !== undefined) return found;
  throw badRequest(`No field exists with name: ${name}`);
}
