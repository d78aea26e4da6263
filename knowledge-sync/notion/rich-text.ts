import { z } from 'zod';
import { IdSchema, type RichText, RichTextsSchema } from './schema.ts';
import { type Naming, type Run, textOf } from './part.ts';

const MentionSchema = z.looseObject({
  page: z.looseObject({ id: IdSchema }).nullish().catch(null),
  database: z.looseObject({ id: IdSchema }).nullish().catch(null),
});

/**
 * Reads rich text. `plain_text` is what every kind of item has, mentions and equations as well, which have no `text`.
 * https://developers.notion.com/reference/rich-text
 *
 * @param raw the array as it came; anything else is no text.
 */
export function readRichText(raw: unknown, naming: Naming): readonly Run[] {
  return RichTextsSchema.parse(raw)
    .map((item) => readItem(item, naming))
    .filter(({ text }) => text !== '');
}

/** The text of rich text, on one line. */
export function plainText(raw: unknown, naming: Naming): string {
  return textOf(readRichText(raw, naming)).replaceAll(/\s+/g, ' ').trim();
}

function readItem(item: RichText, naming: Naming): Run {
  const { annotations: look, type } = item;
  const run: Run = {
    text: textOfItem(item),
    bold: look?.bold === true,
    italic: look?.italic === true,
    strike: look?.strikethrough === true,
    code: look?.code === true || type === 'equation',
    href: linkOf(item),
  };
  return type === 'mention' ? mention(run, { mentioned: item.mention, naming }) : run;
}

function textOfItem({ plain_text: plainText, text, equation }: RichText): string {
  return plainText ?? text?.content ?? equation?.expression ?? '';
}

function linkOf({ href, text }: RichText): string | null {
  return href ?? text?.link?.url ?? null;
}

function mention(run: Run, { mentioned, naming }: { mentioned: RichText['mention']; naming: Naming }): Run {
  const parsed = MentionSchema.safeParse(mentioned ?? {});
  const id = (parsed.success ? (parsed.data.page?.id ?? parsed.data.database?.id) : null) ?? null;
  return id === null ? run : namedRun(run, { id, given: run.text, naming });
}

/** A mention of a page: by its title, or without title and link where it must not be named. */
export function namedRun(run: Run, named: { id: string | null; given: string | null; naming: Naming }): Run {
  const title = named.naming.nameOf(named.id, named.given === '' ? null : named.given);
  return title === null ? { ...run, text: 'a page', href: null } : { ...run, text: title };
}
