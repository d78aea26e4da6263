import type { Address, Message } from '#domain/conversation.ts';
import type { Inbox } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { RemoteError } from '#errors.ts';
import { beginningOf, cutLine } from '../chat/clean-text.ts';
import { messageIdOf, toAddress, toChatRef } from './addresses.ts';
import type { TeamsChat } from './chat.ts';
import type { Chats } from './chats.ts';
import type { Connector } from './connector.ts';
import { readMessageAction } from './forms.ts';
import type { Scene } from './scene.ts';
import { MessageAction } from './schema.ts';
import { readHtml, readText } from './text.ts';
import { MESSAGE_ACTIONS } from './usage.ts';

/** Of the message that "Create IT ticket" was chosen on: what its form is filled in with. */
export interface Chosen {
  readonly summary: string;
  readonly details: string;
}

const longestSummary = 120;
const longestDetails = 3000;

/**
 * What the form of the message action opens with; null when the action is none of ours.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module
 *
 * @throws ZodError when Teams sends a shape that is not known here.
 */
export function readChosen(body: unknown): Chosen | null {
  const { commandId, messagePayload } = MessageAction.parse(body).value;
  if (!isOurs(commandId)) return null;
  const { contentType, content } = messagePayload.body;
  const decoded = contentType === 'html' ? readHtml(content, nobody) : readText(content, nobody);
  const author = messagePayload.from.user.displayName.trim();
  const said = beginningOf(decoded.text, longestDetails);
  const details = said === '' || author === '' ? said : `${author} wrote:\n${said}`;
  return { summary: cutLine(said.split('\n', 1)[0] ?? '', longestSummary), details };
}

const nobody = { ours: [] };

/** What was entered; null when it is another action, or was changed. @throws ZodError as above. */
export function readAsked(body: unknown): Chosen | null {
  const { commandId, data } = MessageAction.parse(body).value;
  return isOurs(commandId) ? readMessageAction(data) : null;
}

function isOurs(commandId: string): boolean {
  return MESSAGE_ACTIONS.some((action) => action === commandId);
}

/**
 * Takes the request in as if it were written in the person's own chat with us: there it goes on. The words make it be
 * handed over at once (`wantsPerson`).
 *
 * @returns false when we may not write to them: then there is no place where it could go on, and nothing is stored.
 */
export async function takeRequest(
  asked: Chosen,
  { scene, chat }: { scene: Scene; chat: TeamsChat },
  deps: { readonly inbox: Inbox; readonly chats: Chats; readonly connector: Connector; readonly log: Log },
): Promise<boolean> {
  const { person } = scene;
  if (person === null) return false;
  const personal = await personalChat(person, chat, deps);
  if (personal !== null) await deps.inbox.message(requestIn(personal, asked, { scene, authorRef: person.ref }));
  return personal !== null;
}

type Author = NonNullable<Scene['person']>;

async function personalChat(
  { ref, userId }: Author,
  here: TeamsChat,
  { chats, connector, log }: { readonly chats: Chats; readonly connector: Connector; readonly log: Log },
): Promise<TeamsChat | null> {
  // where it was chosen may be a chat of two people, without us
  const id = (await chats.person(ref))?.personalChat ?? null;
  const known = id === null ? null : await chats.chat(here.tenantId, id);
  if (known !== null) return known;
  try {
    const opened = await connector.openPersonal(here, userId);
    const personal: TeamsChat = { ...here, id: opened, scope: 'personal', teamId: null, isShared: false };
    await chats.keepPersonal(ref, personal, userId);
    return personal;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn('teams: a chat could not be opened for a request', { error });
    return null;
  }
}

function requestIn(
  { tenantId, id: chatId }: TeamsChat,
  { summary, details }: Chosen,
  { scene, authorRef }: { scene: Scene; authorRef: string },
): Message {
  // no message of the chat opens it; what it is called in place of one stays the same when it is delivered again
  const root = `ext-${(scene.activity.id || String(scene.at.getTime())).replaceAll(/[^\w-]/g, '-').slice(0, 100)}`;
  const id = messageIdOf({ tenantId, chatId, activityId: root });
  const address: Address = toAddress({ tenantId, chatId, root });
  return {
    id,
    eventId: id,
    address,
    place: 'direct',
    authorRef,
    text: `Please open a ticket.\n${[summary, details].filter((part) => part !== '').join('\n\n')}`,
    sentAt: scene.at,
    addressed: true,
    files: [],
    chat: { id: toChatRef({ tenantId, chatId }), quotes: null, opens: true },
  };
}
