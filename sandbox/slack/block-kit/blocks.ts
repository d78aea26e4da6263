import { accessory, actionElement, contextAction, imageElement, inputElement, plain, text } from './elements.ts';
import { anything, array, boolean, object, oneOf, string, type Shape } from './shape.ts';

/** Limits: https://docs.slack.dev/reference/block-kit/blocks */

const type = { type: string() };
const blockId = { block_id: string({ max: 255 }) };

const sectionShape = object({
  required: type,
  optional: {
    ...blockId,
    text: text(3000),
    fields: array(text(2000), { min: 1, max: 10 }),
    accessory,
    expand: boolean,
  },
});
const section: Shape = (value, pointer, report) => {
  sectionShape(value, pointer, report);
  const { text: words, fields } = value as { text?: unknown; fields?: unknown };
  if (words === undefined && fields === undefined)
    report({ pointer, message: 'missing required field: text or fields' });
};

const imageShape = object({
  required: { ...type, alt_text: string({ max: 2000 }) },
  optional: { ...blockId, image_url: string({ min: 1, max: 3000 }), slack_file: anything, title: plain(2000) },
});
const image: Shape = (value, pointer, report) => {
  imageShape(value, pointer, report);
  const { image_url: url, slack_file: file } = value as { image_url?: unknown; slack_file?: unknown };
  if (url === undefined && file === undefined) report({ pointer, message: 'missing required field: image_url' });
};

const richTextPart = oneOf(
  Object.fromEntries(
    ['rich_text_section', 'rich_text_list', 'rich_text_preformatted', 'rich_text_quote'].map((name) => [
      name,
      object({ required: { ...type, elements: array(object({ required: type, open: true })) }, open: true }),
    ]),
  ),
);

/** Kinds that are young: their fields are still growing, so only what is certain is checked. */
const young = (required: Readonly<Record<string, Shape>>) =>
  object({ required: { ...type, ...required }, optional: blockId, open: true });

const everywhere: Readonly<Record<string, Shape>> = {
  section,
  image,
  divider: object({ required: type, optional: blockId }),
  header: object({ required: { ...type, text: plain(150) }, optional: { ...blockId, level: anything } }),
  context: object({
    required: { ...type, elements: array(contextElement(), { min: 1, max: 10 }) },
    optional: blockId,
  }),
  actions: object({ required: { ...type, elements: array(actionElement, { min: 1, max: 25 }) }, optional: blockId }),
  input: object({
    required: { ...type, label: plain(2000), element: inputElement },
    optional: { ...blockId, dispatch_action: boolean, hint: plain(2000), optional: boolean },
  }),
  rich_text: object({ required: { ...type, elements: array(richTextPart) }, optional: blockId }),
  video: young({
    alt_text: string({ min: 1, max: 200 }),
    title: plain(200),
    thumbnail_url: string(),
    video_url: string(),
  }),
};

function contextElement(): Shape {
  const words = text(3000);
  return (value, pointer, report) => {
    const isImage = (value as { type?: unknown } | null)?.type === 'image';
    (isImage ? imageElement : words)(value, pointer, report);
  };
}

/** The blocks that a message may hold. */
export const messageBlock = oneOf({
  ...everywhere,
  markdown: object({ required: { ...type, text: string({ min: 1, max: 12_000 }) }, optional: blockId }),
  context_actions: object({
    required: { ...type, elements: array(contextAction, { min: 1, max: 5 }) },
    optional: blockId,
  }),
  file: young({ external_id: string(), source: string() }),
  table: young({ rows: array(array(anything, { min: 1, max: 20 }), { min: 1, max: 100 }) }),
  card: young({}),
  carousel: young({ elements: array(anything, { min: 1, max: 10 }) }),
  container: young({}),
  data_table: young({ rows: array(anything, { min: 2, max: 201 }) }),
  data_visualization: young({}),
  task_card: young({}),
  plan: young({}),
});

/** The blocks that a modal or a Home tab may hold. */
export const viewBlock = oneOf({
  ...everywhere,
  alert: young({ text: text(200) }),
  card: young({}),
  carousel: young({ elements: array(anything, { min: 1, max: 10 }) }),
  file: young({ external_id: string(), source: string() }),
});
