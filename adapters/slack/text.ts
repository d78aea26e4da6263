import { beginningOf, withoutInvisible } from '../chat/clean-text.ts';

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
