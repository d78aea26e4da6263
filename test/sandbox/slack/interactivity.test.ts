import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, bob, clientOf, connectBolt, help, startAcme, type Connected } from './acme.ts';
import { until } from './until.ts';

let slack: SlackSandbox;
let bolt: Connected;

beforeEach(async () => {
  slack = await startAcme();
  bolt = await connectBolt(slack);
});
afterEach(async () => {
  await bolt.close();
  await slack.close();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const modal = {
  type: 'modal' as const,
  callback_id: 'ticket',
  private_metadata: '{"turn":"7"}',
  title: plain('Ticket'),
  submit: plain('Create'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'summary',
      label: plain('Summary'),
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
};

/** A post of the app with two buttons, in a thread. */
async function postButtons(): Promise<{ ts: string; threadTs: string }> {
  const threadTs = await slack.say({ as: ana, channel: help, text: 'question' });
  const elements = ['solved', 'human'].map((name) => ({
    type: 'button' as const,
    text: plain(name),
    action_id: name,
    value: `value of ${name}`,
  }));
  const blocks = [{ type: 'actions' as const, block_id: 'buttons', elements }];
  const posted = await clientOf(slack).chat.postMessage({ channel: help, thread_ts: threadTs, text: 'answer', blocks });
  return { ts: posted.ts ?? '', threadTs };
}

test('a click reaches the listener of its action with the message it was made on', async () => {
  const { ts, threadTs } = await postButtons();
  const bodies: unknown[] = [];
  bolt.app.action('human', async ({ ack, body }) => {
    await ack();
    bodies.push(body);
  });
  expect(await slack.click({ as: ana, channel: help, ts, actionId: 'human' })).toBe(200);
  expect(bodies).toEqual([
    {
      type: 'block_actions',
      user: { id: ana, username: 'ana.maria', name: 'ana.maria', team_id: slack.teamId },
      api_app_id: slack.appId,
      token: expect.any(String),
      container: { type: 'message', message_ts: ts, channel_id: help, is_ephemeral: false, thread_ts: threadTs },
      trigger_id: expect.any(String),
      team: { id: slack.teamId, domain: 'acme-rail' },
      enterprise: null,
      is_enterprise_install: false,
      channel: { id: help, name: 'it-help' },
      message: expect.objectContaining({ ts, thread_ts: threadTs, text: 'answer', bot_id: slack.botId }),
      state: { values: {} },
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/actions\//),
      actions: [
        {
          action_id: 'human',
          block_id: 'buttons',
          text: plain('human'),
          value: 'value of human',
          type: 'button',
          action_ts: expect.stringMatching(/^\d+\.\d{6}$/),
        },
      ],
    },
  ]);
  expect(slack.deliveries.at(-1)).toMatchObject({ kind: 'interaction', status: 200 });
});

test('a click that cannot be made is an error', async () => {
  const { ts } = await postButtons();
  await expect(slack.click({ as: ana, channel: help, ts, actionId: 'none' })).rejects.toThrow('no element none');
  await expect(slack.click({ as: ana, channel: help, ts: '1.000000', actionId: 'human' })).rejects.toThrow(
    'no message',
  );
  await expect(slack.click({ as: 'U0NONE', channel: help, ts, actionId: 'human' })).rejects.toThrow('is not in');
});

test('a click while no app is connected has no status', async () => {
  const { ts } = await postButtons();
  slack.connectApp(null);
  expect(await slack.click({ as: ana, channel: help, ts, actionId: 'human' })).toBe(0);
});

describe('response_url', () => {
  /** Clicks, and gives the response_url that came with it. */
  async function urlOfClick(ts: string): Promise<string> {
    const urls: string[] = [];
    bolt.app.action('human', async ({ ack, body }) => {
      await ack();
      urls.push(body.response_url);
    });
    await slack.click({ as: ana, channel: help, ts, actionId: 'human' });
    return until(() => urls[0]);
  }
  const post = (url: string, body: object) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  test('it answers to the person alone, to the channel, in the thread, or in the place of the message', async () => {
    const { ts, threadTs } = await postButtons();
    const url = await urlOfClick(ts);
    await post(url, { text: 'only you' });
    await post(url, { text: 'for all', response_type: 'in_channel' });
    await post(url, { text: 'in the thread', response_type: 'in_channel', thread_ts: threadTs });
    await post(url, { text: 'instead', replace_original: true });
    expect(slack.whispers(help, ana).map(({ text }) => text)).toEqual(['only you']);
    expect(slack.messages(help).map(({ text }) => text)).toEqual(['question', 'instead', 'for all', 'in the thread']);
    expect(slack.thread(help, threadTs).map(({ text }) => text)).toEqual(['question', 'instead', 'in the thread']);
  });

  test('it deletes the message', async () => {
    const { ts } = await postButtons();
    await post(await urlOfClick(ts), { delete_original: true });
    expect(slack.messages(help).map(({ text }) => text)).toEqual(['question']);
  });

  test('it is good for five uses', async () => {
    const { ts } = await postButtons();
    const url = await urlOfClick(ts);
    const statuses: number[] = [];
    for (let use = 1; use <= 6; use += 1) statuses.push((await post(url, { text: `use ${use}` })).status);
    const last = await (await post(url, { text: 'more' })).json();
    expect([statuses, last]).toEqual([[200, 200, 200, 200, 200, 404], { ok: false, error: 'used_url' }]);
  });
});

describe('modals', () => {
  test('a trigger opens one modal, and a false one opens none', async () => {
    const { ts } = await postButtons();
    const outcomes: unknown[] = [];
    bolt.app.action('human', async ({ ack, client, body }) => {
      await ack();
      const trigger_id = 'trigger_id' in body ? body.trigger_id : '';
      const opened = await client.views.open({ trigger_id, view: modal });
      const refused = await Promise.all(
        [trigger_id, '1.2.3'].map((id) =>
          client.views
            .open({ trigger_id: id, view: modal })
            .catch((error: { data: { error: string } }) => error.data.error),
        ),
      );
      outcomes.push([opened.view?.callback_id, ...refused]);
    });
    await slack.click({ as: ana, channel: help, ts, actionId: 'human' });
    expect(await until(() => outcomes[0])).toEqual(['ticket', 'exchanged_trigger_id', 'invalid_trigger_id']);
    expect(slack.modal(ana)).toMatchObject({ type: 'modal', callback_id: 'ticket', team_id: slack.teamId });
    expect(slack.modal(bob)).toBeNull();
  });

  /** Opens the modal by the global shortcut. */
  async function openModal(): Promise<void> {
    bolt.app.shortcut('ask', async ({ ack, client, shortcut }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: modal });
    });
    expect(await slack.shortcut({ as: ana, callbackId: 'ask' })).toBe(200);
  }

  test('a submission brings what was entered; errors keep the modal open, an ack closes it', async () => {
    await openModal();
    bolt.app.view('ticket', async ({ ack, view }) => {
      const entered = view.state.values['summary']?.['text']?.value ?? '';
      if (entered === '') await ack({ response_action: 'errors', errors: { summary: 'Say what it is about' } });
      else await ack();
    });
    const entering = (value: string) => ({ summary: { text: value } });
    const refused = await slack.submitView({ as: ana, values: entering('') });
    expect([refused, slack.modal(ana)?.['private_metadata']]).toEqual([
      { status: 200, errors: { summary: 'Say what it is about' }, problem: null },
      '{"turn":"7"}',
    ]);
    const accepted = await slack.submitView({ as: ana, values: entering('VPN') });
    expect([accepted, slack.modal(ana)]).toEqual([{ status: 200, errors: null, problem: null }, null]);
  });

  test('a closed modal is told when the view asks for it', async () => {
    await openModal();
    const closed: unknown[] = [];
    bolt.app.view({ type: 'view_closed', callback_id: 'ticket' }, async ({ ack, body }) => {
      await ack();
      closed.push([body.type, 'is_cleared' in body && body.is_cleared]);
    });
    expect(await slack.closeView({ as: ana })).toBe(200);
    expect(closed).toEqual([['view_closed', false]]);
  });

  test('views are updated with the hash of what is shown, pushed three deep, and not further', async () => {
    await openModal();
    const client = clientOf(slack);
    const shown = slack.modal(ana);
    const stale = client.views.update({ view_id: shown?.id ?? '', hash: 'old', view: modal }).catch((e: unknown) => e);
    await client.views.update({
      view_id: shown?.id ?? '',
      hash: shown?.hash ?? '',
      view: { ...modal, title: plain('New') },
    });
    expect(await stale).toMatchObject({ data: { error: 'hash_conflict' } });
    expect(slack.modal(ana)).toMatchObject({ id: shown?.id, title: plain('New') });

    const outcomes: string[] = [];
    bolt.app.shortcut('more', async ({ ack, shortcut }) => {
      await ack();
      const pushed = client.views.push({ trigger_id: shortcut.trigger_id, view: modal });
      outcomes.push(
        await pushed.then(
          () => 'pushed',
          (error: { data: { error: string } }) => error.data.error,
        ),
      );
    });
    for (let turn = 0; turn < 3; turn += 1) await slack.shortcut({ as: ana, callbackId: 'more' });
    await until(() => outcomes.length === 3);
    expect(outcomes).toEqual(['pushed', 'pushed', 'push_limit_reached']);
  });
});

test('a Home tab is published, and its buttons work', async () => {
  const button = { type: 'button' as const, text: plain('Mine'), action_id: 'mine' };
  const view = { type: 'home' as const, blocks: [{ type: 'actions' as const, elements: [button] }] };
  await clientOf(slack).views.publish({ user_id: ana, view });
  const homes: unknown[] = [];
  bolt.app.action('mine', async ({ ack, body }) => {
    await ack();
    homes.push('view' in body ? body.view?.type : null);
  });
  expect(await slack.clickInView({ as: ana, viewId: slack.home(ana)?.id ?? '', actionId: 'mine' })).toBe(200);
  expect(homes).toEqual(['home']);
});

test('a slash command comes with its text, and the answer is for the person alone', async () => {
  const commands: unknown[] = [];
  bolt.app.command('/helpdesk', async ({ ack, command }) => {
    commands.push(command);
    await ack({ text: 'You asked for help' });
  });
  expect(await slack.command({ as: ana, channel: help, command: '/helpdesk', text: 'status' })).toBe(200);
  expect(commands).toEqual([
    expect.objectContaining({
      command: '/helpdesk',
      text: 'status',
      user_id: ana,
      channel_id: help,
      channel_name: 'it-help',
      team_id: slack.teamId,
      is_enterprise_install: 'false',
    }),
  ]);
  expect(slack.whispers(help, ana).map(({ text }) => text)).toEqual(['You asked for help']);
});

test('a message shortcut comes with its message', async () => {
  const ts = await slack.say({ as: bob, channel: help, text: 'broken screen' });
  const messages: unknown[] = [];
  bolt.app.shortcut({ callback_id: 'ticket', type: 'message_action' }, async ({ ack, shortcut }) => {
    await ack();
    messages.push([shortcut.message_ts, shortcut.message.text, shortcut.user.id]);
  });
  expect(await slack.shortcut({ as: ana, callbackId: 'ticket', channel: help, ts })).toBe(200);
  expect(messages).toEqual([[ts, 'broken screen', ana]]);
});

test('feedback buttons bring the side that was pressed', async () => {
  const feedback = {
    type: 'feedback_buttons',
    action_id: 'feedback',
    positive_button: { text: plain('Good'), value: 'yes' },
    negative_button: { text: plain('Bad'), value: 'no' },
  };
  await clientOf(slack).apiCall('chat.postMessage', {
    channel: help,
    text: 'answer',
    blocks: [{ type: 'context_actions', elements: [feedback] }],
  });
  const values: unknown[] = [];
  bolt.app.action('feedback', async ({ ack, action }) => {
    await ack();
    values.push('value' in action ? action.value : null);
  });
  await slack.click({
    as: ana,
    channel: help,
    ts: slack.messages(help).at(-1)?.ts ?? '',
    actionId: 'feedback',
    value: 'no',
  });
  expect(values).toEqual(['no']);
});

/** The `ts` of a post that was made by apiCall, whose answer has no type. */
function tsOf(posted: object): string {
  return 'ts' in posted ? String(posted.ts) : '';
}

describe('elements that hold a value', () => {
  const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
  const options = ['a', 'b', 'c'].map(option);

  /** Posts one element in an actions block, or beside a section; gives the `ts`. */
  async function post(element: object): Promise<string> {
    const blocks = [{ type: 'actions', block_id: 'one', elements: [{ action_id: 'act', ...element }] }];
    const posted = await clientOf(slack).apiCall('chat.postMessage', { channel: help, text: 'answer', blocks });
    return tsOf(posted);
  }

  /** What the app gets of it: the action and the state. */
  async function acted(element: object, value?: string | readonly string[] | null): Promise<unknown> {
    const bodies: { actions: unknown[]; state?: unknown }[] = [];
    bolt.app.action('act', async ({ ack, body }) => {
      await ack();
      bodies.push(body as never);
    });
    const ts = await post(element);
    const click = { as: ana, channel: help, ts, actionId: 'act', ...(value === undefined ? {} : { value }) };
    expect(await slack.click(click)).toBe(200);
    const body = await until(() => bodies[0]);
    return [body.actions[0], body.state];
  }
  const action = { action_id: 'act', block_id: 'one', action_ts: expect.stringMatching(/^\d+\.\d{6}$/) };
  const state = (value: object) => ({ values: { one: { act: value } } });

  // the shapes: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
  test.each([
    ['static_select', { options }, 'b', { selected_option: option('b') }],
    ['static_select', { options }, null, { selected_option: null }],
    ['static_select', { option_groups: [{ label: plain('Group'), options }] }, 'c', { selected_option: option('c') }],
    ['radio_buttons', { options }, 'a', { selected_option: option('a') }],
    ['multi_static_select', { options }, ['c', 'a'], { selected_options: [option('c'), option('a')] }],
    ['checkboxes', { options }, [], { selected_options: [] }],
    ['users_select', {}, bob, { selected_user: bob }],
    ['multi_users_select', {}, [ana, bob], { selected_users: [ana, bob] }],
    ['conversations_select', {}, help, { selected_conversation: help }],
    ['multi_conversations_select', {}, [help], { selected_conversations: [help] }],
    ['channels_select', {}, help, { selected_channel: help }],
    ['multi_channels_select', {}, [], { selected_channels: [] }],
    ['datepicker', {}, '2026-03-01', { selected_date: '2026-03-01' }],
    ['timepicker', {}, '09:30', { selected_time: '09:30' }],
    ['datetimepicker', {}, '1767225600', { selected_date_time: 1_767_225_600 }],
  ])('%s %#', async (type, fields, value, expected) => {
    expect(await acted({ type, ...fields }, value)).toEqual([
      { ...action, ...expected, type },
      state({ type, ...expected }),
    ]);
  });

  test('an overflow menu names its option and holds nothing afterwards', async () => {
    expect(await acted({ type: 'overflow', options }, 'b')).toEqual([
      { ...action, selected_option: option('b'), type: 'overflow' },
      { values: {} },
    ]);
  });

  test('what an element shows again stands in its action', async () => {
    const element = {
      type: 'static_select',
      placeholder: plain('Pick'),
      options,
      initial_option: option('a'),
      confirm: { title: plain('Sure?'), text: plain('Really'), confirm: plain('Yes'), deny: plain('No') },
    };
    const { options: _options, type, ...shown } = element;
    const selected_option = option('b');
    expect(await acted(element, 'b')).toEqual([
      { ...action, ...shown, selected_option, type },
      state({ type, selected_option }),
    ]);
  });

  test('the state holds every other element too: as entered, else as it began', async () => {
    const blocks = [
      {
        type: 'actions',
        block_id: 'row',
        elements: [
          { type: 'button', text: plain('Go'), action_id: 'go' },
          { type: 'datepicker', action_id: 'day', initial_date: '2026-01-02' },
          { type: 'timepicker', action_id: 'hour', initial_time: '10:00', timezone: 'Europe/Lisbon' },
        ],
      },
      { type: 'section', block_id: 'side', text: plain('x'), accessory: { type: 'users_select', action_id: 'who' } },
      { type: 'input', block_id: 'in', label: plain('Why'), element: { type: 'plain_text_input', action_id: 'why' } },
      { type: 'input', block_id: 'rich', label: plain('R'), element: { type: 'rich_text_input', action_id: 'r' } },
    ];
    const posted = await clientOf(slack).apiCall('chat.postMessage', { channel: help, text: 'answer', blocks });
    const states: unknown[] = [];
    bolt.app.action('go', async ({ ack, body }) => {
      await ack();
      states.push((body as { state?: unknown }).state);
    });
    const values = { in: { why: 'because' }, rich: { r: 'two\nlines' }, row: { day: '2026-05-06' } };
    await slack.click({ as: ana, channel: help, ts: tsOf(posted), actionId: 'go', values });
    const richText = {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'two\nlines' }] }],
    };
    expect(await until(() => states[0])).toEqual({
      values: {
        row: {
          day: { type: 'datepicker', selected_date: '2026-05-06' },
          hour: { type: 'timepicker', selected_time: '10:00', timezone: 'Europe/Lisbon' },
        },
        side: { who: { type: 'users_select', selected_user: null } },
        in: { why: { type: 'plain_text_input', value: 'because' } },
        rich: { r: { type: 'rich_text_input', rich_text_value: richText } },
      },
    });
  });

  test('one action_id in two blocks is told apart by the block', async () => {
    const blocks = ['first', 'second'].map((block_id) => ({
      type: 'section',
      block_id,
      text: plain(block_id),
      accessory: { type: 'button', text: plain('Go'), action_id: 'same', value: block_id },
    }));
    const posted = await clientOf(slack).apiCall('chat.postMessage', { channel: help, text: 'answer', blocks });
    const values: unknown[] = [];
    bolt.app.action('same', async ({ ack, action: made }) => {
      await ack();
      values.push('value' in made && made.value);
    });
    const at = { as: ana, channel: help, ts: tsOf(posted), actionId: 'same' };
    await slack.click({ ...at, blockId: 'second' });
    expect(values).toEqual(['second']);
  });

  test('buttons in cards and containers can be pressed', async () => {
    const button = (name: string) => ({ type: 'button', text: plain(name), action_id: name });
    const blocks = [
      {
        type: 'carousel',
        elements: [{ type: 'card', title: { type: 'mrkdwn', text: 'x' }, actions: [button('act')] }],
      },
      { type: 'container', title: plain('y'), child_blocks: [{ type: 'actions', elements: [button('inner')] }] },
    ];
    const posted = await clientOf(slack).apiCall('chat.postMessage', { channel: help, text: 'answer', blocks });
    const pressed: unknown[] = [];
    for (const name of ['act', 'inner']) {
      bolt.app.action(name, async ({ ack, action: made }) => {
        await ack();
        pressed.push([made.type, 'action_id' in made && made.action_id]);
      });
      await slack.click({ as: ana, channel: help, ts: tsOf(posted), actionId: name });
    }
    expect(pressed).toEqual([
      ['button', 'act'],
      ['button', 'inner'],
    ]);
  });

  test('an external menu asks the app for its options, and the chosen one is sent whole', async () => {
    const asked: unknown[] = [];
    bolt.app.options('act', async ({ ack, body }) => {
      asked.push(body);
      await ack({ options: [{ text: plain('Laptop 7'), value: 'l7' }] });
    });
    const ts = await post({ type: 'external_select', min_query_length: 1 });
    const place = { channel: help, ts };
    expect(await slack.suggest({ as: ana, actionId: 'act', words: 'lap', place })).toEqual({
      status: 200,
      options: [{ text: plain('Laptop 7'), value: 'l7' }],
      groups: [],
    });
    // https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
    expect(asked).toEqual([
      expect.objectContaining({
        type: 'block_suggestion',
        action_id: 'act',
        block_id: 'one',
        value: 'lap',
        container: { type: 'message', message_ts: ts, channel_id: help, is_ephemeral: false },
        channel: { id: help, name: 'it-help' },
        message: expect.objectContaining({ ts }),
        team: { id: slack.teamId, domain: 'acme-rail' },
        user: expect.objectContaining({ id: ana }),
      }),
    ]);
    const chosen: unknown[] = [];
    bolt.app.action('act', async ({ ack, action: made }) => {
      await ack();
      chosen.push('selected_option' in made && made.selected_option);
    });
    await slack.click({ as: ana, channel: help, ts, actionId: 'act', value: 'l7' });
    expect(chosen).toEqual([{ text: plain('Laptop 7'), value: 'l7' }]);
  });
});

describe('views as their person uses them', () => {
  async function open(view: object = {}): Promise<string> {
    bolt.app.shortcut('ask', async ({ ack, client, shortcut }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: { ...modal, notify_on_close: false, ...view } });
    });
    await slack.shortcut({ as: ana, callbackId: 'ask' });
    return slack.modal(ana)?.id ?? '';
  }

  test('everybody who watches hears of a view that is opened, changed, closed or published', async () => {
    const changes: unknown[] = [];
    const stop = slack.on((change) => change.type === 'view' && changes.push(change));
    const id = await open();
    await clientOf(slack).views.update({ view_id: id, view: { ...modal, notify_on_close: false } });
    await slack.closeView({ as: ana });
    await clientOf(slack).views.publish({ user_id: bob, view: { type: 'home', blocks: [] } });
    stop();
    expect(changes).toEqual([
      { type: 'view', as: ana },
      { type: 'view', as: ana },
      { type: 'view', as: ana },
      { type: 'view', as: bob },
    ]);
  });

  test('an update is a view of its own: what it leaves out of the one before is gone', async () => {
    const id = await open({ private_metadata: 'turn 7', external_id: 'ext' });
    const thanks = { type: 'modal' as const, title: plain('Thank you'), blocks: [] };
    const { view } = await clientOf(slack).views.update({ view_id: id, view: thanks });
    expect(view).toMatchObject({
      id,
      submit: null,
      close: null,
      private_metadata: '',
      callback_id: '',
      external_id: '',
    });
    expect(slack.modal(ana)).toMatchObject({ id, root_view_id: id, previous_view_id: null, submit: null });
  });

  test('a submission brings the values of all fields, and an address for each conversation that is to be answered in', async () => {
    await open({
      blocks: [
        ...modal.blocks,
        {
          type: 'input',
          block_id: 'where',
          label: plain('Where'),
          element: { type: 'conversations_select', action_id: 'place', response_url_enabled: true },
        },
      ],
    });
    const bodies: { view: { state: unknown }; response_urls?: { response_url: string }[] }[] = [];
    bolt.app.view('ticket', async ({ ack, body }) => {
      await ack();
      bodies.push(body as never);
    });
    await slack.submitView({ as: ana, values: { summary: { text: 'VPN' }, where: { place: help } } });
    expect(bodies[0]?.view.state).toEqual({
      values: {
        summary: { text: { type: 'plain_text_input', value: 'VPN' } },
        where: { place: { type: 'conversations_select', selected_conversation: help } },
      },
    });
    expect(bodies[0]?.response_urls).toEqual([
      { block_id: 'where', action_id: 'place', channel_id: help, response_url: expect.stringContaining('/actions/') },
    ]);
    await fetch(bodies[0]?.response_urls?.[0]?.response_url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'opened', response_type: 'in_channel' }),
    });
    expect(slack.messages(help).at(-1)).toMatchObject({ text: 'opened' });
  });

  const other = { ...modal, notify_on_close: false, callback_id: 'other', title: plain('Other') };
  test.each([
    [{ response_action: 'update', view: other }, ['other'], null],
    [{ response_action: 'push', view: other }, ['ticket', 'other'], null],
    [{ response_action: 'clear' }, [], null],
    [{ response_action: 'update', view: { type: 'modal' } }, ['ticket'], 'invalid_arguments'],
    [{ response_action: 'errors', errors: { summary: 'No' } }, ['ticket'], null],
  ])('the answer %j leaves %j open', async (answer, expected, problem) => {
    await open();
    bolt.app.view('ticket', async ({ ack }) => ack(answer as never));
    const outcome = await slack.submitView({ as: ana, values: { summary: { text: 'VPN' } } });
    expect(outcome).toMatchObject({ status: 200, problem });
    const stack: unknown[] = [];
    for (let view = slack.modal(ana); view !== null; view = slack.modal(ana)) {
      stack.unshift(view['callback_id']);
      await slack.closeView({ as: ana });
    }
    expect(stack).toEqual(expected);
  });

  test('a view that clears on close takes those below it along, and says so', async () => {
    await open();
    const closed: unknown[] = [];
    bolt.app.view({ type: 'view_closed', callback_id: 'other' }, async ({ ack, body }) => {
      await ack();
      closed.push('is_cleared' in body && body.is_cleared);
    });
    bolt.app.view('ticket', async ({ ack }) =>
      ack({ response_action: 'push', view: { ...other, clear_on_close: true, notify_on_close: true } as never }),
    );
    await slack.submitView({ as: ana, values: { summary: { text: 'VPN' } } });
    await slack.closeView({ as: ana });
    expect([slack.modal(ana), closed]).toEqual([null, [true]]);
  });

  test("nobody presses anything in another person's view", async () => {
    const viewId = await open();
    await expect(slack.clickInView({ as: bob, viewId, actionId: 'text' })).rejects.toThrow('has no view');
  });

  test('a block action in a view brings what was entered so far', async () => {
    const dispatching = { ...modal.blocks[0], dispatch_action: true };
    const viewId = await open({ blocks: [dispatching] });
    const bodies: { view?: { state: unknown }; container: unknown }[] = [];
    bolt.app.action('text', async ({ ack, body }) => {
      await ack();
      bodies.push(body as never);
    });
    await slack.clickInView({ as: ana, viewId, actionId: 'text', value: 'VP' });
    expect(bodies.map(({ view, container }) => [view?.state, container])).toEqual([
      [{ values: { summary: { text: { type: 'plain_text_input', value: 'VP' } } } }, { type: 'view', view_id: viewId }],
    ]);
  });
});

describe('an app that says what it offers', () => {
  const offer = {
    commands: [{ command: '/helpdesk', description: '', usageHint: '' }],
    shortcuts: [{ name: 'Ask', type: 'global' as const, callbackId: 'ask', description: '' }],
    homeTab: false,
  };

  test('has that, and nothing else', async () => {
    const own = await startAcme(offer);
    const app = await connectBolt(own);
    app.app.command('/helpdesk', async ({ ack }) => ack());
    app.app.shortcut('ask', async ({ ack }) => ack());
    expect(own.app).toEqual(offer);
    const command = (name: string) => own.command({ as: ana, channel: help, command: name, text: '' });
    expect(await command('/helpdesk')).toBe(200);
    await expect(command('/other')).rejects.toThrow('/other is not a valid command');
    expect(await own.shortcut({ as: ana, callbackId: 'ask' })).toBe(200);
    await expect(own.shortcut({ as: ana, callbackId: 'none' })).rejects.toThrow('no global shortcut');
    const published = clientOf(own).views.publish({ user_id: ana, view: { type: 'home', blocks: [] } });
    await expect(published).rejects.toMatchObject({ data: { error: 'not_enabled' } });
    await app.close();
    await own.close();
  });
});

test('an ephemeral message is replaced and deleted by the response_url of its own button', async () => {
  const button = { type: 'button' as const, text: plain('Go'), action_id: 'go' };
  const blocks = [{ type: 'actions' as const, elements: [button] }];
  await clientOf(slack).chat.postEphemeral({ channel: help, user: ana, text: 'psst', blocks });
  const urls: string[] = [];
  bolt.app.action('go', async ({ ack, body }) => {
    await ack();
    urls.push(body.response_url);
  });
  const ts = slack.whispers(help, ana)[0]?.ts ?? '';
  const answer = async (body: object) => {
    await slack.click({ as: ana, channel: help, ts, actionId: 'go' });
    const headers = { 'content-type': 'application/json' };
    return fetch(urls.at(-1) ?? '', { method: 'POST', headers, body: JSON.stringify(body) });
  };
  await answer({ replace_original: true, text: 'instead', blocks });
  expect(slack.whispers(help, ana).map((whisper) => [whisper.ts, whisper.text])).toEqual([[ts, 'instead']]);
  await answer({ delete_original: true });
  expect(slack.whispers(help, ana)).toEqual([]);
});
