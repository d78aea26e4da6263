import type { XmlElement } from './xml.ts';

/** Emoticons of the old editor, by the name in storage format. https://confluence.atlassian.com/x/xMW_Lg */
const classic: Readonly<Record<string, string>> = {
  smile: '🙂',
  sad: '🙁',
  cheeky: '😛',
  laugh: '😀',
  wink: '😉',
  'thumbs-up': '👍',
  'thumbs-down': '👎',
  information: 'ℹ️',
  tick: '✅',
  cross: '❌',
  warning: '⚠️',
  plus: '➕',
  minus: '➖',
  question: '❓',
  'light-on': '💡',
  'light-off': '💡',
  'yellow-star': '⭐',
  'red-star': '⭐',
  'green-star': '⭐',
  'blue-star': '⭐',
  heart: '❤️',
  'broken-heart': '💔',
};

/** The character where there is one, else the name between colons. */
export function emojiOf({ attributes }: XmlElement): string {
  const fallback = attributes['ac:emoji-fallback'] ?? '';
  if (fallback !== '' && !fallback.startsWith(':')) return fallback;
  const character = characterOf(attributes['ac:emoji-id'] ?? '') ?? classic[attributes['ac:name'] ?? ''];
  return character ?? (fallback || shortNameOf(attributes));
}

function shortNameOf(attributes: Readonly<Record<string, string>>): string {
  return attributes['ac:emoji-shortname'] ?? `:${attributes['ac:name'] ?? 'emoji'}:`;
}

/** The id of an emoji that Unicode has is its code points: `1f469-200d-1f4bb`. Own ones have a UUID, `atlassian-…`. */
function characterOf(id: string): string | null {
  if (!/^[\da-f]{2,6}(?:-[\da-f]{2,6})*$/i.test(id)) return null;
  const points = id.split('-').map((hex) => Number.parseInt(hex, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}
