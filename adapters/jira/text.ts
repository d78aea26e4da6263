/**
 * Text as Jira stores it: no unpaired surrogates (not UTF-8), no control characters but newline and tab, no
 * noncharacters (both not XML 1.0, https://www.w3.org/TR/xml/#charsets); every kind of line end is `\n`.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll(/\p{Cs}/gu, '')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/[\uFFFE\uFFFF]/g, '');
}

/** One line of at most `limit` UTF-16 units; what is cut off is told by an ellipsis. Empty when nothing visible is left. */
export function oneLine(text: string, limit: number): string {
  const line = cleanText(text).replaceAll(/\s+/g, ' ').trim();
  if (line.replaceAll(/[\s\p{Cf}]/gu, '') === '') return '';
  return line.length <= limit ? line : `${startOf(line, limit - 1).trimEnd()}…`;
}

/** The first `length` UTF-16 units, without half a character at the end. */
export function startOf(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Cs}$/u, '');
}

/** A label cannot hold spaces. https://support.atlassian.com/jira-software-cloud/docs/edit-an-issue/ */
export function labelOf(text: string): string {
  return startOf(cleanText(text).trim().replaceAll(/\s+/g, '-'), 255);
}
