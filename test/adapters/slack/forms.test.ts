import { readFormOrigin, renderForm } from '../../../adapters/slack/forms.ts';
import { findProblems } from '../../../sandbox/slack/block-kit/index.ts';
import type { Address } from '#domain/conversation.ts';
import type { Form, FormField } from '#domain/form.ts';

const address: Address = { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' };
const origin = { turnId: '42', address };

const summary: FormField = {
  kind: 'line',
  name: 'summary',
  label: 'What is it about?',
  hint: 'One line',
  optional: false,
  value: 'VPN drops',
  most: 200,
};
const tried: FormField = {
  kind: 'text',
  name: 'tried',
  label: 'Tried',
  hint: '',
  optional: true,
  value: '',
  most: 9000,
};
const urgency: FormField = {
  kind: 'choice',
  name: 'urgency',
  label: 'How urgent is it?',
  hint: '',
  optional: true,
  value: 'high',
  options: [
    { value: 'high', label: 'I cannot work' },
    { value: 'low', label: 'It can wait' },
  ],
};
const form: Form = {
  action: 'details',
  title: 'Your request',
  intro: 'A person in IT has it: <!here> *now*.',
  fields: [summary, tried, urgency],
  submit: 'Add to the ticket',
  skip: 'Leave as it is',
};
const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string, text: string) => ({ text: plain(text), value });
const render = (fields: Partial<Form> = {}) => renderForm({ ...form, ...fields }, origin);
const elementOf = (field: FormField) => {
  const [block] = render({ intro: '', fields: [field] }).blocks;
  return block !== undefined && 'element' in block ? block.element : undefined;
};

test('a form is a modal with a field for each question, and knows what it is of', () => {
  expect(render()).toEqual({
    type: 'modal',
    callback_id: 'firstline_form',
    private_metadata: JSON.stringify({ action: 'details', turnId: '42', address: address.ref }),
    title: plain('Your request'),
    submit: plain('Add to the ticket'),
    close: plain('Leave as it is'),
    blocks: [
      { type: 'section', text: plain('A person in IT has it: <!here> *now*.') },
      {
        type: 'input',
        block_id: 'summary',
        label: plain('What is it about?'),
        hint: plain('One line'),
        optional: false,
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          multiline: false,
          max_length: 200,
          initial_value: 'VPN drops',
        },
      },
      {
        type: 'input',
        block_id: 'tried',
        label: plain('Tried'),
        optional: true,
        element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: 3000 },
      },
      {
        type: 'input',
        block_id: 'urgency',
        label: plain('How urgent is it?'),
        optional: true,
        element: {
          type: 'static_select',
          action_id: 'value',
          options: [option('high', 'I cannot work'), option('low', 'It can wait')],
          initial_option: option('high', 'I cannot work'),
        },
      },
    ],
  });
});

test('what a form is of is read back as it was written', () => {
  expect(readFormOrigin(render().private_metadata ?? '')).toEqual({ ...origin, action: 'details' });
});

test.each<[string, Partial<Extract<FormField, { kind: 'line' | 'text' }>>, object]>([
  ['longer than the field takes', { value: 'a'.repeat(300) }, { max_length: 200, initial_value: 'a'.repeat(200) }],
  ['cut within a character', { value: `${'a'.repeat(199)}😀` }, { initial_value: 'a'.repeat(199) }],
  ['over several lines, in one line', { value: 'a\n\n b' }, { initial_value: 'a b' }],
  ['over several lines, in several', { kind: 'text', value: 'a\nb' }, { multiline: true, initial_value: 'a\nb' }],
  ['with invisible characters', { value: 'a\u202Eb\u0000' }, { initial_value: 'ab' }],
  ['in a field for nothing', { most: 0, value: 'ab' }, { max_length: 1, initial_value: 'a' }],
])('an entry that is %s', (_, fields, expected) => {
  expect(elementOf({ ...summary, ...fields } as FormField)).toMatchObject(expected);
});

test('a choice begins with one of its options, or with none', () => {
  expect(elementOf({ ...urgency, value: 'gone' })).not.toHaveProperty('initial_option');
  expect(elementOf({ ...urgency, value: null })).not.toHaveProperty('initial_option');
  expect(elementOf({ ...urgency, value: 'low' })).toMatchObject({ initial_option: { value: 'low' } });
});

test('a choice without options is left out', () => {
  expect(render({ fields: [summary, { ...urgency, options: [] }] }).blocks).toHaveLength(2);
});

test('a form beyond every limit is still one that Slack takes', () => {
  const long = 'Ⅷ & <words> '.repeat(2000);
  const view = render({
    title: long,
    intro: long,
    submit: long,
    skip: '',
    fields: Array.from({ length: 150 }, (_, at): FormField => {
      const named = { name: `f${at}`, label: at === 0 ? '' : long, hint: long, optional: true };
      if (at % 2 === 0) return { ...named, kind: 'text', value: long, most: 1_000_000 };
      const options = Array.from({ length: 150 }, (__, each) => ({ value: `${each}`, label: long }));
      return { ...named, kind: 'choice', value: '140', options: [{ value: 'x'.repeat(151), label: 'x' }, ...options] };
    }),
  });
  expect(findProblems('view', view)).toEqual([]);
  expect(view.blocks).toHaveLength(100);
  expect(view).toMatchObject({ close: plain('…'), title: { text: expect.stringMatching(/^.{23}…$/u) } });
});
