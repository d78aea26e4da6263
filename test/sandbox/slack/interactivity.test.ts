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
    const entering = (value: string) => ({ summary: { text: { type: 'plain_text_input', value } } });
    const refused = await slack.submitView({ as: ana, values: entering('') });
    expect([refused, slack.modal(ana)?.['private_metadata']]).toEqual([
      { status: 200, errors: { summary: 'Say what it is about' } },
      '{"turn":"7"}',
    ]);
    const accepted = await slack.submitView({ as: ana, values: entering('VPN') });
    expect([accepted, slack.modal(ana)]).toEqual([{ status: 200, errors: null }, null]);
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
