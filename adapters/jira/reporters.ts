import type { CloudClient } from 'jira.js/cloud';
import type { z } from 'zod';
import { FoundUsers } from './schema.ts';
import { JiraFailure, readAs } from './transport.ts';

type FoundUser = z.output<typeof FoundUsers>[number];

/**
 * The account of the person with this e-mail address, or null: unknown, or we may not look.
 * The search matches beginnings and names too, so only the same address counts; where people hide their addresses,
 * the only hit does.
 *
 * @throws JiraFailure when looking again can help: rate-limited, unavailable, wrong credentials (401).
 */
export async function findReporter(client: CloudClient, email: string): Promise<string | null> {
  try {
    const answer = await client.userSearch.findUsers({ query: email, maxResults: 50 });
    return matchIn(readAs(FoundUsers, answer, 'user search'), email)?.accountId ?? null;
  } catch (error) {
    // a missing permission to browse users must not keep a ticket from being made
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
