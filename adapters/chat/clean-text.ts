/** At most `limit` characters of the text, not ended within a character. */
export function beginningOf(text: string, limit: number): string {
  return text
    .slice(0, limit)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

/** Scripts whose spelling needs joiners. https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters */
const joiningScripts =
  'Arabic Syriac Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar'
    .split(' ')
    .map((script) => String.raw`\p{Script=${script}}`)
    .join('');
const joined = String.raw`[${joiningScripts}\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]`;
const strayJoiners = new RegExp(String.raw`(?<!${joined})[\u200C\u200D]+|[\u200C\u200D]+(?!${joined})`, 'gu');

/**
 * Leaves out what cannot be seen: control characters but line breaks and tabs, zero-width characters, marks that turn
 * the writing direction (they make a text read otherwise than it is), tag characters, half surrogates (no database
 * takes them). Joiners stay where a script or an emoji needs them.
 */
export function withoutInvisible(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\p{Cc}--[\n\t]]/gv, '')
    .replaceAll(/[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu, '')
    .replaceAll(strayJoiners, '')
    .toWellFormed();
}

export function oneLine(text: string): string {
  return withoutInvisible(text).replaceAll(/\s+/g, ' ').trim();
}

/** One line, at most `limit` characters; what is cut off ends with "…". */
export function cutLine(text: string, limit: number): string {
  const line = oneLine(text.slice(0, 10 * limit));
  return line.length <= limit ? line : `${beginningOf(line, limit - 1)}…`;
}

/**
 * The address, encoded so that it can stand in any platform's markup; null when it may not be linked: another scheme than
 * http, https or mailto, no scheme at all, a user name that makes one host look like another, or more than `longest`
 * characters.
 */
export function safeAddress(url: string, longest: number): string | null {
  const parsed = URL.parse(url.trim());
  if (parsed === null || !['http:', 'https:', 'mailto:'].includes(parsed.protocol)) return null;
  if (parsed.username !== '' || parsed.password !== '') return null;
  const address = parsed.href.replaceAll(
    /[<>|()[\]"'`\\^{}*\s]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return address.length > longest ? null : address;
}
