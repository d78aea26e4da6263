import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const Manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});

/**
 * What an app that is installed from manifest.yml may do and hears of: the sandbox grants just that, so a scope that
 * is missing there is missing here.
 */
export function readManifest(): { scopes: readonly string[]; subscriptions: readonly string[] } {
  const text = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
  const { oauth_config, settings } = Manifest.parse(parse(text));
  return { scopes: oauth_config.scopes.bot, subscriptions: settings.event_subscriptions.bot_events };
}
