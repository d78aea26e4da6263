import type { Gap, GapKind } from '#domain/knowledge.ts';

/** A node of the Atlassian Document Format, whatever it holds. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export interface AdfNode {
  readonly type: string;
  readonly text: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly content: readonly unknown[];
  readonly marks: readonly unknown[];
}

/** Null for what is no node. */
export function nodeOf(value: unknown): AdfNode | null {
  const { type, text, attrs, content, marks } = recordOf(value);
  if (typeof type !== 'string') return null;
  return {
    type,
    text: stringOf(text),
    attrs: recordOf(attrs),
    content: Array.isArray(content) ? (content as unknown[]) : [],
    marks: Array.isArray(marks) ? (marks as unknown[]) : [],
  };
}

export function nodesOf(values: readonly unknown[]): readonly AdfNode[] {
  return values.flatMap((value) => nodeOf(value) ?? []);
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** All text below the nodes, however deep: without recursion, which a hostile depth would bring down. */
export function textBelow(nodes: readonly unknown[]): string {
  const waiting = nodes.toReversed();
  const texts: string[] = [];
  while (waiting.length > 0) {
    const node = nodeOf(waiting.pop());
    if (node === null) continue;
    if (node.type === 'text') texts.push(node.text);
    for (const child of node.content.toReversed()) waiting.push(child);
  }
  return texts.join(' ');
}

/** What is noticed while documents are read: what was not. */
export interface Notes {
  gap(kind: GapKind, what: string): void;
  gaps(): readonly Gap[];
}

export function createNotes(): Notes {
  const counted = new Map<string, Gap>();
  return {
    gap(kind, what) {
      const name = what.replaceAll(/\s+/g, ' ').trim().slice(0, 200) || 'without a name';
      const key = `${kind} ${name}`;
      counted.set(key, { kind, what: name, count: (counted.get(key)?.count ?? 0) + 1 });
    },
    gaps: () => [...counted.values()],
  };
}
