import type { Answer, Call } from '../http.ts';
import { isChannel } from './activity.ts';
import { botId, personalChatOf } from './ids.ts';
import type { Core } from './core.ts';

/**
 * Deep links, which lead to the page that shows Teams; null when it is another path, or no such message.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-teams
 */
export function redirectToPage(core: Core, pageUrl: string | undefined, call: Call): Answer | null {
  const place = pageUrl === undefined || call.method !== 'GET' ? null : placeOf(core, call);
  return place === null ? null : { status: 302, headers: { location: `${pageUrl}/#${place.toString()}` }, body: null };
}

function placeOf(core: Core, { path, query }: Call): URLSearchParams | null {
  if (path === '/l/chat/0/0') return query.get('users') === botId ? anyPersonalChat(core) : null;
  const [, chat = '', id = ''] = /^\/l\/message\/([^/]+)\/(\d+)$/.exec(path) ?? [];
  return messagePlace(core, decoded(chat), id);
}

/** Of the first person: whose link it is cannot be told without a sign-in. */
function anyPersonalChat({ directory: { people } }: Core): URLSearchParams | null {
  const [first] = people;
  if (first === undefined) return null;
  return new URLSearchParams({ app: 'teams', as: first.slackId, channel: personalChatOf(first.slackId) });
}

function messagePlace({ world }: Core, chatId: string, id: string): URLSearchParams | null {
  const chat = world.chat(chatId);
  const kept = world.find(chatId, id);
  if (chat === null || kept === null) return null;
  // a personal chat is only seen by acting as its person
  const as = chat.kind === 'personal' ? { as: chat.seedId } : {};
  const thread = isChannel(chat) ? { thread: pageTime(kept.threadId ?? kept.id) } : {};
  return new URLSearchParams({ app: 'teams', ...as, channel: chat.id, ...thread });
}

/** As the page names messages: seconds, a dot, six digits. */
function pageTime(id: string): string {
  return `${id.slice(0, -3)}.${id.slice(-3)}000`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
