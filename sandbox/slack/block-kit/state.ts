import type { Json } from '../messages.ts';
import { elementsOf, withInner } from './index.ts';
import { isRecord } from './shape.ts';

/**
 * What a person entered or chose in one element: a text, an option's value, an id, a date as YYYY-MM-DD, a time as
 * HH:mm, a date with time in epoch seconds; a list where several can be chosen; null for nothing.
 */
export type Entered = string | readonly string[] | null;

/** `block_id` to `action_id` to what was entered. What is not named stands at its initial value. */
export type EnteredValues = Readonly<Record<string, Readonly<Record<string, Entered>>>>;

/** What an element's value looks like in a payload, and what it is before anybody touches it. */
interface Kind {
  initial(element: Json): Entered;
  payload(entered: Entered, options: readonly Json[]): Json;
}

/**
 * The values of all elements that hold one, as `state.values` shows them.
 * https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 *
 * @param suggested options of external menus, which stand in no block.
 */
export function stateOf(blocks: readonly Json[], entered: EnteredValues, suggested: readonly Json[] = []): Json {
  const values: Record<string, Record<string, Json>> = {};
  for (const block of blocks.flatMap(withInner)) {
    const blockId = String(block['block_id']);
    for (const element of elementsOf(block)) {
      const actionId = String(element['action_id']);
      const value = valueOf(element, entered[blockId]?.[actionId], suggested);
      if (value === null) continue;
      const { timezone } = element;
      const zone = element['type'] === 'timepicker' && timezone !== undefined ? { timezone } : {};
      values[blockId] = { ...values[blockId], [actionId]: { type: element['type'], ...value, ...zone } };
    }
  }
  return values;
}

/** The part of a payload that names the element's value, such as `selected_option`; null for one that holds none. */
export function valueOf(element: Json, entered: Entered | undefined, suggested: readonly Json[] = []): Json | null {
  const kind = kinds[String(element['type'])];
  if (kind === undefined) return null;
  const options = [...optionsOf(element), ...suggested];
  return kind.payload(entered === undefined ? kind.initial(element) : entered, options);
}

const richText: Kind = {
  initial: (element) => wordsOf(element['initial_value']),
  payload: (entered) => ({ rich_text_value: firstOf(entered) === null ? null : richTextOf(String(entered)) }),
};

const kinds: Readonly<Record<string, Kind>> = {
  plain_text_input: one('value', 'initial_value'),
  email_text_input: one('value', 'initial_value'),
  url_text_input: one('value', 'initial_value'),
  number_input: one('value', 'initial_value'),
  rich_text_input: richText,
  file_input: { initial: () => [], payload: () => ({ files: [] }) },
  static_select: option(),
  external_select: option(),
  radio_buttons: option(),
  multi_static_select: options(),
  multi_external_select: options(),
  checkboxes: options(),
  users_select: one('selected_user', 'initial_user'),
  multi_users_select: several('selected_users', 'initial_users'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  multi_conversations_select: several('selected_conversations', 'initial_conversations'),
  channels_select: one('selected_channel', 'initial_channel'),
  multi_channels_select: several('selected_channels', 'initial_channels'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: {
    initial: (element) => (typeof element['initial_date_time'] === 'number' ? `${element['initial_date_time']}` : null),
    payload: (entered) => ({ selected_date_time: firstOf(entered) === null ? null : Number(entered) }),
  },
};

function one(field: string, initial: string): Kind {
  return {
    initial: (element) => (typeof element[initial] === 'string' ? element[initial] : null),
    payload: (entered) => ({ [field]: firstOf(entered) }),
  };
}

function several(field: string, initial: string): Kind {
  return {
    initial: (element) => (Array.isArray(element[initial]) ? element[initial].map(String) : []),
    payload: (entered) => ({ [field]: listOf(entered) }),
  };
}

function option(): Kind {
  return {
    initial: (element) => nameOf(element['initial_option']),
    payload: (entered, all) => ({ selected_option: all.find(({ value }) => value === firstOf(entered)) ?? null }),
  };
}

function options(): Kind {
  return {
    initial: (element) =>
      Array.isArray(element['initial_options']) ? element['initial_options'].flatMap((each) => nameOf(each) ?? []) : [],
    // in the order in which they were chosen
    payload: (entered, all) => ({
      selected_options: listOf(entered).flatMap((name) => all.find(({ value }) => value === name) ?? []),
    }),
  };
}

/** All options that an element can have at all. */
export function optionsOf(element: Json): readonly Json[] {
  const { options: flat, option_groups: groups, initial_option, initial_options } = element;
  const grouped = recordsOf(groups).flatMap((group) => recordsOf(group['options']));
  return [...recordsOf(flat), ...grouped, ...recordsOf([initial_option]), ...recordsOf(initial_options)];
}

function recordsOf(list: unknown): readonly Json[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function nameOf(value: unknown): string | null {
  return isRecord(value) && typeof value['value'] === 'string' ? value['value'] : null;
}

function firstOf(entered: Entered): string | null {
  const first = typeof entered === 'string' ? entered : (entered?.[0] ?? '');
  return first === '' ? null : first;
}

function listOf(entered: Entered): readonly string[] {
  return typeof entered === 'string' ? [entered] : (entered ?? []);
}

/** Plain words as the rich text that Slack's own editor would make of them. */
function richTextOf(text: string): Json {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
}

/** Every text in a rich text, without its looks. */
function wordsOf(value: unknown): string | null {
  if (!isRecord(value)) return null;
  if (typeof value['text'] === 'string') return value['text'];
  const inside = recordsOf(value['elements']).map((each) => wordsOf(each) ?? '');
  return inside.join(value['type'] === 'rich_text' ? '\n' : '');
}
