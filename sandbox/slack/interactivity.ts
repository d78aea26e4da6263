import type { AppLink } from './app-link.ts';
import type { Channel } from './channels.ts';
import type { Ephemeral, Json, Message } from './messages.ts';
import {
  commandFields,
  findElement,
  globalShortcut,
  messageActions,
  messageShortcut,
  pressedAction,
  viewActions,
  viewClosed,
  viewSubmission,
  type Origin,
} from './payloads.ts';
import type { ResponseUrls } from './response-urls.ts';
import { isRecord } from './block-kit/shape.ts';
import { acceptBlocks } from './block-kit/index.ts';
import { channelOf } from './typing.ts';
import type { Reception } from './transport.ts';
import type { Triggers } from './triggers.ts';
import type { Found, View, Views } from './views.ts';
import { appAuthor } from './web-api/backend.ts';
import type { Workspace } from './workspace.ts';

/** A click on a button, or a choice in a menu: then `value` names the option, or the side of feedback buttons. */
export interface Click {
  readonly as: string;
  readonly channel: string;
  readonly ts: string;
  readonly actionId: string;
  readonly value?: string;
}

/** What a submitted modal came to. `errors` are the app's, by block_id: the modal is still open then. */
export interface Submitted {
  readonly status: number;
  readonly errors: Readonly<Record<string, string>> | null;
}

/** `block_id` to `action_id` to what the person entered, in the form of view.state.values. */
export type ViewValues = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/**
 * What people do with an app's buttons, modals, commands and shortcuts. All return the app's HTTP status, 0 when it
 * gave no answer in three seconds; in Socket Mode an ack is 200. They throw an Error when there is nothing to press.
 */
export interface Interactivity {
  click(click: Click): Promise<number>;
  /** A button in the person's modal, or in their Home tab. */
  clickInView(click: { as: string; viewId: string; actionId: string; value?: string }): Promise<number>;
  submitView(submission: { as: string; viewId?: string; values?: ViewValues }): Promise<Submitted>;
  closeView(view: { as: string; all?: boolean }): Promise<number>;
  command(command: { as: string; channel: string; command: string; text: string }): Promise<number>;
  /** With `channel` and `ts` from that message's menu, else from the shortcuts menu. */
  shortcut(shortcut: { as: string; callbackId: string; channel?: string; ts?: string }): Promise<number>;
}

export interface InteractivitySource {
  readonly workspace: Workspace;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly link: AppLink;
  readonly responseUrls: ResponseUrls;
  readonly verificationToken: string;
  /** The server's own address, known once it listens. */
  url(): string;
}

export function createInteractivity(source: InteractivitySource): Interactivity {
  const { workspace, triggers, verificationToken } = source;
  const tools: Tools = {
    ...source,
    origin: (userId) => ({
      installation: workspace.installation,
      roster: workspace.roster,
      verificationToken,
      triggerId: triggers.create(userId),
      userId,
    }),
    responseUrl: (channel, userId, messageTs) =>
      source.url() + source.responseUrls.create({ channelId: channel.id, userId, messageTs }),
  };
  return { ...createClicks(tools), ...createModalActs(tools), ...createCalls(tools) };
}

interface Tools extends InteractivitySource {
  origin(userId: string): Origin;
  responseUrl(channel: Channel, userId: string, messageTs: string | null): string;
}

function createClicks({ workspace, views, link, ...tools }: Tools): Pick<Interactivity, 'click' | 'clickInView'> {
  return {
    async click({ as, channel: channelId, ts, actionId, value }) {
      const channel = channelOf(workspace, channelId, as);
      const message = shownMessage(workspace, { channelId, ts, userId: as });
      const pressed = findElement(message.blocks ?? [], actionId);
      if (pressed === null) throw new Error(`message ${ts} has no element ${actionId}`);
      const action = pressedAction(pressed, workspace.nextTs(), value);
      const at = { channel, message, responseUrl: tools.responseUrl(channel, as, ts) };
      return statusOf(await link.interaction(messageActions(tools.origin(as), at, action), 'interaction'));
    },
    async clickInView({ as, viewId, actionId, value }) {
      const view = views.find(viewId)?.view;
      const pressed = view === undefined ? null : findElement(blocksOf(view), actionId);
      if (view === undefined || pressed === null) throw new Error(`view ${viewId} has no element ${actionId}`);
      const action = pressedAction(pressed, workspace.nextTs(), value);
      return statusOf(await link.interaction(viewActions(tools.origin(as), view, action), 'interaction'));
    },
  };
}

function createModalActs({ views, link, ...tools }: Tools): Pick<Interactivity, 'submitView' | 'closeView'> {
  return {
    async submitView({ as, viewId, values = {} }) {
      const view = viewId === undefined ? views.modal(as) : (views.find(viewId)?.view ?? null);
      if (view === null) throw new Error(`${as} has no modal open`);
      const filled: View = { ...view, state: { values } };
      const reception = await link.interaction(viewSubmission(tools.origin(as), filled), 'interaction');
      return { status: statusOf(reception), errors: follow(views, { userId: as, view }, reception) };
    },
    async closeView({ as, all = false }) {
      const view = views.modal(as);
      if (view === null) throw new Error(`${as} has no modal open`);
      views.close(as, all);
      if (view['notify_on_close'] !== true) return 200;
      return statusOf(await link.interaction(viewClosed(tools.origin(as), view, all), 'interaction'));
    },
  };
}

function createCalls({ workspace, link, ...tools }: Tools): Pick<Interactivity, 'command' | 'shortcut'> {
  return {
    async command({ as, channel: channelId, command, text }) {
      const channel = channelOf(workspace, channelId, as);
      const called = { command, text, channel, responseUrl: tools.responseUrl(channel, as, null) };
      const reception = await link.command(commandFields(tools.origin(as), called));
      showAnswer(workspace, { channel, userId: as, reception });
      return statusOf(reception);
    },
    async shortcut({ as, callbackId, channel: channelId, ts }) {
      const calledAt = workspace.nextTs();
      if (channelId === undefined || ts === undefined) {
        return statusOf(await link.interaction(globalShortcut(tools.origin(as), callbackId, calledAt), 'shortcut'));
      }
      const channel = channelOf(workspace, channelId, as);
      const message = workspace.timeline(channelId).find(ts);
      if (message === null) throw new Error(`${channelId} has no message ${ts}`);
      const at = { channel, message, responseUrl: tools.responseUrl(channel, as, ts) };
      const payload = messageShortcut(tools.origin(as), at, { callbackId, ts: calledAt });
      return statusOf(await link.interaction(payload, 'shortcut'));
    },
  };
}

function statusOf(reception: Reception): number {
  return reception.status ?? 0;
}

function shownMessage(
  workspace: Workspace,
  { channelId, ts, userId }: { channelId: string; ts: string; userId: string },
): Message | Ephemeral {
  const own = workspace.whispers(channelId, userId).find((one) => one.ts === ts);
  const message = own ?? workspace.timeline(channelId).find(ts);
  if (message === null) throw new Error(`${channelId} has no message ${ts}`);
  return message;
}

function blocksOf(view: View): readonly Json[] {
  return Array.isArray(view['blocks']) ? view['blocks'].filter(isRecord) : [];
}

/** Does what the app's answer to a submission says. https://docs.slack.dev/surfaces/modals#updating_response */
function follow(views: Views, found: Found, reception: Reception): Submitted['errors'] {
  if (reception.failure !== null) return null;
  const { userId } = found;
  const answer = parse(reception.body);
  switch (answer['response_action']) {
    case 'errors':
      return isRecord(answer['errors']) ? stringsOf(answer['errors']) : {};
    case 'update':
      views.update(found, answer['view'], null);
      return null;
    case 'push':
      views.open(userId, answer['view'], 'stack');
      return null;
    case 'clear':
      views.close(userId, true);
      return null;
    default:
      views.close(userId, false);
      return null;
  }
}

function stringsOf(record: Json): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));
}

/** An app may answer a command in the body: text, or JSON with text, blocks and response_type. */
function showAnswer(
  workspace: Workspace,
  { channel, userId, reception }: { channel: Channel; userId: string; reception: Reception },
): void {
  if (reception.failure !== null || reception.body.trim() === '') return;
  const answer = parse(reception.body);
  const text = typeof answer['text'] === 'string' ? answer['text'] : '';
  const blocks = Array.isArray(answer['blocks']) ? acceptBlocks(answer['blocks']) : undefined;
  const draft = { ...appAuthor(workspace.installation), text, ...(blocks === undefined ? {} : { blocks }) };
  if (answer['response_type'] === 'in_channel') workspace.post(channel.id, draft);
  else workspace.whisper(channel.id, draft, userId);
}

function parse(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return { text: body };
  }
}
