import { withoutInvisible } from '../chat/clean-text.ts';
import {
  referencedAddresses,
  splitFences,
  splitSpans,
  withoutDefinitions,
  withoutHtmlBlocks,
} from '../chat/markdown-segments.ts';
import { safeUrl } from './mrkdwn.ts';

/*
 * A document's Markdown for Slack's `markdown` block: as it stands, but with nothing in it that mentions people, runs as
 * HTML or links elsewhere than to web and mail addresses. https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 */

/**
 * Makes a document's Markdown harmless. Headings, lists, tables, emphasis and code stay. HTML tags are taken out, their
 * text stays; any other `<` is shown as itself. Images become links with their description. In code, which is shown
 * verbatim, a space parts the `<` from what would make it a mention.
 */
export function safeMarkdown(markdown: string): string {
  const segments = splitFences(withoutInvisible(markdown));
  const addresses = referencedAddresses(segments);
  return segments
    .map(({ code, text }) => (code ? disarmCode(text) : safeText(text, addresses)))
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** Mentions, and links in Slack's own markup with a label. */
export function disarmCode(code: string): string {
  return code.replaceAll(/<(?=[!@#]|[a-z][a-z0-9+.-]*:[^<>]*\|)/gi, '< ');
}

/** Code spans do not reach beyond their paragraph. */
function safeText(text: string, addresses: ReadonlyMap<string, string>): string {
  return withoutDefinitions(withoutHtmlBlocks(text))
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) =>
      splitSpans(paragraph)
        .map(({ code, text: part }) => (code ? disarmCode(part) : safeInline(part, addresses)))
        .join(''),
    )
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n');
}

/**
 * One line of plain text as Markdown that shows it as it is. `\` before a mark takes its meaning from it, and entities
 * are read. https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 */
export function escapeMarkdown(text: string): string {
  return withoutInvisible(text)
    .replaceAll(/[\\`*_~[\]|]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/^(\s*)(?=[#>+=-])/, '$1\\')
    .replace(/^(\s*\d{1,9})(?=[.)](?:\s|$))/, '$1\\');
}

const label = String.raw`\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]`;
/** Runs of spaces are read once: what gives some back on failure takes as long as the square of them. */
const address = String.raw`\(\s*(?!\s)(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))(?:\s+(?!\s)(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)`;
const inlineLink = new RegExp(`(!?)${label}${address}`, 'g');
const inlineImage = new RegExp(`!${label}${address}`, 'g');
const referenceLink = new RegExp(String.raw`(!?)${label}\[([^[\]]*)\]`, 'g');

function safeInline(text: string, addresses: ReadonlyMap<string, string>): string {
  return withoutTags(text)
    .replaceAll(inlineLink, (...found: (string | undefined)[]) => {
      const [, bang = '', words = '', angled, bare = ''] = found;
      return link(bang, words, angled ?? bare);
    })
    .replaceAll(referenceLink, (...found: (string | undefined)[]) => {
      const [whole = '', bang = '', words = '', name = ''] = found;
      const target = addresses.get((name || words).toLowerCase());
      return target === undefined && bang === '' ? whole : link(bang, words, target ?? '');
    })
    .replaceAll('<', '&lt;');
}

function link(bang: string, words: string, target: string): string {
  const said = words.replaceAll(inlineImage, '$1').trim();
  const url = safeUrl(target.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&'));
  if (url === null) return said;
  return `[${said || (bang === '' ? url : 'image')}](${url})`;
}

const htmlTags = new Set(
  (
    'a abbr audio b big blockquote body br button center cite code col colgroup dd del details dfn div dl dt em embed ' +
    'figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link ' +
    'main mark meta nav object ol option p picture pre q s samp script section select small source span strike strong ' +
    'style sub summary sup svg table tbody td textarea tfoot th thead title tr tt u ul var video wbr'
  ).split(' '),
);

/** `<b>` is HTML and goes; `<username>` is what the reader has to fill in, and stays. */
function withoutTags(text: string): string {
  return (
    text
      .replaceAll(String.raw`\<`, '<')
      .replaceAll(/<((?:https?:\/\/|mailto:)[^\s<>|]+)>/gi, (_, url: string) => safeUrl(url) ?? '')
      .split('\n')
      // a line break would end a table's row
      .map((line) => line.replaceAll(/<br\s*\/?>/gi, line.trimStart().startsWith('|') ? ' ' : '\n'))
      .join('\n')
      .replaceAll(/<\/?([a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/gi, (tag, name: string) =>
        htmlTags.has(name.toLowerCase()) ? '' : tag,
      )
  );
}
