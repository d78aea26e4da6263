import { type AdfNode, nodesOf, type Notes, recordOf, stringOf, textBelow } from './adf-node.ts';
import { plainRun, type Run, safeUrl } from './markdown-text.ts';

/** Deeper than anybody writes. What is below comes as plain text. */
export const maxDepth = 50;

type Reader = (node: AdfNode, notes: Notes, depth: number) => readonly Run[];

/** How each inline node is read. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/#inline-nodes */
const readers: Readonly<Record<string, Reader>> = {
  text: textRun,
  hardBreak: () => [plainRun('\n')],
  // the name of a person is for the ticket's people to see
  mention: () => [plainRun('@someone')],
  emoji: ({ attrs }) => [plainRun(stringOf(attrs.text) || stringOf(attrs.shortName))],
  date: ({ attrs }) => [plainRun(dayOf(attrs.timestamp))],
  status: ({ attrs }) => [plainRun(stringOf(attrs.text))],
  placeholder: ({ attrs }) => [plainRun(stringOf(attrs.text))],
  inlineCard: cardRun,
  blockCard: cardRun,
  embedCard: cardRun,
  media: mediaRun,
  mediaInline: mediaRun,
  inlineExtension: extensionRun,
  extension: extensionRun,
};

/** Whether it stands within a line. */
export function isInline({ type }: AdfNode): boolean {
  return Object.hasOwn(readers, type) && !['blockCard', 'embedCard', 'media', 'extension'].includes(type);
}

/** Reads nodes that stand within a line. Of one that is not known the text is kept, and its type is a gap. */
export function runsOf(content: readonly unknown[], notes: Notes, depth: number): readonly Run[] {
  if (depth > maxDepth) return [plainRun(textBelow(content))];
  return nodesOf(content).flatMap((node) => {
    const read = Object.hasOwn(readers, node.type) ? readers[node.type] : undefined;
    if (read !== undefined) return read(node, notes, depth);
    notes.gap('unsupported', node.type);
    return [plainRun(node.text || stringOf(node.attrs.text)), ...runsOf(node.content, notes, depth + 1)];
  });
}

/** Marks that only colour, underline, raise or align leave the text as it is. */
function textRun({ text, marks }: AdfNode): readonly Run[] {
  const has = (type: string) => marks.some((mark) => recordOf(mark).type === type);
  const href = safeUrl(markAttrs(marks, 'link').href);
  // an address of a person: the text says what is to be said of it
  const link = href?.startsWith('mailto:') === true ? null : href;
  return [{ text, strong: has('strong'), em: has('em'), strike: has('strike'), code: has('code'), href: link }];
}

function markAttrs(marks: readonly unknown[], type: string): Readonly<Record<string, unknown>> {
  return recordOf(recordOf(marks.find((mark) => recordOf(mark).type === type)).attrs);
}

/** A card has an address, or data (JSON-LD) that names one, or a query of issues. */
function cardRun({ attrs }: AdfNode, notes: Notes): readonly Run[] {
  const data = recordOf(attrs.data);
  const address = stringOf(attrs.url) || stringOf(data.url);
  const name = stringOf(data.name) || address;
  if (name === '') notes.gap('unsupported', attrs.datasource === undefined ? 'card' : 'datasource');
  return [plainRun(name, safeUrl(address))];
}

/** Files are named, never opened. One from elsewhere is linked. */
function mediaRun({ attrs, marks }: AdfNode, notes: Notes): readonly Run[] {
  const name = stringOf(attrs.alt).trim();
  notes.gap('attachment', name || 'attachment');
  const href = safeUrl(attrs.url) ?? safeUrl(markAttrs(marks, 'link').href);
  return [plainRun(name === '' ? '(attachment)' : `(attachment: ${name})`, href)];
}

/** A macro of an app: its own text, and what it is. */
function extensionRun({ attrs }: AdfNode, notes: Notes): readonly Run[] {
  notes.gap('unsupported', stringOf(attrs.extensionKey) || 'extension');
  return [plainRun(stringOf(attrs.text))];
}

/** Milliseconds as text, as a day in UTC. */
function dayOf(timestamp: unknown): string {
  const date = new Date(Number(timestamp));
  return Number.isNaN(date.getTime()) ? stringOf(timestamp) : date.toISOString().slice(0, 10);
}
