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
