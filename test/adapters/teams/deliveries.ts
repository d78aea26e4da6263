import type { TeamsChat } from '../../../adapters/teams/chat.ts';
import { readScene, type Scene } from '../../../adapters/teams/scene.ts';

/*
 * Activities as Microsoft's documentation shows them:
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-basics
 */

export const appId = '22222222-2222-2222-2222-222222222222';
export const tenantId = '11111111-1111-1111-1111-111111111111';
export const botId = `28:${appId}`;
export const channelId = '19:253b1f341670408fb6fe51050b6e5ceb@thread.tacv2';
export const personalId =
  'a:17I0kl9EkpE1O9PH5TWrzrLNwnWWcfrU7QZjKR0WSfOpzbfcAg2IaydGElSo10tVr4C7Fc6GtieTJX663WuJCc1uA83n4CSrHSgGBj5XNYLcVlJAs2ZX8DbYBPck201w-';
export const ana = {
  id: '29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQtHieVkKilBZ9XHoq9j7Zaqt7CZ-NJWi7me2kHTL3Bw',
  name: 'Ana Silva',
  aadObjectId: '7faf8bd1-4cd4-4cd5-86bd-98ca9b2e5ac9',
};
export const sentId = '1700000000000';
export const now = new Date('2023-11-14T22:13:21.000Z');

type Json = Readonly<Record<string, unknown>>;

/** A message in the chat with one person. */
export function personal(fields: Json = {}): Json {
  return {
    type: 'message',
    id: sentId,
    timestamp: '2023-11-14T22:13:20.000Z',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: ana,
    recipient: { id: botId, name: 'Firstline' },
    conversation: { conversationType: 'personal', tenantId, id: personalId },
    channelData: { tenant: { id: tenantId } },
    text: 'My VPN fails',
    textFormat: 'plain',
    ...fields,
  };
}

/** A mention of us in a channel, which opens a thread. */
export function inChannel(
  fields: Json = {},
  { root = sentId, channel = {} }: { root?: string; channel?: Json } = {},
): Json {
  return personal({
    conversation: { isGroup: true, conversationType: 'channel', tenantId, id: `${channelId};messageid=${root}` },
    channelData: {
      teamsChannelId: channelId,
      teamsTeamId: '19:team@thread.tacv2',
      channel: { id: channelId, ...channel },
      team: { id: '19:team@thread.tacv2' },
      tenant: { id: tenantId },
    },
    text: '<at>Firstline</at> my VPN fails',
    entities: [mentionOfUs],
    ...fields,
  });
}

export const mentionOfUs = { type: 'mention', mentioned: { id: botId, name: 'Firstline' }, text: '<at>Firstline</at>' };

export function html(content: string): Json {
  return { contentType: 'text/html', content };
}

export function sceneOf(activity: Json): Scene {
  return readScene(activity, { appId, now, emulatedTenant: null });
}

/** As `Chats` knows it when nothing was known before. */
export function chatOf(scene: Scene): TeamsChat {
  return { ...scene.chat, isShared: scene.chat.isShared ?? false };
}
