/** Deeper than people nest lists and tables; a document of thousands of levels would end the page's own recursion. */
const maxDepth = 60;

/**
 * The document with nothing deeper than can be drawn: what lies deeper becomes its text. Children that are no nodes
 * are left out.
 */
export function shallow(node, depth = 0) {
  if (typeof node !== 'object' || node === null) return { type: 'text', text: typeof node === 'string' ? node : '' };
  if (!Array.isArray(node.content)) return node;
  if (depth >= maxDepth) return { type: 'text', text: textIn(node) };
  return { ...node, content: node.content.map((child) => shallow(child, depth + 1)) };
}

/** All text below a node, without recursion. */
export function textIn(node) {
  const texts = [];
  const waiting = [node];
  while (waiting.length > 0) {
    const { text, attrs, content } = waiting.pop() ?? {};
    if (typeof text === 'string') texts.push(text);
    else if (typeof attrs?.text === 'string') texts.push(attrs.text);
    if (Array.isArray(content)) waiting.push(...content.toReversed());
  }
  return texts.join(' ');
}
