import { isRecord } from './block-kit/shape.ts';
import { stateOf, type Entered, type EnteredValues } from './block-kit/state.ts';
import { parseAnswer, statusOf, withEntered, type Tools } from './interactivity.ts';
import type { Ephemeral, Json, Message } from './messages.ts';
import { actionOf, blockSuggestion, findElement, messageActions, viewActions, type Placed } from './payloads.ts';
import { channelOf } from './typing.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';

/** What was done with one element. */
interface Act {
  readonly as: string;
  readonly actionId: string;
  /** Needed only where several blocks use the same action_id. */
  readonly blockId?: string;
  /** What the element now holds: an option's value, a date, a text, several; the side of feedback buttons. */
  readonly value?: Entered;
  /** What the person has entered in the other elements. */
  readonly values?: EnteredValues;
}

/** A click on a button of a message, or a choice in one of its menus. */
export interface Click extends Act {
  readonly channel: string;
  readonly ts: string;
}

/** The same in the person's modal, or in their Home tab. */
export interface ViewClick extends Act {
  readonly viewId: string;
}

/** An external menu, in a message or in a view, and what the person has typed to find an option. */
export interface Menu {
  readonly as: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly words: string;
  readonly place: { readonly channel: string; readonly ts: string } | { readonly viewId: string };
}

/** What the app offers. Groups have a `label` and `options`. */
export interface Suggested {
  readonly status: number;
  readonly options: readonly Json[];
  readonly groups: readonly Json[];
}

export interface Clicks {
  click(click: Click): Promise<number>;
  clickInView(click: ViewClick): Promise<number>;
  suggest(menu: Menu): Promise<Suggested>;
}

export function createClicks({ workspace, views, link, ...tools }: Tools): Clicks {
  function viewWith(viewId: string, as: string): View {
    const found = views.find(viewId);
    if (found === null || found.userId !== as) throw new Error(`${as} has no view ${viewId}`);
    return found.view;
  }

  return {
    async click(click) {
      const { as, channel: channelId, ts } = click;
      const channel = channelOf(workspace, channelId, as);
      const message = shownMessage(workspace, { channelId, ts, userId: as });
      const blocks = message.blocks ?? [];
      const pressed = elementIn(blocks, click, `message ${ts}`);
      const suggested = tools.suggested(as);
      const action = actionOf(pressed, workspace.nextTs(), { entered: click.value, suggested });
      const values = stateOf(blocks, valuesAfter(click, pressed), suggested);
      const at = { channel, message, responseUrl: tools.responseUrl(channel, as, ts), values };
      return statusOf(await link.interaction(messageActions(tools.origin(as), at, action), 'interaction'));
    },
    async clickInView(click) {
      const { as } = click;
      const view = viewWith(click.viewId, as);
      const pressed = elementIn(blocksOf(view), click, `view ${click.viewId}`);
      const suggested = tools.suggested(as);
      const action = actionOf(pressed, workspace.nextTs(), { entered: click.value, suggested });
      const filled = { ...view, state: { values: stateOf(blocksOf(view), valuesAfter(click, pressed), suggested) } };
      return statusOf(await link.interaction(viewActions(tools.origin(as), filled, action), 'interaction'));
    },
    async suggest({ as, place, words, ...element }) {
      const at = 'viewId' in place ? { view: viewWith(place.viewId, as) } : messageAt(workspace, { ...place, as });
      const blocks = 'view' in at ? blocksOf(at.view) : (at.message.blocks ?? []);
      const asked = { ...elementIn(blocks, element, 'the place'), words };
      const reception = await link.interaction(blockSuggestion(tools.origin(as), at, asked), 'interaction');
      const answer = reception.failure === null ? parseAnswer(reception.body) : {};
      const options = recordsOf(answer['options']);
      const groups = recordsOf(answer['option_groups']);
      tools.suggest(as, [...options, ...groups.flatMap((group) => recordsOf(group['options']))]);
      return { status: statusOf(reception), options, groups };
    },
  };
}

function elementIn(blocks: readonly Json[], wanted: { actionId: string; blockId?: string }, where: string): Placed {
  const found = findElement(blocks, wanted.actionId, wanted.blockId);
  if (found === null) throw new Error(`${where} has no element ${wanted.actionId}`);
  return found;
}

function valuesAfter({ values = {}, value }: Act, { block, element }: Placed): EnteredValues {
  return withEntered(values, { blockId: String(block['block_id']), actionId: String(element['action_id']) }, value);
}

function messageAt(workspace: Workspace, { as, channel: channelId, ts }: { as: string; channel: string; ts: string }) {
  const channel = channelOf(workspace, channelId, as);
  return { channel, message: shownMessage(workspace, { channelId, ts, userId: as }) };
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

/** A view's blocks. */
export function blocksOf(view: View): readonly Json[] {
  return recordsOf(view['blocks']);
}

function recordsOf(list: unknown): readonly Json[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
