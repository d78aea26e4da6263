import { ApiError } from './api-error.ts';
import { elementsOf } from './block-kit/index.ts';
import { isRecord } from './block-kit/shape.ts';
import { stateOf, type EnteredValues } from './block-kit/state.ts';
import { blocksOf } from './clicks.ts';
import { parseAnswer, statusOf, type Tools } from './interactivity.ts';
import type { Json } from './messages.ts';
import { viewClosed, viewSubmission } from './payloads.ts';
import type { Reception } from './transport.ts';
import type { Found, View, Views } from './views.ts';

/** What a submitted modal came to. */
export interface Submitted {
  readonly status: number;
  /** The app's, by block_id: the modal is still open then. */
  readonly errors: Readonly<Record<string, string>> | null;
  /** What is wrong with the view that the app answered with; the modal is still open then. */
  readonly problem: string | null;
}

export interface ModalActs {
  /** Without `viewId`: the modal on top. */
  submitView(submission: { as: string; viewId?: string; values?: EnteredValues }): Promise<Submitted>;
  /** Closes the modal on top, or all of them. */
  closeView(view: { as: string; all?: boolean }): Promise<number>;
}

export function createModalActs(tools: Tools): ModalActs {
  const { views, link } = tools;
  return {
    async submitView({ as, viewId, values = {} }) {
      const view = viewId === undefined ? views.modal(as) : views.stack(as).find(({ id }) => id === viewId);
      if (view === undefined || view === null) throw new Error(`${as} has no such modal open`);
      const state = stateOf(blocksOf(view), values, tools.suggested(as));
      const filled: View = { ...view, state: { values: state } };
      const urls = responseUrls(tools, { userId: as, view }, state);
      const reception = await link.interaction(viewSubmission(tools.origin(as), filled, urls), 'interaction');
      return { status: statusOf(reception), ...follow(views, { userId: as, view }, reception) };
    },
    async closeView({ as, all = false }) {
      const view = views.modal(as);
      if (view === null) throw new Error(`${as} has no modal open`);
      const isCleared = all || view['clear_on_close'] === true;
      views.close(as, isCleared ? 'all' : view);
      if (view['notify_on_close'] !== true) return 200;
      return statusOf(await tools.link.interaction(viewClosed(tools.origin(as), view, isCleared), 'interaction'));
    },
  };
}

type Outcome = Pick<Submitted, 'errors' | 'problem'>;
const done: Outcome = { errors: null, problem: null };

/** Does what the app's answer to a submission says. https://docs.slack.dev/surfaces/modals#updating_response */
function follow(views: Views, found: Found, reception: Reception): Outcome {
  if (reception.failure !== null) return done;
  const answer = parseAnswer(reception.body);
  if (answer['response_action'] === 'errors') {
    return { errors: isRecord(answer['errors']) ? stringsOf(answer['errors']) : {}, problem: null };
  }
  try {
    obey(views, found, answer);
    return done;
  } catch (error) {
    if (error instanceof ApiError) return { errors: null, problem: error.code };
    throw error;
  }
}

/** @throws ApiError when the view in the answer is none. */
function obey(views: Views, found: Found, answer: Json): void {
  const { userId, view } = found;
  switch (answer['response_action']) {
    case 'update':
      views.update(found, answer['view'], null);
      break;
    case 'push':
      views.open(userId, answer['view'], 'stack');
      break;
    case 'clear':
      views.close(userId, 'all');
      break;
    default:
      views.close(userId, view);
  }
}

function stringsOf(record: Json): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));
}

/** One for each conversation that was chosen in a menu with `response_url_enabled`. */
function responseUrls(tools: Tools, { userId, view }: Found, state: Json): readonly Json[] {
  return blocksOf(view).flatMap((block) =>
    elementsOf(block).flatMap((element) => {
      if (element['response_url_enabled'] !== true) return [];
      const at = { block_id: String(block['block_id']), action_id: String(element['action_id']) };
      const entered = isRecord(state[at.block_id]) ? state[at.block_id] : {};
      const value = (entered as Json)[at.action_id];
      const chosen = isRecord(value) ? (value['selected_conversation'] ?? value['selected_channel']) : null;
      const channel = typeof chosen === 'string' ? tools.workspace.channels.find(chosen) : null;
      if (channel === null) return [];
      return [{ ...at, channel_id: channel.id, response_url: tools.responseUrl(channel, userId, null) }];
    }),
  );
}
