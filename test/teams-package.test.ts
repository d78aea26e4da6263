import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import ajvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import { unzipSync } from 'fflate';
import { parse } from 'yaml';
import { MESSAGE_ACTIONS, RSC_PERMISSIONS } from '../adapters/teams/usage.ts';
import { iconProblems } from '../scripts/teams-icons.ts';
import { appGuid, appProblems, fillManifest, type TeamsApp } from '../scripts/teams-manifest.ts';
import { manifestProblems } from '../scripts/teams-manifest-rules.ts';
import { COMMANDS, readCommand } from '../src/domain/command.ts';

interface Command {
  readonly title: string;
  readonly description: string;
  readonly type?: string;
  readonly prompt?: string;
}
interface Manifest {
  readonly id: string;
  readonly version: string;
  readonly developer: Readonly<Record<string, string>>;
  readonly bots: readonly [
    {
      readonly botId: string;
      readonly commandLists: readonly { readonly scopes: readonly string[]; readonly commands: readonly Command[] }[];
    },
  ];
  readonly composeExtensions: readonly [
    {
      readonly botId: string;
      readonly commands: readonly { readonly id: string; readonly context: readonly string[] }[];
    },
  ];
  readonly validDomains: readonly string[];
  readonly webApplicationInfo?: { readonly id: string };
  readonly authorization?: {
    readonly permissions: { readonly resourceSpecific: readonly { readonly name: string; readonly type: string }[] };
  };
}

const app: TeamsApp = {
  appId: '22222222-2222-2222-2222-22222222222b',
  domain: 'helpdesk.example.com',
  version: '1.2.3',
  developer: 'Example IT',
  isMentionOnly: false,
};
const folder = 'adapters/teams/app';
const template: unknown = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
const filled = (change: Partial<TeamsApp> = {}) => fillManifest(template, { ...app, ...change }) as unknown as Manifest;
const manifest = filled();

describe('the template filled in', () => {
  test('nothing is left open', () => {
    expect(JSON.stringify(manifest)).not.toContain('{{');
    expect(manifest).toMatchObject({
      version: '1.2.3',
      developer: {
        name: 'Example IT',
        websiteUrl: 'https://helpdesk.example.com',
        privacyUrl: 'https://helpdesk.example.com/privacy',
        termsOfUseUrl: 'https://helpdesk.example.com/terms',
      },
      bots: [{ botId: app.appId }],
      composeExtensions: [{ botId: app.appId }],
      validDomains: ['helpdesk.example.com'],
      webApplicationInfo: { id: app.appId },
    });
  });

  test('values are data: quotes and braces change nothing but themselves', () => {
    const name = 'A "B" {{domain}} \\';
    expect(filled({ developer: name }).developer['name']).toBe(name);
  });

  test('letters in upper case make no other app', () => {
    expect(filled({ appId: app.appId.toUpperCase(), domain: 'Helpdesk.Example.COM' })).toEqual(manifest);
  });

  test('addresses that are given take the place of the domain’s', () => {
    const { developer } = filled({
      website: 'https://a.example',
      privacy: 'https://b.example',
      terms: 'https://c.example',
    });
    expect(Object.values(developer).slice(1)).toEqual(['https://a.example', 'https://b.example', 'https://c.example']);
  });

  test('for mentions only it asks for no consent, and for nothing that is there for consents', () => {
    const { authorization, webApplicationInfo, ...rest } = manifest;
    expect([authorization, webApplicationInfo]).not.toContain(undefined);
    expect(filled({ isMentionOnly: true })).toEqual(rest);
    expect(manifestProblems(filled({ isMentionOnly: true }))).toEqual([]);
  });
});

test('the app’s id is a name-based UUID: always the same for a bot, another for another', () => {
  // reckoned by Python: uuid.uuid5(namespace, 'teams-app/…')
  expect(appGuid('22222222-2222-2222-2222-22222222222a')).toBe('b19ee352-ce45-5e0f-bb62-c516cd942e60');
  expect(appGuid('22222222-2222-2222-2222-22222222222A')).toBe(appGuid('22222222-2222-2222-2222-22222222222a'));
  expect(appGuid('22222222-2222-2222-2222-22222222222b')).not.toBe(appGuid('22222222-2222-2222-2222-22222222222a'));
});

describe('what Teams would refuse is told before', () => {
  test('of ours nothing', () => {
    expect(manifestProblems(manifest)).toEqual([]);
  });

  const bot = manifest.bots[0];
  const lists = bot.commandLists;
  const withBot = (change: object) => ({ ...manifest, bots: [{ ...bot, ...change }] });
  const withCommands = (commands: readonly object[]) => withBot({ commandLists: [{ scopes: ['personal'], commands }] });
  const withAction = (change: object) => {
    const [extension] = manifest.composeExtensions;
    return { ...manifest, composeExtensions: [{ ...extension, commands: [{ ...extension.commands[0], ...change }] }] };
  };
  const command = { title: 'a', description: 'b' };
  const long = (length: number) => 'x'.repeat(length);
  const commandAt = 'bots[0].commandLists[0].commands';

  test.each<[string, object, string]>([
    [
      'a long name',
      { ...manifest, name: { short: long(31), full: 'x' } },
      'name.short must have at most 30 characters',
    ],
    ['no name', { ...manifest, name: { short: ' ', full: 'x' } }, 'name.short must not be empty'],
    [
      'a long short description',
      { ...manifest, description: { short: long(81), full: 'x' } },
      'description.short must have at most 80 characters',
    ],
    [
      'a long description',
      { ...manifest, description: { short: 'x', full: long(4001) } },
      'description.full must have at most 4000 characters',
    ],
    ['a long company', filled({ developer: long(33) }), 'developer.name must have at most 32 characters'],
    [
      'http',
      filled({ privacy: 'http://a.example' }),
      'developer.privacyUrl must be an address that begins with https://',
    ],
    ['another version of the schema', { ...manifest, manifestVersion: '1.30' }, 'manifestVersion must be 1.29'],
    ['a version with a word', filled({ version: '1.0.0-beta' }), 'version must be three numbers such as 1.2.3'],
    ['a colour’s name', { ...manifest, accentColor: 'navy' }, 'accentColor must be a colour such as #1B3A57'],
    ['no GUID', { ...manifest, id: 'firstline' }, 'id must be a GUID'],
    ['a missing field', { ...manifest, icons: undefined }, 'icons is missing, or is not what it should be'],
    ['a field too many', { ...manifest, tabs: [] }, 'it has what it may not have: tabs'],
    ['a domain with a port', { ...manifest, validDomains: ['a.example:3000'] }, 'validDomains[0] must be a host name'],
    [
      'a thirteenth command',
      withCommands(Array.from({ length: 13 }, (_, at) => ({ ...command, title: `${at}` }))),
      `${commandAt} must have at most 12 entries`,
    ],
    ['a command twice', withCommands([command, command]), `${commandAt} must have titles that differ`],
    [
      'a long command',
      withCommands([{ ...command, title: long(129) }]),
      `${commandAt}[0].title must have at most 128 characters`,
    ],
    [
      'a prompt without its text',
      withCommands([{ ...command, type: 'prompt' }]),
      `${commandAt}[0].prompt must be there with the type prompt, and with no other`,
    ],
    [
      'a fourth list',
      withBot({ commandLists: [...lists, lists[0]] }),
      'bots[0].commandLists must have at most 3 entries',
    ],
    [
      'a scope twice',
      withBot({ commandLists: [lists[0], lists[0]] }),
      'bots[0].commandLists must have one list a scope',
    ],
    ['a list for nobody', withBot({ scopes: ['team'] }), 'bots[0].commandLists must be for scopes that the bot has'],
    ['another bot', withBot({ botId: manifest.id }), 'bots[0].botId must be the same everywhere'],
    [
      'a long action',
      withAction({ title: long(33) }),
      'composeExtensions[0].commands[0].title must have at most 32 characters',
    ],
    [
      'a long description of an action',
      withAction({ description: long(129) }),
      'composeExtensions[0].commands[0].description must have at most 128 characters',
    ],
    [
      'a permission that nothing needs',
      {
        ...manifest,
        authorization: { permissions: { resourceSpecific: [{ name: 'TeamMember.Read.Group', type: 'Application' }] } },
      },
      'authorization.permissions.resourceSpecific[0].name must be one of ChannelMessage.Read.Group, ChatMessage.Read.Chat',
    ],
    [
      'permissions of nobody',
      { ...manifest, webApplicationInfo: undefined },
      'webApplicationInfo must be there for the permissions that are asked for',
    ],
  ])('%s', (...[, changed, sentence]) => {
    expect(manifestProblems(changed)).toEqual([`manifest.json: ${sentence}.`]);
  });

  test.each(['localhost', '10.0.0.1', 'a.example:443', 'https://a.example', 'a_b.example', '-a.example', 'a..example'])(
    'the domain %s is none',
    (domain) => {
      expect(appProblems({ ...app, domain })).toEqual([expect.stringMatching(/^--domain must be a public host name/)]);
    },
  );

  test.each(['a.example', 'help-desk.it.example.com', 'xn--bcher-kva.example'])('the domain %s is one', (domain) => {
    expect(appProblems({ ...app, domain })).toEqual([]);
  });
});

describe('icons', () => {
  const color = readFileSync(path.join(folder, 'color.png'));
  const outline = readFileSync(path.join(folder, 'outline.png'));
  const white = Buffer.from([255, 255, 255, 255]);

  test('ours are good', () => {
    expect(iconProblems(color, outline)).toEqual([]);
  });

  test('each has its drawing beside it', () => {
    expect(readdirSync(folder).toSorted()).toEqual([
      'color.png',
      'color.svg',
      'manifest.json',
      'outline.png',
      'outline.svg',
    ]);
  });

  test('sizes, and whether it is a PNG', () => {
    expect(iconProblems(outline, color)).toEqual([
      'color.png: must be 192 by 192 pixels, and is 32 by 32.',
      'outline.png: must be 32 by 32 pixels, and is 192 by 192.',
      'outline.png: must be kept with transparency (8-bit RGBA, not interlaced).',
    ]);
    expect(iconProblems(Buffer.from('<svg/>'), outline.subarray(0, 60))).toEqual([
      'color.png: must be a PNG.',
      'outline.png: must be a PNG.',
    ]);
  });

  test('the outline is white on transparent', () => {
    const none = Buffer.alloc(4);
    const [transparent, whiteAndAll] = ['must have a transparent background', 'must be white and nothing else'];
    const told = (pixel: (at: number) => Buffer) => iconProblems(color, rgbaPng(32, pixel));
    expect(told((at) => (at === 40 ? white : none))).toEqual([]);
    expect(told(() => none)).toEqual(['outline.png: must show something.']);
    expect(told(() => white)).toEqual([`outline.png: ${transparent}.`]);
    expect(told((at) => (at === 1023 ? Buffer.from([255, 254, 255, 1]) : none))).toEqual([
      `outline.png: ${whiteAndAll}.`,
    ]);
  });

  test.each([0, 1, 2, 3, 4])('a row kept with filter %i is read as it was', (filter) => {
    // a white square on what is transparent white: any byte read wrongly is not 255, or not transparent
    const square = (at: number) => Buffer.from([255, 255, 255, at % 32 > 7 && at > 255 ? 255 : 0]);
    expect(iconProblems(color, rgbaPng(32, square, filter))).toEqual([]);
  });
});

/** A square picture; `pixel` gives red, green, blue and alpha. Each row is kept with the filter. */
function rgbaPng(size: number, pixel: (at: number) => Buffer, filter = 0): Buffer {
  const stride = size * 4;
  const raw = Buffer.concat(Array.from({ length: size * size }, (_, at) => pixel(at)));
  const before = (row: number, column: number) => (row < 0 || column < 0 ? 0 : (raw[row * stride + column] ?? 0));
  const rows = Array.from({ length: size }, (_, row) => {
    const kept = Array.from({ length: stride }, (__, column) => {
      const [left, up] = [before(row, column - 4), before(row - 1, column)];
      const corner = before(row - 1, column - 4);
      const guess = left + up - corner;
      const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
      const upOrCorner = toUp <= toCorner ? up : corner;
      const paeth = toLeft <= toUp && toLeft <= toCorner ? left : upOrCorner;
      const told = [0, left, up, Math.floor((left + up) / 2), paeth];
      return (before(row, column) - told[filter]!) & 255;
    });
    return Buffer.from([filter, ...kept]);
  });
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, size, 0, 0, 0, size, 8, 6, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('drift between the manifest and the program', () => {
  const lists = manifest.bots[0].commandLists;
  const isPrompt = ({ type }: Command) => type === 'prompt';
  const commands = lists.flatMap((list) => list.commands.filter((command) => !isPrompt(command)));

  test('each command in a menu is understood, and each that there is stands in the personal menu', () => {
    for (const { title } of commands) expect(readCommand(title)?.name).toBe(title);
    const personal = lists.find(({ scopes }) => scopes.includes('personal'))?.commands ?? [];
    const titles = personal.filter((command) => !isPrompt(command)).map(({ title }) => title);
    expect(titles.toSorted()).toEqual(COMMANDS.map(({ name }) => name).toSorted());
  });

  test('a menu says of a command what the help says', () => {
    for (const { title, description } of commands) {
      const says = COMMANDS.find(({ name }) => name === title)?.says ?? '';
      expect(description.toLowerCase()).toBe(says.toLowerCase());
    }
  });

  test('the prompt starters are those of Slack, and questions: none is taken for a command', () => {
    const starters = lists.flatMap((list) => list.commands.filter(isPrompt));
    const slack = parse(readFileSync('manifest.yml', 'utf8')) as {
      features: { agent_view: { suggested_prompts: { title: string; message: string }[] } };
    };
    expect(starters.map(({ title, prompt }) => ({ title, message: prompt }))).toEqual(
      slack.features.agent_view.suggested_prompts,
    );
    for (const { prompt = '' } of starters) expect(readCommand(prompt)).toBeNull();
  });

  test('the actions in a message’s menu are those that the adapter knows, and it handles them', () => {
    const [{ commands: actions }] = manifest.composeExtensions;
    expect(actions.map(({ id }) => id)).toEqual([...MESSAGE_ACTIONS]);
    // without a message there would be nothing to make a ticket of
    for (const { context } of actions) expect(context).toEqual(['message']);
    const sources = globSync('adapters/teams/**/*.ts', { exclude: ['adapters/teams/usage.ts'] });
    const handlers = sources.filter((file) => readFileSync(file, 'utf8').includes('MESSAGE_ACTIONS'));
    expect(handlers).not.toEqual([]);
  });

  test('the consents asked for are those in use, and spelt as Microsoft spells them', () => {
    const asked = manifest.authorization?.permissions.resourceSpecific ?? [];
    expect(asked).toEqual(RSC_PERMISSIONS.map((name) => ({ name, type: 'Application' })));
    // https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-messages-with-rsc
    expect(asked.map(({ name }) => name).toSorted()).toEqual(['ChannelMessage.Read.Group', 'ChatMessage.Read.Chat']);
  });
});

describe('npm run teams:package', () => {
  const script = path.resolve('scripts/teams-package.ts');

  /** Runs the command in an empty folder; `files` are those of the package that it made there. */
  function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const cwd = mkdtempSync(path.join(os.tmpdir(), 'firstline-teams-'));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--no-warnings', script, ...args], {
      cwd,
      env,
      encoding: 'utf8',
    });
    const [made = null] = readdirSync(cwd);
    const zip = made === null ? null : readFileSync(path.join(cwd, made));
    rmSync(cwd, { recursive: true });
    return { status, stdout, stderr, made, zip, files: zip === null ? {} : unzipSync(zip) };
  }

  test('makes a zip of the three files, the same bytes each time, and says what to do with it', () => {
    const args = ['--domain', app.domain, '--developer', app.developer, '--version', app.version];
    const { status, stdout, stderr, made, zip, files } = run(args, { TEAMS_APP_ID: app.appId, TZ: 'Asia/Tokyo' });
    expect({ status, stderr, made }).toEqual({ status: 0, stderr: '', made: 'firstline-teams.zip' });
    expect(Object.keys(files).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png']);
    expect(JSON.parse(new TextDecoder().decode(files['manifest.json']))).toEqual(manifest);
    expect(Buffer.from(files['color.png']!)).toEqual(readFileSync(path.join(folder, 'color.png')));
    expect(Buffer.from(files['outline.png']!)).toEqual(readFileSync(path.join(folder, 'outline.png')));
    expect(stdout).toContain(`app ${manifest.id}, bot ${app.appId}`);
    expect(stdout).toContain('https://helpdesk.example.com/api/messages');
    const again = run([...args, '--app-id', app.appId, '--out', 'other.zip'], { TZ: 'America/Lima' });
    expect(again.made).toBe('other.zip');
    expect(again.zip).toEqual(zip);
  });

  test('with nothing said about it, the version is the program’s', () => {
    const { files } = run(['--domain', app.domain, '--app-id', app.appId, '--mention-only']);
    const made = JSON.parse(new TextDecoder().decode(files['manifest.json'])) as Manifest;
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(made).toMatchObject({ version });
    expect(made).not.toHaveProperty('authorization');
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'nothing said',
      [],
      [
        'TEAMS_APP_ID is missing: set it, or give --app-id GUID.',
        '--domain HOST is missing: the host name of the program, as Teams reaches it.',
      ],
    ],
    [
      'two limits at once',
      ['--domain', 'a.example', '--app-id', app.appId, '--version', '1', '--developer', 'x'.repeat(33)],
      [
        'manifest.json: version must be three numbers such as 1.2.3.',
        'manifest.json: developer.name must have at most 32 characters.',
      ],
    ],
    [
      'no place to write to',
      ['--domain', 'a.example', '--app-id', app.appId, '--out', 'none/a.zip'],
      ['--out: none/a.zip cannot be written.'],
    ],
  ])('%s: each problem in a sentence, nothing written, and the exit code says so', (...[, args, problems]) => {
    const { status, stdout, stderr, made } = run(args);
    expect({ status, stdout, made }).toEqual({ status: 1, stdout: '', made: null });
    expect(stderr.trimEnd().split('\n')).toEqual(problems);
  });

  test('an option that there is not is answered with those that there are', () => {
    const { status, stderr } = run(['--host', 'a.example']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Usage: npm run teams:package -- --domain HOST/);
  });
});

const schemaFile = path.resolve(
  process.env['FIRSTLINE_SPECS'] ?? '../shared/specs',
  'teams/MicrosoftTeams.schema.json',
);
const schemaTest = existsSync(schemaFile) ? test : test.skip;

schemaTest('the manifest is valid by Microsoft’s own schema (skipped without FIRSTLINE_SPECS)', () => {
  // both packages are CommonJS: what they call their default is a property
  const ajv = new ajvDraft04.default({ strict: false, allErrors: true });
  ajvFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
  for (const change of [{}, { isMentionOnly: true }]) {
    validate(filled(change));
    expect(validate.errors).toBeNull();
  }
  expect(validate({ ...manifest, name: {} })).toBe(false);
  expect(validate({ ...manifest, tabs: [] })).toBe(false);
});
