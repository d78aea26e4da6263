import { createMessages, type ShownMessage } from './messages.ts';
import type { PageChannel, PageParts } from './parts.ts';
import { Refusal } from './requests.ts';

/** The chat as one person sees it. Every verb refuses with 404 what this person cannot see. */
export interface Chat {
  channels(as: string): PageChannel[];
  messages(as: string, channel: string): ShownMessage[];
  thread(as: string, channel: string, ts: string): { messages: ShownMessage[]; status: string };
  /** Slack ids of those who can see this channel. */
  membersOf(channel: string): string[];
  /** Whether this person wrote this message. */
  isOwn(as: string, channel: string, ts: string): boolean;
  /** @throws Refusal 404 when there is no such person, or no such channel for them. */
  check(as: string, channel?: string): void;
}

/** The chat over the local Slack server. */
export function createChat({ slack, company }: Pick<PageParts, 'slack' | 'company'>): Chat {
  const readers = company.people.map(({ slackId }) => slackId);
  const messages = createMessages({ slack, company });

  function sees(as: string, channel: string): boolean {
    return slack.channels(as).some(({ id }) => id === channel);
  }

  function check(as: string, channel?: string): void {
    if (!readers.includes(as)) throw new Refusal(404, 'There is nobody with this id in the company.');
    if (channel === undefined || sees(as, channel)) return;
    throw new Refusal(404, 'This person cannot see that conversation.');
  }

  return {
    check,
    isOwn(as, channel, ts) {
      check(as, channel);
      return slack.messages(channel).some((message) => message.ts === ts && message.user === as);
    },
    membersOf: (channel) => readers.filter((person) => sees(person, channel)),
    channels(as) {
      check(as);
      return slack.channels(as).map(({ id, name, kind, topic, unread }) => ({ id, name, kind, topic, unread }));
    },
    messages(as, channel) {
      check(as, channel);
      slack.markRead(as, channel);
      return messages.top(as, channel);
    },
    thread(as, channel, ts) {
      check(as, channel);
      slack.markRead(as, channel);
      return { messages: messages.thread(as, channel, ts), status: slack.status(channel, ts) };
    },
  };
}
