type Json = Readonly<Record<string, unknown>>;

// the browser's files have no types; the path is a value, so that the compiler does not look for any
const checksFile: string = '../../../../sandbox/web/block-kit/checks.js';
const enteredFile: string = '../../../../sandbox/web/block-kit/entered.js';
const { problemsOf } = (await import(checksFile)) as {
  readonly problemsOf: (blocks: readonly Json[], valueOf: () => unknown) => Readonly<Record<string, string>>;
};
const { initialOf, valueIn } = (await import(enteredFile)) as {
  readonly initialOf: (element: Json) => unknown;
  readonly valueIn: (entered: unknown, block: Json, element: Json) => unknown;
};

/** What is wrong with this value in a field with this element; null when nothing is. */
function problem(element: Json, value: unknown, block: Json = {}): string | null {
  return problemsOf([{ type: 'input', block_id: 'b', element, ...block }], () => value)['b'] ?? null;
}

const required = 'Please complete this required field.';
const words = { type: 'plain_text_input', min_length: 3, max_length: 5 };
const number = { type: 'number_input', is_decimal_allowed: false, min_value: '-1', max_value: '10' };
const email = { type: 'email_text_input' };
const url = { type: 'url_text_input' };

test.each([
  ['nothing in a required field', { type: 'plain_text_input' }, '', required],
  ['spaces in a required field', { type: 'plain_text_input' }, '  ', required],
  ['no choice', { type: 'static_select' }, null, required],
  ['no box ticked', { type: 'checkboxes' }, [], required],
  ['a box ticked', { type: 'checkboxes' }, ['a'], null],
  ['too short a text', words, 'ab', 'Please enter at least 3 characters.'],
  ['too long a text', words, 'abcdef', 'Please enter no more than 5 characters.'],
  ['a text of the right length', words, 'abcd', null],
  ['words for a number', number, 'ten', 'Please enter a number.'],
  ['a decimal where none is allowed', number, '1.5', 'Please enter a whole number.'],
  ['a decimal where one is allowed', { ...number, is_decimal_allowed: true }, '1.5', null],
  ['too small a number', number, '-2', 'Please enter a number of at least -1.'],
  ['too great a number', number, '11', 'Please enter a number of at most 10.'],
  ['a number at the edge', number, '10', null],
  ['no e-mail address', email, 'ana at example', 'Please enter a valid email address.'],
  ['an e-mail address', email, 'ana@a.example', null],
  ['no web address', url, 'example', 'Please enter a valid URL, with https://.'],
  ['an address of another kind', url, 'javascript:alert(1)', 'Please enter a valid URL, with https://.'],
  ['a web address', url, 'https://a.example/b', null],
  ['a file, which cannot be chosen', { type: 'file_input' }, undefined, null],
])('a form notices %s', (_, element, value, expected) => {
  expect(problem(element, value)).toBe(expected);
});

test('an optional field may be empty, but not wrong', () => {
  expect(problem(email, '', { optional: true })).toBeNull();
  expect(problem(email, 'ana', { optional: true })).toBe('Please enter a valid email address.');
});

test('only input blocks are checked', () => {
  expect(problemsOf([{ type: 'section', block_id: 'b', accessory: { type: 'static_select' } }], () => null)).toEqual(
    {},
  );
});

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value });

test.each([
  ['plain_text_input', {}, ''],
  ['plain_text_input', { initial_value: 'VPN' }, 'VPN'],
  ['static_select', {}, null],
  ['static_select', { initial_option: option('a') }, 'a'],
  ['multi_static_select', { initial_options: [option('a'), option('b')] }, ['a', 'b']],
  ['checkboxes', {}, []],
  ['multi_users_select', { initial_users: ['U1'] }, ['U1']],
  ['conversations_select', { initial_conversation: 'C1' }, 'C1'],
  ['datepicker', { initial_date: '2026-03-01' }, '2026-03-01'],
  ['datetimepicker', { initial_date_time: 1_767_225_600 }, '1767225600'],
  [
    'rich_text_input',
    {
      initial_value: {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'a ' },
              { type: 'text', text: 'b' },
            ],
          },
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'c' }] },
        ],
      },
    },
    'a b\nc',
  ],
  ['button', {}, undefined],
])('%s begins as its initial value says', (type, fields, expected) => {
  expect(initialOf({ type, ...fields })).toEqual(expected);
});

test('what was entered goes before the initial value, and so does a choice that was taken back', () => {
  const element = { type: 'static_select', action_id: 'it', initial_option: option('a') };
  const block = { block_id: 'b', element };
  expect([
    valueIn({}, block, element),
    valueIn({ b: { it: 'c' } }, block, element),
    valueIn({ b: { it: null } }, block, element),
  ]).toEqual(['a', 'c', null]);
});
