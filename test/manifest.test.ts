import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { actionIds, commands, events, features, methods, scopes } from '../adapters/slack/usage.ts';

interface Manifest {
  readonly display_information: Readonly<
    Record<'name' | 'description' | 'long_description' | 'background_color', string>
  >;
  readonly features: {
    readonly bot_user: { readonly display_name: string };
    readonly slash_commands: readonly {
      readonly command: string;
      readonly url: string;
      readonly description: string;
      readonly usage_hint: string;
    }[];
    readonly agent_view: {
      readonly agent_description: string;
      readonly suggested_prompts: readonly { readonly title: string; readonly message: string }[];
    };
  };
  readonly oauth_config: { readonly scopes: Readonly<Record<string, readonly string[]>> };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url: string; readonly bot_events: readonly string[] };
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url: string };
    readonly socket_mode_enabled: boolean;
  };
}

const manifest = parse(readFileSync('manifest.yml', 'utf8')) as Manifest;
const sources = globSync('adapters/slack/**/*.ts').map((file) => readFileSync(file, 'utf8'));
const { bot_events: subscribed } = manifest.settings.event_subscriptions;

describe('structure and lengths', () => {
  // https://docs.slack.dev/reference/app-manifest
  test.each([
    ['name', manifest.display_information.name, 1, 35],
    ['description', manifest.display_information.description, 1, 140],
    ['long_description', manifest.display_information.long_description, 174, 4000],
    ['display_name', manifest.features.bot_user.display_name, 1, 80],
    ['agent_description', manifest.features.agent_view.agent_description, 1, 300],
  ])('%s is as long as Slack takes it', (...[, text, least, most]) => {
    expect(text.length).toBeGreaterThanOrEqual(least);
    expect(text.length).toBeLessThanOrEqual(most);
  });

  test('there are one to four suggested prompts, each with its message', () => {
    const { suggested_prompts: prompts } = manifest.features.agent_view;
    expect(prompts.length).toBeGreaterThan(0);
    expect(prompts.length).toBeLessThanOrEqual(4);
    for (const prompt of prompts) expect(Object.keys(prompt)).toEqual(['title', 'message']);
  });

  test('a command is as long as Slack takes it', () => {
    for (const { command, description, usage_hint: hint } of manifest.features.slash_commands) {
      expect(command).toMatch(/^\/[a-z-]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(hint.length).toBeLessThanOrEqual(1000);
    }
  });

  test('the colour is one', () => {
    expect(manifest.display_information.background_color).toMatch(/^#[0-9A-F]{6}$/);
  });

  test('everything arrives at the path that the program serves', () => {
    const { event_subscriptions: told, interactivity } = manifest.settings;
    const commandUrls = manifest.features.slash_commands.map(({ url }) => url);
    const addresses = [told.request_url, interactivity.request_url, ...commandUrls];
    expect(new Set(addresses)).toEqual(new Set(['https://firstline.example.com/slack/events']));
    expect(manifest.settings.socket_mode_enabled).toBe(false);
  });

  test('only the agent view is set: Slack refuses it beside the older assistant view', () => {
    expect(Object.keys(manifest.features)).toEqual(['app_home', 'bot_user', 'slash_commands', 'agent_view']);
  });
});

describe('spelling: Slack’s schema takes any word for a scope or an event', () => {
  test('each scope is one of Slack’s', () => {
    const known = [
      'app_mentions:read',
      'assistant:write',
      'channels:history',
      'channels:read',
      'chat:write',
      'commands',
      'files:read',
      'files:write',
      'groups:history',
      'groups:read',
      'im:history',
      'im:read',
      'im:write',
      'mpim:history',
      'mpim:read',
      'reactions:write',
      'users:read',
      'users:read.email',
    ];
    const asked = Object.values(manifest.oauth_config.scopes).flat();
    expect(asked.filter((scope) => !known.includes(scope))).toEqual([]);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('each event is one of Slack’s', () => {
    const known = [
      'agent_session_stopped',
      'app_context_changed',
      'app_home_opened',
      'app_mention',
      'app_uninstalled',
      'message.channels',
      'message.groups',
      'message.im',
      'message.mpim',
      'tokens_revoked',
    ];
    expect(subscribed.filter((event) => !known.includes(event))).toEqual([]);
    expect(new Set(subscribed).size).toBe(subscribed.length);
  });
});

describe('drift between the manifest and the program', () => {
  test('the events subscribed to are those with a listener', () => {
    expect(subscribed).toEqual(Object.keys(events));
  });

  test('the scopes asked for are those in use, for the bot and for nobody else', () => {
    expect(manifest.oauth_config.scopes).toEqual({ bot: scopes });
  });

  test('the features with scopes of their own are there', () => {
    for (const feature of Object.keys(features)) expect(manifest.features).toHaveProperty(feature);
  });

  test('the commands are those with a listener', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(Object.keys(commands));
  });

  test('our buttons have interactivity', () => {
    expect(Object.keys(actionIds).length).toBeGreaterThan(0);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
  });

  test('the methods in the table are those that are called', () => {
    const called = sources.flatMap((source) => {
      // a call may stand over several lines
      const joined = source.replaceAll(/\s*\n\s*\./g, '.');
      return Array.from(joined.matchAll(/\bclient((?:\.[a-z]\w*)+)\(/gi), ([, name = '']) => name.slice(1));
    });
    // the Socket Mode connection is no Web API client
    const webApi = called.filter((name) => !['on', 'disconnect'].includes(name));
    expect([...new Set(webApi)].toSorted()).toEqual(Object.keys(methods));
  });

  test('listeners are made from the table, and for nothing but events, buttons, forms and commands', () => {
    const registrations = sources.flatMap((source) =>
      Array.from(
        source.matchAll(/\bapp\.(event|message|action|command|shortcut|view|options|assistant)\(([^,]*),/g),
        (found) => `${found[1]}(${found[2]})`,
      ),
    );
    expect(registrations).toEqual([
      'event(type)',
      "action({ type: 'block_actions' })",
      "view({ type: 'view_submission' })",
      'command(name)',
    ]);
  });
});

const specs = path.resolve(process.env['FIRSTLINE_SPECS'] ?? '../shared/specs', 'slack/manifest');
const schemaTest = existsSync(specs) ? test : test.skip;
const schemaOf = (name: string) => JSON.parse(readFileSync(path.join(specs, name), 'utf8')) as object;

schemaTest('the manifest is valid by Slack’s own schema (skipped without FIRSTLINE_SPECS)', () => {
  const schema = schemaOf('manifest.schema.json');
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  // it refers to the schema of each version by an address on the web; the files lie beside it
  for (const [address] of JSON.stringify(schema).matchAll(/https:[^"#]+\/manifest\.schema\.\d\.\d\.\d\.json/g)) {
    const { $id: _, ...versioned } = schemaOf(path.basename(address)) as { $id?: string };
    if (ajv.getSchema(address) === undefined) ajv.addSchema(versioned, address);
  }
  const validate = ajv.compile(schema);
  validate(manifest);
  expect(validate.errors).toBeNull();
  expect(validate({ ...manifest, display_information: {} })).toBe(false);
});
