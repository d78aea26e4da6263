import { cutLine, withoutInvisible } from '../chat/clean-text.ts';
import {
  referencedAddresses,
  splitFences,
  splitSpans,
  withoutDefinitions,
  withoutHtmlBlocks,
} from '../chat/markdown-segments.ts';
import { safeUrl } from './safe-url.ts';
import { disarmCode, withoutTags } from './markup-tags.ts';

/*
 * Markdown for Teams. Of a message's text it knows bold and italic type, strikethrough, links, lists, quotes and code; of
 * a card's TextBlock only bold and italic type, links and lists. Neither has headings or tables.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 * https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format
 */

/** Where the Markdown is shown: as the text of a message, or in a TextBlock of a card. */
export type Surface = 'text' | 'card';

/**
 * Plain text as Markdown that shows it as it is: nothing in it mentions, links or is set in another type. Lines become
 * paragraphs, because Teams joins lines that follow each other.
 */
export function escapeMarkdown(text: string): string {
  return withoutInvisible(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => escapeInline(line).replace(/^(?:[#>+-]|={2,})|^\d{1,9}(?=[.)](?:\s|$))/, escapeStart))
    .join('\n\n');
}

/** What would begin a heading, a quote, a list or a line across. */
function escapeStart(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`;
}

function escapeInline(text: string): string {
  return text
    .replaceAll(/[\\`*_~[\]]/g, String.raw`\$&`)
    .replaceAll(/&(?=#?\w{1,32};)/g, '&amp;')
    .replaceAll('<', '&lt;');
}

/** A TextBlock fills in `{{DATE(…)}}` and `{{TIME(…)}}`. https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features */
export function withoutDates(markdown: string): string {
  return markdown.replaceAll(/\{(?=\{\s*(?:DATE|TIME)\b)/gi, '{\\');
}

/** One line of plain text, cut to about `limit` characters. */
export function escapeLine(text: string, limit: number): string {
  return escapeMarkdown(cutLine(text, limit));
}

/** A link with a title; the bare title when the address is not one that may be linked. */
export function linkMarkdown(url: string, title: string): string {
  const address = safeUrl(url);
  const label = escapeInline(cutLine(title, 150) || cutLine(url, 150));
  return address === null ? label : `[${label}](${address})`;
}

/**
 * Makes the Markdown of a document or a person harmless, and such as Teams shows: headings become bold lines, tables
 * lists of their rows, images links. HTML tags are taken out, their text stays; any other `<` is shown as itself. Links
 * lead to web and mail addresses only. A number in brackets is never taken for a citation of ours.
 */
export function toTeamsMarkdown(markdown: string, surface: Surface): string {
  const segments = splitFences(withoutInvisible(markdown).replaceAll(/[\uE000\uE001]/g, ''));
  const addresses = referencedAddresses(segments);
  return segments
    .map(({ code, text }) => (code ? fencedCode(text, surface) : safeText(text, { addresses, surface })))
    .join('\n')
    .replaceAll(/\n{3,}/g, (lines) => (surface === 'card' ? '\n\n' : lines))
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** In a card the lines of code are plain paragraphs. */
function fencedCode(code: string, surface: Surface): string {
  if (surface === 'text') return disarmCode(code);
  const [, ...lines] = code.split('\n');
  const last = lines.at(-1) ?? '';
  const shown = /^[ \t>]*(?:`{3,}|~{3,})\s*$/.test(last) ? lines.slice(0, -1) : lines;
  return `\n${escapeMarkdown(shown.join('\n'))}\n`;
}

interface Context {
  readonly addresses: ReadonlyMap<string, string>;
  readonly surface: Surface;
}

/** Code spans do not reach beyond their paragraph. */
function safeText(text: string, context: Context): string {
  return flatBlocks(withoutTagsOutsideCode(withoutDefinitions(withoutHtmlBlocks(text))))
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) =>
      eachSpan(
        paragraph,
        (code) => inlineCode(code, context.surface),
        (part) => inline(part, context),
      ),
    )
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/\n\n$/, '\n');
}

function withoutTagsOutsideCode(text: string): string {
  return text
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) => eachSpan(paragraph, (code) => code, prepare))
    .join('');
}

function prepare(text: string): string {
  const addressed = text
    .replaceAll(String.raw`\<`, '<')
    .replaceAll(/<((?:https?:\/\/|mailto:)[^\s<>|]+)>/gi, (_, url: string) => safeUrl(url) ?? '');
  return withoutTags(addressed);
}

function eachSpan(paragraph: string, ofCode: (code: string) => string, ofText: (text: string) => string): string {
  return splitSpans(paragraph)
    .map(({ code, text }) => (code ? ofCode(text) : ofText(text)))
    .join('');
}

/** A code span, with its backticks; in a card, which has none, as plain text. */
export function inlineCode(code: string, surface: Surface): string {
  if (surface === 'text') return disarmCode(code);
  const ticks = /^`+/.exec(code)?.[0].length ?? 0;
  return escapeInline(code.slice(ticks, -ticks).trim());
}

const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;

/** Headings as bold lines, tables as lists of rows with a bold line above, and no lines across. */
function flatBlocks(text: string): string {
  const lines: string[] = [];
  let inTable = false;
  for (const line of text.split('\n')) {
    const isRow = line.includes('|') && (inTable || line.trimStart().startsWith('|'));
    if (line.includes('|') && line.includes('-') && /^[|:\s-]+$/.test(line)) {
      headTable(lines);
      inTable = true;
    } else if (isRow) {
      lines.push(...(inTable ? [] : ['']), `- ${rowText(line)}`);
      inTable = true;
    } else {
      inTable = false;
      lines.push(...flatLine(line, lines));
    }
  }
  return lines.join('\n');
}

/** The row above the dashes is the table's head. */
function headTable(lines: string[]): void {
  const head = rowText((lines.pop() ?? '').replace(/^- /, ''));
  lines.push('', bold(head), '');
}

function rowText(line: string): string {
  return line
    .trim()
    .replaceAll(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'))
    .join(' | ');
}

function flatLine(line: string, before: string[]): readonly string[] {
  const bare = line.trim();
  if (/^ {0,3}#{1,6}(?:\s|$)/.test(line)) return ['', bold(bare.replace(/^#+/, '').replace(/\s#+$/, '')), ''];
  if (/^(?:=+|-{2,})$/.test(bare) || /^(?:-{3,}|\*{3,}|_{3,})$/.test(bare.replaceAll(/\s/g, ''))) {
    return underline(bare, before);
  }
  const last = before.at(-1) ?? '';
  const beginsList = item.test(line) && last.trim() !== '' && !item.test(last) && !/^\s/.test(last);
  return beginsList ? ['', line] : [line];
}

/** A title's line below it, or a line across. */
function underline(line: string, before: string[]): readonly string[] {
  const last = before.at(-1) ?? '';
  if (/[*_]/.test(line) || last.trim() === '' || item.test(last)) return [''];
  before.pop();
  return ['', bold(last), ''];
}

function bold(text: string): string {
  const plain = text.replaceAll(/\*\*|__/g, '').trim();
  return plain === '' ? '' : `**${plain}**`;
}

/** Longer it is none, and shown as it is: each bracket may begin one. */
const label = String.raw`\[((?:[^[\]\\]|\\.|\[[^[\]]*\]){0,999})\]`;
/** Runs of spaces are read once: what gives some back on failure takes as long as the square of them. */
const address = String.raw`\(\s*(?!\s)(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))(?:\s+(?!\s)(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)`;
const inlineLink = new RegExp(`(!?)${label}${address}`, 'g');
const inlineImage = new RegExp(`!${label}${address}`, 'g');
const referenceLink = new RegExp(String.raw`(!?)${label}\[([^[\]]*)\]`, 'g');

/** Links of ours are kept aside until all that could be another one is escaped. */
function inline(text: string, { addresses, surface }: Context): string {
  const links: string[] = [];
  const keep = (bang: string, words: string, target: string) => {
    const shown = link(bang, words, target);
    if (!shown.isLink) return shown.text;
    links.push(shown.text);
    return `\uE000${links.length - 1}\uE001`;
  };
  const parted = text
    .replaceAll(inlineLink, (...found: (string | undefined)[]) => {
      const [, bang = '', words = '', angled, bare = ''] = found;
      return keep(bang, words, angled ?? bare);
    })
    .replaceAll(referenceLink, (...found: (string | undefined)[]) => {
      const [whole = '', bang = '', words = '', name = ''] = found;
      const target = addresses.get((name || words).toLowerCase());
      return target === undefined && bang === '' ? whole : keep(bang, words, target ?? '');
    });
  return escapeLeft(surface === 'card' ? parted.replaceAll('~~', '') : parted).replaceAll(
    /\uE000(\d+)\uE001/g,
    (_, index: string) => links[Number(index)] ?? '',
  );
}

function escapeLeft(text: string): string {
  return text
    .replaceAll('<', '&lt;')
    .replaceAll(/\](?=[(:])/g, ']\\')
    .replaceAll(/\[(\d{1,3})\]/g, String.raw`\[$1\]`);
}

function link(bang: string, words: string, target: string): { isLink: boolean; text: string } {
  const said = words.replaceAll(inlineImage, '$1').trim();
  const url = safeUrl(target.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&'));
  if (url === null) return { isLink: false, text: said };
  const shown = (said || (bang === '' ? url : 'image')).replaceAll('<', '&lt;').replace(/^\d+$/, ' $& ');
  return { isLink: true, text: `[${shown}](${url})` };
}
