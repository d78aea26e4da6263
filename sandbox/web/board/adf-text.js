const blocks = [
  'paragraph',
  'heading',
  'codeBlock',
  'blockquote',
  'listItem',
  'taskItem',
  'decisionItem',
  'panel',
  'rule',
];

/**
 * A document as plain text, to be edited: a line for each paragraph, `@` before a mention. Marks, files and tables are
 * left out.
 */
export function textOfAdf(document) {
  const lines = [''];
  function walk(node) {
    const { type, text, attrs, content } = node ?? {};
    if (blocks.includes(type) && lines.at(-1) !== '') lines.push('');
    if (type === 'hardBreak') lines.push('');
    else lines[lines.length - 1] += wordsOf({ type, text, attrs });
    for (const child of Array.isArray(content) ? content : []) walk(child);
    // an empty paragraph is an empty line
    if (type === 'paragraph') lines.push('');
  }
  walk(document);
  return lines.join('\n').replace(/\n+$/, '');
}

function wordsOf({ type, text, attrs = {} }) {
  if (type === 'text') return String(text ?? '');
  if (type === 'mention') return `@${String(attrs.text ?? '').replace(/^@/, '')}`;
  if (type === 'emoji') return String(attrs.text || attrs.shortName || '');
  if (type === 'inlineCard') return String(attrs.url ?? '');
  return '';
}

/** Whether editing the document as plain text loses something of it. */
export function isPlain(document) {
  const kept = ['doc', 'paragraph', 'text', 'hardBreak', 'mention', 'emoji'];
  const isKept = ({ type, marks = [], content = [] }) =>
    kept.includes(type) && marks.length === 0 && content.every(isKept);
  return isKept(document ?? { type: 'doc' });
}
