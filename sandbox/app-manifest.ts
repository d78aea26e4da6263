import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** A slash command as people see it in the menu. */
export interface AppCommand {
  /** With its slash. */
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

/** An entry of the shortcuts menu (`global`) or of a message's menu. */
export interface AppShortcut {
  readonly name: string;
  readonly type: 'global' | 'message';
  readonly callbackId: string;
  readonly description: string;
}

/** What the app is allowed, hears of and offers. */
export interface AppManifest {
  readonly scopes: readonly string[];
  readonly subscriptions: readonly string[];
  readonly commands: readonly AppCommand[];
  readonly shortcuts: readonly AppShortcut[];
  readonly homeTab: boolean;
}

/** https://docs.slack.dev/reference/app-manifest */
const Manifest = z.object({
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).optional(),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string().default(''), usage_hint: z.string().default('') }))
      .default([]),
    shortcuts: z
      .array(
        z.object({
          name: z.string(),
          type: z.enum(['global', 'message']),
          callback_id: z.string(),
          description: z.string().default(''),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/**
 * What an app that is installed from manifest.yml may do, hears of and offers: the sandbox grants just that, so a
 * scope or a command that is missing there is missing here.
 */
export function readManifest(): AppManifest {
  return parseManifest(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'));
}

/** @throws z.ZodError when the text is no app manifest. */
export function parseManifest(text: string): AppManifest {
  const { features, oauth_config, settings } = Manifest.parse(parse(text));
  return {
    scopes: oauth_config.scopes.bot,
    subscriptions: settings.event_subscriptions.bot_events,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      usageHint: usage_hint,
    })),
    shortcuts: features.shortcuts.map(({ callback_id, ...shortcut }) => ({ ...shortcut, callbackId: callback_id })),
    homeTab: features.app_home?.home_tab_enabled ?? false,
  };
}
