import { readFileSync } from 'node:fs';
import { fromAddress, readEvent, toAddress } from '../../../adapters/slack/events.ts';
import { deliveryOf, eventWith } from './deliveries.ts';

const ownUserId = 'U0BOT0001';
const read = (body: unknown) => readEvent(body, ownUserId);

const mention = {
  id: 'T0FIRST01/C0HELP001/1767225600.000200',
  eventId: 'slack/Ev0FIRST001',
  address: { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' },
  place: 'channel',
  authorRef: 'slack/T0FIRST01/U0ANA0001',
  text: 'my VPN drops every hour',
  sentAt: new Date('2026-01-01T00:00:00.000Z'),
  addressed: true,
  files: [],
};
const directAddress = (ts: string) => ({ platform: 'slack', ref: `T0FIRST01/D0ANA0001/${ts}` });

test('a mention in a channel becomes a message that opens its own thread', () => {
  expect(read(deliveryOf('mention'))).toEqual({ kind: 'message', message: mention });
});

test('the same mention as a message event differs in the id of the delivery only', () => {
  expect(read(deliveryOf('mention-as-message'))).toEqual({
    kind: 'message',
    message: { ...mention, eventId: 'slack/Ev0FIRST002' },
  });
});

test.each([
  [
    'a direct message starts a thread of its own',
    'direct-message',
    {
      id: 'T0FIRST01/D0ANA0001/1767225660.000300',
      address: directAddress('1767225660.000300'),
      place: 'direct',
      text: "My laptop won't wake up & it is hot",
      addressed: true,
    },
  ],
  [
    'an un-tagged reply in a channel thread is not addressed to us',
    'thread-reply',
    {
      id: 'T0FIRST01/C0HELP001/1767225720.000400',
      address: mention.address,
      place: 'channel',
      text: 'it is the Lisbon office',
      addressed: false,
    },
  ],
  [
    'a message with a file is a message',
    'file-share',
    {
      address: directAddress('1767225840.000600'),
      text: 'see this',
      files: [{ name: 'error.png', ref: 'F0SHOT001', mimeType: 'image/png', bytes: 48211 }],
      addressed: true,
    },
  ],
  [
    'a reply that is also sent to the channel stays in its thread',
    'thread-broadcast',
    { address: mention.address, text: 'still down for me', addressed: false },
  ],
  [
    'a mention by a member of another company names their workspace, and the place is shared',
    'shared-channel-mention',
    {
      id: 'T0FIRST01/C0SHARED1/1767226260.001500',
      authorRef: 'slack/T0OTHER01/U0OUT0001',
      place: 'shared',
      addressed: true,
    },
  ],
])('%s', (_, fixture, expected) => {
  expect(read(deliveryOf(fixture))).toMatchObject({ kind: 'message', message: expected });
});

test('a post in a group of people is a channel, and only a mention addresses us', () => {
  const group = { channel: 'G0GROUP01', channel_type: 'mpim' };
  expect(read(eventWith('channel-talk', group))).toEqual({ kind: 'nothing', why: 'talk in a channel' });
  expect(read(eventWith('mention-as-message', group))).toMatchObject({
    message: { place: 'channel', addressed: true },
  });
});

test.each([
  ['talk at the top of a channel', 'channel-talk', 'talk in a channel'],
  ['our own post', 'own-message', 'not written by a person'],
  ['another bot, even when it mentions us', 'other-bot', 'subtype bot_message'],
  ['a preview added to a link', 'message-unfurled', 'the text is the same'],
  ['an edit of our own post', 'own-message-changed', 'a change of a post of a bot'],
])('%s means nothing', (_, fixture, why) => {
  expect(read(deliveryOf(fixture))).toEqual({ kind: 'nothing', why });
});

test.each([
  ['another bot without a subtype', { bot_id: 'B0OTHER01' }],
  ['our app on behalf of somebody', { app_id: 'A0FIRST01' }],
  ['our user without a bot id', { user: ownUserId }],
  ['Slackbot', { user: 'USLACKBOT' }],
  ['nobody', { user: undefined }],
])('a direct message by %s is not a person speaking', (_, fields) => {
  expect(read(eventWith('direct-message', fields))).toEqual({ kind: 'nothing', why: 'not written by a person' });
});

test.each(['channel_join', 'channel_topic', 'me_message', 'reminder_add', 'pinned_item', 'huddle_thread'])(
  'subtype %s means nothing',
  (subtype) => {
    expect(read(eventWith('direct-message', { subtype }))).toEqual({ kind: 'nothing', why: `subtype ${subtype}` });
  },
);

test.each<[string, string, string, string, string | null]>([
  ['an edit', 'message-changed', 'slack/Ev0FIRST008', 'D0ANA0001/1767225660.000300', 'my laptop does not wake up'],
  ['a deletion', 'message-deleted', 'slack/Ev0FIRST010', 'D0ANA0001/1767225660.000300', null],
  [
    'the deletion of a thread’s first post',
    'thread-parent-deleted',
    'slack/Ev0FIRST011',
    'C0HELP001/1767225600.000200',
    null,
  ],
])('%s becomes a change of the message', (...[, fixture, eventId, messageId, text]) => {
  expect(read(deliveryOf(fixture))).toEqual({
    kind: 'change',
    change: expect.objectContaining({ eventId, messageId: `T0FIRST01/${messageId}`, text }),
  });
});

describe('a message with files', () => {
  const [file] = (deliveryOf('file-share')['event'] as { files: object[] }).files;
  const second = { ...file, id: 'F0SHOT002', name: 'log.txt' };
  const posted = {
    type: 'message',
    user: 'U0ANA0001',
    ts: '1767225840.000600',
    text: 'see &lt;this&gt;',
    files: [file, second],
    upload: false,
  };
  const edited = (message: object) =>
    read(eventWith('message-changed', { previous_message: posted, message: { ...posted, ...message } }));
  const change = (text: string | null) => ({
    kind: 'change',
    change: expect.objectContaining({
      eventId: 'slack/Ev0FIRST008',
      messageId: 'T0FIRST01/D0ANA0001/1767225840.000600',
      text,
    }),
  });

  test('an edit of its text arrives', () => {
    expect(edited({ text: 'see that' })).toEqual(change('see that'));
    expect(edited({ text: '' })).toEqual(change(''));
  });

  test.each([
    ['is taken out', [file]],
    ['leaves a tombstone', [file, { id: 'F0SHOT002', mode: 'tombstone' }]],
    ['is added', [file, second, { ...file, id: 'F0SHOT003' }]],
  ])('an edit by which only a file %s arrives, with the text as it was', (_, files) => {
    expect(edited({ files })).toEqual(change('see <this>'));
  });

  test('its files are told as they are now, however late, but not with a deletion', () => {
    const files = [{ id: 'F0SHOT009', mode: 'tombstone' }, second];
    const late = { ...eventWith('message-changed', { message: { ...posted, files }, previous_message: posted }) };
    expect(read({ ...late, event_time: 1767999999 })).toMatchObject({
      change: { message: null, files: [{ ref: second.id, name: second.name }] },
    });
    expect(edited({ files: undefined })).toMatchObject({ change: { files: [] } });
    const deleted = eventWith('message-deleted', { deleted_ts: posted.ts, previous_message: posted });
    expect(read(deleted)).not.toHaveProperty('change.files');
  });

  test('what Slack finds out about a file meanwhile means nothing', () => {
    const files = [{ ...file, thumb_64: 'https://files.slack.com/t.png', has_rich_preview: true }, second];
    expect(edited({ files })).toEqual({ kind: 'nothing', why: 'the text is the same' });
  });

  test('its deletion arrives', () => {
    const deleted = eventWith('message-deleted', { deleted_ts: posted.ts, previous_message: posted });
    const messageId = 'T0FIRST01/D0ANA0001/1767225840.000600';
    expect(read(deleted)).toMatchObject({ change: { messageId, text: null } });
  });
});

describe('a change tells the whole message, which it may have overtaken', () => {
  const posted = { type: 'message', user: 'U0ANA0001', ts: '1767225840.000600', text: 'vpn' };
  const changeOf = (fixture: string, event: object, seconds: number) =>
    read({ ...eventWith(fixture, event), event_time: 1767225840 + seconds });

  test('as it is after an edit, and as it was before a deletion', () => {
    const edited = { previous_message: posted, message: { ...posted, text: 'my vpn' } };
    const deleted = { deleted_ts: posted.ts, previous_message: posted };
    const message = { id: 'T0FIRST01/D0ANA0001/1767225840.000600', text: 'my vpn', addressed: true };
    expect(changeOf('message-changed', edited, 60)).toMatchObject({ change: { message } });
    expect(changeOf('message-deleted', deleted, 60)).toMatchObject({
      change: { message: { ...message, text: 'vpn' } },
    });
  });

  test('and when it was made, so that what overtakes it is known to be later', () => {
    const edited = { previous_message: posted, message: { ...posted, text: 'my vpn' }, event_ts: '1767225900.000800' };
    expect(changeOf('message-changed', edited, 60)).toMatchObject({ change: { order: 1_767_225_900_000_800 } });
  });

  test('but not when it is so old that it was known, if it ever was ours', () => {
    const edited = { previous_message: posted, message: { ...posted, text: 'my vpn' } };
    expect(changeOf('message-changed', edited, 301)).toMatchObject({ change: { message: null } });
  });
});

test('the end of a tombstone means nothing: its message was taken back before', () => {
  const previous_message = { subtype: 'tombstone', user: 'USLACKBOT', ts: '1767225600.000200', text: 'gone' };
  expect(read(eventWith('message-deleted', { previous_message }))).toMatchObject({ kind: 'nothing' });
});

test('the deletion of a post of ours means nothing', () => {
  const previous_message = { bot_id: 'B0FIRST01', user: ownUserId, ts: '1767225601.000100', text: 'x' };
  expect(read(eventWith('message-deleted', { previous_message }))).toMatchObject({ kind: 'nothing' });
});

test('who we are is known from the delivery itself before Slack was asked', () => {
  expect(readEvent(deliveryOf('mention-as-message'), null)).toMatchObject({
    message: { text: 'my VPN drops every hour', addressed: true },
  });
  const { authorizations: _, ...anonymous } = deliveryOf('mention-as-message');
  expect(() => readEvent(anonymous, null)).toThrow('our own user id is not known yet');
});

test.each([
  ['no event', { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: 'Ev1' }],
  ['a time stamp that is none', eventWith('direct-message', { ts: 'yesterday' })],
  ['a text that is none', eventWith('direct-message', { text: 7 })],
  ['no channel', eventWith('direct-message', { channel: undefined })],
  ['an edit of nothing', eventWith('message-changed', { message: undefined })],
  ['not an object', 'hello'],
])('%s is an unknown shape', (_, body) => {
  expect(() => read(body)).toThrow(expect.objectContaining({ name: 'ZodError' }));
});

test('an address is read back as it was written', () => {
  const at = { team: 'T1', channel: 'C1', thread: '1.000001' };
  expect(fromAddress(toAddress(at))).toEqual(at);
});

test('the fixtures hold what every delivery of Slack holds', () => {
  expect(Object.keys(deliveryOf('mention')).toSorted().join(' ')).toBe(
    'api_app_id authorizations context_enterprise_id context_team_id event event_context event_id event_time ' +
      'is_ext_shared_channel team_id token type',
  );
  expect(readFileSync('test/fixtures/slack/mention.json', 'utf8')).not.toContain('xoxb-');
});

describe('Stop', () => {
  const stopped = (fields: object = {}) =>
    eventWith('direct-message', {
      type: 'agent_session_stopped',
      channel: 'D0ANA0001',
      user: 'U0ANA0001',
      thread_ts: '1767225660.000300',
      streaming_message_ts: [],
      event_ts: '1767225665.000100',
      ...fields,
    });

  test('is of the thread where it was pressed, and of who pressed', () => {
    expect(read(stopped())).toEqual({
      kind: 'stop',
      stop: {
        eventId: expect.stringMatching(/^slack\/Ev/),
        address: directAddress('1767225660.000300'),
        personRef: 'slack/T0FIRST01/U0ANA0001',
        at: new Date('2026-01-01T00:01:05.000Z'),
      },
    });
  });

  test('without a thread it is of nothing of ours; without who pressed its shape is not known', () => {
    expect(read(stopped({ thread_ts: undefined }))).toMatchObject({ kind: 'nothing' });
    expect(() => read(stopped({ user: undefined }))).toThrow();
    expect(() => read(stopped({ thread_ts: '../..' }))).toThrow();
  });
});
