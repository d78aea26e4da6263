import { connect, disconnect, identity, type WebApiCall } from './doubles.ts';

afterEach(disconnect);

const address = { platform: 'slack', ref: 'T0FIRST01/C0HELP001/1767225600.000200' } as const;
const ana = {
  id: 'U0ANA0001',
  team_id: 'T0FIRST01',
  name: 'ana',
  real_name: 'Ana Silva',
  is_restricted: false,
  is_ultra_restricted: false,
  profile: { display_name: 'Ana', real_name: 'Ana Silva', email: 'ana@example.com' },
};
const colleague = {
  ref: 'slack/T0FIRST01/U0ANA0001',
  name: 'Ana',
  email: 'ana@example.com',
  outsider: false,
  bot: false,
};

describe('a person', () => {
  test.each<[string, object, object]>([
    ['a colleague', {}, colleague],
    [
      'without a display name',
      { profile: { display_name: '', real_name: 'Ana\u202E Silva' } },
      { ...colleague, name: 'Ana Silva', email: null },
    ],
    ['without a profile', { profile: undefined, real_name: undefined }, { ...colleague, name: 'ana', email: null }],
    ['a guest', { is_restricted: true }, { ...colleague, outsider: true }],
    ['a guest of one channel', { is_ultra_restricted: true }, { ...colleague, outsider: true }],
    ['a stranger', { is_stranger: true }, { ...colleague, outsider: true }],
    ['a member of another company', { team_id: 'T0OTHER01' }, { ...colleague, outsider: true }],
    ['an app', { is_bot: true }, { ...colleague, bot: true }],
    ['a closed account', { deleted: true }, { ...colleague, bot: true }],
    ['Slackbot', { id: 'USLACKBOT' }, { ...colleague, bot: true }],
  ])('%s', async (_, fields, expected) => {
    const { slack, api } = await connect({ 'users.info': { ok: true, user: { ...ana, ...fields } } });
    expect(await slack.person('slack/T0FIRST01/U0ANA0001')).toEqual(expected);
    expect(api.calls.at(-1)).toMatchObject({ method: 'users.info', args: { user: 'U0ANA0001' } });
  });

  test('whose message came from another workspace is an outsider, whatever users.info says', async () => {
    const { slack } = await connect({ 'users.info': { ok: true, user: { ...ana, team_id: undefined } } });
    expect(await slack.person('slack/T0OTHER01/U0ANA0001')).toMatchObject({ outsider: true });
  });

  test('of another workspace of our Enterprise organisation is a colleague', async () => {
    const { slack } = await connect({
      'auth.test': { ...identity, enterprise_id: 'E0FIRST01' },
      'users.info': {
        ok: true,
        user: { ...ana, team_id: 'T0SECOND1', enterprise_user: { enterprise_id: 'E0FIRST01' } },
      },
    });
    expect(await slack.person('slack/T0SECOND1/U0ANA0001')).toMatchObject({ outsider: false });
  });

  test.each(['user_not_found', 'user_not_visible'])('%s is an outsider without a name', async (error) => {
    const { slack } = await connect({ 'users.info': { ok: false, error } });
    expect(await slack.person('slack/T0OTHER01/U9')).toEqual({
      ref: 'slack/T0OTHER01/U9',
      name: 'Unknown person',
      email: null,
      outsider: true,
      bot: false,
    });
  });
});

describe('who has an address', () => {
  test('is a person as any other', async () => {
    const { slack, api } = await connect({ 'users.lookupByEmail': { ok: true, user: ana } });
    expect(await slack.personByEmail('ana@example.com')).toEqual(colleague);
    expect(api.calls.at(-1)).toMatchObject({ method: 'users.lookupByEmail', args: { email: 'ana@example.com' } });
  });

  test('may be a guest', async () => {
    const { slack } = await connect({ 'users.lookupByEmail': { ok: true, user: { ...ana, is_restricted: true } } });
    expect(await slack.personByEmail('ana@example.com')).toMatchObject({ outsider: true });
  });

  test('is nobody when Slack knows none', async () => {
    const { slack } = await connect({ 'users.lookupByEmail': { ok: false, error: 'users_not_found' } });
    expect(await slack.personByEmail('nobody@example.com')).toBeNull();
  });

  test('is not told when the call is refused for another reason', async () => {
    const { slack } = await connect({ 'users.lookupByEmail': { ok: false, error: 'missing_scope' } });
    await expect(slack.personByEmail('ana@example.com')).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('the members of a channel', () => {
  /** A Web API that lists them, so many on a page. */
  function listing(ids: readonly string[], perPage: number) {
    return ({ args }: WebApiCall) => {
      const from = Number(args['cursor'] ?? 0);
      const next = from + perPage < ids.length ? String(from + perPage) : '';
      return { ok: true, members: ids.slice(from, from + perPage), response_metadata: { next_cursor: next } };
    };
  }
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `U${index}`);

  test('are read page by page, without ourselves', async () => {
    const { slack, api } = await connect({ 'conversations.members': listing(['U1', 'U0BOT0001', 'U2', 'U3'], 2) });
    expect(await slack.members(address)).toEqual(['slack/T0FIRST01/U1', 'slack/T0FIRST01/U2', 'slack/T0FIRST01/U3']);
    const asked = api.calls.filter(({ method }) => method === 'conversations.members').map(({ args }) => args);
    expect(asked).toEqual([
      { channel: 'C0HELP001', limit: '200' },
      { channel: 'C0HELP001', limit: '200', cursor: '2' },
    ]);
  });

  test.each([
    ['a hundred and ourselves', [...ids(100), 'U0BOT0001'], 100],
    ['a hundred and one', ids(101), null],
    ['ten thousand', ids(10_000), null],
  ])('%s', async (_, members, known) => {
    const { slack, api } = await connect({ 'conversations.members': listing(members, 40) });
    expect((await slack.members(address))?.length ?? null).toBe(known);
    expect(api.calls.filter(({ method }) => method === 'conversations.members')).toHaveLength(3);
  });

  test.each(['channel_not_found', 'not_in_channel', 'fetch_members_failed', 'method_not_supported_for_channel_type'])(
    'are not known when Slack says %s',
    async (error) => {
      const { slack, log } = await connect({ 'conversations.members': { ok: false, error } });
      expect(await slack.members(address)).toBeNull();
      expect(log.lines).toEqual([]);
    },
  );

  test('are not known without the scope, which is named in the log once', async () => {
    const needed = 'channels:read,groups:read';
    const { slack, log } = await connect({ 'conversations.members': { ok: false, error: 'missing_scope', needed } });
    expect([await slack.members(address), await slack.members(address)]).toEqual([null, null]);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'slack: who reads along in a channel is not known; install the app again with the scope',
        fields: { scopes: needed },
      },
    ]);
  });

  test.each([
    [{ ok: false, error: 'ratelimited' }, 'rate-limited'],
    [{ status: 503, text: '' }, 'unavailable'],
    [{ ok: false, error: 'token_revoked' }, 'unauthorized'],
  ])('%j is a failure: nobody knows yet who reads along', async (answer, kind) => {
    const { slack } = await connect({ 'conversations.members': answer });
    await expect(slack.members(address)).rejects.toMatchObject({ name: 'RemoteError', kind });
  });
});
