/** Slack cuts a message at this many characters. https://docs.slack.dev/changelog/2018-truncating-really-long-messages */
const longestText = 40_000;

/**
 * Slack's encoded text as plain text: our own mention left out, other references named, links written out, entities
 * decoded, invisible characters removed. https://docs.slack.dev/messaging/formatting-message-text
 *
 * @param ownUserIds the user ids under which we are mentioned.
 */
export function plainText(encoded: string, ownUserIds: readonly string[]): string {
  const addressedTo = encoded.replaceAll(/<@([A-Z0-9]+)(?:\|[^<>]*)?>[,:]?[ \t]*/g, (mention, id: string) =>
    ownUserIds.includes(id) ? '' : mention,
  );
  const named = addressedTo.replaceAll(/<([^<>]*)>/g, (_, inside: string) => nameReference(inside));
  return beginningOf(withoutInvisible(unescape(named)).trim(), longestText);
}

/** True when the encoded text mentions one of these users. */
export function mentionsAny(encoded: string, userIds: readonly string[]): boolean {
  return userIds.some((id) => encoded.includes(`<@${id}>`) || encoded.includes(`<@${id}|`));
}

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

/** What stands between angle brackets: a person, a channel, a group, a date or a link, with or without a label. */
function nameReference(inside: string): string {
  const [target = '', label = ''] = inside.split(/\|(.*)/s);
  switch (target.charAt(0)) {
    case '@':
      return label === '' ? '@someone' : `@${label.replace(/^@/, '')}`;
    case '#':
      return label === '' ? '#channel' : `#${label.replace(/^#/, '')}`;
    case '!':
      return nameGroup(target.slice(1), label);
    default:
      return nameLink(target, label);
  }
}

function nameGroup(command: string, label: string): string {
  if (command.startsWith('date^')) return label;
  if (label !== '') return `@${label.replace(/^@/, '')}`;
  return command.startsWith('subteam^') ? '@group' : `@${command}`;
}

/** Slack makes links of plain addresses too; then the label says nothing new. */
function nameLink(target: string, label: string): string {
  const address = target.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
  if (label === '') return target.startsWith('http') ? target : address;
  if (label === target) return target;
  return label === address || label === address.replace(/\/$/, '') ? label : `${label} (${target})`;
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
