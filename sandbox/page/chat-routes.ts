import { z } from 'zod';
import type { ChatApp, ChatApps } from './chat-apps.ts';
import type { Chat } from './chat.ts';
import type { PageChat } from './parts.ts';
import { Refusal } from './requests.ts';
import { type Route, route, type Routes } from './route.ts';

/** Of a chat in Teams it may be long. */
const Id = z.string().min(1).max(200);
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
  quotes: Id.optional(),
}).refine(({ text, files = [] }) => text !== '' || files.length > 0, { path: ['text'] });
const Reaction = Post.extend({ name: z.string().regex(/^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/), on: z.boolean() });

/** A route of the chat: its answer is given the app that the input names. */
type InApp = <Input>(schema: z.ZodType<Input>, answer: (input: Input, app: ChatApp) => unknown) => Route;

/** What people see and do in the chat; `app`, in the query or the body, says in which: `slack` when it is not named. */
export function chatRoutes({ chats }: { readonly chats: ChatApps }): Routes {
  const inApp: InApp = (schema, answer) => (input) => {
    const named = typeof input === 'object' && input !== null && 'app' in input ? input.app : undefined;
    const app = chats.named(named);
    return route(schema, (checked) => answer(checked, app))(input);
  };
  return { ...readingRoutes(inApp), ...markingRoutes(inApp), ...writingRoutes(inApp) };
}

function readingRoutes(inApp: InApp): Routes {
  return {
    'GET /api/chat/channels': inApp(z.object({ as: Id }), ({ as }, { chat }) => chat.channels(as)),
    'GET /api/chat/messages': inApp(PageOf, ({ as, channel, ...wish }, { chat }) =>
      chat.messages(as, channel, wish.from === undefined ? { ...wish, limit: wish.limit ?? usualLimit } : wish),
    ),
    'GET /api/chat/message': inApp(Post, ({ as, channel, ts }, { chat }) => chat.message(as, channel, ts)),
    'GET /api/chat/some': inApp(Place.extend({ ts: z.string().max(4000) }), ({ as, channel, ts }, { chat }) => ({
      messages: chat.some(as, channel, ts.split(',')),
    })),
    'GET /api/chat/thread': inApp(Post, ({ as, channel, ts }, { chat }) => chat.thread(as, channel, ts)),
    'GET /api/chat/members': inApp(z.object({ channel: Id }), ({ channel }, { chat }) => ({
      people: chat.membersOf(channel),
    })),
  };
}

function markingRoutes(inApp: InApp): Routes {
  return {
    'POST /api/chat/read': inApp(Place.extend({ threadTs: Id.optional() }), ({ as, channel, threadTs }, app) => {
      app.chat.check(as, channel);
      app.server.markRead(as, channel, threadTs);
      return {};
    }),
    'POST /api/chat/unread': inApp(Post, ({ as, channel, ts }, { chat, server }) => {
      chat.message(as, channel, ts);
      server.markUnread(as, channel, ts);
      return {};
    }),
    'POST /api/chat/dismiss': inApp(Post, (whisper, { chat, server }) => {
      chat.check(whisper.as, whisper.channel);
      server.dismiss(whisper);
      return {};
    }),
  };
}

function writingRoutes(inApp: InApp): Routes {
  return {
    'POST /api/chat/say': inApp(Saying, async ({ threadTs, files = [], quotes, ...rest }, { chat, server }) => {
      chat.check(rest.as, rest.channel);
      if (files.some((id) => !server.canSeeFile(rest.as, id))) throw new Refusal(404, 'That file is no longer there.');
      if (threadTs !== undefined) checkThread(server, rest.channel, threadTs);
      const thread = threadTs === undefined ? {} : { threadTs };
      const quoted = quotes === undefined ? {} : { quotes };
      return { ts: await server.say({ ...rest, ...thread, ...quoted, ...(files.length === 0 ? {} : { files }) }) };
    }),
    'POST /api/chat/edit': inApp(Post.extend({ text: Text }), async (change, { chat, server }) => {
      checkOwn(chat, change);
      await server.edit(change);
      return {};
    }),
    'POST /api/chat/remove': inApp(Post, async (change, { chat, server }) => {
      checkOwn(chat, change);
      await server.remove(change);
      return {};
    }),
    'POST /api/chat/stop': inApp(Place.extend({ threadTs: z.string().max(200) }), (stop, { chat, server }) => {
      chat.check(stop.as, stop.channel);
      // the answer may have come first
      if (server.canStop(stop.channel, stop.threadTs)) server.stopSession(stop);
      return {};
    }),
    'POST /api/chat/react': inApp(Reaction, async (reaction, { chat, server }) => {
      // says 404 when there is no such message
      chat.message(reaction.as, reaction.channel, reaction.ts);
      await server.react(reaction);
      return {};
    }),
  };
}

/** The message may have been deleted while the reply was written. */
function checkThread(server: PageChat, channel: string, threadTs: string): void {
  const first = server.message(channel, threadTs);
  const isReply = first?.thread_ts !== undefined && first.thread_ts !== first.ts;
  if (first === null || isReply) throw new Refusal(404, 'The message that you reply to is no longer there.');
}

/** People may change only what they wrote themselves, as in Slack. */
function checkOwn(chat: Chat, { as, channel, ts }: z.infer<typeof Post>): void {
  if (!chat.isOwn(as, channel, ts)) throw new Refusal(403, 'Only your own messages can be changed.');
}
