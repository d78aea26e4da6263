import type { Channel } from './channels.ts';
import { elementsOf, withInner } from './block-kit/index.ts';
import { isRecord } from './block-kit/shape.ts';
import { optionsOf, valueOf, type Entered } from './block-kit/state.ts';
import type { Ephemeral, Json, Message } from './messages.ts';
import type { Installation, Roster } from './roster.ts';
import type { View } from './views.ts';

/** What every payload says of where it comes from. https://docs.slack.dev/reference/interaction-payloads */
export interface Origin {
  readonly installation: Installation;
  readonly roster: Roster;
  readonly verificationToken: string;
  readonly triggerId: string;
  readonly userId: string;
}

/** An element, and the block that it stands in. */
export interface Placed {
  readonly block: Json;
  readonly element: Json;
}

/** The interactive element with this action_id, or null. An action_id need only be unique in its block. */
export function findElement(blocks: readonly Json[], actionId: string, blockId?: string): Placed | null {
  for (const block of blocks.flatMap(withInner)) {
    if (blockId !== undefined && block['block_id'] !== blockId) continue;
    const element = elementsOf(block).find((one) => one['action_id'] === actionId);
    if (element !== undefined) return { block, element };
  }
  return null;
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload, from a message */
export function messageActions(
  origin: Origin,
  at: { channel: Channel; message: Message | Ephemeral; responseUrl: string; values: Json },
  action: Json,
): Json {
  const { channel, message } = at;
  return {
    type: 'block_actions',
    ...common(origin),
    container: messageContainer(channel, message),
    trigger_id: origin.triggerId,
    channel: channelRef(channel),
    ...('forUser' in message ? {} : { message }),
    state: { values: at.values },
    response_url: at.responseUrl,
    actions: [action],
  };
}

/** The same, from a modal or a Home tab. */
export function viewActions(origin: Origin, view: View, action: Json): Json {
  return {
    type: 'block_actions',
    ...common(origin),
    container: { type: 'view', view_id: view.id },
    trigger_id: origin.triggerId,
    view,
    actions: [action],
  };
}

function messageContainer(channel: Channel, message: Message | Ephemeral): Json {
  return {
    type: 'message',
    message_ts: message.ts,
    channel_id: channel.id,
    is_ephemeral: 'forUser' in message,
    ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
  };
}

/** Fields of an element that its action shows again. */
const shownAgain = [
  'text',
  'icon',
  'style',
  'url',
  'value',
  'placeholder',
  'confirm',
  'min_query_length',
  'max_selected_items',
  'initial_option',
  'initial_options',
  'initial_user',
  'initial_users',
  'initial_conversation',
  'initial_conversations',
  'initial_channel',
  'initial_channels',
  'initial_date',
  'initial_time',
  'initial_date_time',
];

/**
 * What one action looks like. `entered` is what the element now holds; it picks the option of an overflow menu and the
 * side of feedback buttons as well.
 */
export function actionOf(
  { block, element }: Placed,
  ts: string,
  chosen: { entered?: Entered | undefined; suggested?: readonly Json[] },
): Json {
  const kept = shownAgain.filter((name) => element[name] !== undefined).map((name) => [name, element[name]]);
  return {
    action_id: element['action_id'],
    block_id: block['block_id'],
    ...Object.fromEntries(kept),
    ...(valueOf(element, chosen.entered, chosen.suggested) ?? pickedOf(element, chosen.entered)),
    type: element['type'],
    action_ts: ts,
  };
}

function pickedOf(element: Json, entered: Entered | undefined): Json {
  if (element['type'] === 'overflow') {
    const options = optionsOf(element);
    return { selected_option: options.find(({ value }) => value === entered) ?? options[0] };
  }
  if (element['type'] !== 'feedback_buttons') return {};
  const sides = [element['positive_button'], element['negative_button']].filter(isRecord);
  const side = sides.find(({ value }) => value === entered) ?? sides[0] ?? {};
  return { text: side['text'], value: side['value'] };
}

/**
 * Asks for the options of an external menu.
 * https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
 */
export function blockSuggestion(origin: Origin, at: MessagePlace | { view: View }, asked: Placed & Words): Json {
  const where =
    'view' in at
      ? { container: { type: 'view', view_id: at.view.id }, view: at.view }
      : {
          container: messageContainer(at.channel, at.message),
          channel: channelRef(at.channel),
          ...('forUser' in at.message ? {} : { message: at.message }),
        };
  return {
    type: 'block_suggestion',
    ...common(origin),
    ...where,
    action_id: asked.element['action_id'],
    block_id: asked.block['block_id'],
    value: asked.words,
  };
}

export interface MessagePlace {
  readonly channel: Channel;
  readonly message: Message | Ephemeral;
}

interface Words {
  /** What was typed so far. */
  readonly words: string;
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function viewSubmission(origin: Origin, view: View, responseUrls: readonly Json[]): Json {
  const { triggerId } = origin;
  return { type: 'view_submission', ...common(origin), trigger_id: triggerId, view, response_urls: responseUrls };
}

export function viewClosed(origin: Origin, view: View, isCleared: boolean): Json {
  return { type: 'view_closed', ...common(origin), view, is_cleared: isCleared };
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload, from the shortcuts menu */
export function globalShortcut(origin: Origin, callbackId: string, ts: string): Json {
  const { triggerId } = origin;
  return { type: 'shortcut', ...common(origin), action_ts: ts, callback_id: callbackId, trigger_id: triggerId };
}

/** The same, from a message's menu. */
export function messageShortcut(
  origin: Origin,
  at: { channel: Channel; message: Message; responseUrl: string },
  called: { callbackId: string; ts: string },
): Json {
  return {
    type: 'message_action',
    ...common(origin),
    action_ts: called.ts,
    callback_id: called.callbackId,
    trigger_id: origin.triggerId,
    response_url: at.responseUrl,
    channel: channelRef(at.channel),
    message_ts: at.message.ts,
    message: at.message,
  };
}

/** The fields of a slash command. https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandFields(
  origin: Origin,
  called: { command: string; text: string; channel: Channel; responseUrl: string },
): Readonly<Record<string, string>> {
  const { installation, roster, userId } = origin;
  return {
    token: origin.verificationToken,
    team_id: installation.teamId,
    team_domain: installation.domain,
    channel_id: called.channel.id,
    channel_name: channelRef(called.channel).name,
    user_id: userId,
    user_name: roster.handle(userId),
    command: called.command,
    text: called.text,
    api_app_id: installation.appId,
    is_enterprise_install: 'false',
    response_url: called.responseUrl,
    trigger_id: origin.triggerId,
  };
}

function common({ installation, roster, userId, verificationToken }: Origin): Json {
  const { teamId, domain, appId } = installation;
  const handle = roster.handle(userId);
  return {
    user: { id: userId, username: handle, name: handle, team_id: roster.person(userId)?.foreignTeamId ?? teamId },
    api_app_id: appId,
    token: verificationToken,
    team: { id: teamId, domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function channelRef(channel: Channel): { id: string; name: string } {
  const name = { dm: 'directmessage', private: 'privategroup', channel: channel.name }[channel.kind];
  return { id: channel.id, name };
}
