import { z } from 'zod';
import { readId } from './ids.ts';

/*
 * What we use of Notion's answers, and no more. Fields may be null or missing wherever the documentation lets them be
 * one or the other: real answers mix both.
 */

/** An id as the API writes it. https://developers.notion.com/reference/intro#json-conventions */
export const IdSchema = z.string().transform((text, context) => {
  const id = readId(text);
  if (id !== null) return id;
  context.addIssue({ code: 'custom', message: 'no id' });
  return z.NEVER;
});

/** Above a page, database, data source or block. `none`: the workspace (`workspace`), or something we do not know (''). */
export interface Parent {
  readonly kind: 'page' | 'database' | 'data_source' | 'block' | 'none';
  readonly id: string;
}
export const noParent: Parent = { kind: 'none', id: '' };

/** https://developers.notion.com/reference/parent-object */
export const ParentSchema = z
  .looseObject({
    page_id: z.string().nullish(),
    database_id: z.string().nullish(),
    data_source_id: z.string().nullish(),
    block_id: z.string().nullish(),
    type: z.string().nullish(),
  })
  .nullish()
  .catch(null)
  .transform((raw): Parent & { readonly databaseId: string | null } => {
    const databaseId = readId(raw?.database_id);
    // A row names its data source and, above it, its database: the nearest counts.
    for (const kind of ['data_source', 'block', 'page', 'database'] as const) {
      const id = readId(raw?.[`${kind}_id`]);
      if (id !== null) return { kind, id, databaseId };
    }
    return { kind: 'none', id: raw?.type === 'workspace' ? 'workspace' : '', databaseId: null };
  });

const trashed = { in_trash: z.boolean().nullish(), archived: z.boolean().nullish() };
const text = z.string().nullish();

/** https://developers.notion.com/reference/rich-text */
export const RichTextSchema = z.looseObject({
  type: text,
  plain_text: text,
  href: text,
  text: z.looseObject({ content: text, link: z.looseObject({ url: text }).nullish() }).nullish(),
  equation: z.looseObject({ expression: text }).nullish(),
  mention: z.looseObject({ type: text }).nullish(),
  annotations: z
    .looseObject({
      bold: z.boolean().nullish(),
      italic: z.boolean().nullish(),
      strikethrough: z.boolean().nullish(),
      code: z.boolean().nullish(),
    })
    .nullish(),
});
export type RichText = z.infer<typeof RichTextSchema>;

/** One odd item must not cost the others: it is left out. */
export function lenientArray<Schema extends z.ZodType>(schema: Schema) {
  return z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((items) =>
      (items ?? []).flatMap((item): z.output<Schema>[] => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

export const RichTextsSchema = lenientArray(RichTextSchema);

/**
 * https://developers.notion.com/reference/page; without `last_edited_time` it is a partial one, which says nothing but
 * its id.
 */
export const PageSchema = z.looseObject({
  object: z.literal('page'),
  id: IdSchema,
  ...trashed,
  created_time: text,
  last_edited_time: text,
  url: text,
  parent: ParentSchema,
  properties: z.record(z.string(), z.unknown()).nullish().catch(null),
});
export type Page = z.infer<typeof PageSchema>;

/** https://developers.notion.com/reference/database */
export const DatabaseSchema = z.looseObject({
  object: z.literal('database'),
  id: IdSchema,
  ...trashed,
  last_edited_time: text,
  title: RichTextsSchema,
  parent: ParentSchema,
  data_sources: lenientArray(z.looseObject({ id: IdSchema })),
});
export type Database = z.infer<typeof DatabaseSchema>;

/** https://developers.notion.com/reference/data-source; `database_parent` is what is above its database. */
export const DataSourceSchema = z.looseObject({
  object: z.literal('data_source'),
  id: IdSchema,
  ...trashed,
  last_edited_time: text,
  title: RichTextsSchema,
  parent: ParentSchema,
  database_parent: ParentSchema,
});
export type DataSource = z.infer<typeof DataSourceSchema>;

/** https://developers.notion.com/reference/block; what it holds stands under the name of its type. */
export const BlockSchema = z.looseObject({
  id: IdSchema,
  type: z.string(),
  has_children: z.boolean().nullish(),
  parent: ParentSchema,
  ...trashed,
});
export type Block = z.infer<typeof BlockSchema>;

/** https://developers.notion.com/reference/pagination; `request_status` tells of a query that was cut off. */
export const ListSchema = z.looseObject({
  results: z.array(z.unknown()),
  has_more: z.boolean().nullish(),
  next_cursor: z.string().nullish(),
  request_status: z.looseObject({ type: text }).nullish().catch(null),
});

/** https://developers.notion.com/reference/retrieve-page-markdown */
export const PageMarkdownSchema = z.looseObject({
  markdown: z.string(),
  truncated: z.boolean().nullish(),
  unknown_block_ids: lenientArray(IdSchema),
});
export type PageMarkdown = z.infer<typeof PageMarkdownSchema>;

/** https://developers.notion.com/reference/user */
export const UserSchema = z.looseObject({ id: text, name: text });
