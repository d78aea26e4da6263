/** What an element holds before anybody touches it, in the form in which the page keeps and sends it. */

const texts = ['plain_text_input', 'email_text_input', 'url_text_input', 'number_input'];
const singles = {
  users_select: 'initial_user',
  conversations_select: 'initial_conversation',
  channels_select: 'initial_channel',
  datepicker: 'initial_date',
  timepicker: 'initial_time',
};
const lists = {
  multi_users_select: 'initial_users',
  multi_conversations_select: 'initial_conversations',
  multi_channels_select: 'initial_channels',
};
const choices = ['static_select', 'external_select', 'radio_buttons'];
const manyChoices = ['checkboxes', 'multi_static_select', 'multi_external_select'];

/**
 * A text, an option's value, an id, a date (YYYY-MM-DD), a time (HH:mm), a date with time (epoch seconds), a list of
 * values where several can be chosen; null for nothing. Undefined for an element that holds no value.
 * https://docs.slack.dev/reference/block-kit/block-elements
 */
export function initialOf(element) {
  const { type } = element;
  if (texts.includes(type)) return element.initial_value ?? '';
  if (type === 'rich_text_input') return wordsOf(element.initial_value);
  if (Object.hasOwn(singles, type)) return element[singles[type]] ?? null;
  if (Object.hasOwn(lists, type)) return element[lists[type]] ?? [];
  if (choices.includes(type)) return element.initial_option?.value ?? null;
  if (manyChoices.includes(type)) return (element.initial_options ?? []).map(({ value }) => value);
  if (type === 'datetimepicker') return element.initial_date_time === undefined ? null : `${element.initial_date_time}`;
  return undefined;
}

/**
 * What an element holds now.
 * @param entered by block_id and action_id: what differs from the start; null is a choice that was taken back
 */
export function valueIn(entered, block, element) {
  const own = entered[block.block_id]?.[element.action_id];
  return own === undefined ? initialOf(element) : own;
}

/** Whether nothing was entered or chosen. */
export function isEmpty(value) {
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || value.trim() === '';
}

/** Every text in a rich text, without its looks. */
function wordsOf(value) {
  if (value?.text !== undefined) return value.text;
  const inside = (value?.elements ?? []).map(wordsOf);
  return inside.join(value?.type === 'rich_text' ? '\n' : '');
}
