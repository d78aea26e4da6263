import { z } from 'zod';
import type { Chat } from './chat.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

const Id = z.string().min(1).max(64);
const Place = z.object({ as: Id, channel: Id });
const Post = Place.extend({ ts: Id });
const maxText = 40_000;
/** Messages of a page; from a given one on it is all when no limit is named. */
const usualLimit = 100;
const Text = z.string().min(1).max(maxText);
/** In a query everything is text. */
const PageOf = Place.extend({
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  before: Id.optional(),
  from: Id.optional(),
});
const Saying = Place.extend({
  text: z.string().max(maxText),
  threadTs: Id.optional(),
  files: z.array(Id).max(10).optional(),
}).refine(({ text, files = [] }) => text !== '' || files.length > 0, { path: ['text'] });
const Reaction = Post.extend({ name: z.string().regex(/^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/), on: z.boolean() });

interface Chatting {
  readonly chat: Chat;
  readonly slack: PageParts['slack'];
}

/** What people see and do in the chat. */
export function chatRoutes(parts: Chatting): Routes {
  return { ...readingRoutes(parts), ...writingRoutes(parts) };
}

function readingRoutes({ chat, slack }: Chatting): Routes {
  return {
    'GET /api/chat/channels': route(z.object({ as: Id }), ({ as }) => chat.channels(as)),
    'GET /api/chat/messages': route(PageOf, ({ as, channel, ...wish }) =>
      chat.messages(as, channel, wish.from === undefined ? { ...wish, limit: wish.limit ?? usualLimit } : wish),
    ),
    'GET /api/chat/message': route(Post, ({ as, channel, ts }) => chat.message(as, channel, ts)),
    'GET /api/chat/some': route(Place.extend({ ts: z.string().max(4000) }), ({ as, channel, ts }) => ({
      messages: chat.some(as, channel, ts.split(',')),
    })),
    'GET /api/chat/thread': route(Post, ({ as, channel, ts }) => chat.thread(as, channel, ts)),
    'GET /api/chat/members': route(z.object({ channel: Id }), ({ channel }) => ({ people: chat.membersOf(channel) })),
    'POST /api/chat/read': route(Place.extend({ threadTs: Id.optional() }), ({ as, channel, threadTs }) => {
      chat.check(as, channel);
      slack.markRead(as, channel, threadTs);
      return {};
    }),
    'POST /api/chat/unread': route(Post, ({ as, channel, ts }) => {
      chat.message(as, channel, ts);
      slack.markUnread(as, channel, ts);
      return {};
    }),
    'POST /api/chat/dismiss': route(Post, (whisper) => {
      chat.check(whisper.as, whisper.channel);
      slack.dismiss(whisper);
      return {};
    }),
  };
}

function writingRoutes({ chat, slack }: Chatting): Routes {
  return {
    'POST /api/chat/say': route(Saying, async ({ threadTs, files = [], ...rest }) => {
      chat.check(rest.as, rest.channel);
      if (files.some((id) => !slack.canSeeFile(rest.as, id))) throw new Refusal(404, 'That file is no longer there.');
      if (threadTs !== undefined) checkThread(slack, rest.channel, threadTs);
      const thread = threadTs === undefined ? {} : { threadTs };
      return { ts: await slack.say({ ...rest, ...thread, ...(files.length === 0 ? {} : { files }) }) };
    }),
    'POST /api/chat/edit': route(Post.extend({ text: Text }), async (change) => {
      checkOwn(chat, change);
      await slack.edit(change);
      return {};
    }),
    'POST /api/chat/remove': route(Post, async (change) => {
      checkOwn(chat, change);
      await slack.remove(change);
      return {};
    }),
    'POST /api/chat/react': route(Reaction, async (reaction) => {
      // says 404 when there is no such message
      chat.message(reaction.as, reaction.channel, reaction.ts);
      await slack.react(reaction);
      return {};
    }),
  };
}

/** The message may have been deleted while the reply was written. */
function checkThread(slack: PageParts['slack'], channel: string, threadTs: string): void {
  const first = slack.message(channel, threadTs);
  const isReply = first?.thread_ts !== undefined && first.thread_ts !== first.ts;
  if (first === null || isReply) throw new Refusal(404, 'The message that you reply to is no longer there.');
}

/** People may change only what they wrote themselves, as in Slack. */
function checkOwn(chat: Chat, { as, channel, ts }: z.infer<typeof Post>): void {
  if (!chat.isOwn(as, channel, ts)) throw new Refusal(403, 'Only your own messages can be changed.');
}
