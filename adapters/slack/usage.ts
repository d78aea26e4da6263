import type { ButtonAction } from '#domain/button-words.ts';

/**
 * What of Slack the program uses: the listeners and the calls are bound to these tables, and test/manifest.test.ts
 * holds manifest.yml against them, so that the manifest asks for nothing more and nothing less.
 */

/** Subscribed events: the type that arrives, and the scope that Slack asks for. https://docs.slack.dev/reference/events */
export const events = {
  agent_session_stopped: { type: 'agent_session_stopped', scope: 'assistant:write' },
  app_mention: { type: 'app_mention', scope: 'app_mentions:read' },
  'message.channels': { type: 'message', scope: 'channels:history' },
  'message.groups': { type: 'message', scope: 'groups:history' },
  'message.im': { type: 'message', scope: 'im:history' },
  'message.mpim': { type: 'message', scope: 'mpim:history' },
} as const;

export type EventType = (typeof events)[keyof typeof events]['type'];

/** Web API methods with their scopes for a bot token. https://docs.slack.dev/reference/methods */
export const methods = {
  'assistant.threads.setStatus': ['chat:write'],
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.members': ['channels:read', 'groups:read', 'mpim:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  // the file's address, which takes the same scope
  'files.info': ['files:read'],
  // without users:read.email the profile comes without its address
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
} as const;

export type Method = keyof typeof methods;

/**
 * Features of the manifest with their scopes. `agent_view` gives the entry in Slack's top bar and the suggested
 * prompts. https://docs.slack.dev/ai/developing-agents
 */
export const features = { agent_view: ['assistant:write'] } as const;

/** Slash commands, with the scope that Slack asks for. https://docs.slack.dev/interactivity/implementing-slash-commands */
export const commands = { '/helpdesk': 'commands' } as const;

/** Ids of the buttons in our posts. A click on any of them needs interactivity in the manifest. */
export const actionIds = {
  solved: 'solved',
  'get-human': 'get_human',
  'answer-privately': 'answer_privately',
  'not-yet': 'not_yet',
  follow: 'follow',
  continue: 'continue',
  'rate-1': 'rate_1',
  'rate-2': 'rate_2',
  'rate-3': 'rate_3',
  'rate-4': 'rate_4',
  'rate-5': 'rate_5',
  take: 'take',
  'answer-here': 'answer_here',
  mute: 'mute',
  approve: 'approve',
  edit: 'edit',
  discard: 'discard',
} as const satisfies Readonly<Record<ButtonAction, string>>;

/** By this a submission is known for that of a form of ours. */
export const formCallbackId = 'firstline_form';

/** The types of events that have a listener. */
export const eventTypes: readonly EventType[] = [...new Set(Object.values(events).map(({ type }) => type))];

/** The commands that have a listener. */
export const commandNames: readonly (keyof typeof commands)[] = Object.keys(commands) as (keyof typeof commands)[];

/** Every scope the program needs, sorted. */
export const scopes: readonly string[] = [
  ...new Set([
    ...Object.values(events).map(({ scope }) => scope),
    ...Object.values(methods).flat(),
    ...Object.values(features).flat(),
    ...Object.values(commands),
  ]),
].toSorted();
