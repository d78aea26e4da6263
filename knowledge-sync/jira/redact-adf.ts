import type { RunRedaction } from '#domain/redact.ts';
import { isInline } from '../../adapters/jira/read-adf-inline.ts';
import { nodeOf, recordOf, stringOf } from '../../adapters/jira/adf-node.ts';

/** What is read of the attributes of a node as part of the text around it. */
const spoken = ['text', 'title', 'alt', 'shortName'];
/** What is read of them apart from the text: addresses, and names of programs. */
const apart = ['url', 'name', 'href', 'extensionKey'];

/**
 * Takes personal data and secrets out of documents before they are written as Markdown: there a backslash stands before
 * signs, and marks stand within words, so that nothing with a sign in it would be found. All the documents are one text,
 * block after block, so that a secret is found whatever its parts look like. Copies; as deep as they come.
 */
export function redactDocuments(documents: readonly unknown[], redactRuns: RunRedaction): readonly unknown[] {
  const text = createText(redactRuns);
  const copies: unknown[] = [];
  const waiting = stepsOf(documents, copies);
  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    if ('sign' in step) text.end(step.sign);
    else if (typeof step.value === 'string' && step.into === copies) {
      copies.push('');
      text.piece(step.value, (redacted) => (copies[step.at] = redacted));
      text.end('\n\n');
    } else {
      const { copy, below } = copyOf(step.value, text);
      step.into.push(copy);
      waiting.push({ sign: signBehind(step.value) });
      for (const one of below) waiting.push(one);
    }
  }
  text.finish();
  return copies;
}

/** Whom the documents mention. */
export function mentionsIn(documents: readonly unknown[]): readonly string[] {
  const names = new Set<string>();
  const waiting = [...documents];
  while (waiting.length > 0) {
    const node = nodeOf(waiting.pop());
    if (node?.type === 'mention') names.add(stringOf(node.attrs.text).replace(/^@/, ''));
    for (const child of node?.content ?? []) waiting.push(child);
  }
  return [...names].filter((name) => name !== '');
}

type Step = { readonly value: unknown; readonly into: unknown[]; readonly at: number } | { readonly sign: string };

/** Last first, as they are taken from the end. */
function stepsOf(values: readonly unknown[], into: unknown[]): Step[] {
  return values.map((value, at) => ({ value, into, at })).toReversed();
}

/** What stands between a node and the next: blocks are apart, and words of a line are not. */
function signBehind(value: unknown): string {
  const node = nodeOf(value);
  if (node === null || node.type === 'hardBreak') return '\n';
  return isInline(node) ? '' : '\n\n';
}

type Text = ReturnType<typeof createText>;

/** The text in its pieces, and where each goes when it is redacted. */
function createText(redactRuns: RunRedaction) {
  const pieces: string[] = [];
  const places: (((redacted: string) => void) | null)[] = [];
  let isEnded = true;
  return {
    piece(text: string, put: (redacted: string) => void) {
      pieces.push(text);
      places.push(put);
      isEnded = false;
    },
    /** A stretch that stays: once, however many blocks end here. */
    end(sign: string) {
      if (sign === '' || isEnded) return;
      pieces.push(sign);
      places.push(null);
      isEnded = sign === '\n\n';
    },
    alone: (text: string) => redactRuns([text]).join(''),
    finish() {
      for (const [index, redacted] of redactRuns(pieces).entries()) places[index]?.(redacted);
    },
  };
}

function copyOf(value: unknown, text: Text): { copy: unknown; below: readonly Step[] } {
  const node = nodeOf(value);
  if (node === null) return { copy: value, below: [] };
  const content: unknown[] = [];
  const copy: Record<string, unknown> = { ...recordOf(value), content };
  if (node.type === 'mention') text.piece('@someone', () => undefined);
  else {
    if (node.text !== '') text.piece(node.text, (redacted) => (copy.text = redacted));
    copy.attrs = attrsOf(node.attrs, text);
  }
  copy.marks = node.marks.map((mark) => {
    const { attrs, ...rest } = recordOf(mark);
    return { ...rest, attrs: redactedApart(recordOf(attrs), text) };
  });
  return { copy, below: stepsOf(node.content, content) };
}

function attrsOf(attrs: Readonly<Record<string, unknown>>, text: Text): Record<string, unknown> {
  const copy = redactedApart(attrs, text);
  if (copy.data !== undefined) copy.data = redactedApart(recordOf(copy.data), text);
  for (const key of spoken) {
    const said = stringOf(attrs[key]);
    if (said !== '') text.piece(said, (redacted) => (copy[key] = redacted));
  }
  return copy;
}

function redactedApart(attrs: Readonly<Record<string, unknown>>, text: Text): Record<string, unknown> {
  const copy = { ...attrs };
  for (const key of apart) {
    const said = stringOf(attrs[key]);
    if (said !== '') copy[key] = text.alone(said);
  }
  return copy;
}
