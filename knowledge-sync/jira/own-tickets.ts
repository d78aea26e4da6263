import { type AdfNode, nodeOf, nodesOf, recordOf, textBelow } from '../../adapters/jira/adf-node.ts';

/** The property of issues and comments that the helpdesk itself writes. */
export const ownProperty = 'firstline';

/** The helpdesk's own part in what it hands over, and who has no name. */
const nobody = new Set(['Firstline', 'Someone', '']);

/**
 * What a ticket that the helpdesk wrote says: the question and what people said. Left out is what it tells the IT staff
 * about itself (what it found, why it was unsure, its own answers): knowledge must not come from its own guesses.
 */
export function readOwnTicket(description: unknown): { document: unknown; names: readonly string[] } {
  const names: string[] = [];
  const content: AdfNode[] = [];
  let section = '';
  for (const block of nodesOf(nodeOf(description)?.content ?? [])) {
    if (block.type === 'heading') section = textBelow(block.content);
    else if (section === 'Asked by') names.push(textBelow(block.content).replace(/ \([^]*$/, ''));
    else if (section === 'Question') content.push(block);
    else if (section === 'Conversation') {
      const speaker = datedSpeaker(block);
      names.push(speaker ?? '');
      if (speaker !== 'Firstline') content.push(block);
    }
  }
  return { document: { type: 'doc', content }, names: names.filter((name) => !nobody.has(name)) };
}

/** A comment that the helpdesk wrote for somebody: the first paragraph is the name, in bold. */
export function readOwnComment(body: unknown): { speaker: string | null; document: unknown } {
  const content = nodeOf(body)?.content ?? [];
  const [first, second] = nodesOf(nodeOf(content[0])?.content ?? []);
  if (first === undefined || second !== undefined || !isStrong(first)) return { speaker: null, document: body };
  return { speaker: nobody.has(first.text) ? null : first.text, document: { type: 'doc', content: content.slice(1) } };
}

/** "**Name** · 2026-02-03 09:15 UTC" */
function datedSpeaker({ content }: AdfNode): string | null {
  const [first, second] = nodesOf(content);
  if (first === undefined || second === undefined || !isStrong(first)) return null;
  return / · \d{4}-\d\d-\d\d \d\d:\d\d UTC$/.test(second.text) ? first.text : null;
}

function isStrong({ marks }: AdfNode): boolean {
  return marks.some((mark) => recordOf(mark).type === 'strong');
}
