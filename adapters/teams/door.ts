import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { isAllowedService, isLoopback } from './services.ts';

export interface DoorSettings {
  readonly allowedTenants: readonly string[];
  readonly serviceHosts: readonly string[];
  /** The tenant of what tells none. Null: all is verified; else nothing is, for emulators on this machine. */
  readonly emulatedTenant: string | null;
}

/** A request that has been read. */
export interface Knock {
  readonly headers: Pick<IncomingHttpHeaders, 'authorization' | 'content-type' | 'origin'>;
  readonly body: string;
}

/** Let in, but for its token's signature; or turned away, and why, for the log. */
export type Verdict =
  | { readonly activity: Readonly<Record<string, unknown>> }
  | { readonly status: 400 | 401 | 403; readonly why: string };

/** Who signs what Teams sends, in the public cloud. */
const issuer = 'https://api.botframework.com';

const Json = z.record(z.string(), z.unknown());
const Typed = z.looseObject({ type: z.string().min(1) });
const Placed = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  conversation: z.unknown().optional(),
  channelData: z.unknown().optional(),
});
const InConversation = z.object({ tenantId: z.string().min(1) });
const InChannelData = z.object({ tenant: z.object({ id: z.string() }) });

/**
 * What is checked before the SDK sees a delivery, since it checks none of it: by who signed and by the channel it chooses
 * how to verify, and so takes our own token for Teams'; it never asks for the tenant; and it sends to whatever address an
 * activity names. https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication#step-4
 */
export function judge({ headers, body }: Knock, settings: DoorSettings): Verdict {
  const activity = Typed.safeParse(parsed(body));
  if (!activity.success) return { status: 400, why: 'no activity' };
  if (settings.emulatedTenant === null) {
    if (issuerOf(headers.authorization ?? '') !== issuer) return { status: 401, why: 'token of another issuer' };
  } else if (mayBeWebPage(headers)) return { status: 403, why: 'sent by a web page' };
  const placed = Placed.safeParse(activity.data);
  if (!placed.success) return { status: 403, why: 'no channel or no service address' };
  const why = strangeness(placed.data, settings);
  return why === null ? { activity: activity.data } : { status: 403, why };
}

/**
 * Any page that somebody has open on this machine can send here; its browser says so, and asks us first before it sends
 * JSON. What a host's name leads to is up to its owner, so only this machine's own names are known.
 */
function mayBeWebPage({ origin, 'content-type': type = '' }: Knock['headers']): boolean {
  const isHere = origin === undefined || (URL.canParse(origin) && isLoopback(new URL(origin).hostname));
  return !isHere || !/^application\/json\s*(?:;|$)/i.test(type);
}

function strangeness(placed: z.infer<typeof Placed>, settings: DoorSettings): string | null {
  const { channelId, serviceUrl } = placed;
  const { emulatedTenant } = settings;
  const isTeams = channelId === 'msteams' || (emulatedTenant !== null && channelId === 'emulator');
  if (!isTeams) return 'another channel';
  if (!isAllowedService(serviceUrl, settings.serviceHosts)) return 'service address not on the list';
  const tenant = (tenantOf(placed) || (emulatedTenant ?? '')).toLowerCase();
  return isAllowed(tenant, settings) ? null : 'tenant not on the list';
}

/** What an emulator calls its tenant nobody knows before. */
function isAllowed(tenant: string, { emulatedTenant, allowedTenants }: DoorSettings): boolean {
  if (emulatedTenant !== null && allowedTenants.length === 0) return /^[\w-]{1,64}$/.test(tenant);
  return allowedTenants.some((allowed) => allowed.toLowerCase() === tenant);
}

/** '' when none is told. */
function tenantOf({ conversation, channelData }: z.infer<typeof Placed>): string {
  const { data } = InConversation.safeParse(conversation);
  return data?.tenantId ?? InChannelData.safeParse(channelData).data?.tenant.id ?? '';
}

/** Read, not verified; null when there is no token, or none that can be read. */
function issuerOf(authorization: string): string | null {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/i.exec(authorization) ?? [];
  const claims = Json.safeParse(parsed(Buffer.from(payload ?? '', 'base64url').toString()));
  const { iss } = claims.data ?? {};
  return typeof iss === 'string' ? iss : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
