import type { Channel } from './channels.ts';
import { elementsOf } from './block-kit/index.ts';
import { isRecord } from './block-kit/shape.ts';
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

/** What was pressed or chosen: the element's part of the payload. */
export interface Pressed {
  readonly block: Json;
  readonly element: Json;
}

/** The interactive element with this action_id, or null. */
export function findElement(blocks: readonly Json[], actionId: string): Pressed | null {
  for (const block of blocks) {
    const element = elementsOf(block).find((one) => one['action_id'] === actionId);
    if (element !== undefined) return { block, element };
  }
  return null;
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload, from a message */
export function messageActions(
  origin: Origin,
  at: { channel: Channel; message: Message | Ephemeral; responseUrl: string },
  action: Json,
): Json {
  const { channel, message } = at;
  const isEphemeral = 'forUser' in message;
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    type: 'block_actions',
    ...common(origin),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...thread,
    },
    trigger_id: origin.triggerId,
    channel: channelRef(channel),
    ...(isEphemeral ? {} : { message }),
    state: { values: {} },
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

/** What one action looks like; `value` picks the option of a menu or the side of feedback buttons. */
export function pressedAction({ block, element }: Pressed, ts: string, value?: string): Json {
  const { type, action_id, text, style, url } = element;
  const chosen = chosenOf(element, value);
  return {
    action_id,
    block_id: block['block_id'],
    ...(text === undefined ? {} : { text }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
    ...chosen,
    type,
    action_ts: ts,
  };
}

function chosenOf(element: Json, value: string | undefined): Json {
  switch (element['type']) {
    case 'feedback_buttons': {
      const sides = [element['positive_button'], element['negative_button']].filter(isRecord);
      const side = sides.find((one) => one['value'] === value) ?? sides[0] ?? {};
      return { text: side['text'], value: side['value'] };
    }
    case 'static_select':
    case 'overflow':
    case 'radio_buttons': {
      const options = Array.isArray(element['options']) ? element['options'].filter(isRecord) : [];
      return { selected_option: options.find((option) => option['value'] === value) ?? options[0] };
    }
    default:
      return element['value'] === undefined ? {} : { value: element['value'] };
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function viewSubmission(origin: Origin, view: View): Json {
  return { type: 'view_submission', ...common(origin), trigger_id: origin.triggerId, view, response_urls: [] };
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
