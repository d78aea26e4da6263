import type { AppLink } from './app-link.ts';
import { acceptBlocks } from './block-kit/index.ts';
import { isRecord } from './block-kit/shape.ts';
import type { EnteredValues } from './block-kit/state.ts';
import type { Channel } from './channels.ts';
import { createClicks, type Clicks } from './clicks.ts';
import type { SlackOptions } from './contract.ts';
import type { Json } from './messages.ts';
import { createModalActs, type ModalActs } from './modal-acts.ts';
import { commandFields, globalShortcut, messageShortcut, type Origin } from './payloads.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Reception } from './transport.ts';
import type { Triggers } from './triggers.ts';
import { channelOf } from './typing.ts';
import type { Views } from './views.ts';
import { appAuthor } from './web-api/backend.ts';
import type { Workspace } from './workspace.ts';

export type { Entered, EnteredValues } from './block-kit/state.ts';
export type { Click, Menu, Suggested, ViewClick } from './clicks.ts';
export type { Submitted } from './modal-acts.ts';

/**
 * What people do with an app's buttons, modals, commands and shortcuts. All return the app's HTTP status, 0 when it
 * gave no answer in three seconds; in Socket Mode an ack is 200. They throw an Error when there is nothing to press.
 */
export interface Interactivity extends Clicks, ModalActs {
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
  /** What the app has in people's menus; anything goes where it is not set. */
  readonly offer: Pick<SlackOptions, 'commands' | 'shortcuts'>;
  /** The server's own address, known once it listens. */
  url(): string;
}

export function createInteractivity(source: InteractivitySource): Interactivity {
  const { workspace, triggers, verificationToken } = source;
  const suggested = new Map<string, readonly Json[]>();
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
    suggested: (userId) => suggested.get(userId) ?? [],
    suggest: (userId, options) => {
      suggested.set(userId, [...options, ...(suggested.get(userId) ?? [])].slice(0, keptSuggestions));
    },
  };
  return { ...createClicks(tools), ...createModalActs(tools), ...createCalls(tools) };
}

/** How many options of external menus are remembered for each person, so that a choice among them can be sent whole. */
const keptSuggestions = 1000;

/** What the acts are done with. */
export interface Tools extends InteractivitySource {
  origin(userId: string): Origin;
  responseUrl(channel: Channel, userId: string, messageTs: string | null): string;
  suggested(userId: string): readonly Json[];
  suggest(userId: string, options: readonly Json[]): void;
}

function createCalls({ workspace, link, offer, ...tools }: Tools): Pick<Interactivity, 'command' | 'shortcut'> {
  function checkShortcut(callbackId: string, type: 'global' | 'message'): void {
    const isOffered = offer.shortcuts?.some((one) => one.callbackId === callbackId && one.type === type) ?? true;
    if (!isOffered) throw new Error(`the app has no ${type} shortcut ${callbackId}`);
  }
  return {
    async command({ as, channel: channelId, command, text }) {
      const channel = channelOf(workspace, channelId, as);
      const isOffered = offer.commands?.some((one) => one.command === command) ?? true;
      if (!isOffered) throw new Error(`${command} is not a valid command`);
      const called = { command, text, channel, responseUrl: tools.responseUrl(channel, as, null) };
      const reception = await link.command(commandFields(tools.origin(as), called));
      showAnswer(workspace, { channel, userId: as, reception });
      return statusOf(reception);
    },
    async shortcut({ as, callbackId, channel: channelId, ts }) {
      const calledAt = workspace.nextTs();
      if (channelId === undefined || ts === undefined) {
        checkShortcut(callbackId, 'global');
        return statusOf(await link.interaction(globalShortcut(tools.origin(as), callbackId, calledAt), 'shortcut'));
      }
      checkShortcut(callbackId, 'message');
      const channel = channelOf(workspace, channelId, as);
      const message = workspace.timeline(channelId).find(ts);
      if (message === null) throw new Error(`${channelId} has no message ${ts}`);
      const at = { channel, message, responseUrl: tools.responseUrl(channel, as, ts) };
      const payload = messageShortcut(tools.origin(as), at, { callbackId, ts: calledAt });
      return statusOf(await link.interaction(payload, 'shortcut'));
    },
  };
}

/** The app's HTTP status; 0 for none. */
export function statusOf(reception: Reception): number {
  return reception.status ?? 0;
}

/** An app may answer a command in the body: text, or JSON with text, blocks and response_type. */
function showAnswer(
  workspace: Workspace,
  { channel, userId, reception }: { channel: Channel; userId: string; reception: Reception },
): void {
  if (reception.failure !== null || reception.body.trim() === '') return;
  const answer = parseAnswer(reception.body);
  const text = typeof answer['text'] === 'string' ? answer['text'] : '';
  const blocks = Array.isArray(answer['blocks']) ? acceptBlocks(answer['blocks']) : undefined;
  if (text === '' && blocks === undefined) return;
  const draft = { ...appAuthor(workspace.installation), text, ...(blocks === undefined ? {} : { blocks }) };
  if (answer['response_type'] === 'in_channel') workspace.post(channel.id, draft);
  else workspace.whisper(channel.id, draft, userId);
}

/** The body of an answer: JSON, or words alone, which count as `{ text }`. */
export function parseAnswer(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return { text: body };
  }
}

/** What was entered, with one element's newest value put in. */
export function withEntered(
  values: EnteredValues,
  at: { blockId: string; actionId: string },
  entered: EnteredValues[string][string] | undefined,
): EnteredValues {
  if (entered === undefined) return values;
  return { ...values, [at.blockId]: { ...values[at.blockId], [at.actionId]: entered } };
}
