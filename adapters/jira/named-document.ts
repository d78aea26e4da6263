import { nodeOf, recordOf, stringOf } from './adf-node.ts';

/** How what has no text of its own is said. */
export interface Names {
  /** A mention of this account; `text` is what the document says. */
  mention(accountId: string, text: string): string;
  media(name: string): string;
}

/**
 * A copy of a document in which mentions and media are text: names, which lead nowhere and notify nobody. As deep as it
 * comes.
 */
export function namedDocument(document: unknown, names: Names): unknown {
  const top: unknown[] = [];
  const waiting: { value: unknown; into: unknown[] }[] = [{ value: document, into: top }];
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    const node = nodeOf(step.value);
    const text = node === null ? null : textOf(node.type, node.attrs, names);
    if (node === null) step.into.push(step.value);
    else if (text !== null) step.into.push({ type: 'text', text });
    else {
      const content: unknown[] = [];
      step.into.push({ ...recordOf(step.value), content });
      // taken from the end, so the last first
      for (const child of node.content.toReversed()) waiting.push({ value: child, into: content });
    }
  }
  return top[0];
}

/** What a document mentions and shows, in its order. */
export function namedIn(document: unknown): { accountIds: readonly string[]; media: readonly string[] } {
  const accountIds = new Set<string>();
  const media: string[] = [];
  namedDocument(document, {
    mention: (accountId, text) => {
      if (text === '' && accountId !== '') accountIds.add(accountId);
      return '';
    },
    media: (name) => {
      media.push(name);
      return '';
    },
  });
  return { accountIds: [...accountIds], media };
}

/** https://developer.atlassian.com/cloud/jira/platform/apis/document/nodes/mention/ and …/nodes/media/ */
function textOf(type: string, attrs: Readonly<Record<string, unknown>>, names: Names): string | null {
  if (type === 'mention') return names.mention(stringOf(attrs.id), stringOf(attrs.text).replace(/^@/, '').trim());
  // one from elsewhere has an address, which is to be linked
  if ((type === 'media' || type === 'mediaInline') && stringOf(attrs.url) === '')
    return names.media(stringOf(attrs.alt).trim());
  return null;
}
