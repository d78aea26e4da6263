import type { Address } from '#domain/conversation.ts';
import type { ChatPlatform, LinkedMessage, MessageRefs } from '#chat-ports.ts';
import {
  fromAddress,
  fromMessageId,
  fromPostRef,
  isChannel,
  messageIdOf,
  postRefStart,
  toAddress,
} from './addresses.ts';
import { ownTenant } from './emulated.ts';
import type { TeamsSettings } from './index.ts';

export type Links = Pick<ChatPlatform, 'permalink' | 'channelOf' | 'messageOf' | 'linkOf' | 'hasNoThreads'>;

/** Links to messages, made and read, and what else an address tells. */
export function createLinks({ settings }: { readonly settings: TeamsSettings }): Links {
  return {
    permalink: async (address) => linkTo(settings.webUrl, { address, message: fromAddress(address).root }),
    channelOf: (address) => fromAddress(address).chatId,
    messageOf: async (link) => readLink(link, ownTenant(settings)),
    linkOf,
    hasNoThreads: (address) => !isChannel(fromAddress(address).chatId),
  };
}

/** `/l/message/<chat>/<message>`; sites may have a path before it. */
const path = /\/l\/message\/([^/]{1,400})\/(\d{1,20})\/?$/;

/**
 * Reads the link that "Copy link" gives, of whatever site. One to an answer in a channel names its thread
 * (`parentMessageId`). https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 *
 * @param tenant ours, for links to chats, which need not name theirs.
 */
export function readLink(link: string, tenant: string): LinkedMessage | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  const named = url === null ? null : messageIn(url);
  if (url === null || named === null) return null;
  const { chatId, activityId } = named;
  const tenantId = (url.searchParams.get('tenantId') || tenant).toLowerCase();
  const parent = url.searchParams.get('parentMessageId') || activityId;
  if (!/^[\w-]{1,64}$/.test(tenantId) || !/^\d{1,20}$/.test(parent)) return null;
  return {
    address: toAddress({ tenantId, chatId, root: isChannel(chatId) ? parent : activityId }),
    messageId: messageIdOf({ tenantId, chatId, activityId }),
    postRefStart: postRefStart(chatId, activityId),
  };
}

function messageIn({ protocol, pathname }: URL): { chatId: string; activityId: string } | null {
  const [, chat = '', activityId = ''] = path.exec(pathname) ?? [];
  const chatId = decoded(chat);
  if (!/^https?:$/.test(protocol) || activityId === '' || chatId === null || chatId.includes('/')) return null;
  return { chatId, activityId };
}

/** The reverse of {@link readLink}, at the site of a link that it can read. */
export function linkOf({ address, messageId, postRef }: MessageRefs, like: string): string | null {
  const message = ownMessage(messageId, postRef);
  if (message === null) return null;
  const { origin, pathname } = new URL(like);
  return linkTo(`${origin}${pathname.replace(/\/l\/message\/.*$/, '')}`.replace(/\/$/, ''), { address, message });
}

function ownMessage(messageId: string | null, postRef: string | null): string | null {
  if (messageId !== null) return fromMessageId(messageId).activityId || null;
  return postRef === null ? null : fromPostRef(postRef).activityId || null;
}

/**
 * The clients know a person's chat with us by another id than bots do, so a link to one may only open the app. What no
 * message has opened, but a form, is a link to the chat.
 */
function linkTo(site: string, { address, message }: { address: Address; message: string }): string {
  const { tenantId, chatId, root } = fromAddress(address);
  const chat = encodeURIComponent(chatId);
  if (!/^\d+$/.test(message)) return `${site}/l/chat/${chat}/0?tenantId=${tenantId}`;
  const place = isChannel(chatId)
    ? `parentMessageId=${root}`
    : `context=${encodeURIComponent(JSON.stringify({ contextType: 'chat' }))}`;
  return `${site}/l/message/${chat}/${message}?tenantId=${tenantId}&${place}`;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
