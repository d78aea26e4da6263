import { createMessages, type MessagePage, type PageWish, type ShownMessage } from './messages.ts';
import type { PageChannel, PageParts } from './parts.ts';
import { Refusal } from './requests.ts';

/** The chat as one person sees it. Every verb refuses with 404 what this person cannot see. */
export interface Chat {
  channels(as: string): PageChannel[];
  /** `readUntil`: the `ts` of the last message this person has seen. */
  messages(as: string, channel: string, wish: PageWish): MessagePage & { readonly readUntil: string };
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
  readonly readUntil: string;
}

/** The chat over the local Slack server. */
export function createChat({ slack, company }: Pick<PageParts, 'slack' | 'company'>): Chat {
  const readers = company.people.map(({ slackId }) => slackId);
  const messages = createMessages({ slack, company });

  function check(as: string, channel?: string): void {
    if (!readers.includes(as)) throw new Refusal(404, 'There is nobody with this id in the company.');
    if (channel === undefined || slack.isMember(as, channel)) return;
    throw new Refusal(404, 'This person cannot see that conversation.');
  }

  return {
    check,
    isOwn(as, channel, ts) {
      check(as, channel);
      return slack.message(channel, ts)?.user === as;
    },
    membersOf: (channel) => readers.filter((person) => slack.isMember(person, channel)),
    channels(as) {
      check(as);
      return slack.channels(as).map(({ id, name, kind, topic, unread }) => ({ id, name, kind, topic, unread }));
    },
    messages(as, channel, wish) {
      check(as, channel);
      return { ...messages.page(as, channel, wish), readUntil: slack.readUntil(as, channel) };
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
        status: slack.status(channel, ts),
        readUntil: slack.readUntil(as, channel, ts),
      };
    },
  };
}

/** A reply stands in the channel itself only when it was sent there as well. */
function isAtTop({ ts, thread_ts, subtype }: ShownMessage): boolean {
  return thread_ts === undefined || thread_ts === ts || subtype === 'thread_broadcast';
}
