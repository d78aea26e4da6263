import type { LinkedMessage, MessageRefs } from '#chat-ports.ts';
import { fromAddress, toAddress } from './events.ts';

/** `/archives/C…/p1234567890123456`: the digits are the message's `ts` without its point. */
const path = /^\/archives\/([A-Z0-9]{2,30})\/p(\d{10})(\d{6})\/?$/;
const ts = /^\d{10}\.\d{6}$/;

/**
 * Reads the link that Slack's "Copy link" and `chat.getPermalink` give, of whatever site. A link to a reply names its
 * thread (`thread_ts`); without it the message opens one. https://docs.slack.dev/reference/methods/chat.getPermalink
 *
 * @param team our workspace: links name it by its site only.
 */
export function readLink(link: string, team: string): LinkedMessage | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const [, channel, seconds, fraction] = path.exec(url.pathname) ?? [];
  if (channel === undefined) return null;
  const own = `${seconds}.${fraction}`;
  const thread = url.searchParams.get('thread_ts') ?? own;
  if (!ts.test(thread)) return null;
  return {
    address: toAddress({ team, channel, thread }),
    messageId: `${team}/${channel}/${own}`,
    postRefStart: `${channel}/${own}/`,
  };
}

/** The reverse of {@link readLink}, at the site of a link that it can read. */
export function linkOf({ address, messageId, postRef }: MessageRefs, like: string): string | null {
  const own = messageId?.split('/')[2] ?? postRef?.split('/')[1];
  if (own === undefined) return null;
  const { channel, thread } = fromAddress(address);
  const place = own === thread ? '' : `?thread_ts=${thread}&cid=${channel}`;
  return `${new URL(like).origin}/archives/${channel}/p${own.replace('.', '')}${place}`;
}
