import { beginningOf, oneLine, safeAddress, withoutInvisible } from '../chat/clean-text.ts';

/**
 * Plain text for a `mrkdwn` object or a message's `text`: nothing in it mentions, links or pings.
 * https://docs.slack.dev/messaging/formatting-message-text/#escaping
 */
export function escapeMrkdwn(text: string): string {
  return withoutInvisible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escaped, and cut to at most `limit` characters. */
export function cutMrkdwn(text: string, limit: number): string {
  const clean = withoutInvisible(text);
  const escaped = escapeMrkdwn(clean);
  if (escaped.length <= limit) return escaped;
  let kept = clean.slice(0, limit - 1);
  let excess = escapeMrkdwn(kept).length - (limit - 1);
  while (excess > 0) {
    // a character is at most five when it is escaped
    kept = kept.slice(0, -Math.ceil(excess / 5));
    excess = escapeMrkdwn(kept).length - (limit - 1);
  }
  return `${escapeMrkdwn(beginningOf(kept, limit))}…`;
}

/** A link with a title; the bare title when the address is not one that may be linked. */
export function linkMrkdwn(url: string, title: string): string {
  const address = safeUrl(url);
  const label = cutMrkdwn(oneLine(title) || url, 150).replaceAll('|', '¦');
  if (address === null || address.startsWith('mailto:')) return label;
  return `<${address.replaceAll('&', '&amp;')}|${label}>`;
}

/** The longest address in Slack's own limits. */
const longestUrl = 3000;

/** The address, encoded so that it can stand in either of Slack's markups; null when it may not be linked. */
export function safeUrl(url: string): string | null {
  return safeAddress(url, longestUrl);
}
