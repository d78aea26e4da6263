import { z } from 'zod';
import { listOf } from './knowledge-settings.ts';

/** How we are known to Microsoft Teams. */
export interface TeamsConfig {
  readonly appId: string;
  readonly tenantId: string;
  readonly credentials:
    | { readonly kind: 'secret'; readonly secret: string }
    | { readonly kind: 'managed-identity' }
    | { readonly kind: 'none' };
  readonly allowedTenants: readonly string[];
  readonly serviceHosts: readonly string[];
  readonly openIdMetadataUrl: string;
  readonly loginUrl: string;
  readonly webUrl: string;
}

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const noGuid = 'must be a GUID, such as 22222222-2222-2222-2222-222222222222';
/** Microsoft takes them in letters of either case, and tells them in small ones. */
const guid = z.string().regex(guidPattern, noGuid).toLowerCase();
const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

/** The variables, as `.env.example` explains them. */
export const TeamsVariables = z.object({
  TEAMS_APP_ID: guid.optional(),
  /** A GUID, but an emulator's: see {@link teamsProblems}. */
  TEAMS_TENANT_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, noGuid)
    .toLowerCase()
    .optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_AUTH: z.enum(['secret', 'managed-identity', 'none']).default('secret'),
  TEAMS_ALLOWED_TENANTS: z.string().default(''),
  TEAMS_SERVICE_HOSTS: z.string().default('smba.trafficmanager.net, .botframework.com'),
  TEAMS_OPENID_METADATA_URL: url.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
  TEAMS_LOGIN_URL: url.default('https://login.microsoftonline.com'),
  TEAMS_WEB_URL: url.default('https://teams.microsoft.com'),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether Teams is meant to be set up, in whole or in part. */
export function wantsTeams(set: Environment): boolean {
  return (
    ['TEAMS_APP_ID', 'TEAMS_TENANT_ID', 'TEAMS_APP_PASSWORD'].some((name) => set[name] !== undefined) ||
    ['none', 'managed-identity'].includes(set['TEAMS_AUTH'] ?? '')
  );
}

/** What is missing or must not be, a sentence each. Nobody is to find out later that nothing was verified. */
export function teamsProblems(set: Environment): readonly string[] {
  if (!wantsTeams(set)) return [];
  const kind = set['TEAMS_AUTH'] ?? 'secret';
  if (kind === 'none') return [...unverifiedProblems(set), ...addressProblems(set)];
  const { TEAMS_TENANT_ID: tenant } = set;
  const needed = ['TEAMS_APP_ID', 'TEAMS_TENANT_ID', ...(kind === 'secret' ? ['TEAMS_APP_PASSWORD'] : [])];
  const missing = needed.filter((name) => set[name] === undefined);
  return [
    ...missing.map((name) => `Teams is set up in part: ${name} is missing`),
    ...(kind === 'managed-identity' && set['TEAMS_APP_PASSWORD'] !== undefined
      ? ['TEAMS_APP_PASSWORD must be empty with TEAMS_AUTH=managed-identity']
      : []),
    ...(tenant === undefined || guidPattern.test(tenant) || !/^[\w-]{1,64}$/.test(tenant)
      ? []
      : [`TEAMS_TENANT_ID ${noGuid}`]),
    ...addressProblems(set),
  ];
}

/** Whoever could change what comes from there could sign in as anybody, or read our secret. */
function addressProblems(set: Environment): readonly string[] {
  return ['TEAMS_OPENID_METADATA_URL', 'TEAMS_LOGIN_URL'].flatMap((name) => {
    const address = URL.parse(set[name] ?? '');
    return address?.protocol !== 'http:' || isLoopback(address.hostname)
      ? []
      : [`${name} must begin with https:, for by it people and we are verified; plain http is for this machine only`];
  });
}

/** Without verification only an emulator on this machine may talk to us, and we to it. */
function unverifiedProblems(set: Environment): readonly string[] {
  const host = set['HOST'] ?? '127.0.0.1';
  const hosts = listOf(set['TEAMS_SERVICE_HOSTS'] ?? '');
  return [
    ...(isLoopback(host) ? [] : [`TEAMS_AUTH=none verifies nobody: HOST must be 127.0.0.1, not ${host}`]),
    ...(hosts.length > 0 && hosts.every((each) => isLoopback(each.replace(/:\d+$/, '')))
      ? []
      : [
          'TEAMS_AUTH=none verifies nobody: TEAMS_SERVICE_HOSTS must name hosts of this machine only, such as localhost:56150',
        ]),
  ];
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}

/** Null: Teams is not set up. `set` has no {@link teamsProblems}. */
export function teamsConfigOf(values: z.infer<typeof TeamsVariables>, set: Environment): TeamsConfig | null {
  if (!wantsTeams(set)) return null;
  const tenantId = values.TEAMS_TENANT_ID ?? '';
  return {
    appId: values.TEAMS_APP_ID ?? '',
    tenantId,
    credentials: credentialsOf(values),
    allowedTenants: [...new Set([tenantId, ...listOf(values.TEAMS_ALLOWED_TENANTS.toLowerCase())])].filter(
      (id) => id !== '',
    ),
    serviceHosts: listOf(values.TEAMS_SERVICE_HOSTS),
    openIdMetadataUrl: values.TEAMS_OPENID_METADATA_URL,
    loginUrl: values.TEAMS_LOGIN_URL,
    webUrl: values.TEAMS_WEB_URL,
  };
}

function credentialsOf({ TEAMS_AUTH: kind, TEAMS_APP_PASSWORD: secret = '' }: z.infer<typeof TeamsVariables>) {
  return kind === 'secret' ? ({ kind, secret } as const) : ({ kind } as const);
}
