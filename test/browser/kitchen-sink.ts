/** Every block and every element of Block Kit that a message may hold, with all that can be seen of them. */

type Json = Readonly<Record<string, unknown>>;

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const option = (text: string, description?: string) => ({
  text: plain(text),
  value: text.toLowerCase(),
  ...(description === undefined ? {} : { description: plain(description) }),
});
const options = ['Laptop', 'Phone', 'Dock'].map((name) => option(name));
const button = (text: string, more: Json = {}) => ({
  type: 'button',
  text: plain(text),
  action_id: text.toLowerCase(),
  value: text,
  ...more,
});
const svg = (colour: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9" width="320" height="180"><rect width="16" height="9" fill="${colour}"/><circle cx="8" cy="4.500" r="2.500" fill="white"/></svg>`)}`;
const picture = { type: 'image', image_url: svg('#4a8fc7'), alt_text: 'a white disc on blue' };
const section = (...elements: Json[]) => ({ type: 'rich_text_section', elements });
const text = (words: string, style?: Json) => ({
  type: 'text',
  text: words,
  ...(style === undefined ? {} : { style }),
});
const rich = (...elements: Json[]) => ({ type: 'rich_text', elements });
/** 1 March 2026, noon, in UTC. */
const noon = 1_772_366_400;

export const texts: readonly Json[] = [
  { type: 'header', text: plain('Kitchen sink :tada:') },
  {
    type: 'section',
    text: mrkdwn(
      'All of *mrkdwn*: _italic_, ~strike~, `code`, <https://wiki.example/a|a link>, https://bare.example/x. ' +
        'Dates: <!date^1772366400^{date_short}|1 March>. Calls: <!here>, <!subteam^S1|@it-admins>. :wave:\n' +
        '> a quote\n> of two lines\n```code\n  in a block```\n• one\n• two',
    ),
  },
  { type: 'section', fields: ['*Status*', '*Owner*', 'Open', 'Mia Okafor'].map(mrkdwn) },
  { type: 'divider' },
  {
    type: 'markdown',
    text: '## Markdown\n\n**bold**, *italic*, ~~strike~~, `code`\n\n1. one\n2. two\n   - nested\n\n| a | b |\n| :-- | --: |\n| c | 1 |\n\n> quote\n\n```\ncode\n```',
  },
  rich(
    section(
      text('bold', { bold: true }),
      text(' italic', { italic: true }),
      text(' struck', { strike: true }),
      text(' code', { code: true }),
      text(' under', { underline: true }),
      text(' '),
      { type: 'link', url: 'https://wiki.example/b', text: 'link' },
      text(' '),
      { type: 'broadcast', range: 'here' },
      text(' '),
      { type: 'usergroup', usergroup_id: 'S1' },
      text(' '),
      { type: 'emoji', name: 'wave' },
      text(' '),
      { type: 'color', value: '#4a8fc7' },
      text(' '),
      { type: 'date', timestamp: noon, format: '{date_long}', fallback: '1 March' },
    ),
    { type: 'rich_text_list', style: 'bullet', elements: [section(text('bullet')), section(text('second'))] },
    { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section(text('deeper'))] },
    { type: 'rich_text_list', style: 'bullet', indent: 2, elements: [section(text('deepest'))] },
    { type: 'rich_text_list', style: 'ordered', elements: [section(text('first')), section(text('second'))] },
    { type: 'rich_text_list', style: 'ordered', indent: 1, border: 1, elements: [section(text('lettered'))] },
    { type: 'rich_text_quote', elements: [text('a quote in rich text')] },
    { type: 'rich_text_preformatted', elements: [text('preformatted\n  as it is')] },
  ),
  { type: 'context', elements: [picture, mrkdwn('*Context*, small'), plain('and plain')] },
  { ...picture, title: plain('A picture with its title') },
  { type: 'image', image_url: 'https://pictures.example/far.png', alt_text: 'A picture from elsewhere' },
  {
    type: 'video',
    title: plain('How to set up the VPN'),
    title_url: 'https://video.example/watch',
    video_url: 'https://video.example/embed',
    thumbnail_url: svg('#54308c'),
    alt_text: 'the first frame',
    provider_name: 'Video',
    author_name: 'IT',
    description: plain('Three minutes'),
  },
  { type: 'file', external_id: 'handbook.pdf', source: 'remote' },
];

const cell = (words: string) => ({ type: 'raw_text', text: words });
const figure = (value: number) => ({ type: 'raw_number', value });

export const structures: readonly Json[] = [
  {
    type: 'table',
    column_settings: [{ is_wrapped: true }, { align: 'center' }, { align: 'right' }],
    rows: [
      ['Article', 'State', 'Views'].map(cell),
      [
        rich(section(text('VPN', { bold: true }), text(' keeps dropping, again and again, on Linux'))),
        cell('fresh'),
        cell('12'),
      ],
      [cell('Reset your password'), cell('old'), cell('3')],
    ],
  },
  {
    type: 'data_table',
    caption: 'Tickets by team',
    page_size: 2,
    rows: [
      ['Team', 'Open'].map(cell),
      [cell('Network'), figure(7)],
      [cell('Accounts'), figure(12)],
      [cell('Devices'), figure(3)],
    ],
  },
  {
    type: 'data_visualization',
    title: 'Questions a week',
    chart: {
      type: 'bar',
      axis_config: { categories: ['Mon', 'Tue'] },
      series: [
        {
          name: 'answered',
          data: [
            { label: 'Mon', value: 8 },
            { label: 'Tue', value: 5 },
          ],
        },
        {
          name: 'handed over',
          data: [
            { label: 'Mon', value: 2 },
            { label: 'Tue', value: 3 },
          ],
        },
      ],
    },
  },
  {
    type: 'carousel',
    elements: ['One', 'Two', 'Three'].map((name) => ({
      type: 'card',
      hero_image: picture,
      icon: picture,
      title: mrkdwn(`*${name}*`),
      subtitle: mrkdwn('A subtitle'),
      body: mrkdwn('What it is about, in a few words.'),
      actions: [button(`Open ${name}`)],
    })),
  },
  { type: 'card', title: mrkdwn('A card'), body: mrkdwn('with a body') },
  {
    type: 'container',
    title: plain('A container'),
    subtitle: plain('that can be folded'),
    is_collapsible: true,
    child_blocks: [{ type: 'section', text: plain('Inside it') }],
  },
  {
    type: 'plan',
    title: 'Finding an answer',
    tasks: [
      {
        type: 'task_card',
        task_id: 't1',
        title: 'Search the guides',
        status: 'complete',
        output: rich(section(text('3 found'))),
      },
      {
        type: 'task_card',
        task_id: 't2',
        title: 'Compare',
        status: 'in_progress',
        details: rich(section(text('reading'))),
      },
      { type: 'task_card', task_id: 't3', title: 'Answer', status: 'pending' },
    ],
  },
  {
    type: 'task_card',
    task_id: 't4',
    title: 'Ask Jira',
    status: 'error',
    sources: [{ type: 'url', url: 'https://jira.example/', text: 'Jira' }],
  },
];

export const controls: readonly Json[] = [
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      button('Plain'),
      button('Approve', { style: 'primary' }),
      button('Delete', {
        style: 'danger',
        confirm: {
          title: plain('Delete it?'),
          text: mrkdwn('This *cannot* be undone.'),
          confirm: plain('Delete'),
          deny: plain('Keep'),
          style: 'danger',
        },
      }),
      button('Read', { url: 'https://wiki.example/c' }),
      {
        type: 'workflow_button',
        text: plain('Workflow'),
        workflow: { trigger: { url: 'https://slack.com/shortcuts/F1' } },
      },
      { type: 'overflow', action_id: 'overflow', options: [option('Edit'), option('Move', 'to another list')] },
    ],
  },
  {
    type: 'actions',
    block_id: 'menus',
    elements: [
      { type: 'static_select', action_id: 'static', placeholder: plain('Choose a device'), options },
      {
        type: 'static_select',
        action_id: 'grouped',
        placeholder: plain('In groups'),
        option_groups: [{ label: plain('Hardware'), options }],
        initial_option: options[1],
      },
      { type: 'users_select', action_id: 'user', placeholder: plain('Somebody') },
      { type: 'conversations_select', action_id: 'conversation', placeholder: plain('Some conversation') },
      { type: 'channels_select', action_id: 'channel', placeholder: plain('Some channel') },
      { type: 'external_select', action_id: 'external', placeholder: plain('Search an asset'), min_query_length: 1 },
    ],
  },
  {
    type: 'actions',
    block_id: 'multi',
    elements: [
      {
        type: 'multi_static_select',
        action_id: 'multi_static',
        placeholder: plain('Several'),
        options,
        initial_options: [options[0]],
      },
      { type: 'multi_users_select', action_id: 'multi_users', placeholder: plain('People') },
      { type: 'multi_conversations_select', action_id: 'multi_conversations', placeholder: plain('Conversations') },
      { type: 'multi_channels_select', action_id: 'multi_channels', placeholder: plain('Channels') },
      { type: 'multi_external_select', action_id: 'multi_external', placeholder: plain('Assets'), min_query_length: 1 },
    ],
  },
  {
    type: 'actions',
    block_id: 'pickers',
    elements: [
      { type: 'datepicker', action_id: 'date', initial_date: '2026-03-01' },
      { type: 'timepicker', action_id: 'time', initial_time: '09:30', timezone: 'Europe/Amsterdam' },
      { type: 'datetimepicker', action_id: 'moment', initial_date_time: noon },
      { type: 'checkboxes', action_id: 'boxes', options: [option('One', 'with a note'), option('Two')] },
      {
        type: 'radio_buttons',
        action_id: 'radios',
        options: [option('Low'), option('High')],
        initial_option: option('Low'),
      },
    ],
  },
  { type: 'section', text: mrkdwn('*Image* beside words'), accessory: picture },
  { type: 'section', text: mrkdwn('*Button* beside words'), accessory: button('Beside') },
  {
    type: 'section',
    text: mrkdwn('*Menu* beside words'),
    accessory: { type: 'static_select', action_id: 'beside_menu', placeholder: plain('Choose'), options },
  },
  {
    type: 'section',
    text: mrkdwn('*Overflow* beside words'),
    accessory: { type: 'overflow', action_id: 'beside_overflow', options: [option('Edit'), option('Move')] },
  },
  {
    type: 'section',
    text: mrkdwn('*Boxes* beside words'),
    accessory: { type: 'checkboxes', action_id: 'beside_boxes', options: [option('Urgent')] },
  },
  { type: 'section', text: mrkdwn('*Date* beside words'), accessory: { type: 'datepicker', action_id: 'beside_date' } },
  {
    type: 'context_actions',
    block_id: 'thumbs',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'feedback',
        positive_button: { text: plain('Good answer'), value: 'good' },
        negative_button: { text: plain('Bad answer'), value: 'bad' },
      },
      { type: 'icon_button', action_id: 'remove', icon: 'trash', text: plain('Remove'), value: 'it' },
    ],
  },
];

const input = (block_id: string, label: string, element: Json, more: Json = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'it', ...element },
  ...more,
});

/** Every element that an input block may hold. */
export const fields: readonly Json[] = [
  input('summary', 'Summary', { type: 'plain_text_input', min_length: 3, max_length: 20 }, { hint: plain('One line') }),
  input('details', 'Details', { type: 'plain_text_input', multiline: true }, { optional: true }),
  input('formatted', 'Formatted', { type: 'rich_text_input' }, { optional: true }),
  input('number', 'How many', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '9' }),
  input('email', 'E-mail', { type: 'email_text_input', placeholder: plain('you@company.example') }, { optional: true }),
  input('url', 'Link', { type: 'url_text_input' }, { optional: true }),
  input('urgency', 'Urgency', { type: 'static_select', options }, { optional: true }),
  input('people', 'People', { type: 'multi_users_select' }, { optional: true }),
  input('asset', 'Asset', { type: 'external_select', min_query_length: 1 }, { optional: true }),
  input('agreed', 'Agreed', { type: 'checkboxes', options: [option('Yes', 'really')] }, { optional: true }),
  input('kind', 'Kind', { type: 'radio_buttons', options }, { optional: true }),
  input('day', 'Day', { type: 'datepicker' }, { optional: true }),
  input('hour', 'Hour', { type: 'timepicker' }, { optional: true }),
  input('moment', 'Moment', { type: 'datetimepicker' }, { optional: true }),
  input('files', 'Files', { type: 'file_input' }, { optional: true }),
];

/** What only a modal may hold. */
export const alerts: readonly Json[] = ['default', 'info', 'warning', 'error', 'success'].map((level) => ({
  type: 'alert',
  level,
  text: mrkdwn(`An alert: *${level}*`),
}));
