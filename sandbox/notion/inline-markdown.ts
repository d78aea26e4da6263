import type { Api } from './api.ts';
import { bare } from './ids.ts';
import { isRecord, listOf, recordOf, textOf } from './json.ts';
import { visibleMentions } from './mentions.ts';
import type { Json } from './model.ts';

/** Rich text in Notion's enhanced Markdown, on one line. */
export function inlineMarkdown(items: unknown, api: Api): string {
  return listOf(visibleMentions(items, api))
    .filter(isRecord)
    .map((item) => itemMarkdown(item, api))
    .join('');
}

/** The marks of a tag; quotation marks within are written as the entity. */
export function attributes(marks: Readonly<Record<string, string>>): string {
  return Object.entries(marks)
    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
    .join('');
}

function itemMarkdown(item: Json, api: Api): string {
  if (item['type'] === 'equation') return `$\`${textOf(recordOf(item['equation'])['expression'])}\`$`;
  if (item['type'] === 'mention') return mentionMarkdown(item, api);
  const marks = recordOf(item['annotations']);
  const text = textOf(item['plain_text']);
  const written = marks['code'] === true ? `\`${text}\`` : escaped(text);
  const link = textOf(recordOf(recordOf(item['text'])['link'])['url']);
  return styled(link === '' ? written : `[${written}](${link})`, marks);
}

/** What stands before and after marked words, innermost first. */
const styles = [
  ['bold', '**', '**'],
  ['italic', '*', '*'],
  ['strikethrough', '~~', '~~'],
  ['underline', '<span underline="true">', '</span>'],
] as const;

/** Characters that mean something in the format. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*~`$[\]<>{}|^]/g, '\\$&').replaceAll('\n', '<br>');
}

function styled(text: string, marks: Json): string {
  const [, before = '', words = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(text) ?? [];
  if (words === '') return text;
  const wanted = styles.filter(([mark]) => marks[mark] === true);
  const marked = wanted.reduce((inner, [, start, end]) => start + inner + end, words);
  return before + colored(marked, textOf(marks['color'])) + after;
}

function colored(text: string, color: string): string {
  if (color === '' || color === 'default') return text;
  return `<span${attributes({ color: color.replace('_background', '_bg') })}>${text}</span>`;
}

function mentionMarkdown(item: Json, api: Api): string {
  const mention = recordOf(item['mention']);
  const type = textOf(mention['type']);
  const value = recordOf(mention[type]);
  const words = escaped(textOf(item['plain_text']));
  switch (type) {
    case 'user':
      return tag('mention-user', { url: `user://${textOf(value['id'])}` }, words.replace(/^@/, ''));
    case 'page':
    case 'database':
      return tag(`mention-${type}`, { url: `${api.url()}/${bare(textOf(value['id']))}` }, words);
    case 'date':
      return `<mention-date${attributes(dateMarks(value))}/>`;
    case 'link_preview':
    case 'link_mention':
      return `[${words}](${textOf(value['url']) || textOf(value['href'])})`;
    default:
      return words;
  }
}

function tag(name: string, marks: Readonly<Record<string, string>>, words: string): string {
  return `<${name}${attributes(marks)}>${words}</${name}>`;
}

function dateMarks(date: Json): Record<string, string> {
  const [start = '', startTime] = textOf(date['start']).split('T');
  const [end = '', endTime] = textOf(date['end']).split('T');
  const zone = textOf(date['time_zone']);
  return {
    start,
    ...(startTime === undefined ? {} : { startTime: startTime.slice(0, 5) }),
    ...(end === '' ? {} : { end }),
    ...(endTime === undefined ? {} : { endTime: endTime.slice(0, 5) }),
    ...(zone === '' ? {} : { timeZone: zone }),
  };
}
