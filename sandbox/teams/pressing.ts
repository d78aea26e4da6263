import { baseActivity } from './activity.ts';
import type { Json, Shown, TeamsSandbox } from './contract.ts';
import type { Core } from './core.ts';
import type { Dialogs } from './dialogs.ts';
import { createInvoke, failed, nothing } from './invoke.ts';
import { isJson, jsonAt, textAt } from './json.ts';
import { chatFor } from './people.ts';
import type { Chat, Kept } from './world.ts';

interface Pressed {
  readonly chat: Chat;
  readonly as: string;
  readonly kept: Kept;
  readonly action: Json;
  /** What the card's author wrote, and what was put into its inputs. */
  readonly data: Json;
}

/** What people press in cards, and below answers. */
export function createPressing(
  core: Core,
  { dialogs, say }: { readonly dialogs: Dialogs; readonly say: TeamsSandbox['say'] },
): Pick<TeamsSandbox, 'press' | 'feedback'> {
  const invoke = createInvoke(core);

  function pressed(at: { as: string; chat: string; id: string }): { chat: Chat; as: string; kept: Kept } {
    const chat = chatFor(core, at.as, at.chat);
    const kept = core.world.find(chat.id, at.id);
    if (kept === null || kept.deleted === true) throw new Error(`sandbox teams: no message ${at.id} in ${at.chat}`);
    return { chat, as: at.as, kept };
  }

  async function submit(press: Pressed, msteams: Json): Promise<Shown> {
    const { as, chat, kept, data } = press;
    if (!core.isInstalled(chat)) return { kind: 'error', status: 403 };
    switch (msteams['type']) {
      case 'task/fetch':
        return dialogs.fetch({ ...press, name: 'task/fetch', value: { data, context: { theme: 'default' } } });
      case 'imBack':
        await say({ as, chat: chat.id, text: textAt(msteams, 'value') ?? '', ...threadOf(kept) });
        return nothing;
      default:
        return submitted(core, press, msteams['type'] === 'messageBack' ? msteams : {});
    }
  }

  return {
    async press({ action, inputs = {}, ...at }) {
      const own = isJson(action['data']) ? action['data'] : {};
      const data = { ...own, ...(action['associatedInputs'] === 'none' ? {} : inputs) };
      const press: Pressed = { ...pressed(at), action, data };
      if (action['type'] === 'Action.Execute') return execute(core, press);
      return action['type'] === 'Action.Submit' ? submit(press, jsonAt(own, 'msteams') ?? {}) : nothing;
    },
    async feedback({ reaction, text = '', ...at }) {
      const { chat, as, kept } = pressed(at);
      if (kept.from !== null || kept.channelData?.['feedbackLoop'] === undefined)
        throw new Error(`sandbox teams: ${at.id} does not ask for feedback`);
      const reception = await invoke({
        chat,
        as,
        kept,
        name: 'message/submitAction',
        value: {
          actionName: 'feedback',
          actionValue: { reaction, feedback: JSON.stringify({ feedbackText: text }) },
        },
      });
      // anything but an empty object is an error to Teams
      return reception.status === 200 && reception.body === '{}' ? nothing : failed(reception, 400);
    },
  };
}

function threadOf(kept: Kept): { threadId?: string } {
  return kept.threadId === undefined ? {} : { threadId: kept.threadId };
}

/**
 * A Universal Action. The card that comes back is for who pressed; the others see the old one.
 * https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model#adaptivecardaction-invoke-activity
 */
async function execute(core: Core, { chat, as, kept, action, data }: Pressed): Promise<Shown> {
  const { type, id, title, verb } = action;
  const value = { action: { type, id, title, verb, data }, trigger: 'manual' };
  const reception = await createInvoke(core)({ chat, as, kept, name: 'adaptiveCard/action', value });
  const { answer } = reception;
  if (reception.status !== 200 || answer === null) return failed(reception, 502);
  const status = Number(answer['statusCode'] ?? 200);
  if (status !== 200) return { kind: 'error', status };
  switch (answer['type']) {
    case 'application/vnd.microsoft.card.adaptive': {
      const card = jsonAt(answer, 'value');
      if (card?.['type'] !== 'AdaptiveCard') return { kind: 'error', status: 502 };
      core.world.change(chat.id, kept.id, { cardsFor: { ...kept.cardsFor, [as]: card } });
      return { kind: 'card' };
    }
    case 'application/vnd.microsoft.activity.message':
      return { kind: 'message', text: textAt(answer, 'value') ?? '' };
    default:
      return nothing;
  }
}

/**
 * `Action.Submit`: a message with the data as its value, which nobody sees.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-actions#adaptive-cards-actions
 */
function submitted(core: Core, { chat, as, kept, data }: Pressed, back: Json): Shown {
  const root = kept.threadId ?? kept.id;
  const base = baseActivity({ ...core, team: core.world.team, chat, as: core.directory.person(as), root });
  const activity: Json = {
    ...base,
    type: 'message',
    id: core.world.nextId(),
    replyToId: kept.id,
    value: back['value'] ?? data,
    ...(back['text'] === undefined ? {} : { text: back['text'], textFormat: 'plain' }),
    channelData: { ...(base['channelData'] as Json), source: { name: 'message' } },
  };
  core.delivery.enqueue({ chat: chat.id, about: null, activity });
  return nothing;
}
