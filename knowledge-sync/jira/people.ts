import { createRunRedaction, type RunRedaction } from '#domain/redact.ts';
import type { Clock, Log } from '#ports.ts';
import type { JiraReading } from './client.ts';
import type { User } from './schema.ts';
import { JiraFailure } from '../../adapters/jira/transport.ts';

/** How long the names of everybody are kept: who came today is named in few tickets that were solved before. */
const keptMs = 24 * 60 * 60 * 1000;
/** More people are not asked for: the names of a ticket's own people are known from the ticket. */
const maxPeople = 20_000;

/** The people of the site, asked for when first needed and once a day. */
export interface People {
  /** Takes the names of all of them out of a text; made once for all tickets. */
  redaction(): Promise<RunRedaction>;
}

/**
 * People who are named in a ticket without having a part in it are found by these names. An account that may not browse
 * users gets none, which the log says; then only the names of a ticket's own people are known.
 */
export function createPeople(jira: Pick<JiraReading, 'users'>, { clock, log }: { clock: Clock; log: Log }): People {
  let asked: { at: number; redaction: Promise<RunRedaction> } | null = null;

  async function names(): Promise<readonly string[]> {
    const found: string[] = [];
    for (let startAt = 0; startAt < maxPeople; ) {
      const page = await jira.users(startAt);
      found.push(...page.flatMap(nameOf));
      startAt += page.length;
      // a page may be short because of people who are hidden: only an empty one is the end
      if (page.length === 0) break;
    }
    return found;
  }

  async function ask(): Promise<RunRedaction> {
    try {
      return createRunRedaction(await names());
    } catch (error) {
      if (!(error instanceof JiraFailure) || !isRefusal(error)) throw error;
      log.warn('people of the site cannot be listed, so their names stay in tickets they have no part in', {
        source: 'tickets',
        status: error.status,
      });
      return createRunRedaction([]);
    }
  }

  return {
    async redaction() {
      const now = clock().getTime();
      if (asked === null || now - asked.at >= keptMs) asked = { at: now, redaction: ask() };
      const current = asked;
      try {
        return await current.redaction;
      } catch (error) {
        if (asked === current) asked = null;
        throw error;
      }
    },
  };
}

/** Of what may be asked. 401 is none: it says that who asks is not known. */
function isRefusal({ kind, status }: JiraFailure): boolean {
  return status !== 401 && (kind === 'unauthorized' || kind === 'rejected');
}

/** Programs are not people. */
export function nameOf(user: User | null | undefined): readonly string[] {
  const name = user?.displayName?.trim() ?? '';
  return name === '' || user?.accountType === 'app' ? [] : [name];
}
