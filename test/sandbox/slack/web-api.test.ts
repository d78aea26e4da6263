import type { WebClient } from '@slack/web-api';
import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, bob, clientOf, elsewhere, guest, help, secret, startAcme, stranger } from './acme.ts';

let slack: SlackSandbox;
let client: WebClient;
let dm: string;

beforeAll(async () => {
  slack = await startAcme();
  client = clientOf(slack);
  dm = slack.dm(ana);
});
afterAll(() => slack.close());

/** The platform's error of a call that is refused. */
function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'accepted',
    (error: { data?: { error: string } }) => error.data?.error ?? 'another failure',
  );
}

const said = (text: string, channel = help) => slack.say({ as: ana, channel, text });

test('auth.test tells the app who it is', async () => {
  expect(await client.auth.test()).toMatchObject({
    ok: true,
    url: 'https://acme-rail.slack.com/',
    team: 'Acme Rail',
    team_id: slack.teamId,
    user: 'firstline',
    user_id: slack.botUserId,
    bot_id: slack.botId,
    is_enterprise_install: false,
    response_metadata: { scopes: expect.arrayContaining(['chat:write']) },
  });
});

test('a post in a thread is answered with the message as it is kept', async () => {
  const threadTs = await said('my vpn drops', dm);
  const blocks = [{ type: 'section' as const, block_id: 'b', text: { type: 'mrkdwn' as const, text: 'Restart *it*' } }];
  const metadata = { event_type: 'answer', event_payload: { turn: '7' } };
  const posted = await client.chat.postMessage({
    channel: dm,
    thread_ts: threadTs,
    text: 'a &amp; b',
    blocks,
    metadata,
  });
  expect(posted).toMatchObject({ ok: true, channel: dm, ts: expect.stringMatching(/^\d{10}\.\d{6}$/) });
  expect(posted.message).toEqual({
    type: 'message',
    user: slack.botUserId,
    bot_id: slack.botId,
    app_id: slack.appId,
    bot_profile: expect.objectContaining({ id: slack.botId, name: 'Firstline' }),
    team: slack.teamId,
    text: 'a &amp; b',
    ts: posted.ts,
    thread_ts: threadTs,
    parent_user_id: ana,
    blocks,
    metadata,
  });
});

test('a post to a person goes to their direct messages, one to #name to that channel', async () => {
  const direct = await client.chat.postMessage({ channel: bob, text: 'hello' });
  const named = await client.chat.postMessage({ channel: '#it-help', text: 'hello' });
  expect([direct.channel, named.channel]).toEqual([slack.dm(bob), help]);
});

test('arguments come as form, as JSON or in the query', async () => {
  const headers = { authorization: `Bearer ${slack.botToken}` };
  const json = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ channel: help, text: 'json', blocks: [{ type: 'divider' }] }),
  });
  const query = await fetch(`${slack.apiUrl}users.info?user=${ana}`, { headers });
  const inBody = await fetch(`${slack.apiUrl}users.info`, {
    method: 'POST',
    body: new URLSearchParams({ token: slack.botToken, user: ana }),
  });
  const answers = await Promise.all([json, query, inBody].map((response) => response.json()));
  expect(answers).toMatchObject([
    { ok: true, message: { text: 'json' } },
    { ok: true, user: { id: ana } },
    { ok: true },
  ]);
});

describe('refusals', () => {
  test.each([
    ['no token', undefined, 'auth.test', 'not_authed'],
    ['a false token', 'xoxb-false', 'auth.test', 'invalid_auth'],
    ['an unknown method', 'right', 'chat.shout', 'unknown_method'],
    ['a bot token for a socket', 'right', 'apps.connections.open', 'not_allowed_token_type'],
  ])('%s', async (...[, token, method, error]) => {
    const used = token === 'right' ? slack.botToken : token;
    const headers = used === undefined ? {} : { authorization: `Bearer ${used}` };
    const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', headers });
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ ok: false, error })]);
  });

  const x = (length: number) => 'x'.repeat(length);
  test.each([
    ['an unknown channel', { channel: 'C0NONE', text: 'a' }, 'channel_not_found'],
    ['a private channel without the app', { channel: 'C0HIDDEN', text: 'a' }, 'channel_not_found'],
    ['a channel without the app', { channel: elsewhere, text: 'a' }, 'not_in_channel'],
    ['an archived channel', { channel: 'C0OLD', text: 'a' }, 'is_archived'],
    ['no channel', { text: 'a' }, 'invalid_arguments'],
    ['no text', { channel: help }, 'no_text'],
    ['blank text', { channel: help, text: ' \n' }, 'no_text'],
    ['text too long', { channel: help, text: x(40_001) }, 'msg_too_long'],
    ['51 blocks', { channel: help, text: 'a', blocks: Array(51).fill({ type: 'divider' }) }, 'invalid_blocks'],
    ['blocks that are no list', { channel: help, text: 'a', blocks: 'hello' }, 'invalid_blocks_format'],
    ['a thread of no time', { channel: help, text: 'a', thread_ts: 'soon' }, 'invalid_thread_ts'],
    ['a thread that is not there', { channel: help, text: 'a', thread_ts: '1700000000.000001' }, 'thread_not_found'],
    ['markdown beside text', { channel: help, text: 'a', markdown_text: 'b' }, 'markdown_text_conflict'],
    ['metadata without a type', { channel: help, text: 'a', metadata: { a: 1 } }, 'invalid_metadata_format'],
  ])('chat.postMessage: %s', async (_, args, error) => {
    expect(await refusal(client.apiCall('chat.postMessage', args))).toBe(error);
  });

  test('invalid blocks come with pointers to what is wrong', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: x(3001) } }];
    const error = await client
      .apiCall('chat.postMessage', { channel: help, text: 'a', blocks })
      .catch((e: unknown) => e);
    expect(error).toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        response_metadata: {
          messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    });
  });

  test('a reply cannot be answered as if it were a thread', async () => {
    const threadTs = await said('first');
    const reply = await client.chat.postMessage({ channel: help, thread_ts: threadTs, text: 'reply' });
    const nested = client.chat.postMessage({ channel: help, thread_ts: reply.ts ?? '', text: 'nested' });
    expect(await refusal(nested)).toBe('thread_not_found');
  });

  test('a scope that the token lacks is named', async () => {
    const poor = await startAcme({ scopes: ['chat:write', 'users:read'] });
    const poorClient = clientOf(poor);
    const error = await poorClient.reactions
      .add({ channel: help, timestamp: '1.000000', name: 'eyes' })
      .catch((e: unknown) => e);
    const { user } = await poorClient.users.info({ user: ana });
    await poor.close();
    expect(error).toMatchObject({
      data: { error: 'missing_scope', needed: 'reactions:write', provided: 'chat:write,users:read' },
    });
    expect(user?.profile).not.toHaveProperty('email');
  });
});

describe('changing and deleting', () => {
  test('text alone removes the blocks and shows "edited"', async () => {
    const posted = await client.chat.postMessage({ channel: help, text: 'old', blocks: [{ type: 'divider' }] });
    const ts = posted.ts ?? '';
    const updated = await client.chat.update({ channel: help, ts, text: 'new' });
    expect(updated).toMatchObject({ ok: true, channel: help, ts, text: 'new' });
    const kept = slack.messages(help).find((message) => message.ts === ts);
    expect(kept).toMatchObject({ text: 'new', edited: { user: slack.botUserId } });
    expect(kept).not.toHaveProperty('blocks');
  });

  test('blocks alone keep the text and the metadata', async () => {
    const metadata = { event_type: 'answer', event_payload: { turn: '8' } };
    const posted = await client.chat.postMessage({ channel: help, text: 'old', metadata });
    const ts = posted.ts ?? '';
    await client.apiCall('chat.update', { channel: help, ts, blocks: [{ type: 'divider', block_id: 'd' }] });
    const kept = slack.messages(help).find((message) => message.ts === ts);
    expect(kept).toMatchObject({ text: 'old', metadata, blocks: [{ type: 'divider', block_id: 'd' }] });
    expect(kept).not.toHaveProperty('edited');
    await client.apiCall('chat.update', { channel: help, ts, metadata: {} });
    expect(slack.messages(help).find((message) => message.ts === ts)).not.toHaveProperty('metadata');
  });

  test('a post of the app can be deleted', async () => {
    const posted = await client.chat.postMessage({ channel: help, text: 'oops' });
    const ts = posted.ts ?? '';
    expect(await client.chat.delete({ channel: help, ts })).toMatchObject({ ok: true, channel: help, ts });
    expect(slack.messages(help).map((message) => message.ts)).not.toContain(ts);
  });

  test("a person's message can be neither changed nor deleted by the app", async () => {
    const ts = await said('mine');
    expect([
      await refusal(client.chat.update({ channel: help, ts, text: 'a' })),
      await refusal(client.chat.delete({ channel: help, ts })),
      await refusal(client.chat.update({ channel: help, ts: '1.000000', text: 'a' })),
      await refusal(client.chat.update({ channel: help, ts, text: '' })),
    ]).toEqual(['cant_update_message', 'cant_delete_message', 'message_not_found', 'cant_update_message']);
  });

  test('a deleted question that was answered leaves a tombstone, and the thread stays', async () => {
    const threadTs = await said('secret question');
    await client.chat.postMessage({ channel: help, thread_ts: threadTs, text: 'answer' });
    await slack.remove({ as: ana, channel: help, ts: threadTs });
    const { messages } = await client.conversations.replies({ channel: help, ts: threadTs });
    expect(messages).toMatchObject([{ subtype: 'tombstone', text: 'This message was deleted.' }, { text: 'answer' }]);
  });
});

describe('reading', () => {
  test('a thread is read page by page, its first message first', async () => {
    const threadTs = await said('question');
    for (const text of ['one', 'two', 'three'])
      await client.chat.postMessage({ channel: help, thread_ts: threadTs, text });
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await client.conversations.replies({
        channel: help,
        ts: threadTs,
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      pages.push((page.messages ?? []).map((message) => message.text ?? ''));
      expect(page.has_more).toBe(pages.length === 1);
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
    expect(pages).toEqual([['question', 'one', 'two'], ['three']]);
  });

  test("a thread's first message tells of its replies", async () => {
    const threadTs = await said('question');
    const answer = await client.chat.postMessage({ channel: help, thread_ts: threadTs, text: 'answer' });
    const { messages } = await client.conversations.replies({ channel: help, ts: threadTs });
    expect(messages?.[0]).toMatchObject({
      thread_ts: threadTs,
      reply_count: 1,
      reply_users: [slack.botUserId],
      reply_users_count: 1,
      latest_reply: answer.ts,
    });
  });

  test('metadata is given only when it is asked for', async () => {
    const threadTs = await said('question');
    const metadata = { event_type: 'answer', event_payload: { turn: '9' } };
    await client.chat.postMessage({ channel: help, thread_ts: threadTs, text: 'answer', metadata });
    const without = await client.conversations.replies({ channel: help, ts: threadTs });
    const withAll = await client.conversations.replies({ channel: help, ts: threadTs, include_all_metadata: true });
    expect(without.messages?.[1]).not.toHaveProperty('metadata');
    expect(withAll.messages?.[1]).toMatchObject({ metadata });
  });

  test('the history has the newest first and no replies', async () => {
    const channel = slack.dm(guest);
    const first = await slack.say({ as: guest, channel, text: 'first' });
    await client.chat.postMessage({ channel, thread_ts: first, text: 'reply' });
    const second = await slack.say({ as: guest, channel, text: 'second' });
    const all = await client.conversations.history({ channel });
    const later = await client.conversations.history({ channel, oldest: first });
    const both = await client.conversations.history({ channel, oldest: first, inclusive: true });
    const texts = [all, later, both].map(({ messages }) => messages?.map(({ text }) => text));
    expect(texts).toEqual([['second', 'first'], ['second'], ['second', 'first']]);
    expect(all.messages?.[0]?.ts).toBe(second);
  });

  test.each([
    ['a thread that is not there', 'conversations.replies', { channel: help, ts: '1.000000' }, 'thread_not_found'],
    ['a cursor of our own', 'conversations.replies', { channel: help, ts: 'T', cursor: 'x' }, 'invalid_cursor'],
    ['a channel without the app', 'conversations.history', { channel: elsewhere }, 'not_in_channel'],
    ['an unknown channel', 'conversations.info', { channel: 'C0NONE' }, 'channel_not_found'],
    ['an unknown person', 'users.info', { user: 'U0NONE' }, 'user_not_found'],
    ['an unknown address', 'users.lookupByEmail', { email: 'x@acme.example' }, 'users_not_found'],
    ['an unknown message', 'chat.getPermalink', { channel: help, message_ts: '1.000000' }, 'message_not_found'],
  ])('%s: refused', async (...[, method, args, error]) => {
    const ts = await said('question');
    const given = 'ts' in args && args.ts === 'T' ? { ...args, ts } : args;
    expect(await refusal(client.apiCall(method, given))).toBe(error);
  });

  test('channels and direct messages describe themselves', async () => {
    const channel = await client.conversations.info({ channel: help, include_num_members: true });
    const hidden = await client.conversations.info({ channel: secret });
    const direct = await client.conversations.info({ channel: dm });
    const shared = await client.conversations.info({ channel: 'C0SHARED' });
    expect([channel.channel, hidden.channel, direct.channel, shared.channel]).toMatchObject([
      {
        id: help,
        name: 'it-help',
        is_channel: true,
        is_private: false,
        is_member: true,
        num_members: 5,
        topic: { value: 'Ask here' },
      },
      { id: secret, is_channel: false, is_private: true },
      { id: dm, is_im: true, user: ana },
      { is_ext_shared: true, is_shared: true },
    ]);
  });

  test('channels are listed by type, page by page', async () => {
    const first = await client.conversations.list({ types: 'public_channel,private_channel', limit: 2 });
    const rest = await client.conversations.list({
      types: 'public_channel,private_channel',
      cursor: first.response_metadata?.next_cursor ?? '',
    });
    const names = [...(first.channels ?? []), ...(rest.channels ?? [])].map(({ name }) => name);
    expect(first.channels).toHaveLength(2);
    expect(new Set(names)).toEqual(new Set(['elsewhere', 'it-help', 'old', 'secret', 'with-third']));
    expect(names).toHaveLength(5);
  });

  test('members are listed, and direct messages opened', async () => {
    const { members } = await client.conversations.members({ channel: secret });
    const opened = await client.conversations.open({ users: ana });
    expect([members, opened.channel?.id]).toEqual([[ana, bob, slack.botUserId], dm]);
  });

  test('people have what the app may know of them', async () => {
    const [one, restricted, other, bot] = await Promise.all(
      [ana, guest, stranger, slack.botUserId].map(async (user) => (await client.users.info({ user })).user),
    );
    expect(one).toMatchObject({
      id: ana,
      team_id: slack.teamId,
      real_name: 'Ana Maria',
      tz: 'Europe/Lisbon',
      is_bot: false,
      is_restricted: false,
      profile: { email: 'ana@acme.example', real_name: 'Ana Maria', title: 'Driver' },
    });
    expect(restricted).toMatchObject({ is_restricted: true });
    expect(other).toMatchObject({ team_id: 'T0THIRD', is_stranger: true });
    expect(other?.profile).not.toHaveProperty('email');
    expect(bot).toMatchObject({ is_bot: true, profile: { bot_id: slack.botId } });
    expect((await client.users.lookupByEmail({ email: 'ANA@acme.example' })).user?.id).toBe(ana);
    expect((await client.users.list({})).members).toHaveLength(5);
  });

  test('a permalink is of the form of Slack', async () => {
    const ts = await said('question');
    const reply = await client.chat.postMessage({ channel: help, thread_ts: ts, text: 'answer' });
    const replyTs = reply.ts ?? '';
    const first = await client.chat.getPermalink({ channel: help, message_ts: ts });
    const second = await client.chat.getPermalink({ channel: help, message_ts: replyTs });
    expect([first.permalink, second.permalink]).toEqual([
      `https://acme-rail.slack.com/archives/${help}/p${ts.replace('.', '')}`,
      `https://acme-rail.slack.com/archives/${help}/p${replyTs.replace('.', '')}?thread_ts=${ts}&cid=${help}`,
    ]);
  });

  test('with a page to show them, permalinks lead to it', async () => {
    const shown = await startAcme({ pageUrl: 'http://127.0.0.1:9' });
    const ts = await shown.say({ as: ana, channel: help, text: 'question' });
    const { permalink } = await clientOf(shown).chat.getPermalink({ channel: help, message_ts: ts });
    const response = await fetch(permalink ?? '', { redirect: 'manual' });
    await shown.close();
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      `http://127.0.0.1:9/#channel=${help}&thread=${ts}`,
    ]);
  });
});

describe('around messages', () => {
  test('a reaction is added once and removed once', async () => {
    const timestamp = await said('question');
    const target = { channel: help, timestamp, name: 'eyes' };
    await client.reactions.add(target);
    const twice = await refusal(client.reactions.add(target));
    const { message } = await client.reactions.get({ channel: help, timestamp });
    await client.reactions.remove(target);
    expect([twice, await refusal(client.reactions.remove(target))]).toEqual(['already_reacted', 'no_reaction']);
    expect(message?.reactions).toEqual([{ name: 'eyes', users: [slack.botUserId], count: 1 }]);
  });

  test('an ephemeral message is for one person and not in the channel', async () => {
    const before = slack.messages(help).length;
    const { message_ts: ts } = await client.chat.postEphemeral({ channel: help, user: ana, text: 'only you' });
    expect(slack.whispers(help, ana).map((message) => message.ts)).toEqual([ts]);
    expect([slack.whispers(help, bob), slack.messages(help).length]).toEqual([[], before]);
    expect(await refusal(client.chat.postEphemeral({ channel: secret, user: guest, text: 'a' }))).toBe(
      'user_not_in_channel',
    );
  });

  test('a status shows until the app posts in that thread, or clears it', async () => {
    const changes: unknown[] = [];
    const threadTs = await said('question', dm);
    const stop = slack.on((change) => void changes.push(change));
    const status = 'Searching…';
    const seen: string[] = [];
    const look = () => void seen.push(slack.status(dm, threadTs));
    await client.assistant.threads.setStatus({ channel_id: dm, thread_ts: threadTs, status, loading_messages: ['a'] });
    look();
    await client.chat.postMessage({ channel: dm, text: 'elsewhere' });
    look();
    await client.chat.postMessage({ channel: dm, thread_ts: threadTs, text: 'here' });
    look();
    await client.assistant.threads.setStatus({ channel_id: dm, thread_ts: threadTs, status });
    await client.assistant.threads.setStatus({ channel_id: dm, thread_ts: threadTs, status: '' });
    look();
    stop();
    expect(seen).toEqual([status, status, '', '']);
    expect(changes.filter((change) => (change as { type: string }).type === 'status')).toHaveLength(4);
  });

  test('Stop stands beside a status, for an app that has subscribed to it', async () => {
    const thread_ts = await said('question', dm);
    expect(slack.canStop(dm, thread_ts)).toBe(false);
    await client.assistant.threads.setStatus({ channel_id: dm, thread_ts, status: 'is reading…' });
    expect(slack.canStop(dm, thread_ts)).toBe(true);
    await client.assistant.threads.setStatus({ channel_id: dm, thread_ts, status: '' });
    expect(slack.canStop(dm, thread_ts)).toBe(false);

    const other = await startAcme({ subscriptions: ['message.im'] });
    const place = {
      channel_id: other.dm(ana),
      thread_ts: await other.say({ as: ana, channel: other.dm(ana), text: 'q' }),
    };
    await clientOf(other).assistant.threads.setStatus({ ...place, status: 'is reading…' });
    expect(other.canStop(place.channel_id, place.thread_ts)).toBe(false);
    await other.close();
  });

  test.each([
    ['a status without a thread', 'assistant.threads.setStatus', { status: 'a' }, 'invalid_arguments'],
    [
      'a status in no thread',
      'assistant.threads.setStatus',
      { status: 'a', thread_ts: '1.000000' },
      'invalid_thread_ts',
    ],
    [
      'a session in a strange state',
      'agents.sessions.setStatus',
      { status: 'asleep', thread_ts: 'T' },
      'invalid_arguments',
    ],
    [
      'five prompts',
      'assistant.threads.setSuggestedPrompts',
      { prompts: Array(5).fill({ title: 'a', message: 'b' }) },
      'invalid_arguments',
    ],
  ])('%s: refused', async (...[, method, args, error]) => {
    const thread_ts = await said('question', dm);
    const given = 'thread_ts' in args && args.thread_ts === 'T' ? { ...args, thread_ts } : args;
    expect(await refusal(client.apiCall(method, { channel_id: dm, ...given }))).toBe(error);
  });

  test('prompts, titles and sessions are taken', async () => {
    const thread_ts = await said('question', dm);
    const calls = [
      client.assistant.threads.setSuggestedPrompts({ channel_id: dm, prompts: [{ title: 'a', message: 'b' }] }),
      client.assistant.threads.setTitle({ channel_id: dm, thread_ts, title: 'VPN' }),
      client.agents.sessions.setStatus({ channel_id: dm, thread_ts, status: 'processing' }),
    ];
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, true, true]);
  });

  test('a streamed answer grows and ends with its blocks', async () => {
    const thread_ts = await said('question', dm);
    const started = await client.chat.startStream({ channel: dm, thread_ts, markdown_text: 'One' });
    const ts = started.ts ?? '';
    await client.chat.appendStream({ channel: dm, ts, markdown_text: ' two' });
    await client.chat.stopStream({ channel: dm, ts, blocks: [{ type: 'divider', block_id: 'd' }] });
    const late = await refusal(client.chat.appendStream({ channel: dm, ts, markdown_text: ' three' }));
    const inChannel = await refusal(
      client.chat.startStream({ channel: help, thread_ts: await said('q'), markdown_text: 'a' }),
    );
    expect([late, inChannel]).toEqual(['message_not_in_streaming_state', 'missing_recipient_user_id']);
    expect(slack.thread(dm, thread_ts).at(-1)).toMatchObject({
      text: 'One two',
      blocks: [{ type: 'markdown', text: 'One two' }, { type: 'divider' }],
    });
  });
});

describe('limits and faults', () => {
  test('a channel that takes one post a second answers the third of a burst of two with 429', async () => {
    const paced = await startAcme({ rateLimit: { perSecond: 1, burst: 2 } });
    const post = (channel: string) =>
      fetch(`${paced.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${paced.botToken}` },
        body: new URLSearchParams({ channel, text: 'a' }),
      });
    const answers = [await post(help), await post(help), await post(help), await post(secret)];
    const limited = await answers[2]?.json();
    await paced.close();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
    expect(answers[2]?.headers.get('retry-after')).toBe('1');
    expect(limited).toEqual({ ok: false, error: 'ratelimited' });
    expect(paced.messages(help)).toHaveLength(2);
  });

  test('the client understands a rate limit that is a fault, and nothing is posted', async () => {
    const before = slack.messages(help).length;
    slack.faults.set({ match: 'chat.postMessage', kind: 'rate-limit', retryAfterSeconds: 3, times: 1 });
    const error = await client.chat.postMessage({ channel: help, text: 'a' }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 3 });
    expect([slack.messages(help).length, slack.calls.at(-1)]).toMatchObject([
      before,
      { ok: false, error: 'ratelimited' },
    ]);
  });

  test('a post whose answer is lost is there all the same', async () => {
    slack.faults.set({ match: 'chat.postMessage', kind: 'drop-after', times: 1 });
    const error = await client.chat.postMessage({ channel: help, text: 'perhaps' }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'slack_webapi_request_error' });
    expect(slack.messages(help).at(-1)?.text).toBe('perhaps');
  });

  test('calls are remembered with their arguments and without the token', async () => {
    await client.chat.postMessage({ channel: help, text: 'remember', blocks: [{ type: 'divider' }] });
    expect(slack.calls.at(-1)).toEqual({
      method: 'chat.postMessage',
      args: { channel: help, text: 'remember', blocks: [{ type: 'divider' }] },
      ok: true,
      at: expect.any(Date),
      status: 200,
      ms: expect.any(Number),
    });
  });
});

test('times ascend without a gap in their order, however fast messages come', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => said(`message ${n}`)));
  expect(new Set(all).size).toBe(50);
  expect(all.toSorted()).toEqual(all);
});
