import { webApi } from '@slack/bolt';
import { RemoteError, SetupError } from '#errors.ts';
import type { Log } from '#ports.ts';
import { call, incomplete } from './call.ts';
import { scopes } from './usage.ts';

/** Who we are, as Slack says. `enterpriseId` is null outside an Enterprise organisation. */
export interface Identity {
  readonly userId: string;
  readonly botId: string;
  readonly teamId: string;
  readonly enterpriseId: string | null;
}

export interface IdentityCard {
  /**
   * Asks Slack who we are; the answer is kept.
   * @throws SetupError when the token is refused.
   * @throws RemoteError when Slack cannot be asked at present.
   */
  readonly identify: () => Promise<Identity>;
  /** What `identify` has found out; null before. */
  readonly identity: () => Identity | null;
}

export function createIdentityCard(client: webApi.WebClient, log: Log): IdentityCard {
  let known: Identity | null = null;

  async function identify(): Promise<Identity> {
    if (known !== null) return known;
    const answer = await call('auth.test', () => client.auth.test()).catch(refuseToken);
    const { user_id: userId, bot_id: botId, team_id: teamId, enterprise_id: enterpriseId } = answer;
    if (userId === undefined || teamId === undefined) throw incomplete('auth.test');
    if (botId === undefined) throw new SetupError('SLACK_BOT_TOKEN is not a bot token: it must begin with "xoxb-".');
    warnOfMissingScopes(answer.response_metadata?.scopes, log);
    known = { userId, botId, teamId, enterpriseId: enterpriseId ?? null };
    return known;
  }

  return { identify, identity: () => known };
}

function refuseToken(error: unknown): never {
  if (!(error instanceof RemoteError) || error.kind !== 'unauthorized') throw error;
  throw new SetupError(
    `Slack refuses SLACK_BOT_TOKEN (${error.message}). Install the app again and copy its bot token.`,
  );
}

function warnOfMissingScopes(granted: readonly string[] | undefined, log: Log): void {
  if (granted === undefined) return;
  const missing = scopes.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) log.warn('slack: the token lacks scopes of manifest.yml; install the app again', { missing });
}
