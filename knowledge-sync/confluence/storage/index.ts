import type { Gap } from '#domain/knowledge.ts';
import { blocksOf } from './blocks.ts';
import { contextOf, createAccount, maxCharacters, type Surroundings, tooLong } from './context.ts';
import { printBlocks } from './print.ts';
import type { ParsedStorage } from './xml.ts';

export { type Included, type PageRef, type Surroundings } from './context.ts';
export { includesOf, refKey } from './include.ts';
export { mentionsOf } from './mentions.ts';
export { type ParsedStorage, parseStorage } from './xml.ts';

/**
 * A page's storage format as Markdown, with what of it could not be read.
 *
 * Every text is escaped, links lead to the web or to mail only, and headings are those of the page; whatever comes in,
 * the text has at most 2,000,000 characters and takes time in proportion to what came in. Never throws.
 */
export function toMarkdown(
  parsed: ParsedStorage,
  surroundings: Surroundings,
): { markdown: string; gaps: readonly Gap[] } {
  const account = createAccount();
  if (parsed.isCutOff) account.addGap('truncated', 'page text beyond 10,000,000 characters or 500 levels');
  const markdown = printBlocks(blocksOf(parsed.root.children, contextOf(surroundings, account)), account);
  if (markdown.length <= maxCharacters) return { markdown, gaps: account.gaps() };
  if (!account.gaps().some(({ what }) => what === tooLong)) account.addGap('truncated', tooLong);
  return { markdown: markdown.slice(0, markdown.lastIndexOf('\n', maxCharacters)), gaps: account.gaps() };
}
