import { scopes } from '../../../adapters/slack/usage.ts';
import { connect, disconnect, identity } from './doubles.ts';

afterEach(disconnect);

describe('starting', () => {
  test('asks Slack once who we are', async () => {
    const { slack, api } = await connect();
    await slack.start();
    await slack.start();
    expect(api.calls.map(({ method }) => method)).toEqual(['auth.test']);
  });

  test.each(['invalid_auth', 'account_inactive', 'token_revoked', 'not_authed'])(
    'a token that is refused with %s is a fault of the set-up',
    async (error) => {
      const { slack } = await connect({ 'auth.test': { ok: false, error } });
      await expect(slack.start()).rejects.toMatchObject({
        name: 'SetupError',
        message: `Slack refuses SLACK_BOT_TOKEN (slack: auth.test: ${error}). Install the app again and copy its bot token.`,
      });
    },
  );

  test('a user’s token is a fault of the set-up', async () => {
    const { slack } = await connect({ 'auth.test': { ...identity, bot_id: undefined } });
    await expect(slack.start()).rejects.toMatchObject({
      name: 'SetupError',
      message: 'SLACK_BOT_TOKEN is not a bot token: it must begin with "xoxb-".',
    });
  });

  test('an outage is not, and it can be tried again', async () => {
    let down = true;
    const { slack } = await connect({ 'auth.test': () => (down ? { status: 503, text: '' } : identity) });
    await expect(slack.start()).rejects.toMatchObject({
      name: 'RemoteError',
      kind: 'unavailable',
      message: 'slack: auth.test: HTTP status 503',
    });
    down = false;
    await expect(slack.start()).resolves.toBeUndefined();
  });

  test('says which scopes the token lacks', async () => {
    const granted = scopes.filter((scope) => scope !== 'users:read.email');
    const { slack, log } = await connect({
      'auth.test': { status: 200, headers: { 'x-oauth-scopes': granted.join(',') }, text: JSON.stringify(identity) },
    });
    await slack.start();
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'slack: the token lacks scopes of manifest.yml; install the app again',
        fields: { missing: ['users:read.email'] },
      },
    ]);
  });
});
