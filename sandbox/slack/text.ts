import type { Json } from './messages.ts';
import { newName } from './signing.ts';

/** Who and what can be named in a typed message: what stands behind `@` or `#`, and its id. */
export interface Names {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Text as a person types it, in the encoding Slack's client sends: `&`, `<` and `>` escaped, addresses in angle
 * brackets, `@Name` as `<@U…>`, `#channel` as `<#C…|channel>`, `@here` as `<!here>`.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function encodeTyped(text: string, names: Names): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const linked = escaped.replaceAll(/\bhttps?:\/\/[^\s]*[^\s.,;:!?)'"]/g, (url) => `<${url}>`);
  const called = linked.replaceAll(/(?<![\w@])@(here|channel|everyone)\b/g, '<!$1>');
  if (!/[@#]/.test(called)) return called;
  // the longest name first: "@Ana Maria" is not Ana
  const people = [...names.people].toSorted((a, b) => b.name.length - a.name.length);
  let encoded = called;
  for (const { id, name } of people) {
    encoded = encoded.replaceAll(new RegExp(`(?<![\\w@])@${escapeRegExp(name)}(?![\\p{L}\\p{N}_])`, 'giu'), `<@${id}>`);
  }
  for (const { id, name } of names.channels) {
    encoded = encoded.replaceAll(new RegExp(`(?<![\\w#&])#${escapeRegExp(name)}(?![\\w-])`, 'g'), `<#${id}|${name}>`);
  }
  return encoded;
}

/** True when the text mentions this user. */
export function mentions(text: string, userId: string): boolean {
  return text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`);
}

/** The rich_text block that Slack's client makes of a message. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(encoded: string): Json {
  const elements = encoded
    .split(/(<[^<>]+>)/)
    .filter((part) => part !== '')
    .map((part) => (/^<.+>$/.test(part) ? reference(part.slice(1, -1)) : { type: 'text', text: decode(part) }));
  return {
    type: 'rich_text',
    block_id: newName(),
    elements: [{ type: 'rich_text_section', elements }],
  };
}

function reference(inside: string): Json {
  const [target = '', label] = inside.split('|');
  if (target.startsWith('@')) return { type: 'user', user_id: target.slice(1) };
  if (target.startsWith('#')) return { type: 'channel', channel_id: target.slice(1) };
  if (target.startsWith('!')) return { type: 'broadcast', range: target.slice(1) };
  return { type: 'link', url: decode(target), ...(label === undefined ? {} : { text: decode(label) }) };
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
