import { z } from 'zod';
import { RSC_PERMISSIONS } from '../adapters/teams/usage.ts';

/*
 * What Teams takes of a manifest, of the fields that ours has; anything else is refused, as Teams refuses it.
 * https://learn.microsoft.com/en-us/microsoft-365/extensibility/schema/ (version 1.29)
 */

/** Sentences on what Teams would refuse of a manifest, each naming the field; none: it is good. */
export function manifestProblems(manifest: unknown): readonly string[] {
  const { error } = Manifest.safeParse(manifest);
  return (error?.issues ?? []).map((issue) => `manifest.json: ${fieldName(issue.path)} ${complaint(issue)}.`);
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `has what it may not have: ${issue.keys.join(', ')}`;
  return issue.code === 'invalid_type' ? 'is missing, or is not what it should be' : issue.message;
}

/** Whether a text is a GUID as Microsoft writes them, letters in either case. */
export function isGuid(text: string): boolean {
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text);
}

/** Whether a text is a host name with a domain of its own: no address, no port, not `localhost`. */
export function isDomain(text: string): boolean {
  return text.length <= 253 && /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d]$/i.test(text);
}

const guid = z.string().refine(isGuid, 'must be a GUID');
const scope = z.enum(['personal', 'team', 'groupChat'], 'must be personal, team or groupChat');

/** By documentation; the schema has 4000 for a command's description, which no menu shows. */
const commandDescription = text(128);

const Command = z
  .strictObject({
    title: text(128),
    description: commandDescription,
    type: z.enum(['basic', 'prompt'], 'must be basic or prompt').optional(),
    prompt: text(4000).optional(),
  })
  .refine(({ type, prompt }) => (type === 'prompt') === (prompt !== undefined), {
    message: 'must be there with the type prompt, and with no other',
    path: ['prompt'],
  });

const CommandList = z.strictObject({
  scopes: z.array(scope).min(1, 'must name a scope'),
  commands: listOf(Command, 12).refine((commands) => isUnique(commands.map(({ title }) => title)), {
    message: 'must have titles that differ',
  }),
});

const Bot = z
  .strictObject({
    botId: guid,
    scopes: z.array(scope).min(1, 'must name a scope'),
    supportsFiles: z.boolean(),
    isNotificationOnly: z.boolean(),
    commandLists: listOf(CommandList, 3),
  })
  .superRefine(({ scopes, commandLists }, context) => {
    const listed = commandLists.flatMap((list) => list.scopes);
    const path = ['commandLists'];
    if (!isUnique(listed)) context.addIssue({ code: 'custom', message: 'must have one list a scope', path });
    if (listed.some((one) => !scopes.includes(one))) {
      context.addIssue({ code: 'custom', message: 'must be for scopes that the bot has', path });
    }
  });

const MessageAction = z.strictObject({
  id: text(64),
  type: z.literal('action', 'must be action'),
  title: text(32),
  description: text(128),
  context: z
    .array(z.enum(['message', 'compose', 'commandBox'], 'must be message, compose or commandBox'))
    .min(1, 'must not be empty'),
  fetchTask: z.literal(true, 'must be true: the form is asked for'),
});

const Permission = z.strictObject({
  name: z.enum(RSC_PERMISSIONS, `must be one of ${RSC_PERMISSIONS.join(', ')}`),
  type: z.literal('Application', 'must be Application'),
});

const Manifest = z
  .strictObject({
    $schema: httpsUrl().refine((address) => address.includes('/teams/v1.29/'), 'must be that of version 1.29'),
    manifestVersion: z.literal('1.29', 'must be 1.29'),
    version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'must be three numbers such as 1.2.3'),
    id: guid,
    developer: z.strictObject({
      name: text(32),
      websiteUrl: httpsUrl(),
      privacyUrl: httpsUrl(),
      termsOfUseUrl: httpsUrl(),
    }),
    name: z.strictObject({ short: text(30), full: text(100) }),
    description: z.strictObject({ short: text(80), full: text(4000) }),
    icons: z.strictObject({
      color: z.literal('color.png', 'must be color.png'),
      outline: z.literal('outline.png', 'must be outline.png'),
    }),
    accentColor: z.string().regex(/^#[\da-f]{6}$/i, 'must be a colour such as #1B3A57'),
    defaultInstallScope: scope,
    defaultGroupCapability: z.strictObject({
      team: z.literal('bot', 'must be bot'),
      groupchat: z.literal('bot', 'must be bot'),
    }),
    supportsChannelFeatures: z.literal('tier1', 'must be tier1'),
    bots: listOf(Bot, 1),
    composeExtensions: listOf(z.strictObject({ botId: guid, commands: listOf(MessageAction, 10) }), 1),
    validDomains: listOf(z.string().refine(isDomain, 'must be a host name'), 100),
    webApplicationInfo: z.strictObject({ id: guid, resource: text(2048) }).optional(),
    authorization: z
      .strictObject({ permissions: z.strictObject({ resourceSpecific: listOf(Permission, 16) }) })
      .optional(),
  })
  .superRefine(({ bots, composeExtensions, webApplicationInfo, authorization }, context) => {
    const ids = [...bots, ...composeExtensions].map(({ botId }) => botId);
    if (webApplicationInfo !== undefined) ids.push(webApplicationInfo.id);
    if (new Set(ids).size > 1) {
      context.addIssue({ code: 'custom', message: 'must be the same everywhere', path: ['bots', 0, 'botId'] });
    }
    if (authorization !== undefined && webApplicationInfo === undefined) {
      const message = 'must be there for the permissions that are asked for';
      context.addIssue({ code: 'custom', message, path: ['webApplicationInfo'] });
    }
  });

function text(most: number) {
  return z
    .string()
    .refine((value) => value.trim() !== '', 'must not be empty')
    .max(most, `must have at most ${most} characters`);
}

function listOf<T extends z.ZodType>(item: T, most: number) {
  return z.array(item).min(1, 'must not be empty').max(most, `must have at most ${most} entries`);
}

function httpsUrl() {
  return z
    .url({ protocol: /^https$/, error: 'must be an address that begins with https://' })
    .max(2048, 'must have at most 2048 characters');
}

function isUnique(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

/** `bots[0].commandLists[1].scopes` */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return name.replace(/^\./, '') || 'it';
}
