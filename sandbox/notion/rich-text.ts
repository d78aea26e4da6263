import { isRecord, listOf, recordOf, textOf } from './json.ts';
import type { Json } from './model.ts';

const plain = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

/** The longest text of one item. https://developers.notion.com/reference/request-limits#limits-for-property-values */
const maxItemLength = 2000;

/**
 * Rich text as the API answers it, of what requests and tests write: a text, an item, or a list of these. Items whose
 * type is not said are known by their fields. https://developers.notion.com/reference/rich-text
 */
export function toRichText(value: unknown): Json[] {
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return items.flatMap((item) => {
    if (item === '') return [];
    if (typeof item === 'string') return pieces(item).map((piece) => complete({ text: { content: piece } }));
    return isRecord(item) ? split(item).map(complete) : [];
  });
}

/** The words of rich text, without any marks. */
export function plainText(items: unknown): string {
  return listOf(items)
    .map((item) => textOf(recordOf(item)['plain_text']))
    .join('');
}

function complete(item: Json): Json {
  const type = textOf(item['type']) || (['text', 'mention', 'equation'].find((name) => name in item) ?? 'text');
  const value = type === 'text' ? { link: null, ...recordOf(item['text']) } : recordOf(item[type]);
  const linked = type === 'text' ? recordOf(recordOf(value)['link'])['url'] : undefined;
  return {
    type,
    [type]: value,
    annotations: { ...plain, ...recordOf(item['annotations']) },
    plain_text: textOf(item['plain_text']) || wordsOf(type, value),
    href: item['href'] ?? linked ?? null,
  };
}

function wordsOf(type: string, value: Json): string {
  if (type === 'text') return textOf(value['content']);
  if (type === 'equation') return textOf(value['expression']);
  return mentionWords(value);
}

/** What a mention shows. Names of people and pages are filled in when it is answered. */
function mentionWords(mention: Json): string {
  const type = textOf(mention['type']);
  const value = recordOf(mention[type]);
  switch (type) {
    case 'date':
      return [value['start'], value['end']].filter((day) => typeof day === 'string').join(' → ');
    case 'link_preview':
      return textOf(value['url']);
    case 'link_mention':
      return textOf(value['title']) || textOf(value['href']);
    case 'custom_emoji':
      return `:${textOf(value['name'])}:`;
    case 'template_mention':
      return `@${textOf(value[textOf(value['type'])])}`;
    default:
      return '';
  }
}

/** A long text in several items. */
function split(item: Json): Json[] {
  const content = textOf(recordOf(item['text'])['content']);
  if (content.length <= maxItemLength) return [item];
  return pieces(content).map((piece) => ({
    ...item,
    plain_text: piece,
    text: { ...recordOf(item['text']), content: piece },
  }));
}

function pieces(text: string): string[] {
  const count = Math.max(1, Math.ceil(text.length / maxItemLength));
  return Array.from({ length: count }, (_, index) => text.slice(index * maxItemLength, (index + 1) * maxItemLength));
}
