import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { SetupError } from '../src/errors.ts';
import { iconProblems } from './teams-icons.ts';
import { appProblems, fillManifest, type TeamsApp } from './teams-manifest.ts';
import { manifestProblems } from './teams-manifest-rules.ts';

const usage = `Usage: npm run teams:package -- --domain HOST [--app-id GUID] [--mention-only] [--out FILE]
         [--version 1.2.3] [--developer NAME] [--website URL] [--privacy URL] [--terms URL]
Makes the app package that is uploaded to Teams. --domain is the host name under which the program is reached.
--app-id is TEAMS_APP_ID when left out. --mention-only asks for no consent: then replies in a channel's thread or in a
group chat arrive only when they mention the bot. --version is the program's own when left out; a package that replaces
an uploaded one needs a higher one.`;

interface Order {
  readonly app: TeamsApp;
  readonly out: string;
}

function main(): void {
  const { app, out } = readArguments();
  const { manifest, color, outline } = readParts(app);
  const given = appProblems(app);
  // what was given is told in words of the options first: the manifest would only repeat it
  const problems = [...given, ...(given.length > 0 ? [] : manifestProblems(manifest)), ...iconProblems(color, outline)];
  if (problems.length > 0) throw new SetupError(problems.join('\n'));
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  save(out, packed({ 'manifest.json': text, 'color.png': color, 'outline.png': outline }));
  console.log(madeWords({ app, out }, manifest));
}

function readArguments(): Order {
  try {
    const { values } = parseArgs({
      options: {
        'app-id': { type: 'string', default: process.env['TEAMS_APP_ID'] ?? '' },
        domain: { type: 'string', default: '' },
        version: { type: 'string', default: programVersion() },
        developer: { type: 'string', default: 'IT helpdesk' },
        website: { type: 'string' },
        privacy: { type: 'string' },
        terms: { type: 'string' },
        'mention-only': { type: 'boolean', default: false },
        out: { type: 'string', default: 'firstline-teams.zip' },
      },
    });
    const { 'app-id': appId, 'mention-only': isMentionOnly, out, ...rest } = values;
    return { app: { ...rest, appId: appId.trim(), isMentionOnly }, out };
  } catch (cause) {
    throw new SetupError(usage, { cause });
  }
}

function programVersion(): string {
  return (JSON.parse(part('../package.json').toString()) as { version: string }).version;
}

function readParts(app: TeamsApp) {
  return {
    manifest: fillManifest(JSON.parse(part('../adapters/teams/app/manifest.json').toString()), app),
    color: part('../adapters/teams/app/color.png'),
    outline: part('../adapters/teams/app/outline.png'),
  };
}

/** A file of the program's own, wherever it is started from. */
function part(name: string): Buffer {
  return readFileSync(new URL(name, import.meta.url));
}

/** The same bytes for the same files, on any day and in any time zone: a zip keeps local time without a zone. */
function packed(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync({ ...files }, { level: 9, mtime: new Date(1980, 0, 1) });
}

function save(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch (cause) {
    throw new SetupError(`--out: ${file} cannot be written.`, { cause });
  }
}

function madeWords({ app, out }: Order, manifest: Readonly<Record<string, unknown>>): string {
  const { id, developer } = manifest;
  const links = Object.values(developer as Readonly<Record<string, string>>).filter((value) =>
    value.startsWith('https:'),
  );
  const consent = app.isMentionOnly
    ? 'It asks for no consent: from channels and group chats only messages that mention the bot arrive.'
    : `It asks owners of teams and chats for consent to receive messages there: what neither mentions the bot nor belongs
to a conversation of its own is dropped before anything is stored. Without consent (--mention-only) such replies have
to mention the bot.`;
  return `${out}: Firstline ${app.version} for Teams, app ${String(id)}, bot ${app.appId.toLowerCase()}, at https://${app.domain}.
${consent}
The app's page in Teams links to ${links.join(', ')} (--website, --privacy, --terms).

The bot's messaging endpoint (Azure portal > your Azure Bot > Configuration): https://${app.domain}/api/messages
To upload it, one of these:
- for the company: https://admin.teams.microsoft.com > Teams apps > Manage apps > Actions > Upload new app
- by the Developer Portal: https://dev.teams.microsoft.com/apps > Import an app, then Publish
- for yourself, where uploading is allowed: Teams > Apps > Manage your apps > Upload an app
A package that replaces an uploaded one needs a higher version: --version.`;
}

try {
  main();
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error);
  process.exitCode = 1;
}
