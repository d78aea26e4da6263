import { createMessages, type MessagePage, type PageWish, type ShownMessage } from './messages.ts';
import type { PageChannel, PageChat, PageParts } from './parts.ts';
import { Refusal } from './requests.ts';

/** The chat as one person sees it. Every verb refuses with 404 what this person cannot see. */
export interface Chat {
  channels(as: string): PageChannel[];
  /**
   * `readUntil`: the `ts` of the last message this person has seen. `status`: where there are no threads to show it in;
   * `canStop`: with Stop beside it.
   */
  messages(
    as: string,
    channel: string,
    wish: PageWish,
  ): MessagePage & { readonly readUntil: string; readonly status?: string; readonly canStop?: true };
  /** Those with these `ts` that are still there and stand in the channel itself. */
  some(as: string, channel: string, wanted: readonly string[]): readonly ShownMessage[];
  /** @throws Refusal 404 when there is no such message. */
  message(as: string, channel: string, ts: string): ShownMessage;
  thread(as: string, channel: string, ts: string): Thread;
  /** Slack ids of those who can see this channel. */
  membersOf(channel: string): string[];
  /** Whether this person wrote this message. */
  isOwn(as: string, channel: string, ts: string): boolean;
  /** @throws Refusal 404 when there is no such person, or no such channel for them. */
  check(as: string, channel?: string): void;
}

interface Thread {
  readonly messages: readonly ShownMessage[];
  readonly status: string;
  readonly canStop?: true;
  readonly readUntil: string;
}

/** The chat over a local chat server. */
export function createChat({ server, company }: { server: PageChat; company: PageParts['company'] }): Chat {
  const readers = company.people.map(({ slackId }) => slackId);
  const messages = createMessages({ server, company });

  function check(as: string, channel?: string): void {
    if (!readers.includes(as)) throw new Refusal(404, 'There is nobody with this id in the company.');
    if (channel === undefined || server.isMember(as, channel)) return;
    throw new Refusal(404, 'This person cannot see that conversation.');
  }

  return {
    check,
    isOwn(as, channel, ts) {
      check(as, channel);
      return server.message(channel, ts)?.user === as;
    },
    membersOf: (channel) => readers.filter((person) => server.isMember(person, channel)),
    channels(as) {
      check(as);
      return server.channels(as).map(({ id, name, kind, topic, unread, flat }) => {
        return { id, name, kind, topic, unread, ...(flat === undefined ? {} : { flat }) };
      });
    },
    messages(as, channel, wish) {
      check(as, channel);
      const isFlat = server.channels(as).some(({ id, flat }) => id === channel && flat === true);
      return {
        ...messages.page(as, channel, wish),
        readUntil: server.readUntil(as, channel),
        ...(isFlat ? statusIn(server, channel, '') : {}),
      };
    },
    some(as, channel, wanted) {
      check(as, channel);
      return messages.some(as, channel, wanted).filter(isAtTop);
    },
    message(as, channel, ts) {
      check(as, channel);
      const [message] = messages.some(as, channel, [ts]);
      if (message === undefined) throw new Refusal(404, 'There is no such message.');
      return message;
    },
    thread(as, channel, ts) {
      check(as, channel);
      return {
        messages: messages.thread(as, channel, ts),
        ...statusIn(server, channel, ts),
        readUntil: server.readUntil(as, channel, ts),
      };
    },
  };
}

function statusIn(server: PageChat, channel: string, threadTs: string): { status: string; canStop?: true } {
  const status = server.status(channel, threadTs);
  return server.canStop(channel, threadTs) ? { status, canStop: true } : { status };
}

/** A reply stands in the channel itself only when it was sent there as well. */
function isAtTop({ ts, thread_ts, subtype }: ShownMessage): boolean {
  return thread_ts === undefined || thread_ts === ts || subtype === 'thread_broadcast';
}
