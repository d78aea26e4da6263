import { setTimeout as pause } from 'node:timers/promises';
import { RemoteError, SetupError } from '#errors.ts';
import type { ChatPlatform, Inbox, PlatformNotes } from '#chat-ports.ts';
import type { Clock, Log } from '#ports.ts';
import { createChats } from './chats.ts';
import { createConnector } from './connections.ts';
import { emulatedTenant } from './emulated.ts';
import { createFiles } from './files.ts';
import { createGreeting } from './greeting.ts';
import { createIntake } from './intake.ts';
import { createLinks } from './links.ts';
import { createOpenings } from './openings.ts';
import { createOutbound } from './outbound.ts';
import { createPeople } from './people.ts';
import { createSdk } from './sdk.ts';
import { createStreams } from './streams.ts';
import { createWebhook } from './webhook.ts';

export interface TeamsSettings {
  /** Of the bot's registration: a GUID. '' only with credentials of the kind `none`. */
  readonly appId: string;
  /** Of the company, where the app is registered; in small letters. With credentials of the kind `none` any name, or ''. */
  readonly tenantId: string;
  readonly credentials: TeamsCredentials;
  /** Tenants whose people may write to us; ours among them. Empty only with credentials of the kind `none`: any may. */
  readonly allowedTenants: readonly string[];
  /**
   * Hosts that activities may name as their `serviceUrl`, and that we then send to: `smba.trafficmanager.net`, or with a
   * leading dot all below (`.botframework.com`). A host with a port may be plain http, and then only on loopback.
   */
  readonly serviceHosts: readonly string[];
  /** Where the keys are with which Microsoft signs. */
  readonly openIdMetadataUrl: string;
  /** Where our own token comes from, without a slash at the end: `https://login.microsoftonline.com`. */
  readonly loginUrl: string;
  /** Where links to messages lead, without a slash at the end: `https://teams.microsoft.com`. */
  readonly webUrl: string;
  /** Where activities arrive; `/api/messages` when left out. */
  readonly path?: string;
}

export type TeamsCredentials =
  | { readonly kind: 'secret'; readonly secret: string }
  /** User-assigned, on Azure: no secret. */
  | { readonly kind: 'managed-identity' }
  /** Nothing is verified, in or out: for emulators on this machine. The settings refuse it anywhere else. */
  | { readonly kind: 'none' };

export interface TeamsDeps {
  readonly inbox: Inbox;
  readonly log: Log;
  readonly clock: Clock;
  readonly notes: PlatformNotes;
}

/**
 * Microsoft Teams as a chat platform, on botbuilder. A delivery is acknowledged when `inbox` has stored it.
 *
 * @throws Error when the SDK is another than the one whose faults are mended here.
 */
export function createTeams(settings: TeamsSettings, deps: TeamsDeps): ChatPlatform {
  const { inbox, log, clock, notes } = deps;
  const sdk = createSdk(settings, { log, clock });
  const connector = createConnector(sdk, settings.serviceHosts);
  const chats = createChats(notes);
  const emulated = { emulatedTenant: emulatedTenant(settings) };
  const intake = createIntake({ inbox, log, clock, chats, connector, appId: settings.appId, ...emulated });
  const door = { ...settings, ...emulated };
  const outward = { connector, chats, notes, settings, log };
  const people = createPeople(outward);
  const streams = createStreams({ ...outward, inbox, clock, members: people.members, pause: (ms) => pause(ms) });

  return {
    name: 'teams',
    webhook: createWebhook({ path: settings.path ?? '/api/messages', door, sdk, intake, log }),
    ...createOutbound({ ...outward, streams }),
    ...createOpenings(outward),
    ...createGreeting(outward),
    ...createFiles(outward),
    ...people,
    ...createLinks(outward),
    async start() {
      await connector.bearer().catch((error: unknown) => refuseToken(error, settings.credentials.kind));
      intake.open();
    },
    stop: () => intake.close(),
  };
}

function refuseToken(error: unknown, kind: TeamsCredentials['kind']): never {
  if (!(error instanceof RemoteError) || error.kind !== 'unauthorized') throw error;
  const remedy =
    kind === 'managed-identity'
      ? 'Check that the program runs on Azure with the identity that TEAMS_APP_ID names, in the tenant of TEAMS_TENANT_ID.'
      : 'Check TEAMS_APP_ID and TEAMS_TENANT_ID, and that TEAMS_APP_PASSWORD is the value of a client secret that has not expired.';
  throw new SetupError(`Microsoft refuses the credentials for Teams (${error.message}). ${remedy}`);
}
