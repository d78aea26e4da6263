import type { TeamsSettings } from './index.ts';

/*
 * Emulators on this machine verify nothing and tell less than Teams does: no tenant, or one that they made up, and of
 * people no directory. https://learn.microsoft.com/en-us/microsoft-365/agents-sdk/test-with-toolkit-project
 */

type Settings = Pick<TeamsSettings, 'credentials' | 'tenantId'>;

/** The tenant of an emulator's activities that tell none; null where deliveries are verified, and all tell theirs. */
export function emulatedTenant(settings: Settings): string | null {
  return settings.credentials.kind === 'none' ? settings.tenantId || 'emulator' : null;
}

/** Our own tenant. */
export function ownTenant(settings: Settings): string {
  return emulatedTenant(settings) ?? settings.tenantId;
}
