import { z } from 'zod';
import type { Chat } from './chat.ts';
import type { PageParts } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

const Id = z.string().min(1).max(64);
const Place = z.object({ as: Id, channel: Id });
const Post = Place.extend({ ts: Id });
const Text = z.string().min(1).max(40_000);

/** What people do in the chat. */
export function chatRoutes({ chat, slack }: { chat: Chat; slack: PageParts['slack'] }): Routes {
  return {
    'GET /api/chat/channels': route(z.object({ as: Id }), ({ as }) => chat.channels(as)),
    'GET /api/chat/messages': route(Place, ({ as, channel }) => chat.messages(as, channel)),
    'GET /api/chat/thread': route(Post, ({ as, channel, ts }) => chat.thread(as, channel, ts)),
    'GET /api/chat/members': route(z.object({ channel: Id }), ({ channel }) => ({ people: chat.membersOf(channel) })),
    'POST /api/chat/say': route(Place.extend({ text: Text, threadTs: Id.optional() }), async (saying) => {
      chat.check(saying.as, saying.channel);
      const { threadTs, ...rest } = saying;
      return { ts: await slack.say(threadTs === undefined ? rest : { ...rest, threadTs }) };
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
    'POST /api/chat/click': route(Post.extend({ actionId: z.string().min(1).max(255) }), async (click) => {
      chat.check(click.as, click.channel);
      return { status: await slack.click(click) };
    }),
  };
}

/** People may change only what they wrote themselves, as in Slack. */
function checkOwn(chat: Chat, { as, channel, ts }: z.infer<typeof Post>): void {
  if (!chat.isOwn(as, channel, ts)) throw new Refusal(403, 'Only your own messages can be changed.');
}
