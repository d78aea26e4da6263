/** Markdown to be read as text: no emphasis, links by their words, one line. Code keeps its backticks. */
export function plainOf(markdown: string): string {
  return markdown
    .split(/(`[^`\n]+`)/u)
    .map((part) => (part.startsWith('`') && part.endsWith('`') ? part : withoutMarks(part)))
    .join('')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function withoutMarks(text: string): string {
  return text
    .replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)/gu, '$1')
    .replaceAll(/(\*\*|__|~~)/gu, '')
    .replaceAll(/(?<![\p{L}\p{N}*])[*_](?=\S)|(?<=\S)[*_](?![\p{L}\p{N}*])/gu, '')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!|<>~])/gu, '$1')
    .replaceAll(/^\s*>\s?/gmu, '');
}
