import type { z } from 'zod';
import type { Message, MessageChange, Place, SharedFile } from '#domain/conversation.ts';
import type { Arrival } from '#chat-ports.ts';
import { messageIdOf, postRefStart, toAddress, toChatRef } from './addresses.ts';
import type { TeamsChat } from './chat.ts';
import { isOwnButton } from './clicks.ts';
import { placeIn, type Scene } from './scene.ts';
import { type Attachment, Post } from './schema.ts';
import { sharedFiles } from './shared-file.ts';
import { type Decoded, readHtml, readText } from './text.ts';

/** What an activity that is no question to us means; `why` says for the log why it means nothing. */
export type Incoming =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'change'; readonly change: MessageChange }
  /** A press that came as a message (`Action.Submit`), with its data. */
  | { readonly kind: 'press'; readonly data: unknown }
  | { readonly kind: 'arrival'; readonly arrival: Arrival }
  | { readonly kind: 'nothing'; readonly why: string };

/**
 * Reads an activity that is no invoke. What a message of a channel means depends on what is known of the channel.
 *
 * @throws ZodError when Teams sends a shape that is not known here.
 */
export function readEvent(body: unknown, scene: Scene, chat: TeamsChat): Incoming {
  switch (scene.activity.type) {
    case 'message':
      return readPost(Post.parse(body), scene, chat);
    case 'messageUpdate':
      return readUpdate(Post.parse(body), scene, chat);
    case 'messageDelete':
      return readDeletion(scene);
    case 'installationUpdate':
      return readInstallation(scene);
    case 'conversationUpdate':
      return readMembers(scene);
    default:
      return nothing(`type ${scene.activity.type.slice(0, 60)}`);
  }
}

function readPost(post: z.infer<typeof Post>, scene: Scene, chat: TeamsChat): Incoming {
  if (scene.person === null) return nothing('not written by a person of the directory');
  if (post.text.trim() === '' && isOwnButton(post.value)) return { kind: 'press', data: post.value };
  if (post.text.trim() === '' && post.value != null) return nothing('a press of a button that is none of ours');
  const message = messageIn(post, scene, chat);
  return message === null ? nothing('talk in a channel') : { kind: 'message', message };
}

/** Null when it can be no part of a conversation with us: a post of a channel that opens a thread and does not mention us. */
function messageIn(post: z.infer<typeof Post>, scene: Scene, chat: TeamsChat): Message | null {
  const { activity, person, at, root } = scene;
  const hasThreads = chat.scope === 'channel';
  const addressed = chat.scope === 'personal' || mentionsUs(post, scene);
  if (person === null || activity.id === '') return null;
  if (hasThreads && !addressed && (root === null || root === activity.id)) return null;
  const { text, quoted } = decode(post, scene);
  const id = messageIdIn(scene);
  return {
    id,
    eventId: id,
    address: toAddress(placeIn(scene, activity.id)),
    place: placeOf(chat),
    authorRef: person.ref,
    text,
    sentAt: sentAt(activity.id) ?? at,
    addressed,
    files: filesOf(post),
    ...(hasThreads ? {} : { chat: { id: toChatRef({ ...chat, chatId: chat.id }), quotes: quotesOf(quoted, chat) } }),
  };
}

/** `quoted`: the message's id, which is a person's or one of ours. */
function quotesOf(quoted: string | null, { tenantId, id: chatId }: TeamsChat) {
  if (quoted === null) return null;
  return {
    messageId: messageIdOf({ tenantId, chatId, activityId: quoted }),
    postRefStart: postRefStart(chatId, quoted),
  };
}

/** An edit, or a message that its author took back and shows again. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/bot-messages */
function readUpdate(post: z.infer<typeof Post>, scene: Scene, chat: TeamsChat): Incoming {
  if (scene.person === null) return nothing('a change of a post of a bot');
  const { eventType } = scene.activity.channelData;
  if (eventType !== 'editMessage' && eventType !== 'undeleteMessage') return nothing('an update of another sort');
  const { text } = decode(post, scene);
  const message = isRecent(scene) ? messageIn(post, scene, chat) : null;
  return { kind: 'change', change: { ...changeIn(scene), text, files: filesOf(post), message } };
}

function readDeletion(scene: Scene): Incoming {
  if (scene.person === null) return nothing('a post of a bot was deleted');
  return { kind: 'change', change: { ...changeIn(scene), text: null, message: null } };
}

function changeIn(scene: Scene): Pick<MessageChange, 'eventId' | 'messageId' | 'order'> {
  const { activity, at } = scene;
  const messageId = messageIdIn(scene);
  const { eventType } = activity.channelData;
  return {
    messageId,
    eventId: `${messageId}/${eventType || activity.type}/${activity.timestamp || at.toISOString()}`,
    order: at.getTime(),
  };
}

/** Later, a message that is not known was never one of ours. */
const mayOvertakeForMs = 300_000;

function isRecent({ activity, at }: Scene): boolean {
  const sent = sentAt(activity.id);
  return sent !== null && at.getTime() - sent.getTime() < mayOvertakeForMs;
}

/** Teams names messages by the moment, in milliseconds; that is told by nobody, so a name of another sort is none. */
function sentAt(activityId: string): Date | null {
  return /^1\d{12}$/.test(activityId) ? new Date(Number(activityId)) : null;
}

function readInstallation(scene: Scene): Incoming {
  return scene.activity.action === 'add' ? arrived(scene) : nothing('an installation of another version');
}

/** Where clients tell of an installation in this way only. A team's always comes as one, with the channel that was chosen. */
function readMembers(scene: Scene): Incoming {
  if (scene.chat.scope === 'channel') return nothing('a change of a team');
  return includesUs(scene.activity.membersAdded, scene) ? arrived(scene) : nothing('a change of a conversation');
}

/** Whether it tells that we were taken out of the chat. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events */
export function isRemoval(scene: Scene): boolean {
  const { type, action, membersRemoved } = scene.activity;
  if (type === 'installationUpdate') return action === 'remove';
  return type === 'conversationUpdate' && includesUs(membersRemoved, scene);
}

function includesUs(members: Scene['activity']['membersAdded'], { ownIds }: Scene): boolean {
  return (members ?? []).some(({ id }) => ownIds.includes(id));
}

function arrived({ chat }: Scene): Incoming {
  const place = chat.scope === 'personal' ? 'direct' : 'channel';
  return { kind: 'arrival', arrival: { platform: 'teams', chat: toChatRef({ ...chat, chatId: chat.id }), place } };
}

function placeOf({ scope, isShared }: TeamsChat): Place {
  if (scope === 'personal') return 'direct';
  return isShared ? 'shared' : 'channel';
}

function messageIdIn({ chat, activity }: Scene): string {
  return messageIdOf({ tenantId: chat.tenantId, chatId: chat.id, activityId: activity.id });
}

function mentionsUs({ entities }: z.infer<typeof Post>, { ownIds }: Scene): boolean {
  return entities.some(({ type, mentioned }) => type === 'mention' && ownIds.includes(mentioned?.id ?? ''));
}

/** The HTML beside the text says more: lists, links, what is quoted. */
function decode(post: z.infer<typeof Post>, scene: Scene): Decoded {
  const ours = post.entities
    .filter(({ type, mentioned }) => type === 'mention' && scene.ownIds.includes(mentioned?.id ?? ''))
    .flatMap(({ text, mentioned }) => [text.replaceAll(/<\/?at\b[^<>]*>/g, '').trim(), mentioned?.name.trim() ?? ''])
    .filter((name) => name !== '');
  const html = post.attachments.find(isHtml)?.content;
  const read =
    typeof html === 'string' && html.trim() !== '' ? readHtml(html, { ours }) : readText(post.text, { ours });
  return { ...read, quoted: read.quoted ?? quotedIn(post) };
}

function quotedIn({ entities }: z.infer<typeof Post>): string | null {
  const quoted = entities.find(({ type }) => type === 'quotedReply')?.quotedReply?.messageId ?? '';
  return /^\d{1,20}$/.test(quoted) ? quoted : null;
}

function isHtml({ contentType }: z.infer<typeof Attachment>): boolean {
  return contentType === 'text/html';
}

function filesOf({ attachments }: z.infer<typeof Post>): readonly SharedFile[] {
  return sharedFiles(attachments);
}

function nothing(why: string): Incoming {
  return { kind: 'nothing', why };
}
