import { ApiError } from '../../../sandbox/slack/api-error.ts';
import { acceptBlocks, acceptView } from '../../../sandbox/slack/block-kit/index.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (fields: object = {}) => ({ type: 'button', text: plain('Solved'), action_id: 'solved', ...fields });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const x = (length: number) => 'x'.repeat(length);

function refusalOf(run: () => unknown): { code: string; details: readonly string[] } | null {
  try {
    run();
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const metadata = error.extra['response_metadata'] as { messages: string[] } | undefined;
    return { code: error.code, details: metadata?.messages ?? [] };
  }
}

const accepted: [string, object[]][] = [
  ['no blocks', []],
  ['50 blocks', Array.from({ length: 50 }, () => ({ type: 'divider' }))],
  ['a section of 3000 characters', [section(x(3000))]],
  ['a section with fields', [{ type: 'section', fields: [plain('a'), { type: 'mrkdwn', text: 'b' }] }]],
  ['a section with a button', [{ ...section('a'), accessory: button() }]],
  ['a header of 150 characters', [{ type: 'header', text: plain(x(150)) }]],
  ['a context of ten', [{ type: 'context', elements: Array.from({ length: 10 }, () => plain('a')) }]],
  [
    'a context with an image',
    [{ type: 'context', elements: [{ type: 'image', image_url: 'https://a', alt_text: '' }] }],
  ],
  ['25 buttons', [actions(...Array.from({ length: 25 }, (_, n) => button({ action_id: `a${n}` })))]],
  [
    'a button at its limits',
    [actions(button({ text: plain(x(75)), value: x(2000), action_id: x(255), style: 'primary' }))],
  ],
  ['the same action_id in two blocks', [actions(button()), actions(button())]],
  ['markdown of 12000 characters', [{ type: 'markdown', text: x(12_000) }]],
  [
    'feedback buttons',
    [
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'feedback',
            positive_button: { text: plain('Good'), value: 'yes', accessibility_label: 'Good answer' },
            negative_button: { text: plain('Bad'), value: 'no' },
          },
        ],
      },
    ],
  ],
  [
    'rich text',
    [
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_list', style: 'ordered', elements: [{ type: 'rich_text_section', elements: [] }] },
        ],
      },
    ],
  ],
  ['a table', [{ type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }]],
];
test.each(accepted)('%s: accepted', (_, blocks) => {
  expect(refusalOf(() => acceptBlocks(blocks))).toBeNull();
});

const refused: [string, unknown[], string[]][] = [
  [
    '51 blocks',
    Array.from({ length: 51 }, () => ({ type: 'divider' })),
    ['no more than 50 items allowed [json-pointer:/blocks]'],
  ],
  ['a section too long', [section(x(3001))], ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]']],
  ['an empty section', [section('')], ['must be more than 0 characters [json-pointer:/blocks/0/text/text]']],
  [
    'a section with nothing',
    [{ type: 'section' }],
    ['missing required field: text or fields [json-pointer:/blocks/0]'],
  ],
  [
    'eleven fields',
    [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('a')) }],
    ['no more than 10 items allowed [json-pointer:/blocks/0/fields]'],
  ],
  [
    'a field too long',
    [{ type: 'section', fields: [plain(x(2001))] }],
    ['must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]'],
  ],
  [
    'a header too long',
    [{ type: 'header', text: plain(x(151)) }],
    ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
  ],
  [
    'a marked-up header',
    [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }],
    ['unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]'],
  ],
  ['a header without text', [{ type: 'header' }], ['missing required field: text [json-pointer:/blocks/0]']],
  [
    'a button text too long',
    [actions(button({ text: plain(x(76)) }))],
    ['must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]'],
  ],
  [
    'a value too long',
    [actions(button({ value: x(2001) }))],
    ['must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]'],
  ],
  [
    'an action_id too long',
    [actions(button({ action_id: x(256) }))],
    ['must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]'],
  ],
  [
    'a style of its own',
    [actions(button({ style: 'loud' }))],
    ['must be a valid enum value [json-pointer:/blocks/0/elements/0/style]'],
  ],
  [
    'a field that no button has',
    [actions(button({ colour: 'red' }))],
    ['invalid additional property: colour [json-pointer:/blocks/0/elements/0]'],
  ],
  [
    '26 buttons',
    [actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` })))],
    ['no more than 25 items allowed [json-pointer:/blocks/0/elements]'],
  ],
  ['no button', [actions()], ['no less than 1 items allowed [json-pointer:/blocks/0/elements]']],
  [
    'an action_id twice',
    [actions(button(), button())],
    ['action_id already exists: "solved" [json-pointer:/blocks/0/elements/1/action_id]'],
  ],
  [
    'a block_id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    ['block_id already exists: "a" [json-pointer:/blocks/1/block_id]'],
  ],
  [
    'a context of eleven',
    [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('a')) }],
    ['no more than 10 items allowed [json-pointer:/blocks/0/elements]'],
  ],
  ['an unknown block', [{ type: 'sparkle' }], ['unsupported type: sparkle [json-pointer:/blocks/0/type]']],
  [
    'a modal-only block',
    [{ type: 'alert', text: plain('a') }],
    ['unsupported type: alert [json-pointer:/blocks/0/type]'],
  ],
  ['a block without a type', [{ text: plain('a') }], ['missing required field: type [json-pointer:/blocks/0]']],
  ['a block that is none', ['hello'], ['must be an object [json-pointer:/blocks/0]']],
  [
    'markdown too long in total',
    [
      { type: 'markdown', text: x(6001) },
      { type: 'markdown', text: x(6000) },
    ],
    ['markdown text exceeds 12000 characters in total [json-pointer:/blocks]'],
  ],
];
test.each(refused)('%s: invalid_blocks', (_, blocks, details) => {
  expect(refusalOf(() => acceptBlocks(blocks))).toEqual({
    code: 'invalid_blocks',
    details: details.map((detail) => `[ERROR] ${detail}`),
  });
});

test('blocks that are right one by one can be too long together', () => {
  const blocks = Array.from({ length: 5 }, () => section(x(2641)));
  expect(refusalOf(() => acceptBlocks(blocks))).toEqual({ code: 'msg_blocks_too_long', details: [] });
  expect(refusalOf(() => acceptBlocks(blocks.slice(1)))).toBeNull();
});

test('blocks and elements without an id are given one', () => {
  const blocks = acceptBlocks([actions(button({ action_id: undefined })), { ...section('a'), block_id: 'mine' }]);
  expect(blocks).toEqual([
    {
      type: 'actions',
      block_id: expect.any(String),
      elements: [{ type: 'button', text: plain('Solved'), action_id: expect.any(String) }],
    },
    { ...section('a'), block_id: 'mine' },
  ]);
});

const input = { type: 'input', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'why' } };
const modal = { type: 'modal', title: plain('Ticket'), submit: plain('Create'), blocks: [input] };
const views: [string, unknown, 'modal' | 'home', string[]][] = [
  ['a modal', modal, 'modal', []],
  ['a Home tab', { type: 'home', blocks: [section('a')] }, 'home', []],
  [
    'a title too long',
    { ...modal, title: plain(x(25)) },
    'modal',
    ['must be less than 25 characters [json-pointer:/view/title/text]'],
  ],
  [
    'a modal without a title',
    { type: 'modal', blocks: [] },
    'modal',
    ['missing required field: title [json-pointer:/view]'],
  ],
  [
    'inputs without submit',
    { ...modal, submit: undefined },
    'modal',
    ['missing required field: submit [json-pointer:/view]'],
  ],
  [
    'a Home tab as a modal',
    { type: 'home', blocks: [] },
    'modal',
    ['unsupported type: home [json-pointer:/view/type]', 'missing required field: title [json-pointer:/view]'],
  ],
  [
    '101 blocks',
    { ...modal, blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) },
    'modal',
    ['no more than 100 items allowed [json-pointer:/view/blocks]'],
  ],
  [
    'markdown in a modal',
    { ...modal, blocks: [{ type: 'markdown', text: 'a' }] },
    'modal',
    ['unsupported type: markdown [json-pointer:/view/blocks/0/type]'],
  ],
  [
    'too much private metadata',
    { ...modal, private_metadata: x(3001) },
    'modal',
    ['must be less than 3001 characters [json-pointer:/view/private_metadata]'],
  ],
];
test.each(views)('view, %s', (...[, view, type, details]) => {
  const expected =
    details.length === 0 ? null : { code: 'invalid_arguments', details: details.map((one) => `[ERROR] ${one}`) };
  expect(refusalOf(() => acceptView(view, type))).toEqual(expected);
});
