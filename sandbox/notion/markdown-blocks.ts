import type { Api } from './api.ts';
import { attributes, inlineMarkdown } from './inline-markdown.ts';
import { listOf, recordOf, textOf } from './json.ts';
import type { Block, Json } from './model.ts';
import { plainText } from './rich-text.ts';

interface Around {
  readonly api: Api;
  /** The lines of what is nested in the block, one tab in. Asked for once at most. */
  readonly below: () => readonly string[];
}

type Writer = (content: Json, around: Around) => readonly string[];

/** The text's line, and what is nested below it. */
function line(before: string): Writer {
  return (content, { api, below }) => [
    `${before}${inlineMarkdown(content['rich_text'], api)}${colorOf(content)}`,
    ...below(),
  ];
}

function heading(level: number): Writer {
  return (content, { api, below }) => {
    const toggle = content['is_toggleable'] === true ? { toggle: 'true' } : {};
    const text = inlineMarkdown(content['rich_text'], api);
    return [`${'#'.repeat(level)} ${text}${colorOf(content, toggle)}`, ...below()];
  };
}

/** A tag around what is nested. */
function around(tag: string, inner?: Writer): Writer {
  return (content, context) => {
    const first = (inner?.(content, context) ?? []).map((text) => `\t${text}`);
    return [`<${tag}${attributes(colorMarks(content))}>`, ...first, ...context.below(), `</${tag}>`];
  };
}

function media(tag: string): Writer {
  return (content, { api }) => {
    const caption = inlineMarkdown(content['caption'], api);
    return [`<${tag}${attributes({ src: fileUrl(content) })}>${caption}</${tag}>`];
  };
}

const writers: Readonly<Record<string, Writer>> = {
  paragraph: (content, context) =>
    listOf(content['rich_text']).length === 0 && context.below().length === 0
      ? ['<empty-block/>']
      : line('')(content, context),
  heading_1: heading(1),
  heading_2: heading(2),
  heading_3: heading(3),
  heading_4: heading(4),
  bulleted_list_item: line('- '),
  numbered_list_item: line('1. '),
  to_do: (content, context) => line(content['checked'] === true ? '- [x] ' : '- [ ] ')(content, context),
  quote: line('> '),
  toggle: (content, { api, below }) => {
    const summary = `<summary>${inlineMarkdown(content['rich_text'], api)}</summary>`;
    return [`<details${attributes(colorMarks(content))}>`, summary, ...below(), '</details>'];
  },
  callout: (content, { api, below }) => {
    const icon = textOf(recordOf(content['icon'])['emoji']);
    const marks = { ...(icon === '' ? {} : { icon }), ...colorMarks(content) };
    return [
      `<callout${attributes(marks)}>`,
      `\t${inlineMarkdown(content['rich_text'], api)}`,
      ...below(),
      '</callout>',
    ];
  },
  code: (content) => {
    const text = plainText(content['rich_text']);
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}${textOf(content['language'])}`, ...text.split('\n'), fence];
  },
  equation: (content) => ['$$', textOf(content['expression']), '$$'],
  divider: () => ['---'],
  table_of_contents: (content) => [`<table_of_contents${attributes(colorMarks(content))}/>`],
  column_list: around('columns'),
  column: around('column'),
  synced_block: around('synced_block'),
  image: (content, { api }) => [`![${inlineMarkdown(content['caption'], api)}](${fileUrl(content)})`],
  video: media('video'),
  audio: media('audio'),
  pdf: media('pdf'),
  file: media('file'),
  meeting_notes: around('meeting-notes', (content, { api }) => [inlineMarkdown(content['title'], api)]),
};

/** The block's lines, or null for a type that the format does not know (bookmarks, embeds and others). */
export function blockLines({ type, content }: Block, context: Around): readonly string[] | null {
  let nested: readonly string[] | null = null;
  // some writers look whether there is anything before they write it
  const below = () => (nested ??= context.below());
  return writers[type]?.(content, { api: context.api, below }) ?? null;
}

function colorMarks(content: Json): Record<string, string> {
  const color = textOf(content['color']);
  return color === '' || color === 'default' ? {} : { color: color.replace('_background', '_bg') };
}

/** Behind a line: what the block's marks are. */
function colorOf(content: Json, more: Readonly<Record<string, string>> = {}): string {
  const marks = { ...more, ...colorMarks(content) };
  return Object.keys(marks).length === 0 ? '' : ` {${attributes(marks).trim()}}`;
}

function fileUrl(content: Json): string {
  return textOf(recordOf(content[textOf(content['type'])])['url']);
}
