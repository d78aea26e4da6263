import { remembered } from './remembered.ts';

/** Controls but for line feed and tab, marks of direction, characters without width, tags, private use. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** What looks like another character, and is not made one by normalisation. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′‵´`ʹʼʻ＇]/gu, "'"],
  [/[“”„‟″‶«»‹›]/gu, '"'],
  [/[‐‑‒–—―−﹘﹣－]/gu, '-'],
  [/[⁄∕⧸]/gu, '/'],
  [/[∖⧵]/gu, '\\'],
  [/[。｡․]/gu, '.'],
  [/[꞉∶]/gu, ':'],
  [/[→➔➜›▸►»]/gu, '>'],
  [/[^\S\n]/gu, ' '],
];

/** Without what nobody sees; else as it was written. Line ends become `\n`. */
export function cleaned(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN, '').normalize('NFC').trim();
}

/** For comparing exactly: what looks alike is alike. Case, signs and Markdown's backticks stay. */
export const lookOf = remembered(lookAnew, 600_000);

function lookAnew(text: string): string {
  const kept = cleaned(text).replaceAll('`', '\uE000').normalize('NFKC');
  return LOOKS.reduce((one, [look, by]) => one.replaceAll(look, by), kept).replaceAll('\uE000', '`');
}

/** Markdown's links as their texts, and without its marks. Backticks and what stands between them stay. */
export const withoutMarks = remembered(unmarkedAnew, 600_000);

function unmarkedAnew(text: string): string {
  return text
    .replaceAll(/!?\[([^\][\n]{0,300})\]\((?:[^()\n]|\([^()\n]*\)){0,600}\)/g, '$1')
    .split(/(`[^`\n]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll(/\*{1,3}|(?<![\p{L}\p{N}])_{1,2}|_{1,2}(?![\p{L}\p{N}])|~~/gu, ''),
    )
    .join('');
}

/** The links of Markdown in a text. */
export const linksOf = remembered(linksAnew, 600_000);

function linksAnew(text: string): readonly { readonly label: string; readonly target: string }[] {
  return Array.from(
    text.matchAll(/\[([^\][\n]{0,300})\]\(\s*<?((?:[^()\s]|\([^()\s]*\)){1,600})>?(?:\s+["'][^\n]{0,200})?\)/g),
    ([, label = '', target = '']) => ({ label, target }),
  );
}
