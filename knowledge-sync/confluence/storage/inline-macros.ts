import type { Context } from './context.ts';
import { escapeText } from './escape.ts';
import { mention } from './link.ts';
import { markdownLink, safeUrl } from './links.ts';
import { macroName, macroParameter, plainBody } from './macro.ts';
import { elementsNamed, type XmlElement } from './xml.ts';

/** Without any text of their own: a place, or what Confluence makes of other pages, which are documents themselves. */
const silent = new Set([
  'anchor',
  'toc',
  'toc-zone',
  'children',
  'pagetree',
  'pagetreesearch',
  'livesearch',
  'create-from-template',
]);
/** Show a file. */
const ofFiles = new Set([
  'view-file',
  'viewpdf',
  'viewdoc',
  'viewxls',
  'viewppt',
  'multimedia',
  'attachments',
  'gallery',
]);

/** A macro that stands in a line and has no text of several paragraphs, as text. One that is not understood is counted. */
export function inlineMacro(macro: XmlElement, context: Context): string {
  const name = macroName(macro);
  if (silent.has(name)) return '';
  if (ofFiles.has(name)) return fileOf(macro, context);
  if (name === 'status') return escapeText(macroParameter(macro, 'title'));
  if (name === 'jira') return issueOf(macro, context);
  if (name === 'profile')
    return elementsNamed('ri:user', macro.children)
      .map((user) => mention(user, context))
      .join('');
  context.account.addGap('unsupported', name || 'macro without a name');
  return escapeText((plainBody(macro) ?? '').replaceAll(/\s+/g, ' ')) || addressIn(macro, context);
}

/** The key of one issue; a list of issues is what Jira says when the page is looked at. */
function issueOf(macro: XmlElement, context: Context): string {
  const key = macroParameter(macro, 'key');
  if (key === '') context.account.addGap('unsupported', 'jira');
  return escapeText(key);
}

function fileOf(macro: XmlElement, { account }: Context): string {
  const files = elementsNamed('ri:attachment', macro.children).map(({ attributes }) => attributes['ri:filename'] ?? '');
  const named = files.filter((file) => file !== '');
  for (const file of named) account.addGap('attachment', file);
  if (named.length === 0) account.addGap('attachment', `files shown by “${macroName(macro)}”`);
  return escapeText(named.join(', '));
}

/** What is embedded from the web can at least be opened. */
function addressIn(macro: XmlElement, context: Context): string {
  const { baseUrl } = context.surroundings;
  const resource = elementsNamed('ri:url', macro.children)[0]?.attributes['ri:value'];
  const url = safeUrl(resource ?? macroParameter(macro, 'url'), baseUrl);
  return url === null || context.isInLink ? '' : markdownLink('', url);
}
