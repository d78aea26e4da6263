import type { Person } from '#domain/conversation.ts';
import { fingerprintOf } from '#domain/fingerprint.ts';
import { faultOpening } from '#domain/openings.ts';
import type { ChatPlatform, Log, SyncRuns } from '#ports.ts';
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
