import type { Person } from '#domain/conversation.ts';
import { fingerprintOf } from '#domain/fingerprint.ts';
import { faultOpening, TICKET_SYSTEM } from '#domain/openings.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Log, Store, SyncRuns } from '#ports.ts';
import type { ChatPlatforms } from './people.ts';

/** Tells an admin, in their direct messages, what keeps a source from being read; nothing when it is mended by now. */
export function createTellAdmin(deps: {
  faults: Pick<SyncRuns, 'fault'>;
  platforms: ChatPlatforms;
  log: Pick<Log, 'warn'>;
}) {
  const { faults, platforms, log } = deps;

  return async function tellAdmin(source: string, email: string, again: boolean): Promise<void> {
    const fault = await faults.fault(source);
    if (fault === null) return;
    const admin = await findAdmin(email, platforms);
    if (admin === null) {
      log.warn('an admin is not on any chat platform: check ADMINS', { source, email });
      return;
    }
    const key = `fault:${source}:${fingerprintOf(fault)}`;

    await admin.platform.startDirect(admin.person.ref, { key, reply: faultOpening({ source, fault }), again });
  };
}

/** `admins`: e-mail addresses. `fault`: a whole sentence that names what to mend; null: it is mended. */
export interface NotedFault {
  readonly fault: string | null;
  readonly admins: readonly string[];
  readonly at: Date;
}

/** Notes what is wrong with a source, or with what stands in the place of one, and has each admin told when it is news. */
export async function noteFault(
  within: Store,
  { source, fault, admins, at }: NotedFault & { source: string },
): Promise<void> {
  if (!(await within.syncRuns.noteFault(source, fault, at)) || fault === null) return;
  for (const email of admins) await within.jobs.send('tell-admin', `${source} ${email}`, { source, email });
}

/** The same of tickets. `about` tells one such fault from another. */
export function noteTicketFault(within: Store, { about, ...noted }: NotedFault & { about: string }): Promise<void> {
  return noteFault(within, { source: `${TICKET_SYSTEM}/${about}`, ...noted });
}

/** Has each admin told once that the triage channel refuses us, until (`refused` false) it takes a post. */
export function noteTriageFault(
  within: Store,
  { channel, refused, ...told }: Omit<NotedFault, 'fault'> & { channel: string; refused: boolean },
): Promise<void> {
  const fault = `I cannot post in the channel ${channel}, where IT staff are to see the requests: check that TRIAGE_CHANNEL is its id, and that the app was added to it.`;
  return noteTicketFault(within, { about: 'triage', fault: refused ? fault : null, ...told });
}

/**
 * Has each admin told once what keeps a ticket from being made as wished. Each sentence is kept for good: that another
 * ticket is made well does not say that it is mended, for tickets are made with different settings.
 */
export async function noteCreationFault(store: Store, { fault, admins, at }: NotedFault): Promise<void> {
  if (fault === null) return;
  const about = fingerprintOf(fault);
  await store.transaction((within) => noteTicketFault(within, { about, fault, admins, at }));
}

/** The first platform that knows the address: one message is enough. */
async function findAdmin(
  email: string,
  platforms: ChatPlatforms,
): Promise<{ platform: ChatPlatform; person: Person } | null> {
  for (const platform of platforms.values()) {
    const person = await platform.personByEmail(email);
    if (person !== null && !person.bot) return { platform, person };
  }
  return null;
}
