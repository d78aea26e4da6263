import { createHash } from 'node:crypto';
import { isDomain, isGuid } from './teams-manifest-rules.ts';

/** What of the app is each company's own. */
export interface TeamsApp {
  /** Of the bot's registration (Microsoft App ID): a GUID. */
  readonly appId: string;
  /** Host name under which the program is reached: `helpdesk.example.com`. */
  readonly domain: string;
  /** `1.2.3`. A package that replaces another one needs a higher version. */
  readonly version: string;
  /** Who runs it, shown on the app's page: up to 32 characters. */
  readonly developer: string;
  /** https addresses that the app's page links to; those left out are the domain's. */
  readonly website?: string | undefined;
  readonly privacy?: string | undefined;
  readonly terms?: string | undefined;
  /** Asks for no consent: then only messages that mention the bot arrive from channels and group chats. */
  readonly isMentionOnly: boolean;
}

/** The app's manifest from its template (`adapters/teams/app/manifest.json`, parsed), not yet checked. */
export function fillManifest(template: unknown, app: TeamsApp): Readonly<Record<string, unknown>> {
  const domain = app.domain.toLowerCase();
  const site = `https://${domain}`;
  const values: Readonly<Record<string, string>> = {
    id: appGuid(app.appId),
    appId: app.appId.toLowerCase(),
    domain,
    version: app.version,
    developer: app.developer,
    website: app.website ?? site,
    privacy: app.privacy ?? `${site}/privacy`,
    terms: app.terms ?? `${site}/terms`,
  };
  // the template's words stay as they are: what a value holds is never read as part of it
  const filled = JSON.parse(JSON.stringify(template), (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(/\{\{(\w+)\}\}/g, (all, name: string) => values[name] ?? all) : value,
  ) as Readonly<Record<string, unknown>>;
  if (!app.isMentionOnly) return filled;
  // Teams wants the registration named for the sake of the consents only
  const { authorization: _, webApplicationInfo: __, ...rest } = filled;
  return rest;
}

/** Sentences on what is wrong with what was given, before the template is filled with it. */
export function appProblems(app: TeamsApp): readonly string[] {
  const problems: string[] = [];
  if (app.appId === '') problems.push('TEAMS_APP_ID is missing: set it, or give --app-id GUID.');
  else if (!isGuid(app.appId))
    problems.push('TEAMS_APP_ID (--app-id) must be a GUID: the Microsoft App ID of the bot.');
  if (app.domain === '') problems.push('--domain HOST is missing: the host name of the program, as Teams reaches it.');
  else if (!isDomain(app.domain)) {
    problems.push(
      '--domain must be a public host name such as helpdesk.example.com, without https:// and without a port.',
    );
  }
  return problems;
}

/** Any GUID will do; this one has to stay as it is, or every app id would get another. */
const namespace = '6f1d3a0e-9c57-4b0e-8a52-1d7a4c4f2e91';

/**
 * The app's own id: always the same for a bot, so that a new package replaces the older one.
 * A name-based UUID, version 5: https://www.rfc-editor.org/rfc/rfc9562#section-5.5
 */
export function appGuid(appId: string): string {
  const name = Buffer.from(`teams-app/${appId.toLowerCase()}`);
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
