import { z } from 'zod';
import type { Shown } from '../teams/contract.ts';
import type { ChatApps } from './chat-apps.ts';
import type { PageTeams } from './parts.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';
import { teamsIdOf } from './teams-ids.ts';

const Id = z.string().min(1).max(200);
const Name = z.string().min(1).max(255);
const Json = z.record(z.string(), z.unknown());
const Post = z.object({ as: Id, channel: Id, ts: Id });
const Inputs = z.record(Name, z.string().max(40_000));
const Press = Post.extend({ action: Json, inputs: Inputs.default({}) });
const Feedback = Post.extend({ reaction: z.enum(['like', 'dislike']), text: z.string().max(4000).optional() });

/** What people do in Teams other than speak. Each answers what Teams shows then; 404 when there is no Teams. */
export function teamsRoutes({ teams, chats }: { readonly teams?: PageTeams; readonly chats: ChatApps }): Routes {
  if (teams === undefined) return {};
  const chat = chats.named('teams').chat;
  function at({ as, channel, ts }: z.infer<typeof Post>): { as: string; chat: string; id: string } {
    // says 404 when there is no such message
    chat.message(as, channel, ts);
    return { as, chat: channel, id: teamsIdOf(ts) };
  }
  return {
    'POST /api/teams/press': route(Press, ({ action, inputs, ...post }) =>
      orGone(teams.press({ ...at(post), action, inputs })),
    ),
    'POST /api/teams/submit': route(z.object({ as: Id, dialog: Id, data: Json }), (form) => {
      chat.check(form.as);
      return orGone(teams.submit(form));
    }),
    'POST /api/teams/message-action': route(Post.extend({ commandId: Name }), ({ commandId, ...post }) =>
      orGone(teams.messageAction({ ...at(post), commandId })),
    ),
    'POST /api/teams/feedback': route(Feedback, ({ reaction, text, ...post }) =>
      orGone(teams.feedback({ ...at(post), reaction, ...(text === undefined ? {} : { text }) })),
    ),
  };
}

/** The server throws when the message or the dialog is no longer there: nothing is wrong with the server. */
async function orGone(act: Promise<Shown>): Promise<Shown> {
  try {
    return await act;
  } catch {
    throw new Refusal(404, 'That is no longer there.');
  }
}
