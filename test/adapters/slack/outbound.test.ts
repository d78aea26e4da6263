import { connect, disconnect, listen, type WebApiAnswer } from './doubles.ts';
import type { Address } from '#domain/conversation.ts';
import type { Reply } from '#domain/reply.ts';

const address: Address = { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' };
const reply: Reply = { parts: [{ kind: 'text', text: 'Ask <!channel>.\nMore.' }], buttons: ['get-human'] };

afterEach(disconnect);

const failure = (kind: string, message: string, retryAfterMs: number | null = null) => ({
  name: 'RemoteError',
  system: 'slack',
  kind,
  retryAfterMs,
  message: `slack: ${message}`,
});

describe('posting', () => {
  const posted = { ok: true, channel: 'C0HELP001', ts: '1767225601.000100' };

  test('goes into the thread, with the turn and without pings or previews', async () => {
    const { slack, api } = await connect({ 'chat.postMessage': posted });
    const ref = await slack.post(address, { turnId: '42', reply, again: false });
    expect(ref).toBe('C0HELP001/1767225601.000100/42');
    expect(api.calls.map(({ method, token }) => [method, token])).toEqual([['chat.postMessage', 'Bearer xoxb-test']]);
    const { blocks, metadata, ...args } = api.calls[0]!.args;
    expect(args).toEqual({
      channel: 'C0HELP001',
      thread_ts: '1767225600.000200',
      text: 'Ask &lt;!channel&gt;.',
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
    expect(JSON.parse(metadata!)).toEqual({ event_type: 'firstline_turn', event_payload: { turn_id: '42' } });
    expect(JSON.parse(blocks!)).toMatchObject([
      { type: 'section', text: { text: 'Ask &lt;!channel&gt;.\nMore.' } },
      { type: 'actions', elements: [{ action_id: 'get_human', value: '42' }] },
    ]);
  });

  const ours = (turnId: string, fields: object = {}) => ({
    ts: '1767225602.000100',
    bot_id: 'B0FIRST01',
    metadata: { event_type: 'firstline_turn', event_payload: { turn_id: turnId } },
    ...fields,
  });

  test('again finds the post of the first attempt, over several pages', async () => {
    const { slack, api } = await connect({
      'chat.postMessage': posted,
      'conversations.replies': ({ args }) =>
        args['cursor'] === undefined
          ? { ok: true, messages: [ours('41')], has_more: true, response_metadata: { next_cursor: 'page2' } }
          : { ok: true, messages: [ours('42')], has_more: false },
    });
    expect(await slack.post(address, { turnId: '42', reply, again: true })).toBe('C0HELP001/1767225602.000100/42');
    expect(api.calls.map(({ method }) => method)).toEqual([
      'auth.test',
      'conversations.replies',
      'conversations.replies',
    ]);
    expect(api.calls[1]?.args).toEqual({
      channel: 'C0HELP001',
      ts: '1767225600.000200',
      oldest: '1767225600.000200',
      limit: '200',
      include_all_metadata: 'true',
    });
  });

  test('again finds the last one, where a turn was said anew', async () => {
    const messages = [ours('42'), ours('42', { ts: '1767225603.000100' }), ours('41')];
    const { slack } = await connect({ 'conversations.replies': { ok: true, messages } });
    expect(await slack.post(address, { turnId: '42', reply, again: true })).toBe('C0HELP001/1767225603.000100/42');
  });

  test.each<[string, object]>([
    ['another turn', ours('41')],
    ['another app with our metadata', ours('42', { bot_id: 'B0OTHER01' })],
    ['other metadata', ours('42', { metadata: { event_type: 'else', event_payload: { turn_id: '42' } } })],
    ['no metadata', ours('42', { metadata: undefined })],
  ])('again posts when there is only a post of %s', async (_, message) => {
    const { slack } = await connect({
      'chat.postMessage': posted,
      'conversations.replies': { ok: true, messages: [message] },
    });
    expect(await slack.post(address, { turnId: '42', reply, again: true })).toBe('C0HELP001/1767225601.000100/42');
  });

  test('again posts when the thread’s first post is gone', async () => {
    const { slack } = await connect({
      'chat.postMessage': posted,
      'conversations.replies': { ok: false, error: 'thread_not_found' },
    });
    expect(await slack.post(address, { turnId: '42', reply, again: true })).toBe('C0HELP001/1767225601.000100/42');
  });

  test('again does not post when it cannot look', async () => {
    const { slack, api } = await connect({ 'conversations.replies': { ok: false, error: 'internal_error' } });
    await expect(slack.post(address, { turnId: '42', reply, again: true })).rejects.toMatchObject(
      failure('unavailable', 'conversations.replies: internal_error'),
    );
    expect(api.calls.map(({ method }) => method)).not.toContain('chat.postMessage');
  });

  test('again gives up looking after ten pages', async () => {
    const { slack, api } = await connect({
      'chat.postMessage': posted,
      'conversations.replies': { ok: true, messages: [ours('41')], response_metadata: { next_cursor: 'more' } },
    });
    await slack.post(address, { turnId: '42', reply, again: true });
    expect(api.calls.filter(({ method }) => method === 'conversations.replies')).toHaveLength(10);
  });
});

describe('failures become RemoteErrors', () => {
  const page = '<html>The password is hunter2</html>';

  test.each<[string, WebApiAnswer, object]>([
    [
      '429',
      { status: 429, headers: { 'retry-after': '7' }, text: '{}' },
      failure('rate-limited', 'chat.postMessage: rate limited', 7000),
    ],
    ['a 429 without a time', { status: 429, text: '{}' }, failure('unavailable', 'chat.postMessage: no answer')],
    [
      'ratelimited',
      { status: 200, headers: { 'retry-after': '3' }, text: '{"ok":false,"error":"ratelimited"}' },
      failure('rate-limited', 'chat.postMessage: ratelimited', 3000),
    ],
    ...['invalid_auth', 'token_revoked', 'account_inactive', 'missing_scope', 'not_authed'].map(
      (error): [string, WebApiAnswer, object] => [
        error,
        { ok: false, error },
        failure('unauthorized', `chat.postMessage: ${error}`),
      ],
    ),
    ...['channel_not_found', 'is_archived', 'invalid_blocks', 'msg_too_long', 'not_in_channel'].map(
      (error): [string, WebApiAnswer, object] => [
        error,
        { ok: false, error },
        failure('rejected', `chat.postMessage: ${error}`),
      ],
    ),
    [
      'internal_error',
      { ok: false, error: 'internal_error' },
      failure('unavailable', 'chat.postMessage: internal_error'),
    ],
    ['503', { status: 503, text: page }, failure('unavailable', 'chat.postMessage: HTTP status 503')],
    ['403', { status: 403, text: page }, failure('unauthorized', 'chat.postMessage: HTTP status 403')],
    ['404', { status: 404, text: page }, failure('rejected', 'chat.postMessage: HTTP status 404')],
    [
      'a page instead of JSON',
      { status: 200, text: page },
      failure('unavailable', 'chat.postMessage: unreadable answer'),
    ],
    ['a connection that breaks off', 'hang-up', failure('unavailable', 'chat.postMessage: no answer')],
    [
      'an answer without the post’s time',
      { ok: true },
      failure('unavailable', 'chat.postMessage: an answer without what was asked for'),
    ],
  ])('%s', async (_, answer, expected) => {
    const { slack, api, log } = await connect({ 'chat.postMessage': answer });
    const posting = slack.post(address, { turnId: '42', reply, again: false });
    await expect(posting).rejects.toMatchObject(expected);
    expect(api.calls).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toMatch(/hunter2|xoxb|Ask/);
  });

  test('a Slack that is not there', async () => {
    const { slack, api } = await connect();
    await api.close();
    await expect(slack.permalink(address)).rejects.toMatchObject(
      failure('unavailable', 'chat.getPermalink: no answer'),
    );
  });
});

describe('updating', () => {
  test('changes the post, with other buttons of the same turn', async () => {
    const { slack, api } = await connect();
    await slack.update(address, 'C0HELP001/1767225601.000100/42', reply);
    const { blocks, ...args } = api.calls[0]!.args;
    expect(args).toEqual({ channel: 'C0HELP001', ts: '1767225601.000100', text: 'Ask &lt;!channel&gt;.' });
    expect(JSON.parse(blocks!)).toMatchObject([{}, { elements: [{ value: '42' }] }]);
  });

  test('one that is gone counts as done', async () => {
    const { slack } = await connect({ 'chat.update': { ok: false, error: 'message_not_found' } });
    await expect(slack.update(address, 'C0HELP001/1767225601.000100/42', reply)).resolves.toBeUndefined();
  });

  test.each(['cant_update_message', 'edit_window_closed', 'channel_not_found'])('%s does not', async (error) => {
    const { slack } = await connect({ 'chat.update': { ok: false, error } });
    await expect(slack.update(address, 'C0HELP001/1.000100/42', reply)).rejects.toMatchObject(
      failure('rejected', `chat.update: ${error}`),
    );
  });
});

describe('removing', () => {
  const ref = 'C0HELP001/1767225601.000100/42';
  const first = { ts: '1767225601.000100', thread_ts: '1767225601.000100' };

  test('deletes the post', async () => {
    const { slack, api } = await connect();
    await slack.remove(address, ref);
    expect(api.calls).toMatchObject([
      { method: 'chat.delete', args: { channel: 'C0HELP001', ts: '1767225601.000100' } },
    ]);
  });

  test('one that is gone counts as done', async () => {
    const { slack } = await connect({ 'chat.delete': { ok: false, error: 'message_not_found' } });
    await expect(slack.remove(address, ref)).resolves.toBeUndefined();
  });

  test.each<[string, object]>([
    ['a tombstone', { ok: true, messages: [{ ...first, subtype: 'tombstone', user: 'USLACKBOT' }] }],
    ['nothing', { ok: false, error: 'thread_not_found' }],
    ['another post', { ok: true, messages: [{ ts: '1767225600.000200' }] }],
  ])('one of which %s is left counts as done', async (_, left) => {
    const { slack } = await connect({
      'chat.delete': { ok: false, error: 'cant_delete_message' },
      'conversations.replies': left,
    });
    await expect(slack.remove(address, ref)).resolves.toBeUndefined();
  });

  test('one that stands there does not', async () => {
    const { slack } = await connect({
      'chat.delete': { ok: false, error: 'cant_delete_message' },
      'conversations.replies': { ok: true, messages: [{ ...first, user: 'U0BOT0001' }] },
    });
    await expect(slack.remove(address, ref)).rejects.toMatchObject(
      failure('rejected', 'chat.delete: cant_delete_message'),
    );
  });

  test.each(['channel_not_found', 'compliance_exports_prevent_deletion'])('nor does %s', async (error) => {
    const { slack } = await connect({ 'chat.delete': { ok: false, error } });
    await expect(slack.remove(address, ref)).rejects.toMatchObject(failure('rejected', `chat.delete: ${error}`));
  });
});

describe('the status', () => {
  test('is set in the thread', async () => {
    const { slack, api } = await connect();
    await slack.showWorking(address, 'searching');
    expect(api.calls).toMatchObject([
      {
        method: 'assistant.threads.setStatus',
        args: { channel_id: 'C0HELP001', thread_ts: '1767225600.000200', status: 'is searching the IT guides…' },
      },
    ]);
  });

  test('has words of its own for each stage, and the same stage is told once until we post', async () => {
    const { slack, api } = await connect({ 'chat.postMessage': { ok: true, ts: '1767225601.000100' } });
    for (const stage of ['searching', 'searching', 'reading', 'checking', 'checking'] as const) {
      await slack.showWorking(address, stage);
    }
    await slack.showWorking({ ...address, ref: 'T0FIRST01/C0HELP001/1767225600.000300' }, 'checking');
    await slack.post(address, { turnId: '42', reply, again: false });
    await slack.showWorking(address, 'checking');
    const told = api.calls.map(({ method, args }) => args['status'] ?? method);
    const checking = 'is checking the answer…';
    const [searching, reading] = ['is searching the IT guides…', 'is reading what it found…'];
    expect(told).toEqual([searching, reading, checking, checking, 'chat.postMessage', checking]);
    expect(api.calls[1]?.args['loading_messages']).toContain('Reading what I found…');
  });

  test('that cannot be shown is not missed', async () => {
    const { slack, log } = await connect({ 'assistant.threads.setStatus': { ok: false, error: 'missing_scope' } });
    await expect(slack.showWorking(address, 'searching')).resolves.toBeUndefined();
    expect(
      log.lines.filter(({ message }) => message.startsWith('slack: the status')).map(({ level }) => level),
    ).toEqual(['debug']);
  });
});

test('the link to a thread is Slack’s own', async () => {
  const link = 'https://firstline-test.slack.com/archives/C0HELP001/p1767225600000200';
  const { slack, api } = await connect({ 'chat.getPermalink': { ok: true, permalink: link } });
  expect(await slack.permalink(address)).toBe(link);
  expect(api.calls[0]?.args).toEqual({ channel: 'C0HELP001', message_ts: '1767225600.000200' });
});

test('a redirect is not followed: the token stays with the address in the settings', async () => {
  const asked: (string | undefined)[] = [];
  const elsewhere = await listen((request, response) => {
    asked.push(request.headers.authorization);
    response.end('{"ok":true}');
  });
  const { slack } = await connect({
    'chat.getPermalink': { status: 302, headers: { location: elsewhere.url }, text: '' },
  });
  await expect(slack.permalink(address)).rejects.toMatchObject({ kind: 'unavailable' });
  await elsewhere.close();
  expect(asked).toEqual([]);
});
