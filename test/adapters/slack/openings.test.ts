import type { Reply } from '#domain/reply.ts';
import { connect, disconnect } from './doubles.ts';

afterEach(disconnect);

const ana = 'slack/T0FIRST01/U0ANA0001';
const key = 'private/c0ffee/42';
const reply: Reply = {
  parts: [{ kind: 'link', before: 'About ', text: 'your question', url: 'https://x.example/p1', after: ': “a <b>”' }],
  buttons: [],
};
const answers = {
  'conversations.open': { ok: true, channel: { id: 'D0ANA0001' } },
  'chat.postMessage': { ok: true, channel: 'D0ANA0001', ts: '1767225601.000100' },
};
const begun = (ts: string) => ({
  address: { platform: 'slack', ref: `T0FIRST01/D0ANA0001/${ts}` },
  messageId: `T0FIRST01/D0ANA0001/${ts}`,
  postRef: `D0ANA0001/${ts}/${key}`,
});
const ours = (fields: object = {}) => ({
  ts: '1767225500.000100',
  bot_id: 'B0FIRST01',
  metadata: { event_type: 'firstline_direct', event_payload: { key } },
  ...fields,
});

test('a thread in direct messages begins with a post of ours, at top level and without previews', async () => {
  const { slack, api } = await connect(answers);
  expect(await slack.startDirect(ana, { key, reply, again: false })).toEqual(begun('1767225601.000100'));
  const [, open, post] = api.calls;
  expect(open).toMatchObject({ method: 'conversations.open', args: { users: 'U0ANA0001' } });
  const { blocks, metadata, ...args } = post!.args;
  expect([post?.method, args]).toEqual([
    'chat.postMessage',
    {
      channel: 'D0ANA0001',
      text: 'About your question: “a &lt;b&gt;”',
      unfurl_links: 'false',
      unfurl_media: 'false',
    },
  ]);
  expect(JSON.parse(metadata!)).toEqual({ event_type: 'firstline_direct', event_payload: { key } });
  expect(JSON.parse(blocks!)).toMatchObject([
    { type: 'section', text: { text: 'About <https://x.example/p1|your question>: “a &lt;b&gt;”' } },
  ]);
});

test('again finds the post of the first attempt, over several pages', async () => {
  const { slack, api } = await connect({
    ...answers,
    'conversations.history': ({ args }) =>
      args['cursor'] === undefined
        ? { ok: true, messages: [ours({ metadata: undefined })], response_metadata: { next_cursor: 'page2' } }
        : { ok: true, messages: [ours()] },
  });
  expect(await slack.startDirect(ana, { key, reply, again: true })).toEqual(begun('1767225500.000100'));
  expect(api.calls.map(({ method }) => method)).toEqual([
    'auth.test',
    'conversations.open',
    'conversations.history',
    'conversations.history',
  ]);
  expect(api.calls[2]?.args).toEqual({ channel: 'D0ANA0001', limit: '200', include_all_metadata: 'true' });
});

test.each<[string, object]>([
  ['with another key', ours({ metadata: { event_type: 'firstline_direct', event_payload: { key: 'other' } } })],
  ['of another app with our metadata', ours({ bot_id: 'B0OTHER01' })],
  ['with other metadata', ours({ metadata: { event_type: 'firstline_turn', event_payload: { key } } })],
])('again posts when there is only a post %s', async (_, message) => {
  const { slack } = await connect({ ...answers, 'conversations.history': { ok: true, messages: [message] } });
  expect(await slack.startDirect(ana, { key, reply, again: true })).toEqual(begun('1767225601.000100'));
});

test('again does not post when it cannot look', async () => {
  const { slack, api } = await connect({ ...answers, 'conversations.history': { ok: false, error: 'internal_error' } });
  await expect(slack.startDirect(ana, { key, reply, again: true })).rejects.toMatchObject({ kind: 'unavailable' });
  expect(api.calls.map(({ method }) => method)).not.toContain('chat.postMessage');
});

test.each([
  ['user_disabled', 'rejected'],
  ['missing_scope', 'unauthorized'],
])('a person who cannot be written to (%s) is a failure', async (error, kind) => {
  const { slack } = await connect({ 'conversations.open': { ok: false, error } });
  await expect(slack.startDirect(ana, { key, reply, again: false })).rejects.toMatchObject({
    kind,
    message: `slack: conversations.open: ${error}`,
  });
});

describe('a thread in a channel', () => {
  const card: Reply = { parts: [{ kind: 'text', text: 'IT-42' }], buttons: ['take', 'mute'] };
  const opening = { key: 'triage/c0ffee/7', turnId: '7', reply: card, again: false };
  const posted = { 'chat.postMessage': { ok: true, channel: 'C0TRIAGE1', ts: '1767225601.000100' } };

  test('begins with a post of ours, whose buttons carry its turn', async () => {
    const { slack, api } = await connect(posted);
    expect(await slack.startIn('C0TRIAGE1', opening)).toEqual({
      address: { platform: 'slack', ref: 'T0FIRST01/C0TRIAGE1/1767225601.000100' },
      messageId: 'T0FIRST01/C0TRIAGE1/1767225601.000100',
      postRef: 'C0TRIAGE1/1767225601.000100/7',
    });
    const { method, args } = api.calls.at(-1)!;
    expect([method, args['channel'], args['thread_ts'], args['unfurl_links']]).toEqual([
      'chat.postMessage',
      'C0TRIAGE1',
      undefined,
      'false',
    ]);
    expect(JSON.parse(args['metadata']!)).toEqual({
      event_type: 'firstline_direct',
      event_payload: { key: 'triage/c0ffee/7', turn_id: '7' },
    });
    expect(JSON.parse(args['blocks']!)[1]).toMatchObject({
      elements: [
        { action_id: 'take', value: '7' },
        { action_id: 'mute', value: '7' },
      ],
    });
  });

  test('is changed by its ref, with buttons of the same turn', async () => {
    const { slack, api } = await connect(posted);
    const { address, postRef } = await slack.startIn('C0TRIAGE1', opening);
    await slack.update(address, postRef, card);
    const { method, args } = api.calls.at(-1)!;
    expect([method, args['ts']]).toEqual(['chat.update', '1767225601.000100']);
    expect(JSON.parse(args['blocks']!)[1]).toMatchObject({ elements: [{ value: '7' }, { value: '7' }] });
  });

  test('again finds the post of the first attempt, also by its turn', async () => {
    const metadata = {
      event_type: 'firstline_direct',
      event_payload: { key: 'triage/c0ffee/7', turn_id: '7' },
    };
    const { slack, api } = await connect({
      'conversations.history': { ok: true, messages: [ours({ metadata })] },
      'conversations.replies': { ok: true, messages: [ours({ metadata })] },
    });
    const found = await slack.startIn('C0TRIAGE1', { ...opening, again: true });
    expect(found.postRef).toBe('C0TRIAGE1/1767225500.000100/7');
    expect(await slack.findPost(found.address, '7')).toBe(found.postRef);
    expect(api.calls.map(({ method }) => method)).not.toContain('chat.postMessage');
  });

  test.each([
    ['chat.postMessage', 'not_in_channel', false],
    ['chat.postMessage', 'channel_not_found', false],
    ['conversations.history', 'not_in_channel', true],
    ['conversations.history', 'channel_not_found', true],
  ])('that we are not in (%s: %s) is for an admin, who is told what to do', async (method, error, again) => {
    const { slack } = await connect({ [method]: { ok: false, error } });
    await expect(slack.startIn('C0TRIAGE1', { ...opening, again })).rejects.toMatchObject({
      name: 'RemoteError',
      kind: 'unauthorized',
      message: `slack: ${method}: ${error}. TRIAGE_CHANNEL must be the id of a channel that the app is in: invite the app to it`,
    });
  });

  test('that is archived is another failure', async () => {
    const { slack } = await connect({ 'chat.postMessage': { ok: false, error: 'is_archived' } });
    await expect(slack.startIn('C0TRIAGE1', opening)).rejects.toMatchObject({
      kind: 'rejected',
      message: 'slack: chat.postMessage: is_archived',
    });
  });

  test('is one: Slack’s places have threads, and nothing is said in greeting but what its own prompts say', async () => {
    const { slack, api } = await connect(posted);
    const { address } = await slack.startIn('C0TRIAGE1', opening);
    expect(slack.hasNoThreads(address)).toBe(false);
    const calls = api.calls.length;
    const arrival = { platform: 'slack', chat: 'C0TRIAGE1', place: 'channel' } as const;
    await slack.greet(arrival, { reply: opening.reply, again: false });
    expect(api.calls).toHaveLength(calls);
  });

  test('is in the channel that its address names', async () => {
    const { slack } = await connect(posted);
    expect(slack.channelOf((await slack.startIn('C0TRIAGE1', opening)).address)).toBe('C0TRIAGE1');
  });
});
