import { randomUUID } from 'node:crypto';
import { isChannel } from './activity.ts';
import type { Dialog, Json, Shown, TeamsSandbox } from './contract.ts';
import type { Core } from './core.ts';
import { aadIdOf } from './ids.ts';
import { createInvoke, failed, type Invoke, type Invoked, nothing } from './invoke.ts';
import { jsonAt, textAt } from './json.ts';
import { chatFor } from './people.ts';
import type { Chat, Kept } from './world.ts';

/** A dialog that somebody has before them. */
interface Open extends Omit<Invoke, 'name' | 'value'> {
  /** How it is sent, and what is sent with its data. */
  readonly name: 'task/submit' | 'composeExtension/submitAction';
  readonly value: Json;
}

export interface Dialogs extends Pick<TeamsSandbox, 'submit' | 'messageAction'> {
  /** Asks the app for a dialog. */
  fetch(invoke: Invoke): Promise<Shown>;
}

const context: Json = { theme: 'default' };

/**
 * Dialogs of cards and of message actions.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
 */
export function createDialogs(core: Core): Dialogs {
  const invoke = createInvoke(core);
  const open = new Map<string, Open>();

  function shown(reception: Invoked, next: Open): Shown {
    const { status, answer } = reception;
    if (status !== 200) return failed(reception, 502);
    const task = jsonAt(answer, 'task');
    switch (task?.['type']) {
      case 'message':
        return { kind: 'message', text: textAt(task, 'value') ?? '' };
      case 'continue':
        return opened(jsonAt(task, 'value'), next);
      default:
        return nothing;
    }
  }

  function opened(value: Json | null, next: Open): Shown {
    const card = jsonAt(jsonAt(value, 'card'), 'content');
    if (value === null || card?.['type'] !== 'AdaptiveCard') return { kind: 'error', status: 502 };
    const id = randomUUID();
    open.set(id, next);
    const { height, width } = value;
    const dialog: Dialog = { id, title: textAt(value, 'title') ?? '', card, height, width };
    return { kind: 'dialog', dialog };
  }

  return {
    async fetch(asked) {
      const { chat, as, kept } = asked;
      return shown(await invoke(asked), { chat, as, kept, name: 'task/submit', value: {} });
    },
    async messageAction({ as, chat: chatId, id, commandId }) {
      const chat = chatFor(core, as, chatId);
      const kept = core.world.find(chat.id, id);
      if (kept === null) throw new Error(`sandbox teams: no message ${id} in ${chatId}`);
      const value = { commandId, commandContext: 'message', messagePayload: payloadOf(core, chat, kept) };
      const asked = { chat, as, kept };
      const reception = await invoke({ ...asked, name: 'composeExtension/fetchTask', value: { ...value, context } });
      return shown(reception, { ...asked, name: 'composeExtension/submitAction', value });
    },
    async submit({ as, dialog, data }) {
      const form = open.get(dialog);
      if (form === undefined || form.as !== as) throw new Error(`sandbox teams: ${as} has no dialog ${dialog}`);
      const reception = await invoke({ ...form, value: { ...form.value, data, context } });
      const next = shown(reception, form);
      // after an error it is still there, to be sent again
      if (next.kind !== 'error') open.delete(dialog);
      return next;
    },
  };
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module#payload-activity-properties-when-a-dialog-is-invoked-from-a-message */
function payloadOf({ directory, appName, urls, world }: Core, chat: Chat, kept: Kept): Json {
  const createdDateTime = new Date(Number(kept.id)).toISOString();
  const user =
    kept.from === null
      ? null
      : { userIdentityType: 'aadUser', id: aadIdOf(kept.from), displayName: directory.person(kept.from).name };
  const link = `${urls.url}/l/message/${encodeURIComponent(chat.id)}/${kept.id}`;
  return {
    id: kept.id,
    replyToId: kept.threadId ?? null,
    createdDateTime,
    lastModifiedDateTime: null,
    deleted: kept.deleted === true,
    subject: null,
    summary: kept.summary ?? null,
    importance: 'normal',
    locale: 'en-gb',
    linkToMessage: isChannel(chat) ? `${link}?groupId=${world.team?.aadGroupId ?? ''}` : link,
    from: {
      device: null,
      conversation: null,
      user,
      application: user === null ? { applicationIdentityType: 'bot', displayName: appName } : null,
    },
    body: { contentType: kept.textFormat === 'plain' ? 'text' : 'html', content: kept.text },
    attachmentLayout: null,
    attachments: kept.attachments,
    mentions: kept.entities
      .filter(({ type }) => type === 'mention')
      .map((entity, id) => ({ id, mentionText: textAt(jsonAt(entity, 'mentioned'), 'name') })),
    reactions: [],
  };
}
