import { anything, array, boolean, number, object, oneOf, string, type Shape } from './shape.ts';

/** Limits: https://docs.slack.dev/reference/block-kit/composition-objects and …/block-elements */

const plainText = (max: number) =>
  object({
    required: { type: string({ oneOf: ['plain_text'] }), text: string({ min: 1, max }) },
    optional: { emoji: boolean },
  });
const markup = (max: number) =>
  object({
    required: { type: string(), text: string({ min: 1, max }) },
    optional: { verbatim: boolean },
  });

/** A text object that must be plain. */
export function plain(max: number): Shape {
  return oneOf({ plain_text: plainText(max) });
}

/** A text object, plain or marked up. */
export function text(max: number): Shape {
  return oneOf({ plain_text: plainText(max), mrkdwn: markup(max) });
}

const actionId = string({ min: 1, max: 255 });
const focus = { action_id: actionId, focus_on_load: boolean };
const confirm = object({
  required: { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) },
  optional: { style: string({ oneOf: ['primary', 'danger'] }) },
});
const option = object({
  required: { text: text(75), value: string({ max: 150 }) },
  optional: { description: text(75), url: string({ max: 3000 }) },
});
const optionGroups = array(object({ required: { label: plain(75), options: array(option, { min: 1, max: 100 }) } }), {
  max: 100,
});
const type = { type: string() };

const button = object({
  required: { ...type, text: plain(75) },
  optional: {
    action_id: actionId,
    url: string({ max: 3000 }),
    value: string({ max: 2000 }),
    style: string({ oneOf: ['primary', 'danger'] }),
    confirm,
    accessibility_label: string({ max: 75 }),
  },
});
const feedbackButton = object({
  required: { text: plain(75), value: string({ max: 2000 }) },
  optional: { accessibility_label: string({ max: 75 }) },
});
const feedbackButtons = object({
  required: { ...type, positive_button: feedbackButton, negative_button: feedbackButton },
  optional: { action_id: actionId },
});
const iconButton = object({
  required: { ...type, icon: string({ min: 1 }), text: plain(75) },
  optional: {
    action_id: actionId,
    value: string({ max: 2000 }),
    confirm,
    accessibility_label: string({ max: 75 }),
    visible_to_user_ids: array(string(), { max: 10 }),
  },
});

/** An image inside another block; there, `title` and `block_id` do not belong. */
export const imageElement = object({
  required: { ...type, alt_text: string({ max: 2000 }) },
  optional: { image_url: string({ min: 1, max: 3000 }), slack_file: anything },
});

const overflow = object({
  required: { ...type, options: array(option, { min: 1, max: 5 }) },
  optional: { action_id: actionId, confirm },
});
const picker = object({
  required: type,
  optional: {
    ...focus,
    placeholder: plain(150),
    confirm,
    initial_date: string(),
    initial_time: string(),
    timezone: string(),
    initial_date_time: number,
  },
});
const choice = object({
  required: { ...type, options: array(option, { min: 1, max: 10 }) },
  optional: { ...focus, confirm, initial_option: option, initial_options: array(option) },
});
const menuFields = {
  ...focus,
  placeholder: plain(150),
  confirm,
  max_selected_items: number,
  initial_option: option,
  initial_options: array(option),
};
const staticMenu = object({
  required: type,
  optional: { ...menuFields, options: array(option, { min: 1, max: 100 }), option_groups: optionGroups },
});
const otherMenu = object({ required: type, optional: menuFields, open: true });

const textInput = object({
  required: type,
  optional: {
    ...focus,
    initial_value: string({ max: 3000 }),
    multiline: boolean,
    min_length: number,
    max_length: number,
    placeholder: plain(150),
    dispatch_action_config: anything,
  },
});
const looseInput = object({ required: type, optional: focus, open: true });

const menus: Readonly<Record<string, Shape>> = {
  static_select: staticMenu,
  multi_static_select: staticMenu,
  external_select: otherMenu,
  multi_external_select: otherMenu,
  users_select: otherMenu,
  multi_users_select: otherMenu,
  conversations_select: otherMenu,
  multi_conversations_select: otherMenu,
  channels_select: otherMenu,
  multi_channels_select: otherMenu,
};
const pickers: Readonly<Record<string, Shape>> = {
  checkboxes: choice,
  radio_buttons: choice,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
};

/** What may stand in an actions block. */
export const actionElement = oneOf({
  ...menus,
  ...pickers,
  button,
  overflow,
  rich_text_input: looseInput,
  workflow_button: object({ required: { ...type, text: plain(75) }, open: true }),
});

/** What may stand beside a section's text. */
export const accessory = oneOf({
  ...menus,
  ...pickers,
  button,
  overflow,
  image: imageElement,
  workflow_button: object({ required: { ...type, text: plain(75) }, open: true }),
});

/** What may stand in a context_actions block. */
export const contextAction = oneOf({ feedback_buttons: feedbackButtons, icon_button: iconButton });

/** What may stand in an input block. */
export const inputElement = oneOf({
  ...menus,
  ...pickers,
  plain_text_input: textInput,
  rich_text_input: looseInput,
  email_text_input: looseInput,
  url_text_input: looseInput,
  number_input: looseInput,
  file_input: looseInput,
});
