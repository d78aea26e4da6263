import type { CloudClient } from 'jira.js/cloud';
import { IssueStatus, type Transition, Transitions } from './schema.ts';
import { isRefused, readAs } from './transport.ts';

/** More ways back are not tried. */
const maxAttempts = 3;

/** Opens an issue that is done; false when its workflow has no way back that we may take. */
export async function reopen(client: CloudClient, ticketId: string): Promise<boolean> {
  if (!(await isDone(client, ticketId))) return true;
  const issueIdOrKey = encodeURIComponent(ticketId);
  const answer = await client.issues.getTransitions({ issueIdOrKey });
  const { transitions } = readAs(Transitions, answer, 'transitions');
  const waysBack = transitions.filter(({ to, isAvailable }) => isAvailable !== false && categoryOf(to) !== 'done');
  for (const { id } of waysBack.toSorted((one, other) => rankOf(one) - rankOf(other)).slice(0, maxAttempts)) {
    try {
      await client.issues.doTransition({ issueIdOrKey, transition: { id } });
      return true;
    } catch (error) {
      // its screen may demand something, or somebody else was faster
      if (!isRefused(error)) throw error;
    }
  }
  return waysBack.length > 0 && !(await isDone(client, ticketId));
}

async function isDone(client: CloudClient, ticketId: string): Promise<boolean> {
  const answer = await client.issues.getIssue({ issueIdOrKey: encodeURIComponent(ticketId), fields: ['status'] });
  return categoryOf(readAs(IssueStatus, answer, 'status').fields.status) === 'done';
}

/** What is called a way back first, then where work has not begun. */
function rankOf({ name, to }: Transition): number {
  const names = [/re-?open/i, /\bto[- ]?do\b/i, /\bback\b/i];
  const named = names.findIndex((pattern) => pattern.test(name) || pattern.test(to.name));
  if (named !== -1) return named;
  return categoryOf(to) === 'new' ? names.length : names.length + 1;
}

function categoryOf(status: Transition['to']): string {
  return status.statusCategory?.key ?? '';
}
