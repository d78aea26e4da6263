import { readEvent } from '../../../adapters/teams/events.ts';
import { isRemoval } from '../../../adapters/teams/events.ts';
import {
  ana,
  botId,
  channelId,
  chatOf,
  html,
  inChannel,
  mentionOfUs,
  personal,
  personalId,
  sceneOf,
  sentId,
  tenantId,
} from './deliveries.ts';

type Json = Readonly<Record<string, unknown>>;
const read = (activity: Json) => {
  const scene = sceneOf(activity);
  return readEvent(activity, scene, chatOf(scene));
};
const messageOf = (activity: Json) => {
  const incoming = read(activity);
  if (incoming.kind !== 'message') throw new Error(`${incoming.kind} instead of a message`);
  return incoming.message;
};
const chat = `${tenantId}/${encodeURIComponent(personalId)}`;
const channel = `${tenantId}/${encodeURIComponent(channelId)}`;

test('a message in the chat with one person', () => {
  expect(read(personal())).toEqual({
    kind: 'message',
    message: {
      id: `teams/${chat}/${sentId}`,
      eventId: `teams/${chat}/${sentId}`,
      address: { platform: 'teams', ref: `${chat}/${sentId}` },
      place: 'direct',
      authorRef: `teams/${tenantId}/${ana.aadObjectId}`,
      text: 'My VPN fails',
      sentAt: new Date(1_700_000_000_000),
      addressed: true,
      files: [],
      chat: { id: chat, quotes: null },
    },
  });
});

test('a mention in a channel opens a thread', () => {
  const message = messageOf(inChannel());
  expect(message).toMatchObject({ text: 'my VPN fails', addressed: true, place: 'channel' });
  expect(message.address.ref).toBe(`${channel}/${sentId}`);
  expect(message).not.toHaveProperty('chat');
});

test('a reply belongs to its thread, and is addressed by a mention only', () => {
  const plain = messageOf(inChannel({ text: 'and now?', entities: [], id: '1700000000005' }));
  expect(plain).toMatchObject({ addressed: false, address: { ref: `${channel}/${sentId}` } });
  expect(messageOf(inChannel({ id: '1700000000005' })).addressed).toBe(true);
});

test('a post in a channel that is not for us is none of our business', () => {
  expect(read(inChannel({ text: 'lunch?', entities: [] })).kind).toBe('nothing');
  const other = { type: 'mention', mentioned: { id: ana.id, name: 'Firstline' }, text: '<at>Firstline</at>' };
  expect(read(inChannel({ entities: [other] })).kind).toBe('nothing');
});

test('a group chat has no threads: all of it is one place', () => {
  const conversation = { isGroup: true, conversationType: 'groupChat', tenantId, id: '19:abc@thread.v2' };
  const message = messageOf(personal({ conversation }));
  expect(message).toMatchObject({ addressed: false, place: 'channel', chat: { quotes: null } });
  expect(messageOf(personal({ conversation, entities: [mentionOfUs] })).addressed).toBe(true);
});

test('HTML beside the text says more, and whom it quotes', () => {
  const content =
    '<blockquote itemtype="http://schema.skype.com/Reply" itemid="1699999999999"><p>old</p></blockquote><p>new<br>words</p>';
  const message = messageOf(personal({ text: 'old new words', attachments: [html(content)] }));
  expect(message.text).toBe('new\nwords');
  expect(message.chat?.quotes).toEqual({
    messageId: `teams/${chat}/1699999999999`,
    postRefStart: `teams/${encodeURIComponent(personalId)}/1699999999999`,
  });
  expect(message.files).toEqual([]);
});

test('an entity may name what is quoted as well', () => {
  const entities = [{ type: 'quotedReply', quotedReply: { messageId: '1699999999999' } }];
  expect(messageOf(personal({ entities })).chat?.quotes?.messageId).toBe(`teams/${chat}/1699999999999`);
});

test.each([
  [{}, 'channel'],
  [{ type: 'standard' }, 'channel'],
  [{ type: 'private' }, 'shared'],
  [{ type: 'shared' }, 'shared'],
  [{ type: 'something new' }, 'shared'],
])('who may read along in a channel: %j', (kind, place) => {
  expect(messageOf(inChannel({}, { channel: kind })).place).toBe(place);
});

test('files: one that was sent, and a picture within the text', () => {
  const attachments = [
    {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      contentUrl: 'https://x.sharepoint.com/a.log',
      name: 'a\u202E.log',
      content: { downloadUrl: 'https://x.sharepoint.com/download?t=1', uniqueId: '1', fileType: 'log' },
    },
    { contentType: 'image/png', contentUrl: 'https://smba.trafficmanager.net/emea/v3/attachments/1/views/original' },
    { contentType: 'image/*', contentUrl: 'data:image/png;base64,AAAA' },
    { contentType: 'application/vnd.microsoft.card.adaptive', content: {} },
    html('<p>see this</p>'),
    null,
    'odd',
  ];
  expect(messageOf(personal({ attachments })).files).toEqual([
    {
      name: 'a.log',
      ref: '{"url":"https://x.sharepoint.com/download?t=1","kind":"download"}',
      mimeType: null,
      bytes: null,
    },
    {
      name: 'image.png',
      ref: '{"url":"https://smba.trafficmanager.net/emea/v3/attachments/1/views/original","kind":"inline"}',
      mimeType: 'image/png',
      bytes: null,
    },
    { name: 'image.png', ref: null, mimeType: null, bytes: null },
  ]);
});

test.each([
  { from: { id: botId, name: 'Firstline' } },
  { from: { ...ana, id: '28:another-bot' } },
  { from: { ...ana, role: 'bot' } },
  { from: { id: '29:without-a-directory', name: 'x' } },
])('not written by a person of the directory: %j', (fields) => {
  expect(read(personal(fields)).kind).toBe('nothing');
});

describe('changes', () => {
  const edit = (fields: Json = {}) =>
    personal({
      type: 'messageUpdate',
      timestamp: '2023-11-14T22:13:25.500Z',
      text: 'My VPN works',
      channelData: { eventType: 'editMessage', tenant: { id: tenantId } },
      ...fields,
    });

  test('an edit brings the whole message along', () => {
    const incoming = read(edit());
    expect(incoming).toMatchObject({
      kind: 'change',
      change: {
        eventId: `teams/${chat}/${sentId}/editMessage/2023-11-14T22:13:25.500Z`,
        messageId: `teams/${chat}/${sentId}`,
        text: 'My VPN works',
        order: Date.parse('2023-11-14T22:13:25.500Z'),
        message: { text: 'My VPN works', id: `teams/${chat}/${sentId}`, sentAt: new Date(1_700_000_000_000) },
      },
    });
  });

  test('later it changes what is there, and nothing else', () => {
    expect(read(edit({ timestamp: '2023-11-14T23:00:00.000Z' }))).toMatchObject({ change: { message: null } });
  });

  test('what was taken back is there again', () => {
    const channelData = { eventType: 'undeleteMessage', tenant: { id: tenantId } };
    expect(read(edit({ channelData }))).toMatchObject({ kind: 'change', change: { text: 'My VPN works' } });
  });

  test('a deletion', () => {
    const channelData = { eventType: 'softDeleteMessage', tenant: { id: tenantId } };
    const incoming = read(edit({ type: 'messageDelete', channelData, text: undefined }));
    expect(incoming).toMatchObject({ kind: 'change', change: { text: null, message: null } });
    if (incoming.kind === 'change') expect(incoming.change).not.toHaveProperty('files');
  });

  test('an update of another sort, or of a bot, is none', () => {
    expect(read(edit({ channelData: { eventType: 'linkPreview' } })).kind).toBe('nothing');
    expect(read(edit({ from: { id: botId } })).kind).toBe('nothing');
    expect(read(edit({ type: 'messageDelete', from: { id: botId } })).kind).toBe('nothing');
  });
});

describe('where we are', () => {
  test.each([
    personal({ type: 'installationUpdate', action: 'add' }),
    personal({ type: 'conversationUpdate', membersAdded: [{ id: botId }, { id: ana.id }] }),
  ])('brought in: $type', (activity) => {
    expect(read(activity)).toEqual({ kind: 'arrival', arrival: { platform: 'teams', chat, place: 'direct' } });
  });

  test('a team tells twice that we were brought in, and one of them counts', () => {
    expect(read(inChannel({ type: 'conversationUpdate', membersAdded: [{ id: botId }] })).kind).toBe('nothing');
  });

  test('a team greets in the channel that was chosen', () => {
    const activity = inChannel({ type: 'installationUpdate', action: 'add' });
    const channelData = {
      ...(activity['channelData'] as Json),
      settings: { selectedChannel: { id: '19:it@thread.tacv2' } },
    };
    expect(read({ ...activity, channelData })).toEqual({
      kind: 'arrival',
      arrival: { platform: 'teams', chat: `${tenantId}/${encodeURIComponent('19:it@thread.tacv2')}`, place: 'channel' },
    });
  });

  test('taken out', () => {
    expect(isRemoval(sceneOf(personal({ type: 'installationUpdate', action: 'remove' })))).toBe(true);
    expect(isRemoval(sceneOf(personal({ type: 'conversationUpdate', membersRemoved: [{ id: botId }] })))).toBe(true);
    expect(isRemoval(sceneOf(personal({ type: 'conversationUpdate', membersRemoved: [{ id: ana.id }] })))).toBe(false);
    expect(isRemoval(sceneOf(personal({ type: 'installationUpdate', action: 'add' })))).toBe(false);
    expect(isRemoval(sceneOf(personal({ action: 'remove' })))).toBe(false);
  });

  test.each([
    { type: 'installationUpdate', action: 'add-upgrade' },
    { type: 'conversationUpdate', membersAdded: [{ id: ana.id }] },
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
    { type: 'event' },
    { type: 'something new' },
  ])('none of our business: $type', (fields) => {
    expect(read(personal(fields)).kind).toBe('nothing');
  });
});

test('a message without words may be a press; with words it is a message', () => {
  const value = { verb: 'solved', turn: '7', thread: `${chat}/${sentId}` };
  expect(read(personal({ text: undefined, value }))).toEqual({ kind: 'press', data: value });
  expect(read(personal({ value })).kind).toBe('message');
});

test.each([{ verb: 'format the disk' }, {}, 'yes', 7])('a press of another button is no question: %j', (value) => {
  expect(read(personal({ text: ' ', value })).kind).toBe('nothing');
});

test('letters’ case is nothing to a tenant', () => {
  const conversation = { conversationType: 'personal', tenantId: 'ABCDEF00-1', id: personalId };
  const { authorRef, address } = messageOf(personal({ conversation }));
  expect([authorRef, address.ref]).toEqual([
    `teams/abcdef00-1/${ana.aadObjectId}`,
    `abcdef00-1/${encodeURIComponent(personalId)}/${sentId}`,
  ]);
});

test('who a message is for is us, whatever we are called there', () => {
  const entities = [{ type: 'mention', mentioned: { id: 'bot-7', name: 'Firstline' }, text: '<at>Firstline</at>' }];
  expect(messageOf(inChannel({ recipient: { id: 'bot-7' }, entities })).addressed).toBe(true);
});

test('what has no time is of the moment it came', () => {
  expect(messageOf(personal({ id: 'f:1', timestamp: undefined })).sentAt).toEqual(new Date('2023-11-14T22:13:21.000Z'));
});
