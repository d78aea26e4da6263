import type { CloudClient } from 'jira.js/cloud';
import type { z } from 'zod';
import { Account, FoundUsers } from './schema.ts';
import { JiraFailure, readAs } from './transport.ts';

type FoundUser = z.output<typeof FoundUsers>[number];

/** The accounts of the site. */
export interface Accounts {
  /**
   * The id of the account of the person with this e-mail address, or null: unknown, or we may not look.
   * The search matches beginnings and names too, so only the same address counts; where people hide their addresses,
   * the only hit does. `staff`: not one of a portal's customers, who cannot be assigned anything.
   *
   * @throws JiraFailure when looking again can help: rate-limited, unavailable, wrong credentials (401).
   */
  find(email: string, who?: 'anybody' | 'staff'): Promise<string | null>;
  /** The id of our own account; asked for once. */
  own(): Promise<string>;
  /** Whether the account may have this issue: then it is one of those who work on the project. False also when we may not look. */
  mayHave(issueKey: string, accountId: string): Promise<boolean>;
  /** The display name of the account, or null; kept for an hour. */
  nameOf(accountId: string): Promise<string | null>;
}

const keptMs = 60 * 60 * 1000;
/** More names are not kept at a time. */
const maxNames = 1_000;

export function createAccounts(client: CloudClient, clock: () => Date): Accounts {
  let own: string | null = null;
  const names = new Map<string, { name: string | null; at: number }>();

  return {
    async find(email, who = 'anybody') {
      const found = await asked(async () => {
        const answer = await client.userSearch.findUsers({ query: email, maxResults: 50 });
        return matchIn(readAs(FoundUsers, answer, 'user search'), email);
      });
      return found === null || (who === 'staff' && found.accountType === 'customer') ? null : found.accountId;
    },

    async own() {
      own ??= readAs(Account, await client.myself.getCurrentUser(), 'myself').accountId;
      return own;
    },

    async mayHave(issueKey, accountId) {
      const found = await asked(async () => {
        const answer = await client.userSearch.findAssignableUsers({ issueKey, accountId, maxResults: 50 });
        return readAs(FoundUsers, answer, 'assignable users');
      });
      return found?.some((user) => user.accountId === accountId && user.active) === true;
    },

    async nameOf(accountId) {
      const now = clock().getTime();
      const known = names.get(accountId);
      if (known !== undefined && now - known.at < keptMs) return known.name;
      const account = await asked(async () => readAs(Account, await client.users.getUser({ accountId }), 'user'));
      const name = account?.displayName ?? null;
      if (names.size >= maxNames) names.clear();
      names.set(accountId, { name, at: now });
      return name;
    },
  };
}

/** Null when there is nobody, or when we may not look: that must not keep a ticket from being made. */
async function asked<T>(look: () => Promise<T | null | undefined>): Promise<T | null> {
  try {
    return (await look()) ?? null;
  } catch (error) {
    if (error instanceof JiraFailure && (error.kind === 'rejected' || error.status === 403)) return null;
    throw error;
  }
}

function matchIn(users: readonly FoundUser[], email: string): FoundUser | undefined {
  const same = users.find((user) => user.active && user.emailAddress?.toLowerCase() === email.toLowerCase());
  return same ?? (users.length === 1 ? users.find(isHidden) : undefined);
}

function isHidden(user: FoundUser): boolean {
  return user.active && user.accountType === 'atlassian' && (user.emailAddress ?? '') === '';
}
